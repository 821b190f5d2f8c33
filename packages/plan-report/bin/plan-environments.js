#!/usr/bin/env node
require("../dist/plan-environments-command.js");
