/** Does a sentence say nothing beyond the words that were faulted? Only such a sentence may go without asking. */
import { cues, type Reading } from './facts/reading.js';
import { spokenStart } from './text/own.js';
import { wordsOf } from './text/repair.js';
import type { Range, Sentence } from './types.js';

/** Cues of what a customer would miss even where a formula says it: sorrow, feeling, deeds, where the matter is now, requests, a wish. */
const KEPT = ['apology', 'empathy', 'act', 'deflect', 'private', 'data', 'ask_details', 'escalate', 'refuse', 'own', 'prevent', 'delay', 'play', 'cheer'] as const;
/** And what somebody says beside it. */
const SAID = ['answer', 'thanks', 'blame', 'invite'] as const;
/** Cues that an offer of more help (“let us know if you need anything”) trips by its wording alone. */
const OFFERED = ['act.will', 'deflect.elsewhere', 'ask_details', 'thanks', 'invite'] as const;
/** Words beside the faulted ones, the language's common words and those that add nothing aside. */
const SPARE = 2;
/** And the faulted ones are most of it: “please note that …” leads up to news. */
const SHARE = 0.45;
/** Of a clause, a smaller part. */
const SHARE_OF_CLAUSE = 0.4;

type Span = Readonly<{ start: number; end: number }>;
/** A sentence, or a clause of one. */
type Stretch = Pick<Sentence, 'start' | 'end' | 'from' | 'to' | 'mark'>;

/** @param faulted everything in the reply that the finding is about */
export function idle(reading: Reading, sentence: Stretch, faulted: readonly Range[], clause = false): boolean {
  if (sentence.mark === '?') return false;
  const { reply, language, echo } = reading;
  const own = Math.max(spokenStart(reply, sentence), reply.anatomy.body[0]);
  const inside = (t: Span): boolean => t.end > own && t.start < sentence.end;
  const marked = (t: Span): boolean => faulted.some(([s, e]) => t.start < e && t.end > s);
  /** What was faulted as just this: an apology as an apology, a wish as a wish. */
  const itself = (t: Span): boolean => faulted.some(([s, e]) => t.start === s && t.end === e);
  // “Sorry” inside “sorry for any inconvenience” is no sorrow of its own.
  const hollow = cues(reading.replyCues, 'apology.hollow');
  const covered = (h: Span & Readonly<{ cue: string }>): boolean => h.cue === 'apology.real' && hollow.some((o) => o.start < h.end && o.end > h.start && itself(o));
  const offers = cues(reading.replyCues, 'stock.closing').filter(marked);
  const offered = new Set(cues(reading.replyCues, ...OFFERED).filter((h) => offers.some((o) => o.start <= h.end && o.end >= h.start)));
  if (cues(reading.replyCues, ...KEPT).some((h) => inside(h) && !itself(h) && !covered(h) && !offered.has(h))) return false;
  if (cues(reading.replyCues, ...SAID).some((h) => inside(h) && !marked(h))) return false;
  if (echo.taken.some((t) => inside(t) && !marked(t))) return false;
  const empty = wordsOf(language.repair?.empty);
  let spare = 0;
  let all = 0;
  let formula = 0;
  for (let i = sentence.from; i < sentence.to; i++) {
    const t = reply.tokens[i];
    if (t === undefined || !inside(t) || t.kind === 'emoji') continue;
    all++;
    if (marked(t)) {
      formula++;
      continue;
    }
    if (t.kind !== 'word' || (t.upper > 0 && i > sentence.from && language.names.has(t.norm))) return false;
    if (!language.word(t.norm).common && !empty.has(t.norm)) spare++;
  }
  return spare <= SPARE && formula >= (clause ? SHARE_OF_CLAUSE : SHARE) * all;
}
