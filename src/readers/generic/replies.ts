/** Which fields of a record are replies: by what the user says, by name, and last by what stands in them. */
import { scalar, type Tree, type TreeEntry, type TreeMap } from '../../text/tree.js';
import { ANSWERS, ASKED, chosen, isLabel, isReplyName, langOfField, plainName, replyRank, twinName } from '../fields.js';
import { areLanguages } from '../languages.js';
import type { Columns } from '../reader.js';

/** A field whose name only hints at a reply holds at least so many words. */
const WORDS_MIN = 3;
/** A field without a name that says anything is taken for the reply when it holds so many words on average. */
const GUESS_WORDS = 4;
/** Among maps under keys, where labels live, it takes more. */
const GUESS_WORDS_KEYED = 8;
const GUESS_ITEMS = 200;
/** Titles are shorter. */
const TITLE_WORDS = 12;
const COMPARED = 2_000;

export function wordCount(text: string): number {
  return text.slice(0, COMPARED).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

const filled = (tree: Tree): boolean => tree.kind === 'text' && tree.value.text.trim() !== '';
const inLanguages = (tree: Tree): boolean => tree.kind === 'map' && areLanguages(tree.entries.map((e) => e.key)) && tree.entries.some((e) => filled(e.value));

/**
 * The fields of a record that are replies, each once; none when it is no record.
 * @param guess name of the field that looks like the reply in its neighbours
 */
export function repliesOf(tree: Tree, columns?: Columns, guess?: string): readonly TreeEntry[] {
  if (tree.kind !== 'map') return [];
  if (columns?.reply !== undefined) return chosen(tree, columns, 'reply').filter((e) => filled(e.value) || inLanguages(e.value));
  // A map that is nothing but languages is one reply or a whole library in each of them.
  if (areLanguages(tree.entries.map((e) => e.key))) return [];
  let found = tree.entries.filter(({ key, value }) => {
    const sure = isReplyName(key);
    if (sure === 0) return key === guess && filled(value);
    return (value.kind === 'text' && (sure === 2 ? filled(value) : wordCount(value.value.text) >= WORDS_MIN)) || (langOfField(key) === undefined && inLanguages(value));
  });
  if (found.length < 2) return found;
  // Where something is called the answer, “message” is what it answers.
  if (found.some((e) => ANSWERS.has(plainName(e.key)))) found = found.filter((e) => !ASKED.has(plainName(e.key)));
  const order = [...found].sort((a, b) => replyRank(a.key) - replyRank(b.key));
  const names = new Set<string>();
  const texts = new Set<string>();
  const kept = order.filter(({ key, value }) => {
    const name = twinName(key);
    const text = value.kind === 'text' ? lettersOf(value.value.text) : key;
    if (names.has(name) || texts.has(text)) return false;
    names.add(name);
    if (langOfField(key) === undefined) texts.add(text);
    return true;
  });
  return found.filter((e) => kept.includes(e));
}

/** A text's letters without tags and entities: the same in HTML and in plain text. */
function lettersOf(text: string): string {
  return text
    .slice(0, COMPARED)
    .replace(/<[^<>]*>|&[a-z]{2,8};/gi, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, 200);
}

/** What the reply answers, where the record has both. */
export function askedIn(map: TreeMap, replies: readonly TreeEntry[]): string | undefined {
  if (!replies.some((e) => ANSWERS.has(plainName(e.key)))) return undefined;
  return scalar(map.entries.find((e) => ASKED.has(plainName(e.key)))?.value)?.trim() || undefined;
}

/**
 * Among records that name no reply: the field with most words, by name. Undefined when some record names one, or none has enough.
 * @param keyed the records are values of a map, not items of a list
 */
export function guessed(items: readonly Tree[], columns?: Columns, keyed = false): string | undefined {
  if (columns?.reply !== undefined || (keyed && !items.every((i) => i.kind === 'map'))) return undefined;
  const sums = new Map<string, { words: number; texts: number }>();
  let maps = 0;
  for (const item of items.slice(0, GUESS_ITEMS)) {
    if (item.kind !== 'map') continue;
    maps++;
    if (repliesOf(item).length > 0) return undefined;
    for (const { key, value } of item.entries) {
      if (value.kind !== 'text' || isLabel(key)) continue;
      const sum = sums.get(key) ?? { words: 0, texts: 0 };
      sums.set(key, { words: sum.words + wordCount(value.value.text), texts: sum.texts + 1 });
    }
  }
  let best: string | undefined;
  let most = keyed ? GUESS_WORDS_KEYED : GUESS_WORDS;
  for (const [key, { words, texts }] of sums) {
    if (words / texts < most || texts * 2 < maps || (keyed && maps < 2)) continue;
    most = words / texts;
    best = key;
  }
  return best;
}

/** A record's title when no field is called one: the first short text that is not the reply. */
export function titleOf(map: TreeMap, replies: readonly TreeEntry[]): string | undefined {
  for (const e of map.entries) {
    if (replies.includes(e) || e.value.kind !== 'text') continue;
    const text = e.value.value.text.trim();
    const words = wordCount(text);
    if (words > 0 && words <= TITLE_WORDS && !text.includes('\n') && /\p{L}{2}/u.test(text)) return text;
  }
  return undefined;
}
