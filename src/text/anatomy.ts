/** The parts of a reply: greeting with the name addressed, body, sign-off, signature. Words come in as cue hits `anatomy.*`. */
import type { Anatomy, Hit, Range, Token } from '../types.js';
import { findSignature } from './signature.js';

/** What anatomy needs of a text that has been cut into tokens and searched for cues. */
export type Parts = Readonly<{
  text: string;
  tokens: readonly Token[];
  hits: readonly Hit[];
  names: ReadonlySet<string>;
  quoted: readonly Range[];
  placeholders: readonly Range[];
  /** Words of the other half of the exchange: a capitalised word that stands there too is a brand, not whoever signs. */
  foreign: ReadonlySet<string>;
}>;

/** A greeting stands among the first words; a name of more words than this is a sentence. */
const OPENING_TOKENS = 4;
const NAME_WORDS = 4;

function inside(ranges: readonly Range[], at: number): boolean {
  return ranges.some(([start, end]) => at >= start && at < end);
}

function within(hits: readonly Hit[], cue: string, token: Token): boolean {
  return hits.some((h) => h.cue === cue && h.start <= token.start && h.end >= token.end);
}

type Greeting = NonNullable<Anatomy['greeting']>;

/** The name behind a greeting: capitalised words up to the first punctuation that are neither a general address nor the next sentence. */
function nameAfter(parts: Parts, from: number): Greeting['name'] | undefined {
  const { text, tokens, hits, names } = parts;
  let first: Token | undefined;
  let last: Token | undefined;
  for (let i = from; i < tokens.length && i < from + NAME_WORDS; i++) {
    const token = tokens[i] as Token;
    const before = tokens[i - 1];
    if (before !== undefined && /[,.!?:;\n–—-]/u.test(text.slice(before.end, token.start)) && (first !== undefined || i > from)) break;
    if (token.kind !== 'word' || token.upper === 0 || within(hits, 'anatomy.address', token) || within(hits, 'anatomy.greeting', token)) {
      if (first === undefined && token.kind === 'word' && within(hits, 'anatomy.address', token)) continue;
      break;
    }
    first ??= token;
    last = token;
  }
  if (first === undefined || last === undefined) return undefined;
  const known = names.has(first.norm) || names.has(last.norm);
  // “Hei Kiitos viestistä”: a capital alone makes no name; the punctuation behind it or a known name does.
  if (!known && !/^\s*[,!.:;\n)?–—-]/u.test(text.slice(last.end)) && !/^\s*(?:\p{Extended_Pictographic}|$)/u.test(text.slice(last.end)) && !possessor(text, last)) return undefined;
  return { text: text.slice(first.start, last.end), range: [first.start, last.end] };
}

/** “Hei Pertin perhe!”: a capitalised word, then one in lower case, then the mark that ends the greeting. */
function possessor(text: string, last: Token): boolean {
  return /^ \p{Ll}+[,!]/u.test(text.slice(last.end, last.end + 40));
}

function findGreeting(parts: Parts): { greeting?: Greeting; greeted: boolean } {
  const { text, tokens, hits, names } = parts;
  let first = 0;
  let mention = false;
  while (first < tokens.length && (tokens[first]?.kind === 'mention' || tokens[first]?.kind === 'emoji')) {
    mention ||= tokens[first]?.kind === 'mention';
    first++;
  }
  const opening = tokens[Math.min(first + OPENING_TOKENS, tokens.length) - 1];
  if (opening === undefined) return { greeted: mention };
  const start = tokens[first] as Token | undefined;
  if (start === undefined) return { greeted: mention };
  const greetings = hits.filter((h) => h.cue === 'anatomy.greeting' && h.start >= start.start && h.start <= opening.start);
  const hit = greetings[0];
  if (hit !== undefined && hit.start === start.start) {
    const end = Math.max(hit.end, ...greetings.filter((h) => h.start <= hit.end + 2).map((h) => h.end));
    const next = tokens.findIndex((t) => t.start >= end);
    // The name may stand inside the greeting's own words (“Good morning Anna”) or right behind them.
    const name = next < 0 || /[.!?\n]/u.test(text.slice(end, tokens[next]?.start)) ? undefined : nameAfter(parts, next);
    const general = hits.find((h) => h.cue === 'anatomy.address' && h.start >= end && h.start <= end + 2);
    return { greeting: { range: [hit.start, name?.range[1] ?? general?.end ?? end], ...(name === undefined ? {} : { name }) }, greeted: true };
  }
  // “Sandra, we can't thank you enough …”
  const lone = start.kind === 'word' && start.upper > 0 && names.has(start.norm) && /^\s?[,!:–—]/u.test(text.slice(start.end));
  if (lone) return { greeting: { range: [start.start, start.end], name: { text: text.slice(start.start, start.end), range: [start.start, start.end] } }, greeted: true };
  if (hit !== undefined) return { greeting: { range: [hit.start, hit.end] }, greeted: true };
  // “Thanks for reaching out, Jennifer.”: a name set off by a comma in the first sentence.
  const vocative = tokens.find((t, i) => i > 0 && t.sentence === start.sentence && t.upper > 0 && names.has(t.norm) && /,\s*$/u.test(text.slice(Math.max(0, t.start - 3), t.start)) && /^\s*(?:[,.!?:;–—-]|$|\p{Extended_Pictographic})/u.test(text.slice(t.end)));
  if (vocative !== undefined) {
    const range: Range = [vocative.start, vocative.end];
    return { greeting: { range, name: { text: text.slice(...range), range } }, greeted: true };
  }
  return { greeted: mention };
}

/** “Hei ,” and “Dear !”: the slot for the name came out empty. */
function hole(text: string, greeting: Greeting | undefined): Range | undefined {
  if (greeting === undefined || greeting.name !== undefined) return undefined;
  const end = greeting.range[1];
  const m = /^(?:[ \t]+[,!]|[ \t]*,[ \t]*[,!])/u.exec(text.slice(end, end + 8));
  return m === null ? undefined : [end, end + m[0].length];
}

export function dissect(parts: Parts): Anatomy {
  const { text, tokens, quoted } = parts;
  const own = tokens.filter((t) => !inside(quoted, t.start));
  const view: Parts = { ...parts, tokens: own };
  const { greeting, greeted } = findGreeting(view);
  const bodyStart = greeting !== undefined && greeting.range[0] <= (own[OPENING_TOKENS]?.start ?? text.length) && own[0] !== undefined && greeting.range[0] <= own[0].start + 40 ? skipMarks(text, greeting.range[1]) : (own[0]?.start ?? 0);
  const { signature, signOff, tail } = findSignature(view, bodyStart);
  const last = own[own.length - 1];
  const bodyEnd = Math.max(bodyStart, tail ?? (last === undefined ? bodyStart : sentenceEnd(text, last.end)));
  const empty = hole(text, greeting);
  return {
    ...(greeting === undefined ? {} : { greeting }),
    body: [bodyStart, bodyEnd],
    ...(signOff === undefined ? {} : { signOff }),
    signature,
    quoted,
    placeholders: empty === undefined ? parts.placeholders : [...parts.placeholders, empty].sort((a, b) => a[0] - b[0]),
    greeted,
  };
}

function skipMarks(text: string, i: number): number {
  while (i < text.length && /[\s,.!:;–—]/u.test(text[i] as string)) i++;
  return i;
}

function sentenceEnd(text: string, i: number): number {
  while (i < text.length && /[.!?…)"”’]/u.test(text[i] as string)) i++;
  return i;
}
