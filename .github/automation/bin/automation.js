#!/usr/bin/env node
require("../dist/cli/automation.js");
