#!/usr/bin/env node
// Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run.
'use strict';

let program;
try {
  program = require('../dist/cli.cjs');
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ENOENT') throw error;
  process.stderr.write('savy: dist/ is missing: run `npm install` in its folder first\n');
  process.exitCode = 2;
}
if (program !== undefined) program.start();
