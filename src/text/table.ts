/** Words → lists of numbers, as flat arrays that are read in place: opening a table of ten thousand words costs nothing. */

/** Plain data. */
export type TableData = Readonly<{
  /** All keys, a space behind each. */
  keys: string;
  /** Where each key begins in `keys`, and where the last one ends. */
  starts: Uint32Array;
  /** Hash slots: number of the key plus one, or 0. */
  slots: Uint32Array;
  /** Where each key's values begin in `values`, and where the last ones end. */
  at: Uint32Array;
  values: Uint32Array;
  /** Lengths of the keys, each once, ascending. */
  lengths: readonly number[];
}>;

const FNV = 0x01000193;
const BASIS = 0x811c9dc5;

/** 32 bits, FNV-1a. */
export function hash(word: string): number {
  let h = BASIS;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), FNV);
  return (h ^ (h >>> 15)) >>> 0;
}

export function tableOf(entries: Iterable<readonly [string, readonly number[]]>): TableData {
  const list = [...new Map(entries)];
  let size = 4;
  while (size < list.length * 2) size *= 2;
  const slots = new Uint32Array(size);
  const starts = new Uint32Array(list.length + 1);
  const at = new Uint32Array(list.length + 1);
  const values: number[] = [];
  let keys = '';
  list.forEach(([key, ids], i) => {
    starts[i] = keys.length;
    keys += `${key} `;
    at[i] = values.length;
    values.push(...ids);
    let slot = hash(key) & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = i + 1;
  });
  starts[list.length] = keys.length;
  at[list.length] = values.length;
  return { keys, starts, slots, at, values: Uint32Array.from(values), lengths: [...new Set(list.map(([k]) => k.length))].sort((a, b) => a - b) };
}

export class Table {
  constructor(private readonly data: TableData) {}

  get size(): number {
    return this.data.starts.length - 1;
  }

  get lengths(): readonly number[] {
    return this.data.lengths;
  }

  /** Number of the key, or -1. */
  find(word: string): number {
    const { keys, starts, slots } = this.data;
    const mask = slots.length - 1;
    for (let slot = hash(word) & mask; ; slot = (slot + 1) & mask) {
      const i = (slots[slot] as number) - 1;
      if (i < 0) return -1;
      const start = starts[i] as number;
      if ((starts[i + 1] as number) - start - 1 === word.length && keys.startsWith(word, start)) return i;
    }
  }

  has(word: string): boolean {
    return this.find(word) >= 0;
  }

  get(word: string): Uint32Array | undefined {
    const i = this.find(word);
    return i < 0 ? undefined : this.data.values.subarray(this.data.at[i], this.data.at[i + 1]);
  }

  *[Symbol.iterator](): Generator<[string, Uint32Array]> {
    const { keys, starts, at, values } = this.data;
    for (let i = 0; i < this.size; i++) yield [keys.slice(starts[i], (starts[i + 1] as number) - 1), values.subarray(at[i], at[i + 1])];
  }
}
