#!/usr/bin/env node
require("../dist/cli/plan-environments.js");
