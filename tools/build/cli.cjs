// The program's two scripts (see tools/build/program.ts) with the compiled code that the build kept for them. On another Node the cache is
// refused and the code compiled anew.
'use strict';
const { readFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');

const url = pathToFileURL(__filename).href;
const scripts = {};

function kept(name) {
  try {
    return readFileSync(`${__dirname}/${name}.cache`);
  } catch {
    return undefined;
  }
}

/** @param other answers with a module of the other script */
function load(name, other) {
  const filename = `${__dirname}/${name}.cjs`;
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: kept(name) });
  scripts[name] = script;
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, require, module, url, other);
  return module.exports;
}

let rest;
const core = load('core', (path) => (rest ??= load('rest', (path) => core.modules[path]))(path));
module.exports = { run: core.run, work: core.work, start: core.start, scripts };
