/** Does a sentence say nothing beyond the words that were faulted? Only such a sentence may go without asking. */
import { cues, type Reading } from './facts/reading.js';
import { spokenStart } from './text/own.js';
import { wordsOf } from './text/repair.js';
import type { Range, Sentence } from './types.js';

/** Cues of what a customer would miss even where a formula says it: sorrow, feeling, deeds, where the matter is now, requests, a wish. */
const KEPT = ['apology', 'empathy', 'act', 'deflect', 'private', 'data', 'ask_details', 'escalate', 'refuse', 'own', 'prevent', 'delay', 'play', 'cheer'] as const;
/** Of these a sentence may consist and still say nothing: it was faulted for just that. The others are kept even where a formula is all of them. */
const BARE: ReadonlySet<string> = new Set(['apology', 'empathy', 'cheer']);
/** And what somebody says beside it. */
const SAID = ['answer', 'thanks', 'blame', 'invite'] as const;
/** Cues that an offer of more help (“let us know if you need anything”) trips by its wording alone. */
const OFFERED = ['act.will', 'deflect.elsewhere', 'ask_details', 'thanks', 'invite'] as const;
/** Where a message goes, as a part of a longer formula: where all of them go. */
const GENERAL = 'deflect';
/** What is as empty as a formula beside one. */
const HOLLOW = 'voice';
/** What leads up to news is not most of it. */
const LEADS = 'filler';
/** The faulted words, and those that add nothing, are most of it. */
const SHARE = 0.45;
/** Of a clause, a smaller part. */
const SHARE_OF_CLAUSE = 0.4;

type Span = Readonly<{ start: number; end: number }>;
/** A sentence, or a clause of one. */
type Stretch = Pick<Sentence, 'start' | 'end' | 'from' | 'to' | 'mark'>;

/**
 * @param faulted everything in the reply that the finding is about
 * @param most words of its own that the sentence may have, beside the faulted ones, the language's common words and those that add nothing
 */
export function idle(reading: Reading, sentence: Stretch, faulted: readonly Range[], most = 0, clause = false): boolean {
  if (sentence.mark === '?') return false;
  const { reply, language, echo } = reading;
  const own = Math.max(spokenStart(reply, sentence), reply.anatomy.body[0]);
  const inside = (t: Span): boolean => t.end > own && t.start < sentence.end;
  const marked = (t: Span): boolean => faulted.some(([s, e]) => t.start < e && t.end > s);
  /** What was faulted as just this: an apology as an apology, a wish as a wish. */
  const itself = (t: Span & Readonly<{ cue: string }>): boolean => most > 0 && BARE.has(t.cue.split('.')[0] as string) && faulted.some(([s, e]) => t.start === s && t.end === e);
  const isEmoji = (t: Span): boolean => reply.tokens.some((o) => o.kind === 'emoji' && o.start === t.start && o.end === t.end);
  // “Sorry” inside “sorry for any inconvenience” is no sorrow of its own.
  const hollow = cues(reading.replyCues, 'apology.hollow');
  const covered = (h: Span & Readonly<{ cue: string }>): boolean => h.cue === 'apology.real' && hollow.some((o) => o.start < h.end && o.end > h.start && itself(o));
  const offers = cues(reading.replyCues, 'stock.closing').filter(marked);
  const offered = new Set(cues(reading.replyCues, ...OFFERED).filter((h) => offers.some((o) => o.start <= h.end && o.end >= h.start)));
  // “All feedback that we get is handled with care” says nothing of this one.
  const inFormula = (h: Span & Readonly<{ cue: string }>): boolean => h.cue.startsWith(GENERAL) && faulted.some(([s, e]) => s < h.start && e >= h.end);
  if (cues(reading.replyCues, ...KEPT).some((h) => inside(h) && !itself(h) && !covered(h) && !offered.has(h) && !inFormula(h) && !isEmoji(h))) return false;
  if (cues(reading.replyCues, ...SAID).some((h) => inside(h) && !marked(h))) return false;
  if (echo.taken.some((t) => inside(t) && !marked(t))) return false;
  const empty = wordsOf(language.repair?.empty);
  const within = (t: Span, cue: string): boolean => cues(reading.replyCues, cue).some((h) => h.start <= t.start && h.end >= t.end);
  let spare = 0;
  let all = 0;
  let formula = 0;
  for (let i = sentence.from; i < sentence.to; i++) {
    const t = reply.tokens[i];
    if (t === undefined || !inside(t) || t.kind === 'emoji') continue;
    all++;
    if (marked(t) || within(t, HOLLOW)) {
      if (!within(t, LEADS)) formula++;
      continue;
    }
    if (t.kind !== 'word' || (t.upper > 0 && i > sentence.from && language.names.has(t.norm))) return false;
    if (empty.has(t.norm)) formula++;
    else if (!language.word(t.norm).common) spare++;
  }
  return spare <= most && formula >= (clause ? SHARE_OF_CLAUSE : SHARE) * all;
}
