#!/usr/bin/env node
require("../dist/cli/plan-report.js");
