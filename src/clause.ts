/** The clause that a faulted phrase stands in, where nothing else is said in it: what may be said otherwise while the rest of its sentence stays. */
import { cues, type Reading } from './facts/reading.js';
import { spokenStart } from './text/own.js';
import { wordsOf } from './text/repair.js';
import type { Range, Sentence, Token } from './types.js';

/** What a clause says by these it says beside the apology. */
const SAYS = ['act', 'answer', 'private', 'data', 'ask_details', 'escalate', 'refuse', 'own', 'prevent', 'delay', 'play', 'empathy.feeling', 'thanks', 'deflect', 'blame', 'invite'] as const;
/** Words beside the phrase, the language's common words aside. */
const SPARE = 4;

export type Clause = Readonly<{
  range: Range;
  /** Its tokens, half-open. */
  from: number;
  to: number;
  /** Of its sentence, where it ends that. */
  mark: Sentence['mark'];
  /** It opens its sentence. */
  first: boolean;
  /** Something follows that is joined on by “and”. */
  joined: boolean;
  /** It is itself joined on by “and”. */
  behind: boolean;
  /** It goes to the end of its sentence. */
  last: boolean;
}>;

/** @returns undefined when the clause holds more than the phrase, or the phrase is spread over sentences */
export function clauseOf(reading: Reading, phrase: Range): Clause | undefined {
  const { reply, language, echo, replyCues } = reading;
  const { text, tokens, anatomy } = reply;
  const sentence = reply.sentences.find((s) => phrase[0] >= s.start && phrase[1] <= s.end);
  if (sentence === undefined) return undefined;
  const joins = wordsOf(language.repair?.joins);
  const marked = (t: Token): boolean => t.start < phrase[1] && t.end > phrase[0];
  const goesOn = wordsOf(language.repair?.goes_on);
  const parts = (a: Token, b: Token): boolean => /[,;:–—]\s/u.test(text.slice(a.end, b.start)) && !goesOn.has(b.norm);
  let from = sentence.from;
  let to = sentence.to;
  let joined = false;
  let behind = false;
  for (let i = sentence.from + 1; i < sentence.to; i++) {
    const [before, token] = [tokens[i - 1] as Token, tokens[i] as Token];
    if (marked(before) && marked(token)) continue;
    const comma = parts(before, token);
    if (!comma && !joins.has(token.norm)) continue;
    if (token.start <= phrase[0]) {
      behind = joins.has(token.norm);
      from = joins.has(token.norm) ? i + 1 : i;
    } else if (before.end >= phrase[1]) {
      to = i;
      joined = !comma;
      break;
    }
  }
  const first = tokens[from];
  const last = tokens[to - 1];
  // Nothing of a question is for saying otherwise; what stands before it may be.
  if (first === undefined || last === undefined || (sentence.mark === '?' && to === sentence.to)) return undefined;
  const start = Math.max(first.start, spokenStart(reply, sentence), Math.min(anatomy.body[0], phrase[0]));
  const end = to === sentence.to ? Math.min(sentence.end, Math.max(phrase[1], anatomy.body[1])) : last.end;
  if (start > phrase[0] || end < phrase[1] || (anatomy.greeting !== undefined && start < anatomy.greeting.range[1])) return undefined;
  const inside = (t: Readonly<{ start: number; end: number }>): boolean => t.start >= start && t.start < end;
  const beside = (t: Readonly<{ start: number; end: number }>): boolean => inside(t) && (t.start < phrase[0] || t.end > phrase[1]);
  if (cues(replyCues, ...SAYS).some(beside) || echo.taken.some(beside)) return undefined;
  let spare = 0;
  for (let i = from; i < to; i++) {
    const t = tokens[i] as Token;
    if (!inside(t) || marked(t)) continue;
    if (t.kind !== 'word' || (t.upper > 0 && i > from && language.names.has(t.norm))) return undefined;
    if (!language.word(t.norm).common) spare++;
  }
  const opening = Math.max(spokenStart(reply, sentence), anatomy.body[0]);
  return spare > SPARE ? undefined : { range: [start, end], from, to, mark: to === sentence.to ? sentence.mark : '', first: start <= opening, joined, behind, last: to === sentence.to };
}
