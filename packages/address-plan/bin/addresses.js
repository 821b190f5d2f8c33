#!/usr/bin/env node
require("../dist/cli/command.js").main(process.argv);
