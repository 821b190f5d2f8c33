#!/usr/bin/env node
require("../dist/new-environment-command.js").main(process.argv);
