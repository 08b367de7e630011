/** The parts of a text: greeting with the name addressed, body, sign-off, signature. Words come in as cue hits `anatomy.*`. */
import type { Anatomy, Hit, Hole, Range, Token } from '../types.js';
import { findGreeting, hole, OPENING_TOKENS } from './greeting.js';
import { addressedHole, signingHole } from './holes.js';
import { findSignature, type Found } from './signature.js';

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
  /** What is filled before the text goes out; masked in `text`. By place. */
  holes: readonly Hole[];
  /** Does the word stand in the other half of the exchange? A capitalised word that does is a brand, not whoever signs. */
  foreign: (word: string) => boolean;
  /** Words so common in the language that none of them is a name. */
  common: (token: Token) => boolean;
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

/** What may stand between “Hi” and the name. */
const TITLES: ReadonlySet<string> = new Set(['anatomy.greeting', 'anatomy.dear', 'anatomy.title', 'anatomy.address']);

type Greeted = ReturnType<typeof findGreeting>;

/** “Hei {{customer.name}}!”: a hole where the name belongs greets by name. */
function withHole({ text, tokens, hits, holes }: Parts, found: Greeted): Greeted {
  if (holes.length === 0 || found.greeting?.name !== undefined) return found;
  const titles = hits.filter((h) => TITLES.has(h.cue));
  const isTitle = (start: number, end: number): boolean => tokens.every((t) => t.end <= start || t.start >= end || titles.some((h) => h.start <= t.start && h.end >= t.end));
  const range = addressedHole(text, holes, found.greeting?.range[1] ?? 0, isTitle);
  if (range === undefined) return found;
  return { greeting: { range: [found.greeting?.range[0] ?? range[0], range[1]], name: { text: '', range } }, greeted: true };
}

/** A hole under the text signs it, unless words do so by name. Words that a hole goes on from are a sentence, and sign nothing. */
function signedByHole({ text, tokens, holes }: Parts, given: Found, bodyStart: number): Found {
  if (holes.length === 0) return given;
  const { range: at } = given.signature;
  const goesOn = at !== undefined && given.signOff === undefined && holes.some((h) => h.start > at[0] && !/[\r\n]/.test(text.slice(at[0], h.start)) && !tokens.some((t) => t.start >= h.end));
  const found: Found = goesOn ? { signature: { kind: 'none' } } : given;
  const hole = signingHole(text, holes, bodyStart);
  const named = found.signature.kind === 'person' ? found.signature.range : undefined;
  if (hole === undefined || (named !== undefined && !(named[0] < hole.range[1] && hole.range[0] < named[1]))) return found;
  return { ...found, signature: { kind: 'person', range: hole.range }, tail: Math.min(found.tail ?? Infinity, found.signOff?.[0] ?? Infinity, hole.line) };
}

export function dissect(parts: Parts): Anatomy {
  const { text, quoted } = parts;
  const own = outside(parts.tokens, quoted);
  const view: Parts = { ...parts, tokens: own };
  const { greeting, greeted } = withHole(view, findGreeting(view));
  const first = own[0];
  const early = greeting !== undefined && first !== undefined && greeting.range[0] <= (own[OPENING_TOKENS]?.start ?? text.length) && greeting.range[0] <= first.start + GREETING_CHARS;
  const bodyStart = early ? skip(text, greeting.range[1], /[\s,.!:;–—]/u) : (first?.start ?? 0);
  const addressed = greeting?.name?.text.toLowerCase();
  const after = postscript(view, bodyStart);
  const before = after === undefined ? own : own.filter((t) => t.start < after);
  let signed = findSignature(after === undefined ? view : { ...view, tokens: before }, bodyStart, addressed);
  const signedBelow = after !== undefined && signed.signature.kind !== 'person';
  if (signedBelow) signed = findSignature(view, bodyStart, addressed);
  signed = signedByHole(view, signed, bodyStart);
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
