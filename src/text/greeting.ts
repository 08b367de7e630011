/** How a text opens: the greeting, and the name that it addresses. Words come in as cue hits `anatomy.greeting` and `anatomy.address`. */
import type { Anatomy, Hit, Range, Token } from '../types.js';
import type { Parts } from './anatomy.js';

export type Greeting = NonNullable<Anatomy['greeting']>;
type Name = NonNullable<Greeting['name']>;

/** A greeting stands among the first words; a name of more words than this is a sentence. */
export const OPENING_TOKENS = 4;
const NAME_WORDS = 4;
/** Between a name's tokens: a space, or a hyphen with none. */
const JOINED = /^(?: {1,2}|\u00a0|-)$/u;
const ENDS_NAME = /^\s*(?:[,!.:;\n)?–—-]|\p{Extended_Pictographic}|$)/u;
/** “Hei Pertin perhe!”: a capitalised word, then one in lower case, then the mark that ends the greeting. */
const POSSESSED = /^ \p{Ll}+[,!]/u;
const LOOK = 40;
const OPENERS: ReadonlySet<string> = new Set(['anatomy.greeting', 'anatomy.dear', 'anatomy.address', 'anatomy.title', 'anatomy.thanks', 'anatomy.ordinary']);

/** The hits of the opening only: what comes later can't greet. */
function opening(hits: readonly Hit[], end: number): readonly Hit[] {
  let n = 0;
  while (n < hits.length && (hits[n] as Hit).start < end) n++;
  return hits.slice(0, n).filter((h) => OPENERS.has(h.cue));
}

function covers(hits: readonly Hit[], cue: string, token: Token): boolean {
  return hits.some((h) => h.cue === cue && h.start <= token.start && h.end >= token.end);
}

function named(text: string, first: Token, last: Token): Name {
  return { text: text.slice(first.start, last.end), range: [first.start, last.end] };
}

/** The name behind a greeting: capitalised words up to the first punctuation that are neither a general address nor the next sentence. */
function nameAfter({ text, tokens, names }: Parts, hits: readonly Hit[], from: number): Name | undefined {
  let first: Token | undefined;
  let last: Token | undefined;
  for (let i = from; i < tokens.length && i < from + NAME_WORDS + 1; i++) {
    const token = tokens[i] as Token;
    const before = tokens[i - 1];
    if (i > from && before !== undefined && !JOINED.test(text.slice(before.end, token.start)) && !(covers(hits, 'anatomy.title', before) && text[before.end] === '.')) break;
    const general = token.kind === 'word' && (covers(hits, 'anatomy.address', token) || covers(hits, 'anatomy.title', token));
    if (first === undefined && general) continue;
    if (token.kind !== 'word' || token.upper === 0 || general || ['anatomy.greeting', 'anatomy.thanks'].some((cue) => covers(hits, cue, token)) || (!names.has(token.norm) && covers(hits, 'anatomy.ordinary', token))) break;
    first ??= token;
    last = token;
  }
  if (first === undefined || last === undefined) return undefined;
  // “Hei Kiitos viestistä”: a capital alone makes no name; the punctuation behind it or a known name does.
  const after = text.slice(last.end, last.end + LOOK);
  return names.has(first.norm) || names.has(last.norm) || ENDS_NAME.test(after) || POSSESSED.test(after) ? named(text, first, last) : undefined;
}

/** “Thanks for reaching out, Jennifer.”: a known name set off by a comma in the first sentence. */
function vocative({ text, tokens, names }: Parts, from: number): Name | undefined {
  const sentence = tokens[from]?.sentence;
  for (let i = from + 1; i < tokens.length && (tokens[i] as Token).sentence === sentence; i++) {
    const t = tokens[i] as Token;
    if (t.upper === 0 || !names.has(t.norm)) continue;
    if (/,\s*$/u.test(text.slice(Math.max(0, t.start - 3), t.start)) && ENDS_NAME.test(text.slice(t.end, t.end + LOOK))) return named(text, t, t);
  }
  return undefined;
}

export function findGreeting(parts: Parts): { greeting?: Greeting; greeted: boolean } {
  const { text, tokens, names } = parts;
  let first = 0;
  let mention = false;
  while (first < tokens.length && (tokens[first]?.kind === 'mention' || tokens[first]?.kind === 'emoji')) {
    mention ||= tokens[first]?.kind === 'mention';
    first++;
  }
  const start = tokens[first];
  if (start === undefined) return { greeted: mention };
  const last = tokens[Math.min(first + OPENING_TOKENS, tokens.length) - 1] as Token;
  const hits = opening(parts.hits, last.end + LOOK);
  const greetings = hits.filter((h) => (h.cue === 'anatomy.greeting' || h.cue === 'anatomy.dear') && h.end > start.start && h.start <= last.start);
  const hit = greetings.find((h) => h.start <= start.start) ?? greetings.find((h) => /[.!?\n]\s*$/u.test(text.slice(Math.max(0, h.start - 4), h.start)));
  if (hit !== undefined) {
    // Greetings one behind the other are one: “Hei ja hyvää huomenta” as well as “Hi there”.
    let end = hit.end;
    for (const h of greetings) if (h.start > hit.start && h.start <= end + 2 && h.end > end && !/[\n.!?]/u.test(text.slice(end, h.start))) end = h.end;
    let next = first;
    while (next < tokens.length && (tokens[next] as Token).start < end) next++;
    const token = tokens[next];
    const name = token === undefined || /[.!?\n]/u.test(text.slice(end, token.start)) ? undefined : nameAfter(parts, hits, next);
    const general = hits.find((h) => h.cue === 'anatomy.address' && h.start >= end && h.start <= end + 2);
    const range: Range = [Math.max(hit.start, start.start > hit.start && hit.end > start.start ? start.start : hit.start), name?.range[1] ?? Math.max(general?.end ?? end, end)];
    const greeting: Greeting = { range, ...(name === undefined ? {} : { name }) };
    // “Hyvä, että kerroit” greets nobody.
    if (hit.cue === 'anatomy.greeting' || end > hit.end || name !== undefined || general !== undefined || hole(text, greeting) !== undefined) return { greeting, greeted: true };
  }
  // “Sandra, we can't thank you enough …”
  if (start.kind === 'word' && start.upper > 0 && names.has(start.norm) && /^\s?[,!:–—]/u.test(text.slice(start.end, start.end + 3))) {
    return { greeting: { range: [start.start, start.end], name: named(text, start, start) }, greeted: true };
  }
  const name = vocative(parts, first);
  return name === undefined ? { greeted: mention } : { greeting: { range: name.range, name }, greeted: true };
}

/** “Hei ,” and “Dear !”: the slot for the name came out empty. */
export function hole(text: string, greeting: Greeting | undefined): Range | undefined {
  if (greeting === undefined || greeting.name !== undefined) return undefined;
  const end = greeting.range[1];
  const m = /^(?:[ \t]+[,!]|[ \t]*,[ \t]*[,!])/u.exec(text.slice(end, end + 8));
  return m === null ? undefined : [end, end + m[0].length];
}
