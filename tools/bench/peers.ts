/** The programs that savy is measured against, pinned in package.json beside this file; `npm run bench:peers` fetches them and says which. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const MODULES = join(HERE, 'node_modules');

/** A command that reads a draft; `args` come before the file. */
export type Peer = Readonly<{ name: string; version: string; command: string; args: readonly string[] }>;

const versionOf = (name: string): string => (JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')) as { version: string }).version;

function node(name: string, entry: string, ...args: string[]): Peer | undefined {
  const path = join(MODULES, name, entry);
  return existsSync(path) ? { name, version: versionOf(name), command: process.execPath, args: [path, ...args] } : undefined;
}

/** Vale is a program of its own, taken where there is one. */
function vale(): Peer | undefined {
  const found = (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, 'vale')));
  return found ? { name: 'vale', version: spawnSync('vale', ['--version'], { encoding: 'utf8' }).stdout.replace(/^vale version\s*/, '').trim(), command: 'vale', args: ['--no-exit'] } : undefined;
}

export function peers(): Peer[] {
  return [
    node('write-good', 'bin/write-good.js'),
    node('alex', 'cli.js', '--quiet'),
    node('textlint', 'bin/textlint.js', '--config', join(HERE, 'textlintrc.json'), '--rules-base-directory', MODULES),
    node('cspell', 'bin.mjs', '--no-progress', '--no-summary', '--quiet', '--no-config-search'),
    vale(),
  ].filter((p) => p !== undefined);
}

/** Those that can be called from a program, on a text. */
export async function callable(): Promise<Record<string, (text: string) => unknown>> {
  if (!existsSync(MODULES)) return {};
  const load = async (name: string): Promise<Record<string, unknown>> => (await import(join(MODULES, name, name === 'alex' ? 'index.js' : 'write-good.js'))) as Record<string, unknown>;
  const [writeGood, alex] = await Promise.all([load('write-good'), load('alex')]);
  return { 'write-good': writeGood['default'] as (text: string) => unknown, alex: alex['text'] as (text: string) => unknown };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const { name, version } of peers()) console.log(`${name} ${version}`);
