#!/usr/bin/env node
// In a checkout the sources run as they are; the package has them compiled.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const source = join(__dirname, "../cli/mailserver.ts");
if (existsSync(source)) {
  require("sucrase/register/ts");
  require(source);
} else require("../dist/cli/mailserver.js");
