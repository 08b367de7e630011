/** Whose work is in the bundle: the notices that their licences ask for, of exactly what was bundled. A licence that is not known to be fine stops the build. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../src/types.js';

/** SPDX names of licences that ask for their notice and no more. */
const FINE: ReadonlySet<string> = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0']);
const TEXT = /^(?:licen[cs]e|copying)(?:[.-]|$)/i;
/** `node_modules/@a/b/node_modules/c/x.js` → `node_modules/@a/b/node_modules/c`. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

type Manifest = Readonly<{ name?: string; version?: string; license?: unknown; homepage?: string; repository?: string | Readonly<{ url?: string }>; author?: string | Readonly<{ name?: string }> }>;

export type Bundled = Readonly<{ name: string; version: string; licence: string; text: string; from: string }>;

/** “(MIT OR Apache-2.0)” is fine when one of them is; “A AND B” when both are. */
export function isFine(licence: string): boolean {
  const bare = licence.replace(/[()]/g, ' ').trim();
  if (/\sOR\s/.test(bare)) return bare.split(/\sOR\s/).some((one) => isFine(one));
  return bare.split(/\sAND\s/).every((one) => FINE.has(one.trim()));
}

function read(root: string, folder: string): Bundled {
  const dir = join(root, folder);
  const manifest = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as Manifest;
  const { name = folder, version = '', license, homepage, repository, author } = manifest;
  const licence = typeof license === 'string' ? license : '';
  if (licence === '' || !isFine(licence)) throw new UserError(`the licence of ${name} is ${licence === '' ? 'not named' : `“${licence}”`}`, join(folder, 'package.json'), `bundle what is under ${[...FINE].join(', ')}`);
  const file = readdirSync(dir).sort().find((f) => TEXT.test(f));
  const by = typeof author === 'string' ? author : (author?.name ?? '');
  const from = homepage ?? (typeof repository === 'string' ? repository : (repository?.url ?? '')).replace(/^git\+/, '');
  // Some packages name their licence and ship no text of it; then whose it is is told.
  const text = file === undefined ? `Licence: ${licence}. Copyright: ${by === '' ? `the authors of ${name}` : by}.` : readFileSync(join(dir, file), 'utf8').trim();
  return { name, version, licence, text, from };
}

/**
 * @param inputs files that were bundled, relative to `root`
 * @throws UserError for a licence that is missing or not known to be fine
 */
export function bundled(root: string, inputs: readonly string[]): Bundled[] {
  const folders = new Set(inputs.map((f) => PACKAGE.exec(f.replaceAll('\\', '/'))?.[1]).filter((f): f is string => f !== undefined && existsSync(join(root, f, 'package.json'))));
  return [...folders].map((f) => read(root, f)).sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** THIRD-PARTY-NOTICES.txt */
export function notices(packages: readonly Bundled[]): string {
  const line = '-'.repeat(80);
  const parts = packages.map(({ name, version, licence, text, from }) => `${line}\n${name} ${version} (${licence})${from === '' ? '' : `\n${from}`}\n\n${text.replace(/\r\n/g, '\n')}\n`);
  return `savy is under the MIT licence (LICENSE). Bundled with it are these packages; where rules and word vectors come from stands in docs/sources.md.\n\n${parts.join('\n')}`;
}
