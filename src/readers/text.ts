/** Bytes → text. Offsets count from the first character behind a byte order mark. */
import { UserError } from '../types.js';

const PROBE = 8_192;

/** @throws UserError when the bytes are no text */
export function decode(bytes: Uint8Array, place: string): string {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return utf16(bytes, a === 0xff ? 'utf-16le' : 'utf-16be', place);
  const body = a === 0xef && b === 0xbb && c === 0xbf ? bytes.subarray(3) : bytes;
  if (body.subarray(0, PROBE).includes(0) || body.includes(0)) throw new UserError('holds binary data, not text', place, 'give a text file in UTF-8');
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  if (text.includes('\ufffd')) strictly(body, place);
  return text;
}

function utf16(bytes: Uint8Array, encoding: string, place: string): string {
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes('\0')) throw new UserError('holds binary data, not text', place, 'give a text file in UTF-8');
  return text;
}

/** A replacement character may stand in the text itself; only bytes that are no UTF-8 are refused. */
function strictly(bytes: Uint8Array, place: string): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`is not UTF-8 (line ${lineOfFault(bytes)})`, place, 'save it as UTF-8 and run again');
  }
}

function lineOfFault(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let i = 0; i <= bytes.length; i++) {
    if (i < bytes.length && bytes[i] !== 10) continue;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, i));
    } catch {
      return line;
    }
    line++;
    start = i + 1;
  }
  return line;
}
