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

/** Where a postscript begins: on a line of its own, behind the body. */
function postscript({ text, hits }: Parts, bodyStart: number): number | undefined {
  const hit = hits.find((h) => h.cue === 'anatomy.postscript' && h.start > bodyStart);
  return hit !== undefined && /\n\s*$/u.test(text.slice(Math.max(0, hit.start - 20), hit.start)) ? hit.start : undefined;
}

export function dissect(parts: Parts): Anatomy {
  const { text, quoted } = parts;
  const own = outside(parts.tokens, quoted);
  const view: Parts = { ...parts, tokens: own };
  const { greeting, greeted } = findGreeting(view);
  const first = own[0];
  const early = greeting !== undefined && first !== undefined && greeting.range[0] <= (own[OPENING_TOKENS]?.start ?? text.length) && greeting.range[0] <= first.start + GREETING_CHARS;
  const bodyStart = early ? skip(text, greeting.range[1], /[\s,.!:;–—]/u) : (first?.start ?? 0);
  const addressed = greeting?.name?.text.toLowerCase();
  const after = postscript(view, bodyStart);
  const before = after === undefined ? own : own.filter((t) => t.start < after);
  let signed = findSignature(after === undefined ? view : { ...view, tokens: before }, bodyStart, addressed);
  const signedBelow = after !== undefined && signed.signature.kind !== 'person';
  if (signedBelow) signed = findSignature(view, bodyStart, addressed);
  const { signature, signOff, tail } = signed;
  const last = own[own.length - 1];
  const end = last === undefined ? bodyStart : skip(text, last.end, /[.!?…)"”’]/u);
  const bodyEnd = Math.max(bodyStart, tail ?? end);
  const empty = hole(text, greeting);
  return {
    ...(greeting === undefined ? {} : { greeting }),
    body: [bodyStart, bodyEnd],
    ...(signOff === undefined ? {} : { signOff }),
    signature,
    ...(after === undefined || signedBelow ? {} : { postscript: [after, end] as const }),
    quoted,
    placeholders: empty === undefined ? parts.placeholders : [...parts.placeholders, empty].sort((a, b) => a[0] - b[0]),
    greeted,
  };
}
