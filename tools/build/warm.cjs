// Build step: `node warm.cjs dist/cli.cjs EXCHANGE…` runs the program over the exchanges and writes what V8 compiled for it beside its scripts.
'use strict';
const { writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const [cli, ...exchanges] = process.argv.slice(2);
const { run, scripts } = require(cli);
const nothing = { write: () => true };
const heard = [];

async function main() {
  for (const dir of exchanges) {
    const exchange = [join(dir, 'reply.txt'), '-c', join(dir, 'message.txt'), '--no-config'];
    for (const argv of [['check', ...exchange], ['check', ...exchange, '--format', 'json'], ['fix', ...exchange], ['brief', ...exchange]]) {
      const code = await run({ argv, stdin: process.stdin, stdout: nothing, stderr: { write: (text) => heard.push(text) }, env: {}, cwd: dir });
      if (code !== 0 && code !== 1) throw new Error(heard.join(''));
    }
  }
  for (const [name, script] of Object.entries(scripts)) writeFileSync(join(dirname(cli), `${name}.cache`), script.createCachedData());
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
