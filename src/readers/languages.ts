/** Languages as files and columns name them: `fi`, `fi-FI`, `fi_FI`, `Finnish`, `Suomi`; `x.fi.md`, `fi-x.md`, `locales/fi/x.md`. */
import type { Lang } from '../types.js';

/** Codes that nobody takes for a word of a file's name (`cs-refund`, `hr-sick-leave`). */
const IN_NAMES = new Set('fi sv en de fr es pt nl pl ru uk et lv lt da nb nn'.split(' '));
/** Codes that nobody takes for another field: `id`, `no`, `it`, `is`, `to` are left out. */
const SAFE = new Set([...IN_NAMES, ...'ar fa so ku zh ja ko vi cs sk hu ro bg el tr hr sr sl fo kl'.split(' ')]);
/** Languages that are known by their names too, in Finnish, Swedish, English and in themselves. */
const NAMED = [...SAFE, 'no', 'is', 'it', 'se', 'he', 'hi'];

let names: ReadonlyMap<string, Lang> | undefined;

/** As the platform knows them. */
function byName(): ReadonlyMap<string, Lang> {
  if (names !== undefined) return names;
  const found = new Map<string, Lang>();
  const add = (speakers: Intl.DisplayNames, lang: Lang): void => {
    const name = speakers.of(lang)?.toLowerCase();
    if (name !== undefined && name.length > 3) found.set(name, lang);
  };
  for (const ui of ['en', 'sv', 'fi']) {
    const speakers = new Intl.DisplayNames([ui], { type: 'language' });
    for (const lang of NAMED) add(speakers, lang);
  }
  for (const lang of NAMED) add(new Intl.DisplayNames([lang], { type: 'language' }), lang);
  return (names = found);
}

/** The code in front: `fi-FI` → `fi`. Undefined when it is no code. */
export function langCode(text: string): Lang | undefined {
  const m = /^([a-z]{2,3})(?:[-_][a-z]{2,4})?$/i.exec(text.trim());
  return m === null ? undefined : (m[1] as string).toLowerCase();
}

/** The language that a key, a column or a field's value names for certain. */
export function langNamed(text: string): Lang | undefined {
  const plain = text.trim();
  const code = langCode(plain);
  if (code !== undefined && (SAFE.has(code) || (/[-_]/.test(plain) && NAMED.includes(code)))) return code;
  if (plain.length <= 3 || plain.length >= 30) return undefined;
  return byName().get(plain.toLowerCase()) ?? byName().get(plain.toLowerCase().replace(WHERE, ''));
}

/** Where it is spoken so: “English (US)”. */
const WHERE = / ?[([][\p{L} .]+[)\]]$/u;

/** Are these keys languages, all of them? One that can be nothing else vouches for the others (`it`, `no`). */
export function areLanguages(keys: readonly string[]): boolean {
  return keys.some((k) => langNamed(k) !== undefined) && keys.every((k) => langNamed(k) !== undefined || /^[a-z]{2}(?:[-_][a-z]{2,4})?$/i.test(k));
}

const CODE = '[a-z]{2}(?:[-_][A-Z]{2})?';
const TAIL = new RegExp(`^(.+)([-_.])(${CODE})$`);
const HEAD = new RegExp(`^(${CODE})[-_.](.+)$`);
const ONLY = new RegExp(`^${CODE}$`);

function safe(code: string | undefined, known: ReadonlySet<string>): Lang | undefined {
  const lang = code === undefined ? undefined : langCode(code);
  return lang !== undefined && known.has(lang) ? lang : undefined;
}

/** A file's name without folders and ending, parted from the language in it: `refund.fi`, `refund-fi`, `fi-refund`, `fi`. */
export function langOfName(stem: string): { stem: string; lang: Lang | undefined } {
  const tail = TAIL.exec(stem);
  const behind = safe(tail?.[3], tail?.[2] === '.' ? SAFE : IN_NAMES);
  if (behind !== undefined) return { stem: tail?.[1] as string, lang: behind };
  const head = HEAD.exec(stem);
  const before = safe(head?.[1], IN_NAMES);
  if (before !== undefined) return { stem: head?.[2] as string, lang: before };
  return { stem, lang: ONLY.test(stem) ? safe(stem, IN_NAMES) : undefined };
}

/** The name of the last folder or file in a path, without its ending unless that is a language. */
export function stemOf(file: string): string {
  const name = file.split(/[\\/]/).pop() ?? file;
  const dot = name.lastIndexOf('.');
  return dot <= 0 || !/^\.[a-z0-9]{1,10}$/i.test(name.slice(dot)) || safe(name.slice(dot + 1), SAFE) !== undefined ? name : name.slice(0, dot);
}

/** The language that a path tells: by the file's name, else by a folder. */
export function langOfPath(file: string): Lang | undefined {
  const own = langOfName(stemOf(file)).lang;
  if (own !== undefined) return own;
  const folders = file.split(/[\\/]/).slice(0, -1);
  return folders.reverse().map((f) => (ONLY.test(f) ? safe(f, IN_NAMES) : undefined)).find((lang) => lang !== undefined);
}
