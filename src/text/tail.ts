/**
 * The end of a text, laid out for whoever looks for a signature: its last tokens, what stands between them, and what the cues say of each.
 * Bounded: however long the text is, only so many tokens are looked at.
 */
import type { Hit, Token } from '../types.js';

/** What parts a token from the one before it. The later ones part more. */
export const GLUED = 0; // "Anna-Maija", "O'Neil"
export const SPACED = 1;
export const COMMA = 2; // comma, colon, slash inside a word, an opening bracket, a loose @
export const MARKED = 3; // a dash, slash, caret … with space or the end of a sentence before it
export const OBJECT = 4; // a link, an emoji, a number, a mention stands before it
export const STOP = 5;
export const LINE = 6;
export type Gap = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** What the cues say of a token, as bits. */
export const TEAM = 1;
export const ROLE = 2;
export const ADDRESS = 4;
export const ACRONYM = 8;
export const AFTER = 16;
export const BEFORE = 32;
export const SIGNOFF = 64;
export const TITLE = 128;
export const SURNAME = 256;
export const FLOURISH = 512;
/** Named by some other cue, or by a list of the language's common words: no name. */
export const ORDINARY = 1024;
export const PRAISE = 2048;

const BITS: Readonly<Record<string, number>> = {
  'anatomy.team': TEAM,
  'anatomy.role': ROLE,
  'anatomy.address': ADDRESS,
  'anatomy.acronym': ACRONYM,
  'anatomy.after': AFTER,
  'anatomy.before': BEFORE,
  'anatomy.signoff': SIGNOFF,
  'anatomy.title': TITLE,
  'anatomy.surname': SURNAME,
  'anatomy.flourish': FLOURISH,
  'anatomy.ordinary': ORDINARY,
  'anatomy.greeting': ORDINARY,
  thanks: PRAISE,
};

/** Cues that stand for one or two words can name a word as ordinary; a long one merely runs across a name. */
const SHORT_HIT = 24;

export type Tail = Readonly<{
  text: string;
  tokens: readonly Token[];
  gaps: readonly Gap[];
  /** For each token the offset of the mark (`^`, `-`, `/`) before it, when its gap is MARKED; else where it starts. */
  begins: readonly number[];
  bits: readonly number[];
  /** Sign-offs in this part of the text, by place. */
  signOffs: readonly Hit[];
  /** Where the part starts. */
  from: number;
}>;

/** Tokens that a signature may span, with its sign-off. */
const SPAN = 36;
const MARKS = '^*~/|∞•@–—-';
const BREAKS = '\n\r\u2028\u2029';
const SENTENCE_MARKS = '.!?…';
const COMMAS = ',:;([&+';

function isMarkAfter(text: string, at: number, end: number, floor: number): boolean {
  // Before a mark that opens a signature stands a space, the end of a sentence, or nothing.
  if (at === floor) return true;
  const before = text.charCodeAt(at - 1);
  if (before <= 32 || before === 0xa0) return true;
  return '.!?…)"”’,:;\uFE0F'.includes(text[at - 1] as string) && end > at;
}

/** Reads what stands between two tokens. */
function gapOf(text: string, before: Token | undefined, token: Token): { gap: Gap; begin: number } {
  const from = before === undefined ? Math.max(0, token.start - 8) : Math.max(before.end, token.start - 40);
  let line = before === undefined;
  let stop = false;
  let comma = false;
  let mark = -1;
  let space = false;
  for (let i = from; i < token.start; i++) {
    const c = text[i] as string;
    if (BREAKS.includes(c)) {
      line = true;
      stop = comma = space = false;
      mark = -1;
    } else if (c === ' ' || c === '\t' || c === '\u00a0') space = true;
    else if (SENTENCE_MARKS.includes(c)) stop = true;
    else if (MARKS.includes(c)) {
      if (mark >= 0) continue;
      if (isMarkAfter(text, i, token.start, from) || before?.kind === 'emoji') mark = i;
      else comma = true;
    } else if (COMMAS.includes(c)) {
      comma = true;
      mark = -1;
    } else if (c === ')') comma = true;
  }
  // “word-word”, “word / word” without the space: not a mark but part of the word, or a separator in it.
  const glued = before !== undefined && before.end + 1 === token.start && comma && !space && text[before.end] === '-';
  const initial = before !== undefined && before.end - before.start === 1 && before.kind === 'word' && before.upper > 0 && text[before.end] === '.';
  if (stop && initial) stop = false;
  if (stop && !space && mark < 0 && !line) stop = text[token.start - 1] !== '.' || (before?.end ?? 0) + 1 < token.start;
  const object = before !== undefined && before.kind !== 'word' && before.kind !== 'hashtag';
  if (mark >= 0 && (space || stop || object || line || before === undefined || mark > (before?.end ?? 0))) return { gap: MARKED, begin: mark };
  if (line) return { gap: LINE, begin: token.start };
  if (stop) return { gap: STOP, begin: token.start };
  if (comma) return { gap: glued ? GLUED : COMMA, begin: token.start };
  if (object) return { gap: OBJECT, begin: token.start };
  return { gap: space ? SPACED : initial ? SPACED : GLUED, begin: token.start };
}

/** First index in `hits` (sorted by start) that may reach `offset`, looking back over wide ones. */
function firstNear(hits: readonly Hit[], offset: number): number {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((hits[mid] as Hit).start < offset) low = mid + 1;
    else high = mid;
  }
  return low;
}

export function layOut(text: string, all: readonly Token[], hits: readonly Hit[], common: (word: string) => boolean, bodyStart: number): Tail {
  let first = Math.max(0, all.length - SPAN);
  while (first < all.length && (all[first] as Token).start < bodyStart) first++;
  const tokens = all.slice(first);
  const gaps: Gap[] = [];
  const begins: number[] = [];
  const bits: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const { gap, begin } = gapOf(text, i === 0 ? all[first - 1] : tokens[i - 1], token);
    gaps.push(gap);
    begins.push(begin);
    bits.push(token.kind === 'word' && common(token.norm) ? ORDINARY : 0);
  }
  const signOffs: Hit[] = [];
  const from = tokens[0]?.start ?? text.length;
  let at = 0;
  for (let h = firstNear(hits, from); h < hits.length; h++) {
    const hit = hits[h] as Hit;
    while (at < tokens.length && (tokens[at] as Token).end <= hit.start) at++;
    const named = BITS[hit.cue];
    if (named === undefined && (hit.cue.startsWith('anatomy.') || hit.end - hit.start > SHORT_HIT)) continue;
    if (named === SIGNOFF) signOffs.push(hit);
    for (let t = at; t < tokens.length && (tokens[t] as Token).start < hit.end; t++) bits[t] = (bits[t] as number) | (named ?? ORDINARY);
  }
  return { text, tokens, gaps, begins, bits, signOffs, from };
}
