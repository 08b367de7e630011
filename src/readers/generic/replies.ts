/** Which fields of a record are replies: by what the user says, by name, and last by what stands in them. */
import { field, scalar, type Tree, type TreeEntry, type TreeMap } from '../../text/tree.js';
import { ANSWERS, ASKED, chosen, isFirmLabel, isKnownField, isLabel, isReplyName, langAside, langOfField, plainName, replyRank, twinName } from '../fields.js';
import type { Columns } from '../../types.js';
import { areLanguages } from '../languages.js';


/** A field whose name only hints at a reply holds at least so many words. */
const WORDS_MIN = 3;
/** A field without a name that says anything is taken for the reply when it holds so many words on average. */
const GUESS_WORDS = 3;
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
 * @param guess what the reply is called in its neighbours, by the look of it
 */
export function repliesOf(tree: Tree, columns?: Columns, guess?: Guess): readonly TreeEntry[] {
  if (tree.kind !== 'map') return [];
  if (columns?.reply !== undefined) return chosen(tree, columns, 'reply').filter((e) => filled(e.value) || inLanguages(e.value));
  // A map that is nothing but languages is one reply or a whole library in each of them.
  if (areLanguages(tree.entries.map((e) => e.key))) return [];
  let found = tree.entries.filter(({ key, value }) => {
    const sure = isReplyName(key);
    if (sure === 0) return guess !== undefined && langAside(key).rest === guess && filled(value);
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

/** A field's name without the language in it. */
export type Guess = string;

/**
 * Among records that name no reply: the field with most words. Undefined when some record names one, or none has enough.
 * @param keyed the records are values of a map, not items of a list
 */
export function guessed(items: readonly Tree[], columns?: Columns, keyed = false): Guess | undefined {
  if (columns?.reply !== undefined || (keyed && !items.every((i) => i.kind === 'map'))) return undefined;
  const maps = items.slice(0, GUESS_ITEMS).filter((i): i is TreeMap => i.kind === 'map');
  if (maps.length < (keyed ? 2 : 1) || maps.some((m) => repliesOf(m).length > 0)) return undefined;
  const guess = longest(maps, isLabel, keyed ? GUESS_WORDS_KEYED : GUESS_WORDS) ?? (keyed ? undefined : longest(maps, isFirmLabel, GUESS_WORDS));
  return keyed && guess !== undefined && holdSeveral(maps, guess) ? undefined : guess;
}

function longest(maps: readonly TreeMap[], isNone: (name: string) => boolean, least: number): Guess | undefined {
  const sums = new Map<Guess, { words: number; texts: number }>();
  for (const { entries } of maps) {
    for (const { key, value } of entries) {
      if (value.kind !== 'text' || isNone(key) || value.value.text.trim() === '') continue;
      const name = langAside(key).rest;
      const sum = sums.get(name) ?? { words: 0, texts: 0 };
      // An address is no sentence, whatever its parts.
      const words = /\s/.test(value.value.text.trim()) ? wordCount(value.value.text) : 1;
      sums.set(name, { words: sum.words + words, texts: sum.texts + 1 });
    }
  }
  let best: Guess | undefined;
  let most = least;
  for (const [name, { words, texts }] of sums) {
    if (words / texts < most || texts * 2 < maps.length) continue;
    most = words / texts;
    best = name;
  }
  return best;
}

/** Maps of texts rather than records: beside what might be their reply others stand that are as long. */
function holdSeveral(maps: readonly TreeMap[], guess: Guess): boolean {
  return maps.some(({ entries }) => entries.some(({ key, value }) => langAside(key).rest !== guess && !isLabel(key) && value.kind === 'text' && wordCount(value.value.text) >= GUESS_WORDS_KEYED));
}

/** The field that names the records where none is called a title: short texts, no two of them the same. */
export function naming(items: readonly Tree[], replies: (item: TreeMap) => readonly TreeEntry[]): string | undefined {
  const maps = items.slice(0, GUESS_ITEMS).filter((i): i is TreeMap => i.kind === 'map' && replies(i).length > 0);
  const taken = new Set(maps.flatMap((m) => replies(m).map((e) => e.key)));
  const names = new Set(maps.flatMap((m) => m.entries.map((e) => e.key)));
  return [...names].find((name) => {
    // One that only hints at a reply (“Macro”) and is none names it.
    if (taken.has(name) || isFirmLabel(name) || (isKnownField(name) && isReplyName(name) !== 1)) return false;
    const texts = maps.map((m) => scalar(field(m, name))?.trim() ?? '').filter((text) => text !== '');
    return texts.length * 2 > maps.length && new Set(texts).size === texts.length && texts.every(isTitle);
  });
}

function isTitle(text: string): boolean {
  const words = wordCount(text);
  return words > 0 && words <= TITLE_WORDS && !text.includes('\n') && /\p{L}{2}/u.test(text);
}
