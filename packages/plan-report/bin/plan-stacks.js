#!/usr/bin/env node
require("../dist/cli/plan-stacks.js");
