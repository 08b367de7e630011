/** The files of a pack → the pack. Reads YAML in known places and nothing else; a link out of the folder is refused. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Store } from '../rules/load.js';
import { type Pack, type PackFiles, readPack, type Report } from '../rules/packs.js';
import type { SourceFile } from '../rules/read.js';
import { type Lang, UserError } from '../types.js';
import { inside, readBounded, real } from './bounds.js';
import { cuesOf, uiLanguages } from './vocabulary.js';

export const MANIFESTS = ['pack.yml', 'pack.yaml'];
const FILES_MAX = 1_000;
/** In characters, all files together. */
const SIZE_MAX = 10_000_000;
/** A folder of this name is one of a language. */
const LANGUAGE = /^[a-z]{2,3}$/;

export function manifestOf(dir: string): string | undefined {
  return MANIFESTS.map((name) => join(dir, name)).find((path) => existsSync(path));
}

/** Names in a folder; none where there is no folder, or one that may not be read. */
function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * @param given the folder
 * @param shown a path as errors name it
 * @param report told of what would keep the pack from loading, where it can be left out
 * @throws UserError
 */
export function loadPack(given: string, shown: (path: string) => string, store: Store, report?: Report): Pack {
  const dir = real(given);
  const manifest = dir === undefined ? undefined : manifestOf(dir);
  if (dir === undefined || manifest === undefined) throw new UserError(`holds no ${MANIFESTS[0]}`, shown(given), 'a pack is a folder with a pack.yml; see docs/writing-rules.md');
  const languages = store.index.languages.map((l) => l.lang);
  let count = 0;
  let size = 0;
  const source = (path: string): SourceFile => {
    const name = shown(path);
    if (++count > FILES_MAX) throw new UserError(`more than ${FILES_MAX} files in a pack`, name, 'put them together');
    const target = real(path);
    if (target === undefined || !inside(dir, target)) throw new UserError('is a link out of the pack', name, 'copy the file instead');
    const text = readBounded(target, name);
    size += text.length;
    if (size > SIZE_MAX) throw new UserError(`makes the pack larger than ${SIZE_MAX / 1_000_000} million characters`, name, 'keep what is needed');
    return { file: name, text };
  };
  const yaml = (...parts: string[]): SourceFile[] => {
    const folder = join(dir, ...parts);
    return listed(folder)
      .filter((f) => /\.ya?ml$/.test(f))
      .sort()
      .map((f) => source(join(folder, f)));
  };
  const isLanguage = (name: string): boolean => LANGUAGE.test(name) && (existsSync(join(dir, name, 'cues')) || existsSync(join(dir, name, 'names.yml')));
  const own: Lang[] = listed(dir).filter(isLanguage).sort();
  for (const lang of own) if (!languages.includes(lang)) throw new UserError(`savy does not know the language “${basename(lang)}”`, shown(join(dir, lang)), `known: ${languages.join(', ')}`);
  const files: PackFiles = {
    dir,
    manifest: source(manifest),
    cues: [...yaml('cues').map((file) => ({ file })), ...own.flatMap((lang) => yaml(lang, 'cues').map((file) => ({ lang, file })))],
    names: own.filter((lang) => existsSync(join(dir, lang, 'names.yml'))).map((lang) => ({ lang, file: source(join(dir, lang, 'names.yml')) })),
    rules: yaml('rules'),
  };
  return readPack(files, { languages, ui: uiLanguages(store), rules: store.index.rules, cues: () => cuesOf(store) }, report);
}
