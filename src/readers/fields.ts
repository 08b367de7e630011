/** What fields and columns are called: which hold the reply, and what is said about it. */
import { field, scalar, scalarField, type Tree, type TreeEntry, type TreeMap } from '../text/tree.js';
import { type Columns, type Role, PURPOSES } from '../types.js';
import { ignoresOfFields } from './ignore.js';
import { channelNamed } from './json.js';
import { langNamed } from './languages.js';
import type { Draft, Fault } from './reader.js';

/** A table of a hundred thousand rows asks the same few names again and again. */
function remembered<T>(of: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    let found = known.get(name);
    if (found === undefined && !known.has(name)) {
      if (known.size >= REMEMBERED_MAX) known.clear();
      known.set(name, (found = of(name)));
    }
    return found as T;
  };
}
const REMEMBERED_MAX = 2_000;
/** A longer name is no name. */
const NAME_MAX = 100;

/** Words of a field's name: `text_body_template`, `bodyHtml` and `Body HTML` hold three, two and two. */
const wordsOf = remembered((name: string): readonly string[] =>
  name
    .slice(0, NAME_MAX)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w !== ''),
);

/** The name as one word, for comparison: `Short Code`, `short_code` and `shortCode` are the same. */
export const plainName = remembered((name: string): string => wordsOf(name).join('_'));

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** The surest first: of two that say the same the first is read. HTML comes before its plain twin. */
const REPLY = 'content_html body_html html_body text_html html body reply_text reply response answer text content message msg reply_template reply_body body_text content_text'.split(' ');
/** A field's name hints at the reply when one of its words is among these, and the others are among those beside them. */
const REPLY_WORDS = set('body reply response answer message text content html msg value');
const BESIDE_WORDS = set('template default public customer agent chat email mail plain macro canned saved snippet fallback first markdown md ticket comment sms');
/** A field that is called what its record is: `macro`, `template`. */
const NAMED_AFTER = set('macro canned template snippet');
const SUCH = set('macro canned saved template snippet reply response answer message text comment');
/** Never replies, however long they are. */
const LABEL_WORDS = set('title name subject label heading description desc note notes comment comments id key slug url link links href path file tag tags keyword keywords category categories type kind status state author version license licence lang language locale date time created updated tooltip placeholder help hint summary question caption icon image color colour class style script regex pattern intent folder scope error errors setting settings button patterns questions examples utterances variables attachments emails');

const NAMES: Readonly<Record<Exclude<Role, 'reply'>, readonly string[]>> = {
  title: 'title name subject label heading topic summary question'.split(' '),
  lang: 'lang language locale'.split(' '),
  shortcut: 'shortcut short_code shortcode abbreviation trigger'.split(' '),
  note: 'internal is_internal internal_note private is_private'.split(' '),
  channel: ['channel'],
  for: ['for', 'purpose'],
  complaint: 'complaint customer_message customer_email customer_text customer_complaint original_message incoming_message incoming example'.split(' '),
  ignore: ['savy_ignore'],
  key: 'id key slug _id uuid'.split(' '),
};

/** Words for the form of a text, not for what it is. */
const FORMS = set('html text plain markdown md');

const NO = set('0 false no n off public');

export function isLabel(name: string): boolean {
  return wordsOf(name).some((w) => LABEL_WORDS.has(w));
}

/** Labels that hold the reply when nothing else does: a spreadsheet's “Comment” or “Description”. */
const LAST_RESORT = set('comment comments description desc note notes value help hint question summary');

export function isFirmLabel(name: string): boolean {
  return wordsOf(name).some((w) => LABEL_WORDS.has(w) && !LAST_RESORT.has(w));
}

/** The language at either end of a field's name, and the name without it: `Viesti FI`, `body_en`, `fi`. */
export const langAside = remembered((name: string): Readonly<{ lang: string | undefined; rest: string }> => {
  const whole = langNamed(name);
  if (whole !== undefined) return { lang: whole, rest: '' };
  const words = wordsOf(name);
  const behind = parted(words.slice(0, -1), words[words.length - 1]);
  const { lang, rest } = behind.lang !== undefined ? behind : parted(words.slice(1), words[0]);
  // `FI/suomi` says it twice.
  return { lang, rest: lang === undefined ? words.join('_') : langNamed(rest) === lang ? '' : rest };
});

function parted(others: readonly string[], word: string | undefined): { lang: string | undefined; rest: string } {
  return { lang: word === undefined || others.length === 0 ? undefined : langNamed(word), rest: others.join('_') };
}

/** The language of a field that is a reply by its name: `fi`, `body_fi`, `Reply (Finnish)`. */
export function langOfField(name: string): string | undefined {
  const { lang, rest } = langAside(name);
  return rest === '' || hints(rest.split('_')) ? lang : undefined;
}

const hints = (words: readonly string[]): boolean => (words.some((w) => REPLY_WORDS.has(w)) || (words.length === 1 && NAMED_AFTER.has(words[0] as string))) && words.every((w) => REPLY_WORDS.has(w) || BESIDE_WORDS.has(w) || /^\d+$/.test(w));

/** How surely the field is the reply's, by its name: 2 it is, 1 it is when its value is a sentence, 0 no telling. */
export const isReplyName = remembered((name: string): 0 | 1 | 2 => {
  if (NAMES.complaint.includes(plainName(name))) return 0;
  if (REPLY.includes(plainName(name)) || langOfField(name) !== undefined) return 2;
  return hints(wordsOf(name)) ? 1 : 0;
});

/** How early a reply's field is taken; the lower the earlier. */
export function replyRank(name: string): number {
  const at = REPLY.indexOf(plainName(name));
  return at < 0 ? REPLY.length : at;
}

/** Two fields with the same twin name hold the same reply in two forms: `content` and `content_html`, `body` and `body_text`. */
export function twinName(name: string): string {
  const { lang, rest } = langAside(name);
  return `${lang ?? ''}:${rest.split('_').filter((w) => !FORMS.has(w)).join('_')}`;
}

/** A record with one of the first is an answer, and what it has of the second is what it answers. */
export const ANSWERS = set('reply response answer');
export const ASKED = set('message msg');

/** Does this entry go by one of these names? Numbers count columns from 1. */
function goesBy(entry: TreeEntry, index: number, names: NonNullable<Columns[Role]>): boolean {
  return listOf(names).some((n) => n === entry.key || plainName(n) === plainName(entry.key) || n === String(index + 1));
}

function listOf(names: NonNullable<Columns[Role]>): readonly string[] {
  return (typeof names === 'object' ? names : [names]).map(String);
}

/** The entries of a record that the user's `columns` name for the role. */
export function chosen(record: TreeMap, columns: Columns | undefined, role: Role): readonly TreeEntry[] {
  const names = columns?.[role];
  return names === undefined ? [] : record.entries.filter((e, i) => goesBy(e, i, names));
}

/** Do the user's `columns` name this column? */
export function isNamed(name: string, columns: Columns | undefined): boolean {
  return Object.values(columns ?? {}).some((names) => listOf(names).some((n) => !/^\d+$/.test(n) && plainName(n) === plainName(name)));
}

/** The record's fields by their plain names; the first of each. */
function byName(record: Tree | undefined): ReadonlyMap<string, Tree> {
  const found = new Map<string, Tree>();
  if (record?.kind === 'map') for (const { key, value: tree } of record.entries) if (!found.has(plainName(key))) found.set(plainName(key), tree);
  return found;
}

function value(record: TreeMap, fields: ReadonlyMap<string, Tree>, columns: Columns | undefined, role: Exclude<Role, 'reply'>): string | undefined {
  if (columns?.[role] !== undefined) {
    const [named] = chosen(record, columns, role);
    return scalar(named?.value)?.trim() || undefined;
  }
  for (const name of NAMES[role]) {
    const text = scalar(fields.get(name))?.trim();
    if (text !== undefined && text !== '') return text;
  }
  const titled = role === 'title' ? record.entries.find((e) => isTitleName(e.key)) : undefined;
  return scalar(titled?.value)?.trim() || undefined;
}

/** `macro_name`, `Response title`. */
const isTitleName = remembered((name: string): boolean => {
  const words = wordsOf(name);
  const last = words[words.length - 1];
  return words.length > 1 && last !== undefined && ['title', 'name'].includes(last) && words.slice(0, -1).every((w) => SUCH.has(w));
});

/** Is a field of this name known, whatever it holds? */
export function isKnownField(name: string): boolean {
  const plain = plainName(name);
  return isReplyName(name) > 0 || isTitleName(name) || (plain !== '' && Object.values(NAMES).some((known) => known.includes(plain)));
}

export type Meta = Readonly<{ draft: Partial<Draft>; key: string | undefined; faults: readonly Fault[] }>;

/**
 * What a record says about its reply: title, shortcut, language, channel, note, `for`, `complaint`, suppressions. For every format whose
 * records are maps, and for front matter.
 */
export function metaOf(record: Tree | undefined, columns?: Columns): Meta {
  if (record?.kind !== 'map') return { draft: {}, key: undefined, faults: [] };
  const fields = byName(record);
  // What is said to savy alone may stand in a map of its own: `savy: {for: complaint, ignore: […]}`.
  const own = byName(field(record, 'savy'));
  const get = (role: Exclude<Role, 'reply'>): string | undefined => value(record, own, {}, role) ?? value(record, fields, columns, role);
  const { ignores, faults: wrong } = ignoresOfFields(record, ...listOf(columns?.ignore ?? []));
  const faults: Fault[] = [...wrong];
  const purpose = get('for');
  const known = PURPOSES.find((p) => p === purpose?.toLowerCase());
  const said = own.get('for') ?? fields.get('for');
  if (purpose !== undefined && known === undefined && said !== undefined) faults.push({ at: said.range[0], message: `“for” knows no “${purpose.slice(0, 40)}”`, hint: `known: ${PURPOSES.join(', ')}`, warning: true });
  const lang = get('lang');
  const channel = get('channel');
  const note = get('note');
  const draft: Partial<Draft> = {
    title: get('title'),
    shortcut: get('shortcut'),
    lang: lang === undefined ? undefined : (langNamed(lang) ?? lang),
    channel: channel === undefined ? undefined : channelNamed(channel),
    note: note === undefined ? undefined : isTrue(note) || undefined,
    for: known,
    complaint: get('complaint'),
    ignores,
  };
  return { draft, key: get('key'), faults };
}

/** A cell or field that says yes: anything but nothing, `0`, `false`, `no`. A long text says nothing. */
function isTrue(text: string): boolean {
  return text.length <= 10 && !NO.has(text.toLowerCase());
}

/** Titles in several languages: `title: {fi: …, en: …}` or `title_fi`. */
export function titleIn(record: Tree, lang: string): string | undefined {
  if (record.kind !== 'map') return undefined;
  for (const name of NAMES.title) {
    const title = field(record, name);
    const own = title?.kind === 'map' ? scalarField(title, lang) : scalarField(record, `${name}_${lang}`, `${name}-${lang}`, `${name}.${lang}`);
    if (own !== undefined) return own;
  }
  return undefined;
}
