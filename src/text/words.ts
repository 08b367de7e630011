/** Words as numbers, for comparing texts by the thousand. */
import { hash } from './table.js';
import type { Hole, Token } from '../types.js';

/** What stands for anything that may differ between copies of one text: a name, a number, a link, a hole. */
export const VARIES = 1;

/**
 * @param holes by place; the tokens were cut with them masked
 * @returns a hash for each word; runs of what may differ are one `VARIES`
 */
export function wordHashes(tokens: readonly Token[], holes: readonly Hole[]): number[] {
  const out: number[] = [];
  let hole = 0;
  let sentence = -1;
  const vary = (): void => {
    if (out[out.length - 1] !== VARIES) out.push(VARIES);
  };
  for (const t of tokens) {
    while (hole < holes.length && (holes[hole] as Hole).start < t.start) {
      vary();
      hole++;
    }
    // A capital in mid-sentence is a name's; “I” is not.
    const name = t.kind === 'word' && t.upper > 0 && t.sentence === sentence && t.end - t.start > 1;
    if (name || t.kind !== 'word') {
      if (t.kind !== 'emoji') vary();
    } else out.push(hash(t.norm) | 2);
    sentence = t.sentence;
  }
  if (hole < holes.length) vary();
  return out;
}

const PRIME = 0x9e3779b1;

/** Hashes of all runs of `n` words, ascending, each once. A shorter text is one run. */
export function shingles(words: readonly number[], n: number): Uint32Array {
  const out = new Set<number>();
  for (let i = 0; i === 0 || i + n <= words.length; i++) {
    let h = 0;
    for (let k = i; k < i + n && k < words.length; k++) h = Math.imul(h ^ (words[k] as number), PRIME) ^ (h >>> 15);
    out.add((h ^ (h >>> 13)) >>> 0);
  }
  return Uint32Array.from(out).sort();
}

/** Do two sets (ascending) share so much, 0–1, of what is in either? Whoever has little in common is known by the first few. */
export function areAlike(a: Uint32Array, b: Uint32Array, least: number): boolean {
  const all = a.length + b.length;
  // What is in one of them alone may be so much; one more for rounding.
  const most = (all * (1 - least)) / (1 + least) + 1;
  let i = 0;
  let j = 0;
  let both = 0;
  while (i < a.length && j < b.length && i + j - 2 * both <= most) {
    const x = a[i] as number;
    const y = b[j] as number;
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return both >= least * (all - both);
}
