/** Apology: the thing itself is apologised for (`real`), only something abstract or conditional is (`hollow`), or nothing is. */
import { Overlaps } from '../text/ranges.js';
import type { Evidence, Facts } from '../types.js';
import { cues, inReply, type Reading } from './reading.js';

export type Apology = Readonly<{ value: Facts['apology']; evidence: readonly Evidence[] }>;

/** A hollow phrase that covers a plain apology takes its place: “sorry for any inconvenience” is no “sorry”. */
export function apology(reading: Reading): Apology {
  const hollow = cues(reading.replyCues, 'apology.hollow');
  const covered = new Overlaps(hollow);
  const real = cues(reading.replyCues, 'apology.real').filter((h) => !covered.touches(h));
  if (real.length > 0) return { value: 'real', evidence: inReply(real) };
  if (hollow.length > 0) return { value: 'hollow', evidence: inReply(hollow) };
  return { value: 'none', evidence: [] };
}
