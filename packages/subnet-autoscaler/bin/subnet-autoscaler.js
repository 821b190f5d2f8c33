#!/usr/bin/env node
require("../dist/runtime/command.js").main(process.argv);
