#!/usr/bin/env node
require("../dist/review-command.js");
