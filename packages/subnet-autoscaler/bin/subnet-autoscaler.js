#!/usr/bin/env node
require("@cluster-ipam/address-plan/supported-node");
if (require("node:fs").existsSync(`${__dirname}/../tsconfig.json`))
  require("../../../tools/fresh-build.js")(__dirname);
require("../dist/cli/main.js").main(process.argv);
