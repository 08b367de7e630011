/** Replies half in another language, and replies that are missing in one of the library's languages. */
import type { Lang } from '../types.js';
import { type Found, nameOf, type Reply, wholeOf } from './between.js';

const RULE = 'library/untranslated';
/** A library has a language when so many of its replies, and such a share of them, are there in it. */
const REPLIES = 3;
const SHARE = 0.6;

export function untranslated(replies: readonly Reply[]): Found[] {
  return [...halves(replies), ...missing(replies)].sort((a, b) => a.at - b.at);
}

function halves(replies: readonly Reply[]): Found[] {
  return replies.flatMap(({ entry, traits }, at): Found[] => {
    const range = traits?.foreign;
    if (range === undefined) return [];
    const all = range[0] <= 0 && range[1] >= entry.reply.length && entry.lang !== undefined;
    return [{ rule: RULE, at, range, quotes: all ? [] : [entry.reply.slice(...range)], ...(all && entry.lang !== undefined ? { languages: [entry.lang] } : {}), related: [] }];
  });
}

/** The path with its language taken out: `mail/fi/hello.md` and `mail/en/hello.md` are one. */
function withoutLanguage(file: string, lang: Lang): string {
  return file.split(/([\\/._-])/).map((part) => (part.toLowerCase() === lang || part.toLowerCase().startsWith(`${lang}_`) ? '*' : part)).join('');
}

/** Where replies lie that are translations of each other: in one file, or in files named alike. */
function familyOf(file: string, lang: Lang): { family: string; name: string } {
  const named = withoutLanguage(file, lang);
  if (named === file) return { family: file, name: '' };
  const folder = Math.max(named.lastIndexOf('/'), named.lastIndexOf('\\'));
  return { family: named.slice(0, folder), name: named.slice(folder + 1) };
}

function missing(replies: readonly Reply[]): Found[] {
  const families = new Map<string, Map<string, Map<Lang, number>>>();
  replies.forEach(({ entry, traits }, at) => {
    const lang = entry.lang ?? traits?.lang;
    if (lang === undefined || entry.note === true) return;
    const { family, name } = familyOf(entry.file, lang);
    const keys = families.get(family) ?? new Map<string, Map<Lang, number>>();
    families.set(family, keys);
    const key = `${name}\0${withoutLanguage(entry.key, lang)}`;
    const there = keys.get(key) ?? new Map<Lang, number>();
    keys.set(key, there);
    if (!there.has(lang)) there.set(lang, at);
  });
  const out: Found[] = [];
  for (const keys of families.values()) {
    const several = [...keys.values()].filter((there) => there.size > 1);
    if (several.length < REPLIES || several.length < SHARE * keys.size) continue;
    const languages = [...new Set(several.flatMap((there) => [...there.keys()]))].filter((lang) => {
      const n = several.filter((there) => there.has(lang)).length;
      return n >= REPLIES && n >= SHARE * keys.size;
    });
    for (const there of keys.values()) {
      const lacking = languages.filter((lang) => !there.has(lang)).sort();
      const at = Math.min(...there.values());
      if (lacking.length === 0 || lacking.length === languages.length) continue;
      out.push({ rule: RULE, at, range: wholeOf(replies[at] as Reply), quotes: [], languages: lacking, keys: [nameOf(replies[at] as Reply)], related: [] });
    }
  }
  return out;
}
