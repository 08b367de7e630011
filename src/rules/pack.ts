/**
 * Built data in one piece: plain values as JSON, arrays of numbers behind it as they lie in memory, so that opening a file parses
 * only the small part. Layout: JSON length, JSON (both padded to four bytes), blocks of little-endian numbers, each padded to four bytes.
 */

type Plain = { [key: string]: unknown };
type Numbers = Uint8Array | Uint16Array | Uint32Array;
/** Where an array belongs, how many bytes a number takes, where its block begins, how many numbers. */
type Header = { value: Plain; blocks: [path: string[], width: number, start: number, length: number][] };

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const padded = (bytes: number): number => (bytes + 3) & ~3;
const isNumbers = (v: unknown): v is Numbers => v instanceof Uint32Array || v instanceof Uint16Array || v instanceof Uint8Array;

export function pack(value: object): Uint8Array {
  const blocks: Header['blocks'] = [];
  const arrays: Numbers[] = [];
  let size = 0;
  const lift = (v: unknown, path: string[]): unknown => {
    if (isNumbers(v)) {
      blocks.push([path, v.BYTES_PER_ELEMENT, size, v.length]);
      arrays.push(v);
      size += padded(v.byteLength);
      return null;
    }
    if (typeof v !== 'object' || v === null || Array.isArray(v)) return v;
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, lift(x, [...path, k])]));
  };
  const header: Header = { value: lift(value, []) as Plain, blocks };
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const base = 4 + padded(json.length);
  const out = Buffer.alloc(base + size);
  out.writeUInt32LE(json.length, 0);
  json.copy(out, 4);
  arrays.forEach((array, i) => {
    const [, width, start] = blocks[i] as Header['blocks'][number];
    array.forEach((n, k) => out.writeUIntLE(n, base + start + k * width, width));
  });
  return out;
}

export function unpack(bytes: Uint8Array): unknown {
  const file = bytes.byteOffset % 4 === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.from(bytes.slice().buffer);
  const length = file.readUInt32LE(0);
  const { value, blocks } = JSON.parse(file.toString('utf8', 4, 4 + length)) as Header;
  const base = 4 + padded(length);
  for (const [path, width, start, count] of blocks) {
    if (!littleEndian && width > 1) file.subarray(base + start, base + start + count * width)[width === 2 ? 'swap16' : 'swap32']();
    let place = value;
    for (const key of path.slice(0, -1)) place = place[key] as Plain;
    const Kind = width === 1 ? Uint8Array : width === 2 ? Uint16Array : Uint32Array;
    place[path[path.length - 1] as string] = new Kind(file.buffer as ArrayBuffer, file.byteOffset + base + start, count);
  }
  return value;
}
