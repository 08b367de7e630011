/** Hashes that stand for texts in files that savy keeps: what they stand for can't be read from them. */
import { createHash } from 'node:crypto';

/** 64 bits: enough to tell a library's findings apart. */
const SHORT = 16;

/** Hex, of the text as UTF-8. */
export function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export function shortDigest(text: string): string {
  return digest(text).slice(0, SHORT);
}
