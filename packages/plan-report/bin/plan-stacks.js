#!/usr/bin/env node
if (require("node:fs").existsSync(`${__dirname}/../tsconfig.json`))
  require("../../../tools/fresh-build.js")(__dirname);
require("../dist/cli/plan-stacks.js");
