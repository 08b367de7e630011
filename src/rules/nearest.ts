/** “Did you mean”: the nearest of the known words, by `natural`'s string distance. */
import DamerauLevenshtein from 'natural/lib/natural/distance/levenshtein_distance.js';
import { UserError } from '../types.js';

/** The known word that `word` most likely meant; undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const tail = candidate.includes('/') && !word.includes('/') ? candidate.slice(candidate.indexOf('/') + 1) : candidate;
    const distance = DamerauLevenshtein.DamerauLevenshteinDistance(word.toLowerCase().slice(0, 80), tail.toLowerCase(), {});
    // In a short word two slips leave nothing to recognise it by.
    const bound = tail.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
    if (distance <= bound && distance < least && distance < tail.length) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/**
 * A name has to be a known one.
 * @param what the kind of thing that it names
 * @throws UserError with the nearest known one
 */
export function expectAmong(what: string, name: string, known: readonly string[], place: () => string, hint: string): void {
  if (known.includes(name)) return;
  const guess = nearest(name, known);
  throw new UserError(`unknown ${what} “${name}”${guess === undefined ? '' : `, did you mean “${guess}”?`}`, place(), hint);
}
