/** The parts of a text: greeting with the name addressed, body, sign-off, signature. Words come in as cue hits `anatomy.*`. */
import type { Anatomy, Hit, Range, Token } from '../types.js';
import { findGreeting, hole, OPENING_TOKENS } from './greeting.js';
import { findSignature } from './signature.js';

/** What anatomy needs of a text that has been cut into tokens and searched for cues. */
export type Parts = Readonly<{
  text: string;
  tokens: readonly Token[];
  /** By place. */
  hits: readonly Hit[];
  names: Readonly<{ has(word: string): boolean }>;
  /** By place, not overlapping. */
  quoted: readonly Range[];
  placeholders: readonly Range[];
  /** Does the word stand in the other half of the exchange? A capitalised word that does is a brand, not whoever signs. */
  foreign: (word: string) => boolean;
  /** Words so common in the language that none of them is a name. */
  common: (word: string) => boolean;
}>;

/** A greeting that begins further in than this is part of the text. */
const GREETING_CHARS = 40;

/** Tokens outside the ranges, both by place. */
function outside(tokens: readonly Token[], ranges: readonly Range[]): readonly Token[] {
  if (ranges.length === 0) return tokens;
  let r = 0;
  return tokens.filter((t) => {
    while (r < ranges.length && (ranges[r] as Range)[1] <= t.start) r++;
    return r >= ranges.length || (ranges[r] as Range)[0] > t.start;
  });
}

function skip(text: string, i: number, what: RegExp): number {
  while (i < text.length && what.test(text[i] as string)) i++;
  return i;
}

export function dissect(parts: Parts): Anatomy {
  const { text, quoted } = parts;
  const own = outside(parts.tokens, quoted);
  const view: Parts = { ...parts, tokens: own };
  const { greeting, greeted } = findGreeting(view);
  const first = own[0];
  const early = greeting !== undefined && first !== undefined && greeting.range[0] <= (own[OPENING_TOKENS]?.start ?? text.length) && greeting.range[0] <= first.start + GREETING_CHARS;
  const bodyStart = early ? skip(text, greeting.range[1], /[\s,.!:;–—]/u) : (first?.start ?? 0);
  const { signature, signOff, tail } = findSignature(view, bodyStart, greeting?.name?.text.toLowerCase());
  const last = own[own.length - 1];
  const bodyEnd = Math.max(bodyStart, tail ?? (last === undefined ? bodyStart : skip(text, last.end, /[.!?…)"”’]/u)));
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
