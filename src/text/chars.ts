/** What kind of character a code unit or code point is. By Unicode property, remembered; Latin letters by table. */

export const SPACE = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const EMOJI = 3;
export const MARK = 4;
export const OTHER = 5;

/** Not looked at yet: a text holds few different characters, and a start has no time for the others. */
const UNKNOWN = 255;
const LATIN = new Uint8Array(0x250).fill(UNKNOWN);
const UPPER = new Uint8Array(0x250).fill(UNKNOWN);

function latin(c: number): number {
  const s = String.fromCharCode(c);
  const found = /\p{L}/u.test(s) ? LETTER : c >= 48 && c <= 57 ? DIGIT : /\s/u.test(s) ? SPACE : OTHER;
  LATIN[c] = found;
  return found;
}

const known = new Map<number, number>();
const KNOWN_MAX = 20_000;

function classify(point: number): number {
  const s = String.fromCodePoint(point);
  if (/\p{L}/u.test(s)) return LETTER;
  if (/\p{Nd}/u.test(s)) return DIGIT;
  if (/[\p{M}\u200B-\u200D\u2060\uFE0E\uFE0F\u00AD]/u.test(s)) return MARK;
  if (/\s/u.test(s)) return SPACE;
  if (/[\p{Extended_Pictographic}\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}]/u.test(s)) return EMOJI;
  return OTHER;
}

/** Class of the code point `point`. */
export function charClass(point: number): number {
  if (point < LATIN.length) {
    const kind = LATIN[point] as number;
    return kind === UNKNOWN ? latin(point) : kind;
  }
  let found = known.get(point);
  if (found === undefined) {
    found = classify(point);
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(point, found);
  }
  return found;
}

/** True when the letter at `index` is a capital. */
export function isUpper(text: string, index: number): boolean {
  const c = text.charCodeAt(index);
  if (c < UPPER.length && UPPER[c] !== UNKNOWN) return UPPER[c] === 1;
  const s = text[index] ?? '';
  const upper = s !== s.toLowerCase();
  if (c < UPPER.length) UPPER[c] = upper ? 1 : 0;
  return upper;
}
