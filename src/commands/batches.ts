/** Bytes as they come → batches of whole lines: what is judged at once, here or on a thread. */
import type { Source } from './surroundings.js';

/** Whole lines, with their ends; `line` is the number of the first one, from 1. Without bytes: one line that is longer than anyone's. */
export type Batch = Readonly<{ line: number; bytes?: Uint8Array }>;

/** A batch has about this many bytes, or one line. */
const SIZE = 1 << 16;
/** A longer line is no exchange; it is passed over, so that no input takes all the memory. */
export const LINE_MAX = 32 << 20;
const NEWLINE = 10;

function ends(bytes: Uint8Array): number {
  let n = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) n++;
  return n;
}

/** What has come so far is cut as it comes: whoever writes one line and waits gets its result. */
export async function* batchesOf(source: Source, longest = LINE_MAX): AsyncGenerator<Batch> {
  let line = 1;
  /** The begun line, and how many bytes it has. */
  let rest: Uint8Array[] = [];
  let held = 0;
  const batch = (piece: Uint8Array): Batch => {
    const bytes = rest.length === 0 ? piece : Buffer.concat([...rest, piece]);
    const whole = held <= longest;
    const first = line;
    line += whole ? ends(bytes) : 1;
    rest = [];
    held = 0;
    return whole ? { line: first, bytes } : { line: first };
  };
  for await (const part of source) {
    const bytes: Uint8Array = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    for (let from = 0; from < bytes.length; ) {
      // A begun line is ended alone when it is too long; else as many lines as make a batch, or one that is longer.
      const far = held > longest ? -1 : bytes.subarray(from, from + SIZE).lastIndexOf(NEWLINE);
      const end = far >= 0 ? from + far : bytes.indexOf(NEWLINE, from);
      if (end >= 0) {
        yield batch(bytes.subarray(from, end + 1));
        from = end + 1;
      } else {
        held += bytes.length - from;
        if (held <= longest) rest.push(bytes.subarray(from));
        else rest = [];
        from = bytes.length;
      }
    }
  }
  if (held > 0) yield batch(new Uint8Array(0));
}
