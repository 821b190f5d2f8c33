#!/usr/bin/env node
require("../dist/runtime/cli/main.js").main(process.argv);
