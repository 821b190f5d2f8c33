#!/usr/bin/env node
require("./supported-node.js");
if (require("node:fs").existsSync(`${__dirname}/../tsconfig.json`))
  require("../../../tools/fresh-build.js")(__dirname);
require("../dist/cli/addresses-command.js").main(process.argv);
