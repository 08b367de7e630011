// Loads program.cjs with the compiled code that the build kept for it. On another Node the cache is refused and the code compiled anew.
'use strict';
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');

const filename = __dirname + '/program.cjs';

function kept() {
  try {
    return readFileSync(__dirname + '/program.cache');
  } catch {
    return undefined;
  }
}

const script = new Script(`(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'latin1')}\n})`, { filename, cachedData: kept() });
const program = { exports: {} };
script.runInThisContext().call(program.exports, program.exports, require, program, filename, __dirname);
module.exports = { run: program.exports.run, work: program.exports.work, start: program.exports.start, script };
