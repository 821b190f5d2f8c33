#!/usr/bin/env node
require("../dist/cli/addresses-command.js").main(process.argv);
