/** `npm run docs`: puts into README.md what the commands named in its comments print now. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../src/commands/main.js';
import { loadSource, type Store } from '../../src/rules/load.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COLUMNS = 96;
const BLOCK = /(<!-- npm run docs: (?<argv>.*?) -->\n```text\n)[^]*?(```\n)/g;

async function printed(argv: readonly string[], store: Store): Promise<string> {
  let out = '';
  const sink = { write: (text: string) => ((out += text), true), columns: COLUMNS };
  await run({ argv: [...argv, '--no-config'], stdin: { async *[Symbol.asyncIterator]() {} }, stdout: sink, stderr: sink, env: {}, cwd: ROOT, store: () => store });
  return out;
}

/** The text with every such block filled anew. */
export async function readme(text: string, store: Store): Promise<string> {
  let out = text;
  for (const m of [...text.matchAll(BLOCK)].reverse()) {
    const argv = (m.groups?.['argv'] ?? '').split(' ');
    const command = argv.join(' ').replace(/ (--\S+ \S+ --\S+ \S+.*)$/, ' \\\n    $1');
    const filled = `${m[1]}$ savy ${command}\n${await printed(argv, store)}${m[3]}`;
    out = out.slice(0, m.index) + filled + out.slice(m.index + m[0].length);
  }
  return out;
}

if (process.argv[1]?.endsWith('readme.ts') === true) {
  const path = join(ROOT, 'README.md');
  writeFileSync(path, await readme(readFileSync(path, 'utf8'), loadSource(join(ROOT, 'rules'))));
}
