#!/usr/bin/env node
require("@cluster-ipam/address-plan/supported-node");
if (require("node:fs").existsSync(`${__dirname}/../tsconfig.json`))
  require("../../../tools/fresh-build.js")(__dirname);
require("../dist/new-environment-command.js").main(process.argv);
