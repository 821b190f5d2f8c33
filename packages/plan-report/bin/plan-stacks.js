#!/usr/bin/env node
require("../dist/plan-stacks-command.js");
