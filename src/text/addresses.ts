/** Links and mail addresses: where a word turns out to begin one, and where it ends. */
import type { TokenKind } from '../types.js';
import { charClass, DIGIT, SPACE } from './chars.js';

const URL = /(?:https?:\/\/|www\.)[^\s<>"]+|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|fi|se|io|co|uk|eu|gov|in|app)(?:\/[^\s<>"]*)?(?![\p{L}\p{N}@])/iuy;
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/uy;
/** A label of an address is no longer than this. */
const ADDRESS_LOOK = 66;

/** Can an address go on at `i`? A dot with something behind it, an @ or a slash comes before the next space. Keeps patterns off plain words. */
function inAddress(text: string, i: number): boolean {
  const end = Math.min(text.length - 1, i + ADDRESS_LOOK);
  for (; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32) return false;
    if (c === 64 || (c === 58 && text.charCodeAt(i + 1) === 47)) return true;
    if (c === 46 && charClass(text.charCodeAt(i + 1)) <= DIGIT && charClass(text.charCodeAt(i + 1)) !== SPACE) return true;
  }
  return false;
}

/** Where a sticky pattern's match at `i` ends, or -1. */
export function matchAt(pattern: RegExp, text: string, i: number): number {
  pattern.lastIndex = i;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Trailing punctuation is the sentence's, not the address's. */
function trimAddress(text: string, start: number, end: number): number {
  while (end > start + 1 && '.,;:!?)\'"”'.includes(text[end - 1] as string)) end--;
  return end;
}

/** The address that begins at `start`, in a word that ends at `stop`: its kind and its end. */
export function findAddress(text: string, start: number, stop: number): [kind: TokenKind, end: number] | undefined {
  const next = text.charCodeAt(stop);
  // : . - + @
  if ((next !== 58 && next !== 46 && next !== 45 && next !== 43 && next !== 64) || !inAddress(text, stop)) return undefined;
  const url = next === 64 ? -1 : matchAt(URL, text, start);
  if (url > 0) return ['url', trimAddress(text, start, url)];
  const email = next === 58 ? -1 : matchAt(EMAIL, text, start);
  return email > 0 ? ['email', trimAddress(text, start, email)] : undefined;
}
