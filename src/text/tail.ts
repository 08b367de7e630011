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
/** One of the language's common words: no name. */
export const ORDINARY = 1024;
export const PRAISE = 2048;
export const LINK = 4096;
export const LEAD = 8192;
/** Some cue of the rules knows the word: hardly a name that no list knows. */
export const CUED = 16384;

const BITS: Readonly<Record<string, number>> = {
  'anatomy.team': TEAM,
  'anatomy.role': ROLE,
  'anatomy.address': ADDRESS,
  'anatomy.acronym': ACRONYM,
  'anatomy.after': AFTER,
  'anatomy.link': LINK,
  'anatomy.before': BEFORE,
  'anatomy.signoff': SIGNOFF,
  'anatomy.title': TITLE,
  'anatomy.surname': SURNAME,
  'anatomy.flourish': FLOURISH,
  'anatomy.ordinary': ORDINARY,
  'anatomy.greeting': ORDINARY,
  'anatomy.dear': ORDINARY,
  'anatomy.thanks': PRAISE,
  'anatomy.lead': LEAD,
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
  /** Does the body hold words before this part? */
  more: boolean;
}>;

/** Lower-case words matter only where they could be initials. */
const SHORT_WORD = 3;
/** Tokens that a signature may span, with its sign-off. */
const SPAN = 36;
const MARKS = '^*~/|∞•@–—-';
const BREAKS = '\n\r\u2028\u2029';
const SENTENCE_MARKS = '.!?…';
const COMMAS = ',:;()[+';
const GAP_CHARS = 40;

/** Does the mark at `i` open something? A space, the end of a sentence or a closing quotation stands before it. */
function opens(text: string, i: number, before: Token | undefined): boolean {
  if (before === undefined || i > before.end) return true;
  if (before.kind === 'number') return /\s/u.test(text[i + 1] ?? '');
  return before.kind !== 'word' && before.kind !== 'hashtag';
}

const ONE_SPACE = { gap: SPACED, begin: -1 } as const;
const AFTER_OBJECT = { gap: OBJECT, begin: -1 } as const;

/** Reads what stands between two tokens; of a long gap only the end. */
function gapOf(text: string, before: Token | undefined, token: Token): { gap: Gap; begin: number } {
  // Mostly one space.
  if (before !== undefined && token.start === before.end + 1 && text.charCodeAt(before.end) === 32) return before.kind === 'word' || before.kind === 'hashtag' ? ONE_SPACE : AFTER_OBJECT;
  const from = Math.max(before?.end ?? 0, token.start - GAP_CHARS);
  let line = before === undefined;
  let stop = false;
  let comma = false;
  let mark = -1;
  for (let i = from; i < token.start; i++) {
    const c = text[i] as string;
    if (BREAKS.includes(c)) {
      line = true;
      stop = comma = false;
      mark = -1;
    } else if (SENTENCE_MARKS.includes(c)) stop = true;
    else if (MARKS.includes(c)) {
      if (mark < 0 && (opens(text, i, before) || (c === '/' && token.upper === 2))) mark = i;
      else comma ||= c !== '-';
    } else if (COMMAS.includes(c) || (c === '&' && token.upper === 0)) {
      comma = true;
      mark = -1;
    }
  }
  // “J. Moss”, “Dr. Finch”: the stop belongs to the word.
  if (before !== undefined && (before.sentence === token.sentence || (before.upper > 0 && before.end - before.start === 1))) stop = false;
  // A blank stands for a sentence.
  stop ||= text.slice(from, token.start).includes('⟩');
  const gap = mark >= 0 ? MARKED : line ? LINE : stop ? STOP : comma ? COMMA : before !== undefined && before.kind !== 'word' && before.kind !== 'hashtag' ? OBJECT : from === token.start || text[token.start - 1] === '-' ? GLUED : SPACED;
  return { gap, begin: mark >= 0 ? mark : token.start };
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

export function layOut(text: string, all: readonly Token[], hits: readonly Hit[], common: (token: Token) => boolean, bodyStart: number): Tail {
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
    begins.push(begin < 0 ? token.start : begin);
    bits.push(token.kind === 'word' && (token.upper > 0 || token.norm.length <= SHORT_WORD) && common(token) ? ORDINARY : 0);
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
    for (let t = at; t < tokens.length && (tokens[t] as Token).start < hit.end; t++) bits[t] = (bits[t] as number) | (named ?? CUED);
  }
  // “Hotel manager”: the role is the whole phrase, whatever stands in it.
  for (let t = 0; t < bits.length; t++) if (((bits[t] as number) & ROLE) !== 0) bits[t] = (bits[t] as number) & ~TEAM;
  return { text, tokens, gaps, begins, bits, signOffs, more: first > 0 && (all[first - 1] as Token).start >= bodyStart };
}

/** Links, counters (“2/2”), emoji, hashtags and kisses behind a signature are no part of it. */
export function trimmed(tail: Tail): Tail {
  let e = tail.tokens.length;
  while (e > 0) {
    const kind = (tail.tokens[e - 1] as Token).kind;
    const kiss = ((tail.bits[e - 1] ?? 0) & FLOURISH) !== 0 && tail.gaps[e - 1] !== MARKED;
    const handle = kind === 'mention' && (tail.gaps[e - 1] !== SPACED || tail.tokens[e - 2]?.upper !== 0);
    // “ABX-417” is one thing.
    if (tail.gaps[e - 1] === GLUED && e > 1) break;
    if (kind === 'word' ? !kiss : kind === 'mention' && !handle) break;
    e--;
  }
  return e === tail.tokens.length ? tail : { ...tail, tokens: tail.tokens.slice(0, e) };
}

/** The punctuation mark behind the last word: a shout or a question is no signature. */
export function closing(text: string, end: number): string {
  for (let i = end; i < text.length && i < end + 6; i++) {
    const c = text[i] as string;
    if ('.!?…:'.includes(c)) return c;
    if (c !== ' ' && c !== '"' && c !== '”' && c !== ')') return '';
  }
  return '';
}

/** The signature's end: a full stop after an initial and a closing bracket belong to it. */
export function signatureEnd(text: string, last: Token): number {
  let end = last.end;
  if (text[end] === '.' && last.end - last.start <= 2) end++;
  if (text[end] === ')') end++;
  return end;
}
