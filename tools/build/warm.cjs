// Build step: `node warm.cjs dist/cli.cjs EXCHANGE…` runs the program over the exchanges and writes the code cache.
'use strict';
const { writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const [cli, ...exchanges] = process.argv.slice(2);
const { run, script } = require(cli);
const nothing = { write: () => true };
const heard = [];

async function main() {
  for (const dir of exchanges) {
    for (const format of ['pretty', 'json']) {
      const argv = ['check', join(dir, 'reply.txt'), '-c', join(dir, 'message.txt'), '--format', format, '--no-config'];
      const code = await run({ argv, stdin: process.stdin, stdout: nothing, stderr: { write: (text) => heard.push(text) }, env: {}, cwd: dir });
      if (code !== 0 && code !== 1) throw new Error(heard.join(''));
    }
  }
  writeFileSync(join(dirname(cli), 'program.cache'), script.createCachedData());
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
