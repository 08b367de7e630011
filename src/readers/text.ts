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

/** What was decoded, and what is wrong with it when something is. */
export type Decoded = Readonly<{ text: string; fault?: Readonly<{ line: number; message: string; hint: string }> }>;

/**
 * For libraries, which come out of other programs: what is no UTF-8 is Windows-1252 (Latin-1 with more quotation marks), unless most of
 * it is UTF-8 and a place is damaged. UTF-16 is known without a mark by its zeros.
 * @throws UserError when the bytes are no text
 */
export function decodeAny(bytes: Uint8Array, place: string): Decoded {
  const marked = bytes[0] === 0xff || bytes[0] === 0xfe;
  if (!marked && bytes.includes(0)) {
    const encoding = zeros(bytes);
    if (encoding !== undefined) return { text: utf16(bytes, encoding, place) };
  }
  try {
    return { text: decode(bytes, place) };
  } catch (error) {
    if (bytes.includes(0)) throw error;
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const damaged = text.split('\ufffd').length - 1;
  const fine = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  if (fine <= damaged) return { text: windows1252(bytes) };
  return { text, fault: { line: lineOfFault(bytes), message: 'holds bytes that are no UTF-8', hint: 'save it as UTF-8 and run again' } };
}

/** What Windows-1252 has at 0x80–0x9f, five of them nothing. Written out: some versions of Node decode it as Latin-1. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function windows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').replace(/[\x80-\x9f]/g, (c) => WINDOWS[c.charCodeAt(0) - 0x80] as string);
}

/** UTF-16 without a byte order mark: nearly every other byte of Western text is zero. */
function zeros(bytes: Uint8Array): string | undefined {
  const probe = bytes.subarray(0, PROBE - (PROBE % 2));
  const count = [0, 0];
  for (let i = 0; i < probe.length; i++) if (probe[i] === 0) count[i % 2] = (count[i % 2] as number) + 1;
  const [first = 0, second = 0] = count;
  const most = probe.length / 2;
  if (second > 0.7 * most && first < 0.05 * most) return 'utf-16le';
  return first > 0.7 * most && second < 0.05 * most ? 'utf-16be' : undefined;
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
