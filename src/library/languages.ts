/** The language of a canned reply, and sentences in it that are in another. */
import type { Engine } from '../engine.js';
import type { Segmented } from '../text/tokens.js';
import type { Entry, Lang, Range } from '../types.js';

/** A sentence with fewer words may be a name, a title, an address. */
const SENTENCE_WORDS = 6;
/** Fewer words tell nothing of a language that savy does not know. */
const UNKNOWN_WORDS = 8;
/** A whole reply of so many words has a language of its own. */
const WHOLE_WORDS = 12;
/** Whoever writes so much in another language on its own lines means it: a reply in two languages, one below the other. */
const BILINGUAL = 0.3;

/** As the reply is declared, else detected; undefined when it looks like none that savy knows. */
export function languageOf(entry: Entry, cut: Segmented, engine: Engine, fallback: Lang | undefined): Lang | undefined {
  const declared = entry.lang ?? fallback;
  if (declared !== undefined) return declared;
  const words = cut.tokens.filter((t) => t.kind === 'word').length;
  if (words >= UNKNOWN_WORDS && engine.isForeign(entry.reply, cut)) return undefined;
  return engine.detect(entry.reply, cut).lang;
}

/** Is all of the reply in a language that savy knows, and another than it is declared to be? */
function misplaced(entry: Entry, cut: Segmented, lang: Lang, engine: Engine): boolean {
  if (entry.lang === undefined || cut.tokens.filter((t) => t.kind === 'word').length < WHOLE_WORDS || engine.isForeign(entry.reply, cut)) return false;
  const found = engine.detect(entry.reply, cut);
  return found.sure && found.lang !== lang;
}

/** Where a run of sentences is in another language that savy knows than the reply. */
export function strangers(entry: Entry, cut: Segmented, lang: Lang, engine: Engine): Range | undefined {
  if (misplaced(entry, cut, lang, engine)) return [0, entry.reply.length];
  if (!engine.languages.includes(lang)) return undefined;
  let first: number | undefined;
  let end = 0;
  let theirs = 0;
  let ours = 0;
  for (const s of cut.sentences) {
    const tokens = cut.tokens.slice(s.from, s.to);
    const words = tokens.filter((t) => t.kind === 'word').length;
    if (words < SENTENCE_WORDS) continue;
    const found = engine.leaning(tokens);
    if (found !== undefined && found !== lang) {
      first ??= s.start;
      end = s.end;
      theirs += words;
    } else ours += words;
  }
  if (first === undefined || ours === 0) return undefined;
  const before = entry.reply.slice(0, first);
  const after = entry.reply.slice(end);
  const apart = (text: string, blank: string): boolean => text.trim() === '' || blank.split('\n').length > 2;
  const block = apart(before, before.slice(before.trimEnd().length)) && apart(after, after.slice(0, after.length - after.trimStart().length));
  return block && theirs / (theirs + ours) >= BILINGUAL ? undefined : [first, end];
}
