/** Where a rule's way out applies in this reply: the ranges that it names, and the sentences that they stand in. */
import type { Reading } from './facts/reading.js';
import type { FixSpec } from './rules/types.js';
import { trimmedEnd } from './seams.js';
import type { Slots } from './slots.js';
import { partsOf, spokenStart } from './text/own.js';
import type { Evidence, Range, Sentence, Signals } from './types.js';

/** What a fix is made from. */
export type Case = Readonly<{ spec: FixSpec; reading: Reading; signals: Signals; slots: Slots; evidence: Evidence | undefined; /** What the finding stands on. */ finding: string; /** What another edit of the fix takes. */ taken?: Range }>;

/** The sentences that these ranges touch, each once, with their part of the body: what stands before and below it is kept. */
export function sentencesOf({ reply }: Reading, ranges: readonly Range[]): { sentence: Sentence; range: Range }[] {
  const { anatomy } = reply;
  const [from, to] = anatomy.body;
  const out: { sentence: Sentence; range: Range }[] = [];
  for (const sentence of reply.sentences.flatMap((s) => partsOf(reply, s))) {
    const hit = ranges.find(([start, end]) => sentence.end > start && sentence.start < end);
    if (hit === undefined) continue;
    // A cue may begin in the greeting (“Hi Anna, sorry about that”).
    const start = Math.max(spokenStart(reply, sentence), Math.min(hit[0], from));
    out.push({ sentence, range: [start, sentence.end > to && sentence.start < to ? trimmedEnd(reply.text, to) : sentence.end] });
  }
  return out;
}

export function overlaps(a: Range, b: Range | undefined): boolean {
  return b !== undefined && a[0] < b[1] && a[1] > b[0];
}

/** Places that name no signal. */
const FIXED: ReadonlySet<string> = new Set(['sentence', 'clause']);

/** Evidence in the reply: all that the named signal has, or what the finding stands on. */
export function placesOf({ spec, signals, evidence, taken }: Case): Range[] {
  const place = spec.of ?? spec.at;
  const named = place === undefined || FIXED.has(place) ? undefined : signals.get(place)?.evidence.filter((e) => e.in === 'reply').map((e) => e.range);
  // A fix that names whose words it takes has nothing to do where there are none.
  const places = named !== undefined && (named.length > 0 || spec.of !== undefined) ? named : evidence?.in === 'reply' ? [evidence.range] : [];
  return taken === undefined ? places : places.filter((p) => !overlaps(p, taken));
}
