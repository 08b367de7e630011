/**
 * Learned word vectors: static piece vectors distilled from a multilingual sentence encoder (tools/embed, rules/model/vectors.bin).
 *
 * A word is folded and cut greedily into the longest known pieces; its vector is the sum of theirs. A text's vector is the sum of its
 * words' vectors, brought to length one. Everything up to that one division is whole numbers, so the same text gives the same bits on
 * every machine. The file needs no parsing: its blocks are read in place as typed arrays. The layout stands in tools/embed/README.md.
 */

/** Read access to one vectors file. */
export interface Vectors {
  /** Length of every vector. */
  readonly dims: number;
  /** How many pieces have a vector. */
  readonly pieces: number;
  /** The word's vector as whole numbers (compare by angle, not by length); all zero when no piece of it is known. Do not write to it. */
  word(word: string): Int32Array;
  /** The pooled vector of a text, of length one; all zero when nothing in it is known. A new array each time. */
  embed(words: readonly string[]): Float32Array;
}

const MAGIC = 0x43455653; // "SVEC", little-endian
const VERSION = 1;
const HEADER = 48;
const FNV_PRIME = 0x01000193;
const BEGIN = 0x417b5081; // hash basis of a piece that begins a word
const INSIDE = 0x8cf4329b; // hash basis of a piece inside a word
const SPREAD = 0x9e3779b1; // Fibonacci hashing, from hash to slot
const CACHE_LIMIT = 16_000;
const JOINTS = '-–:./'; // what follows one of these begins a word again
const FLUSH = 64; // words: 64 * 64 pieces * 127 * 4095 stays below 2 ** 31
const LONGEST_WORD = 64; // code units; what follows is not looked at

/** Cosine of two vectors of one length; 0 when either is all zero. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let d = 0; d < a.length; d++) {
    const x = a[d] ?? 0;
    const y = b[d] ?? 0;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / (Math.sqrt(aa) * Math.sqrt(bb)) : 0;
}

/** The form under which a word is looked up: NFC, lower case, one kind of apostrophe, every digit 0. */
function fold(word: string): string {
  let plain = true;
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    if (c < 0x61 || c > 0x7a) {
      plain = false;
      break;
    }
  }
  if (plain) return word;
  return word
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFC')
    .replace(/[\u2019\u02bc]/g, "'")
    .replace(/[0-9]/g, '0');
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** A copy of the bytes with every group of `size` reversed, for big-endian machines. */
function reversed(bytes: Uint8Array, size: number): Uint8Array {
  const out = bytes.slice();
  for (let i = 0; i + size <= out.length; i += size) out.subarray(i, i + size).reverse();
  return out;
}

/** Opens a vectors file. Throws when the bytes are not one; reads nothing but the header until a word is asked for. */
export function loadVectors(bytes: Uint8Array): Vectors {
  if (bytes.byteLength < HEADER) throw new Error('vectors: file too short');
  const file = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const head = new DataView(file.buffer, file.byteOffset, HEADER);
  const field = (i: number): number => head.getUint32(i * 4, true);
  if (field(0) !== MAGIC || field(1) !== VERSION) throw new Error('vectors: not a vectors file of version 1');
  const pieces = field(2);
  const dims = field(3);
  const bits = field(4);
  const slotBits = field(5);
  const longest = field(6);
  const [keysAt, slotsAt, weightsAt, rowsAt, end] = [field(7), field(8), field(9), field(10), field(11)];
  const rowBytes = (dims * bits) / 8;
  if (
    (bits !== 4 && bits !== 8) || dims % 2 !== 0 || slotBits < 1 || slotBits > 20 || keysAt !== HEADER ||
    slotsAt < keysAt + pieces * 4 || weightsAt < slotsAt + 2 * 2 ** slotBits || rowsAt < weightsAt + pieces * 2 ||
    end < rowsAt + pieces * rowBytes || end > file.byteLength
  ) {
    throw new Error('vectors: damaged header');
  }
  const block = (at: number, count: number, size: number): [ArrayBufferLike, number, number] => {
    const raw = file.subarray(at, at + count * size);
    const use = littleEndian || size === 1 ? raw : reversed(raw, size);
    return [use.buffer, use.byteOffset, count];
  };
  const keys = new Uint32Array(...block(keysAt, pieces, 4));
  const slots = new Uint16Array(...block(slotsAt, 2 ** slotBits, 2));
  const weights = new Uint16Array(...block(weightsAt, pieces, 2));
  const rows = new Int8Array(...block(rowsAt, pieces * rowBytes, 1));
  const mask = slots.length - 1;
  const shift = 32 - slotBits;

  /** Row of the piece with this hash, or -1. */
  function find(hash: number): number {
    let slot = Math.imul(hash, SPREAD) >>> shift;
    for (let tries = 0; tries <= mask; tries++) {
      const row = slots[slot] ?? 0;
      if (row === 0) return -1;
      if (keys[row - 1] === hash) return row - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  function add(row: number, into: Int32Array): void {
    const weight = weights[row] ?? 0;
    const at = row * rowBytes;
    if (bits === 8) {
      for (let d = 0; d < dims; d++) into[d]! += (rows[at + d] ?? 0) * weight;
    } else {
      for (let d = 0, i = at; d < dims; d += 2, i++) {
        const two = rows[i] ?? 0;
        into[d]! += ((two & 15) - 8) * weight;
        into[d + 1]! += (((two >> 4) & 15) - 8) * weight;
      }
    }
  }

  function compute(raw: string): Int32Array {
    const out = new Int32Array(dims);
    const word = fold(raw.length > LONGEST_WORD ? raw.slice(0, LONGEST_WORD) : raw);
    let begins = true;
    for (let i = 0; i < word.length; ) {
      let hash = begins ? BEGIN : INSIDE;
      let best = -1;
      let next = i + 1;
      const stop = Math.min(word.length, i + longest);
      for (let j = i; j < stop; j++) {
        hash = Math.imul(hash ^ word.charCodeAt(j), FNV_PRIME) >>> 0;
        const row = find(hash);
        if (row >= 0) {
          best = row;
          next = j + 1;
        }
      }
      if (best >= 0) add(best, out);
      begins = best < 0 && JOINTS.includes(word[i]!);
      i = next;
    }
    return out;
  }

  const cache = new Map<string, Int32Array>();
  function word(raw: string): Int32Array {
    let vector = cache.get(raw);
    if (vector === undefined) {
      vector = compute(raw);
      if (cache.size >= CACHE_LIMIT) cache.clear();
      cache.set(raw, vector);
    }
    return vector;
  }

  const none = new Int32Array(dims);
  const part = new Int32Array(dims); // sums of up to FLUSH words: exact in 32 bits
  function embed(words: readonly string[]): Float32Array {
    const sum = new Float64Array(dims); // whole numbers far below 2 ** 53: exact
    for (let from = 0; from < words.length; from += FLUSH) {
      const to = Math.min(words.length, from + FLUSH);
      part.fill(0);
      for (let i = from; i < to; i += 4) {
        const v0 = word(words[i]!); // four at a time: half the reads and writes of `part`
        const v1 = i + 1 < to ? word(words[i + 1]!) : none;
        const v2 = i + 2 < to ? word(words[i + 2]!) : none;
        const v3 = i + 3 < to ? word(words[i + 3]!) : none;
        for (let d = 0; d < dims; d++) part[d] = (part[d]! + v0[d]! + v1[d]! + v2[d]! + v3[d]!) | 0;
      }
      for (let d = 0; d < dims; d++) sum[d]! += part[d]!;
    }
    let square = 0;
    for (let d = 0; d < dims; d++) square += sum[d]! * sum[d]!;
    const out = new Float32Array(dims);
    if (square === 0) return out;
    const length = Math.sqrt(square);
    for (let d = 0; d < dims; d++) out[d] = sum[d]! / length;
    return out;
  }

  return { dims, pieces, word, embed };
}
