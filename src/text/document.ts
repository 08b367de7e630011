/** Text → document: the one analysis that everything after it reads. */
import type { Language } from '../cues/language.js';
import type { Document, Hit, Hole, Range, Token } from '../types.js';
import { MASK } from '../cues/language.js';
import { dissect } from './anatomy.js';
import { masked } from './holes.js';
import { blankRanges, placeholders } from './placeholders.js';
import { quotations, unquoted } from './quotes.js';
import { type Segmented, segment } from './tokens.js';

export type AnalyseOptions = Readonly<{
  /** Its `wording` already cut, without abbreviations, when language detection needed it. */
  segmented?: Segmented;
  /** The message that this text answers: its words inside quotation marks are the customer's. */
  message?: Document;
  /** A canned reply: these are filled before it goes out, and so are slots to fill by hand. */
  holes?: readonly Hole[];
}>;

const INLINE_QUOTE = /[“”"»«]([^“”"»«\n]{8,400})[“”"»«]/gu;
/** A text with this many words and none of its language's own letters was written without them. */
const STRIPPED_WORDS = 6;

/** Keeps what touches none of the ranges; both by place, so that one pass does. */
export function clear<T extends Readonly<{ start: number; end: number }>>(items: readonly T[], ranges: readonly Range[]): readonly T[] {
  if (ranges.length === 0) return items;
  let r = 0;
  return items.filter((item) => {
    while (r < ranges.length && (ranges[r] as Range)[1] <= item.start) r++;
    const next = ranges[r];
    return next === undefined || next[0] >= item.end;
  });
}

/** Hits whose look-alike covers them are none. */
function unmask(hits: readonly Hit[]): readonly Hit[] {
  const masks = new Map<string, Range[]>();
  for (const h of hits) {
    if (!h.cue.endsWith(MASK)) continue;
    const cue = h.cue.slice(0, -MASK.length);
    const list = masks.get(cue);
    if (list === undefined) masks.set(cue, [[h.start, h.end]]);
    else list.push([h.start, h.end]);
  }
  if (masks.size === 0) return hits;
  const at = new Map<string, number>();
  return hits.filter((h) => {
    if (h.cue.endsWith(MASK)) return false;
    const list = masks.get(h.cue);
    if (list === undefined) return true;
    let m = at.get(h.cue) ?? 0;
    while (m < list.length && (list[m] as Range)[1] <= h.start) m++;
    at.set(h.cue, m);
    const mask = list[m];
    return mask === undefined || mask[0] >= h.end;
  });
}

/** Quotations inside a line that stand in the message word for word. */
function echoes(text: string, message: Document): Range[] {
  const out: Range[] = [];
  let said: string | undefined;
  for (const m of text.matchAll(INLINE_QUOTE)) {
    const inside = segment(m[1] as string).tokens;
    said ??= message.tokens.map((t) => t.norm).join(' ');
    if (inside.length >= 2 && said.includes(inside.map((t) => t.norm).join(' '))) out.push([m.index, m.index + m[0].length]);
  }
  return out;
}

/** What the text itself says, as long as it is: without what is filled before it goes out, and without savy's own blanks. */
export function wording(text: string, holes: readonly Hole[] | undefined): string {
  const filled = masked(text, holes);
  return masked(filled, blankRanges(filled).map(([start, end]) => ({ start, end })));
}

/** Slots to fill by hand are holes of a canned reply like any other. */
function allHoles(holes: readonly Hole[], slots: readonly Range[]): Hole[] {
  return [...holes, ...slots.map(([start, end]): Hole => ({ start, end, blank: false }))].sort((a, b) => a.start - b.start);
}

/** @param text as read; every range in the document is into it */
export function analyse(text: string, language: Language, options: AnalyseOptions = {}): Document {
  const isSlot = (inside: string): boolean => language.matcher.find(...parse(inside)).some((h) => h.cue === 'anatomy.slot');
  const canned = options.holes !== undefined;
  const given = masked(text, options.holes);
  const filled = placeholders(given, isSlot);
  // What stands in savy's own blanks is said to nobody.
  const holes = allHoles(options.holes ?? [], canned ? filled : blankRanges(given));
  const spoken = wording(text, options.holes);
  const own = masked(spoken, holes);
  const cut = own === spoken ? options.segmented : undefined;
  const { tokens, sentences } = cut !== undefined && !cut.stopped.some((w) => language.abbreviations.has(w)) ? cut : segment(own, language.abbreviations);
  const quoted = quotations(own);
  const foreignWords = options.message === undefined ? [] : echoes(own, options.message);
  const hidden = foreignWords.length === 0 ? quoted : [...quoted, ...foreignWords].sort((a, b) => a[0] - b[0]);
  const stripped = language.spec.letters !== undefined && writtenWithout(unquoted(own, quoted), language.spec.letters, clear(tokens, quoted).length);
  const all = unmask(language.matcher.find(tokens, sentences, stripped));
  const hits = clear(all, hidden);
  const slots = canned ? [] : clear(filled.map(([start, end]) => ({ start, end })), quoted).map((r): Range => [r.start, r.end]);
  const theirs = options.message?.tokens ?? [];
  // Whoever the message turns to by name may well be the one who answers.
  const [from, to] = options.message?.anatomy.greeting?.name?.range ?? [0, 0];
  const foreign = (word: string): boolean => theirs.some((t) => t.norm === word && t.kind !== 'number' && (t.start < from || t.end > to));
  const common = (token: Token): boolean => language.wordOf(token).common;
  const anatomy = dissect({ text: own, tokens, hits, names: language.names, quoted, placeholders: slots, holes, foreign, common });
  return { text, lang: language.lang, tokens, sentences, hits, anatomy, stripped };
}

function parse(text: string): [Segmented['tokens'], Segmented['sentences']] {
  const { tokens, sentences } = segment(text);
  return [tokens, sentences];
}

function writtenWithout(text: string, letters: string, words: number): boolean {
  if (words < STRIPPED_WORDS) return false;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127 && letters.includes((text[i] as string).toLowerCase())) return false;
  return true;
}
