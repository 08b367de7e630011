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

/** FNV-1a, gone on with over the units of `word` from `from` to `to`. */
function mixed(h: number, word: string, from: number, to: number): number {
  for (let i = from; i < to; i++) h = Math.imul(h ^ word.charCodeAt(i), FNV);
  return h;
}

const settled = (h: number): number => (h ^ (h >>> 15)) >>> 0;

/** 32 bits. */
export function hash(word: string): number {
  return settled(mixed(BASIS, word, 0, word.length));
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

function same(keys: string, start: number, word: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (keys.charCodeAt(start + i - from) !== word.charCodeAt(i)) return false;
  return true;
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
    return this.findPart(word, 0, word.length);
  }

  /** Number of the key that stands in `word` from `from` to `to`, or -1; cuts nothing out. */
  findPart(word: string, from: number, to: number): number {
    const { keys, starts, slots } = this.data;
    const mask = slots.length - 1;
    for (let slot = settled(mixed(BASIS, word, from, to)) & mask; ; slot = (slot + 1) & mask) {
      const i = (slots[slot] as number) - 1;
      if (i < 0) return -1;
      const start = starts[i] as number;
      if ((starts[i + 1] as number) - start - 1 === to - from && same(keys, start, word, from, to)) return i;
    }
  }

  /** Number of the key `<head><first> <second>`, or -1; builds no string, since most that are asked for are no keys. */
  findJoined(head: string, first: string, second: string): number {
    const { keys, starts, slots } = this.data;
    const mask = slots.length - 1;
    const length = head.length + first.length + 1 + second.length;
    let h = mixed(mixed(BASIS, head, 0, head.length), first, 0, first.length);
    h = mixed(Math.imul(h ^ 32, FNV), second, 0, second.length);
    for (let slot = settled(h) & mask; ; slot = (slot + 1) & mask) {
      const i = (slots[slot] as number) - 1;
      if (i < 0) return -1;
      const start = starts[i] as number;
      if ((starts[i + 1] as number) - start - 1 === length && keys.startsWith(`${head}${first} ${second}`, start)) return i;
    }
  }

  has(word: string): boolean {
    return this.find(word) >= 0;
  }

  get(word: string): Uint32Array | undefined {
    const i = this.find(word);
    return i < 0 ? undefined : this.data.values.subarray(this.data.at[i], this.data.at[i + 1]);
  }

  /** Adds the values of the key that stands in `word` from `from` to `to`, if there is one. */
  gather(word: string, from: number, to: number, into: Set<number>): void {
    const i = this.findPart(word, from, to);
    if (i < 0) return;
    const { at, values } = this.data;
    for (let v = at[i] as number, end = at[i + 1] as number; v < end; v++) into.add(values[v] as number);
  }

  *[Symbol.iterator](): Generator<[string, Uint32Array]> {
    const { keys, starts, at, values } = this.data;
    for (let i = 0; i < this.size; i++) yield [keys.slice(starts[i], (starts[i + 1] as number) - 1), values.subarray(at[i], at[i + 1])];
  }
}
