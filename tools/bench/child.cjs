// Runs the built program and says, on file descriptor 3, how much memory it took at most: `node child.cjs ARGS… 3> peak`.
'use strict';
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(3, JSON.stringify({ peakMB: process.resourceUsage().maxRSS / 1024 })));
require('../../dist/cli.cjs').start();
