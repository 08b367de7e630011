/** Text → document: the one analysis that everything after it reads. */
import type { Language } from '../cues/language.js';
import type { Document, Hit, Range } from '../types.js';
import { MASK } from '../cues/language.js';
import { dissect } from './anatomy.js';
import { placeholders } from './placeholders.js';
import { quotations } from './quotes.js';
import { type Segmented, segment } from './tokens.js';

export type AnalyseOptions = Readonly<{
  /** Already cut, when language detection needed it. */
  segmented?: Segmented;
  /** The message that this text answers: its words inside quotation marks are the customer's. */
  message?: Document;
}>;

const INLINE_QUOTE = /[“”"»«]([^“”"»«\n]{8,400})[“”"»«]/gu;
/** A text with this many words and none of its language's own letters was written without them. */
const STRIPPED_WORDS = 6;

function overlaps(ranges: readonly Range[], start: number, end: number): boolean {
  for (const [s, e] of ranges) if (start < e && end > s) return true;
  return false;
}

/** Hits whose look-alike covers them are none. */
function unmask(hits: readonly Hit[]): Hit[] {
  const masks = hits.filter((h) => h.cue.endsWith(MASK));
  if (masks.length === 0) return [...hits];
  return hits.filter((h) => !h.cue.endsWith(MASK) && !masks.some((m) => m.cue === h.cue + MASK && m.start < h.end && m.end > h.start));
}

/** Quotations inside a line that stand in the message word for word. */
function echoes(text: string, message: Document): Range[] {
  const said = message.tokens.map((t) => t.norm).join(' ');
  const out: Range[] = [];
  for (const m of text.matchAll(INLINE_QUOTE)) {
    const inside = segment(m[1] as string).tokens;
    if (inside.length >= 2 && said.includes(inside.map((t) => t.norm).join(' '))) out.push([m.index, m.index + m[0].length]);
  }
  return out;
}

/** @param text as read; every range in the document is into it */
export function analyse(text: string, language: Language, options: AnalyseOptions = {}): Document {
  const { tokens, sentences } = options.segmented ?? segment(text, language.abbreviations);
  const quoted = quotations(text);
  const foreignWords = options.message === undefined ? [] : echoes(text, options.message);
  const hidden = [...quoted, ...foreignWords];
  const stripped = language.spec.letters !== undefined && writtenWithout(text, language.spec.letters, tokens.length);
  const all = unmask(language.matcher.find(tokens, sentences, stripped));
  const hits = hidden.length === 0 ? all : all.filter((h) => !overlaps(hidden, h.start, h.end));
  const slots = placeholders(text, (inside) => language.matcher.find(...parse(inside)).some((h) => h.cue === 'anatomy.slot'));
  const foreign = new Set(options.message?.tokens.filter((t) => t.kind !== 'number').map((t) => t.norm) ?? []);
  const anatomy = dissect({ text, tokens, hits, names: language.names, quoted, placeholders: slots.filter(([s, e]) => !overlaps(quoted, s, e)), foreign });
  return { text, lang: language.lang, tokens, sentences, hits, anatomy };
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
