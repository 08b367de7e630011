/** Where settings lie: in a folder, and in the folders above it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `key`: the settings are one key of a larger file. */
export type ConfigFile = Readonly<{ path: string; key?: string }>;

const NAMES = ['.savyrc.yaml', '.savyrc.yml', '.savyrc.json'];
const KEY = 'savy';
/** Nobody's is larger. */
const BYTES_MAX = 1_000_000;

/** The `savy` key of a `package.json`. One that can't be parsed is another program's business, unless it seems to hold the key. */
export function manifestIn(dir: string): ConfigFile | undefined {
  const path = join(dir, 'package.json');
  let text: string;
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() !== true || stat.size > BYTES_MAX) return undefined;
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  if (!text.includes(`"${KEY}"`)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, KEY) ? { path, key: KEY } : undefined;
  } catch {
    return undefined;
  }
}

/** The first of `.savyrc.yaml`, `.yml`, `.json` and the key in `package.json`. */
export function configIn(dir: string): ConfigFile | undefined {
  for (const name of NAMES) {
    const path = join(dir, name);
    if (existsSync(path)) return { path };
  }
  return manifestIn(dir);
}

export const isTop = (dir: string): boolean => existsSync(join(dir, '.git'));

/** The folder and those above it, to the top of the repository, the home folder or the root. */
export function upwards(from: string, home: string | undefined): string[] {
  const out: string[] = [];
  for (let dir = from; ; dir = dirname(dir)) {
    out.push(dir);
    if (dir === dirname(dir) || dir === home || isTop(dir)) return out;
  }
}
