/**
 * Replies in maps and lists, wherever they come from: JSON, YAML, a table's rows. Records (`{title, body}`), texts under keys
 * (`{refund: "…"}`), one text per language (`{fi: "…", en: "…"}`), all of them nested. When in doubt a string is a label.
 */
import { scalarField, type Tree, type TreeEntry, type TreeMap } from '../../text/tree.js';
import { isLabel, langAside, langOfField, metaOf, titleIn } from '../fields.js';
import { areLanguages, langCode, langNamed } from '../languages.js';
import { bodyText } from '../parse/body.js';
import type { Draft, Fault, Found } from '../reader.js';
import type { Columns } from '../../types.js';
import { askedIn, guessed, naming, repliesOf, wordCount } from './replies.js';

/** A value of fewer words is no reply unless its field says so. */
const WORDS_MIN = 3;
/** Among records, and in files of labels, a text under a plain key is a reply when it is a whole letter. */
const LETTER_WORDS = 12;

function isSentence(text: string): boolean {
  const end = text.trim();
  return /[.!?…]["”'’)\]]*$/.test(end.slice(-5)) || end.includes('\n');
}

/** `named`: the field that names the records of a list. */
type Walk = { lang?: string | undefined; path: readonly string[]; index?: number; named?: string | undefined };

/** @returns what was found, in the order of the file */
export function readRecords(root: Tree | undefined, columns?: Columns): Found {
  const entries: Draft[] = [];
  const faults: Fault[] = [];
  /** Texts under plain keys: judged when all have been seen. */
  const loose: { draft: Draft; amongRecords: boolean }[] = [];

  const emit = (draft: Draft): void => {
    const body = bodyText(draft.text);
    entries.push({ ...draft, text: body.text, comments: body.comments });
  };

  const record = (map: TreeMap, replies: readonly TreeEntry[], { lang, path, index, named: called }: Walk, guess: boolean): void => {
    const meta = metaOf(map, columns);
    faults.push(...meta.faults);
    const title = meta.draft.title ?? (called === undefined ? undefined : scalarField(map, called));
    const own = meta.key ?? meta.draft.shortcut ?? title;
    // One of several translations has its record's key.
    const translated = index !== undefined && own === undefined && meta.draft.lang !== undefined && path.length > 1;
    const key = translated ? path.slice(0, -1).join('.') : index === undefined ? path.join('.') || (own ?? '') : (meta.key ?? [...path, own ?? String(index + 1)].join('.'));
    const base = { ...meta.draft, title, lang: meta.draft.lang ?? lang, complaint: meta.draft.complaint ?? askedIn(map, replies), extent: map.range };
    const inLang = (code: string): Partial<Draft> => ({ lang: code, title: titleIn(map, code) ?? title });
    const named = (name: string): string => (replies.length > 1 && langAside(name).lang === undefined ? `${key}.${name}` : key);
    for (const { key: name, value } of replies) {
      const code = langOfField(name) ?? (guess ? langAside(name).lang : undefined);
      if (value.kind === 'text') emit({ ...base, key: named(name), text: value.value, ...(code === undefined ? {} : inLang(code)) });
      else if (value.kind === 'map') for (const e of value.entries) if (e.value.kind === 'text') emit({ ...base, key: named(name), text: e.value.value, ...inLang(e.key) });
    }
  };

  const walk = (tree: Tree, at: Walk): void => {
    if (tree.kind === 'list') list(tree.items, at);
    else if (tree.kind === 'map') map(tree, at);
  };

  const list = (items: readonly Tree[], at: Walk): void => {
    const guess = guessed(items, columns);
    const called = naming(items, (item) => repliesOf(item, columns, guess));
    items.forEach((item, index) => {
      const path = [...at.path, String(index + 1)];
      if (item.kind === 'map') {
        const replies = repliesOf(item, columns, guess);
        if (replies.length > 0) record(item, replies, { ...at, index, named: called }, guess !== undefined);
        else walk(item, { ...at, path });
      } else if (item.kind === 'list') walk(item, { ...at, path });
      else if (item.kind === 'text' && !isLabel(at.path[at.path.length - 1] ?? '')) loose.push({ draft: { key: path.join('.'), text: item.value, lang: at.lang, extent: item.range }, amongRecords: false });
    });
  };

  const map = (tree: TreeMap, at: Walk): void => {
    const replies = repliesOf(tree, columns);
    if (replies.length > 0) {
      record(tree, replies, at, false);
      // A record may hold others below it.
      for (const { key, value } of tree.entries) if (!replies.some((r) => r.value === value)) walk(value, { ...at, path: [...at.path, key] });
      return;
    }
    const values = tree.entries.map((e) => e.value);
    const amongRecords = values.some((v) => repliesOf(v, columns).length > 0);
    const langs = areLanguages(tree.entries.map((e) => e.key));
    const guess = amongRecords || langs ? undefined : guessed(values, columns, true);
    const called = guess === undefined ? undefined : naming(values, (value) => repliesOf(value, columns, guess));
    for (const { key, keyRange, value } of tree.entries) {
      const lang = langs ? (langNamed(key) ?? langCode(key)) : undefined;
      const below: Walk = lang === undefined ? { lang: at.lang, path: [...at.path, key] } : { lang, path: at.path };
      const guessedReplies = guess === undefined ? [] : repliesOf(value, columns, guess);
      if (value.kind === 'text') {
        if (!isLabel(key) || lang !== undefined) loose.push({ draft: { key: below.path.join('.'), text: value.value, lang: below.lang, extent: [keyRange[0], value.range[1]] }, amongRecords });
      } else if (value.kind === 'map' && guessedReplies.length > 0) record(value, guessedReplies, { ...below, named: called }, true);
      else walk(value, below);
    }
  };

  if (root?.kind === 'text') loose.push({ draft: { key: '', text: root.value, extent: root.range }, amongRecords: false });
  else if (root !== undefined) walk(root, { path: [] });
  // Columns say where the replies are, and nothing else is one.
  if (columns?.reply !== undefined) return { entries, faults };
  // A file of labels has few sentences, and what is long in it is a letter.
  const whole = loose.filter(({ draft }) => isSentence(draft.text.text)).length;
  const labels = whole * 2 < loose.length;
  const records = entries.length > 0;
  for (const { draft, amongRecords } of loose) {
    const words = wordCount(draft.text.text);
    const letter = words >= LETTER_WORDS || (words >= WORDS_MIN && draft.text.text.trim().includes('\n'));
    if (records ? amongRecords && letter : labels ? letter : words >= WORDS_MIN) emit(draft);
  }
  entries.sort((a, b) => (a.extent?.[0] ?? 0) - (b.extent?.[0] ?? 0));
  return { entries, faults };
}
