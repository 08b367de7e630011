/** “Did you mean”: the nearest of the known words, by `natural`'s string distance. */
import DamerauLevenshtein from 'natural/lib/natural/distance/levenshtein_distance.js';

/** The known word that `word` most likely meant; undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const tail = candidate.includes('/') && !word.includes('/') ? candidate.slice(candidate.indexOf('/') + 1) : candidate;
    const distance = DamerauLevenshtein.DamerauLevenshteinDistance(word.toLowerCase().slice(0, 80), tail.toLowerCase(), {});
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
