// A thread that judges replies: see src/commands/worker.ts.
'use strict';

require('./cli.cjs').work();
