/** What kind of character a code unit or code point is. ASCII by table, the rest by Unicode property, remembered. */

export const SPACE = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const EMOJI = 3;
export const MARK = 4;
export const OTHER = 5;

const LATIN = new Uint8Array(0x250).fill(OTHER);
for (let c = 0; c < LATIN.length; c++) {
  const s = String.fromCharCode(c);
  if (/\p{L}/u.test(s)) LATIN[c] = LETTER;
  else if (c >= 48 && c <= 57) LATIN[c] = DIGIT;
  else if (/\s/u.test(s)) LATIN[c] = SPACE;
}

const UPPER = new Uint8Array(0x250);
for (let c = 0; c < UPPER.length; c++) {
  const s = String.fromCharCode(c);
  if (s !== s.toLowerCase()) UPPER[c] = 1;
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
  if (point < LATIN.length) return LATIN[point] as number;
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
  if (c < UPPER.length) return UPPER[c] === 1;
  const s = text[index] ?? '';
  return s !== s.toLowerCase();
}
