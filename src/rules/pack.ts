/**
 * Built data in one piece: plain values as JSON, arrays of numbers behind it as they lie in memory, so that opening a file parses
 * only the small part. Layout: JSON length, JSON (both padded to four bytes), blocks of 32-bit little-endian numbers.
 */

type Plain = { [key: string]: unknown };
type Header = { value: Plain; blocks: [path: string[], start: number, length: number][] };

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

export function pack(value: object): Uint8Array {
  const blocks: Header['blocks'] = [];
  const arrays: Uint32Array[] = [];
  let length = 0;
  const lift = (v: unknown, path: string[]): unknown => {
    if (v instanceof Uint32Array) {
      blocks.push([path, length, v.length]);
      arrays.push(v);
      length += v.length;
      return null;
    }
    if (typeof v !== 'object' || v === null || Array.isArray(v)) return v;
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, lift(x, [...path, k])]));
  };
  const header: Header = { value: lift(value, []) as Plain, blocks };
  let json = Buffer.from(JSON.stringify(header), 'utf8');
  json = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, ' ')]);
  const out = Buffer.alloc(4 + json.length + length * 4);
  out.writeUInt32LE(json.length, 0);
  json.copy(out, 4);
  let at = 4 + json.length;
  for (const array of arrays) for (const n of array) at = out.writeUInt32LE(n, at);
  return out;
}

export function unpack(bytes: Uint8Array): unknown {
  const file = bytes.byteOffset % 4 === 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : Buffer.from(bytes.slice().buffer);
  const length = file.readUInt32LE(0);
  const { value, blocks } = JSON.parse(file.toString('utf8', 4, 4 + length)) as Header;
  if (!littleEndian) file.subarray(4 + length).swap32();
  const base = file.byteOffset + 4 + length;
  for (const [path, start, count] of blocks) {
    let place = value;
    for (const key of path.slice(0, -1)) place = place[key] as Plain;
    place[path[path.length - 1] as string] = new Uint32Array(file.buffer, base + start * 4, count);
  }
  return value;
}
