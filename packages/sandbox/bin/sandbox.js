#!/usr/bin/env node
require("../dist/bin/sandbox.js");
