/** Text → bytes, in the encoding and with the byte order mark of the file that it came from. */
import { UserError } from '../types.js';
import { windows1252 } from './text.js';

const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;

let latin: Map<string, number> | undefined;

/** Windows-1252 backwards; there is no encoder for it. */
function latinBytes(text: string): Uint8Array | undefined {
  latin ??= new Map(Array.from(windows1252(Uint8Array.from({ length: 256 }, (_, i) => i)), (c, i) => [c, i]));
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = latin.get(text[i] as string);
    if (byte === undefined) return undefined;
    out[i] = byte;
  }
  return out;
}

function utf16(text: string, little: boolean): Uint8Array {
  const out = new Uint8Array(text.length * 2);
  const view = new DataView(out.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), little);
  return out;
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Which of the encodings that savy reads are these bytes in? Told by what comes back: the text as it was read. */
function encoderOf(bytes: Uint8Array, text: string): ((text: string) => Uint8Array | undefined) | undefined {
  const same = (made: Uint8Array | undefined): boolean => made !== undefined && Buffer.compare(made, bytes) === 0;
  const marked = (mark: readonly number[], encode: (t: string) => Uint8Array) => (t: string): Uint8Array => Buffer.concat([Uint8Array.from(mark), encode(t)]);
  const little = (t: string): Uint8Array => utf16(t, true);
  const big = (t: string): Uint8Array => utf16(t, false);
  return [utf8, marked(UTF8_MARK, utf8), marked([0xff, 0xfe], little), marked([0xfe, 0xff], big), little, big, latinBytes].find((encode) => same(encode(text)));
}

/**
 * @param bytes the file as it is
 * @param was what was read from it
 * @param text what is to stand there
 * @throws UserError when the file's encoding can't hold the text, or does not give back what was read
 */
export function encodeLike(bytes: Uint8Array, was: string, text: string, place: string): Uint8Array {
  const encode = encoderOf(bytes, was);
  if (encode === undefined) throw new UserError('can’t be written back without loss', place, 'save it as UTF-8 and run again');
  const made = encode(text);
  if (made === undefined || (encode !== latinBytes && /\p{Cs}/u.test(text))) throw new UserError('its encoding has no sign for a letter of the mended text', place, 'save it as UTF-8 and run again');
  return made;
}
