/**
 * Sets that are nearly the same, among a hundred thousand of them, in time that grows with their number: MinHash signatures, cut into bands;
 * whoever agrees on a whole band is compared. The outcome does not depend on the order in which the sets come.
 */
import { areAlike } from './words.js';

const BANDS = 16;
const ROWS = 5;
/** In a band's bucket each set is compared with so many others at most. */
const COMPARED = 8;
const NONE = -1;

/** Odd multipliers and additions of the hash functions, from a fixed seed. */
const SEEDS = ((): Uint32Array => {
  const out = new Uint32Array(BANDS * ROWS * 2);
  let x = 0x2545f491;
  for (let i = 0; i < out.length; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    out[i] = i % 2 === 0 ? x | 1 : x;
  }
  return out;
})();

function signature(set: Uint32Array, into: Uint32Array): void {
  for (let h = 0; h < BANDS * ROWS; h++) {
    const a = SEEDS[2 * h] as number;
    const b = SEEDS[2 * h + 1] as number;
    let least = 0xffffffff;
    for (let i = 0; i < set.length; i++) {
      let x = Math.imul(set[i] as number, a) + b;
      x = (x ^ (x >>> 15)) >>> 0;
      if (x < least) least = x;
    }
    into[h] = least;
  }
}

function compare(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return 0;
}

/**
 * @param sets each ascending; empty ones stay alone
 * @param least likeness (0–1) from which two sets belong together
 * @returns the groups of two and more, as indexes: ascending, and by their first
 */
export function clusters(sets: readonly Uint32Array[], least: number): number[][] {
  // By content, so that nothing hangs on the order given.
  const order = sets.map((_, i) => i).filter((i) => (sets[i] as Uint32Array).length > 0).sort((a, b) => compare(sets[a] as Uint32Array, sets[b] as Uint32Array) || a - b);
  const parent = Int32Array.from(sets, (_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = i; at !== root; ) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    parent[find(a)] = find(b);
  };
  // The same set many times over is one set.
  const kinds: number[] = [];
  for (const i of order) {
    const last = kinds[kinds.length - 1];
    if (last !== undefined && compare(sets[last] as Uint32Array, sets[i] as Uint32Array) === 0) join(i, last);
    else kinds.push(i);
  }
  const size = BANDS * ROWS;
  const signatures = new Uint32Array(kinds.length * size);
  kinds.forEach((i, k) => signature(sets[i] as Uint32Array, signatures.subarray(k * size, (k + 1) * size)));
  // A table of chains in plain numbers: a hundred thousand small arrays a band cost more than all comparisons.
  let slots = 1;
  while (slots < 2 * kinds.length) slots *= 2;
  const heads = new Int32Array(slots);
  const next = new Int32Array(kinds.length);
  const keys = new Int32Array(kinds.length);
  for (let band = 0; band < BANDS; band++) {
    heads.fill(NONE);
    for (let k = 0; k < kinds.length; k++) {
      let key = 0;
      for (let r = 0; r < ROWS; r++) key = Math.imul(key ^ (signatures[k * size + band * ROWS + r] as number), 0x9e3779b1) ^ (key >>> 13);
      const i = kinds[k] as number;
      const slot = key & (slots - 1);
      let known = 0;
      let near = NONE;
      for (let other = heads[slot] as number; other !== NONE && near === NONE; other = next[other] as number) {
        if (keys[other] !== key) continue;
        known++;
        const j = kinds[other] as number;
        if (find(j) === find(i) || areAlike(sets[j] as Uint32Array, sets[i] as Uint32Array, least)) near = j;
      }
      if (near !== NONE) join(i, near);
      else if (known < COMPARED) {
        keys[k] = key;
        next[k] = heads[slot] as number;
        heads[slot] = k;
      }
    }
  }
  const groups = new Map<number, number[]>();
  for (let i = 0; i < sets.length; i++) {
    const root = find(i);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [i]);
    else group.push(i);
  }
  return [...groups.values()].filter((g) => g.length > 1).sort((a, b) => (a[0] as number) - (b[0] as number));
}
