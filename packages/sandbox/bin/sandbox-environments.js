#!/usr/bin/env node
require("../dist/bin/sandbox-environments.js");
