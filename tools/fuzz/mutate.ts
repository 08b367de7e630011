/** Bytes → other bytes: cut, doubled, swapped, mixed with another text, in another encoding. */
import { PIECES, whole } from './hostile.js';
import type { Dice } from './random.js';

/** Text of JavaScript as bytes; what UTF-8 can't hold goes as three bytes for each unit, which no decoder takes, or as it would in UTF-16. */
export function bytesOf(text: string, dice: Dice): Buffer {
  if (/\p{Surrogate}/u.test(text) && dice.chance(2)) return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  return Buffer.from(text.replace(/\p{Surrogate}/gu, '\ufffd'), 'utf8');
}

function span(bytes: Buffer, dice: Dice): [from: number, to: number] {
  const from = dice.roll(bytes.length + 1);
  return [from, Math.min(bytes.length, from + dice.size(Math.max(1, bytes.length - from)))];
}

const put = (bytes: Buffer, at: number, what: Buffer, over = 0): Buffer => Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(at + over)]);

type Way = (bytes: Buffer, dice: Dice, other: () => Buffer) => Buffer;

const WAYS: readonly Way[] = [
  (b, d) => put(b, d.roll(b.length + 1), bytesOf(d.pick(PIECES), d)),
  (b, d) => put(b, d.roll(b.length + 1), bytesOf(d.pick(PIECES).repeat(1 + d.size(300)), d)),
  (b, d) => put(b, d.roll(b.length + 1), Buffer.from(d.pick(PIECES), 'utf8'), d.size(20)),
  (b, d) => {
    const [from, to] = span(b, d);
    return put(b, from, Buffer.alloc(0), to - from);
  },
  (b, d) => {
    const [from, to] = span(b, d);
    const part = b.subarray(from, to);
    return put(b, d.roll(b.length + 1), Buffer.concat(Array.from({ length: 1 + d.size(Math.max(1, Math.min(50, 20_000 / (part.length + 1)))) }, () => part)));
  },
  (b, d) => b.subarray(0, d.roll(b.length + 1)),
  (b, d, other) => {
    const o = other();
    const [from, to] = span(o, d);
    const [at, end] = span(b, d);
    return put(b, at, o.subarray(from, to), end - at);
  },
  (b, d) => {
    const copy = Buffer.from(b);
    for (let i = 0; i < 1 + d.size(10) && copy.length > 0; i++) copy[d.roll(copy.length)] = d.roll(256);
    return copy;
  },
  (b, d) => put(b, d.roll(b.length + 1), bytesOf(whole(d.size(3_000), d), d)),
  (b) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), b]),
  (b, d) => Buffer.concat([Buffer.from(d.chance(3) ? [] : [0xff, 0xfe]), Buffer.from(b.toString('utf8'), 'utf16le'), Buffer.from(d.chance(4) ? [0] : [])]),
  (b) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(b.toString('utf8'), 'utf16le').swap16()]),
  (b) => Buffer.from(b.toString('utf8'), 'latin1'),
  (b, d) => Buffer.from(b.toString('utf8').replace(/\r\n|\n/g, d.pick(['\r\n', '\r', '\u2028', '\n\n', ' ', ''])), 'utf8'),
  (b, d) => {
    const from = d.pick(PIECES.filter((p) => p.length === 1));
    return Buffer.from(b.toString('utf8').replaceAll(from, () => d.pick(PIECES)), 'utf8');
  },
  (b, d) => Buffer.from(b.toString('utf8').replace(/\d+/g, () => d.pick(['0', '-1', '1e308', '99999999999999999999', '1.5', 'null', '""', '[]', '{}', 'true'])), 'utf8'),
];

/** One change after another; most often few. */
export function mutated(seed: Buffer, dice: Dice, other: () => Buffer, most: number): Buffer {
  let bytes = seed;
  for (let n = 1 + dice.size(8); n > 0; n--) {
    bytes = dice.pick(WAYS)(bytes, dice, other);
    if (bytes.length > most) bytes = bytes.subarray(0, most);
  }
  return bytes;
}

/** Bytes out of nothing: of no kind, or one of the known evils. */
export function invented(dice: Dice, most: number): Buffer {
  const n = dice.size(most);
  if (dice.chance(6)) return Buffer.from(Array.from({ length: Math.min(n, 20_000) }, () => dice.roll(256)));
  const made = bytesOf(whole(n, dice), dice);
  return made.length > most ? made.subarray(0, most) : made;
}
