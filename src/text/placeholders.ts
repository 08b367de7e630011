/** Slots that somebody was to fill: in braces, in brackets, in a row of X's or underscores, and savy's own blanks. */
import type { Range } from '../types.js';

/** A blank of savy's own: it may quote a sentence of the customer's. */
const BLANK = /⟨[^⟨⟩\n]{0,400}⟩/gu;

/** A slot's form leaves no doubt, or the words inside it decide. */
const SLOTS: readonly Readonly<{ pattern: RegExp; doubt: boolean }>[] = [
  { pattern: /\{\{[^{}\n]{0,80}\}\}|\{%[^%\n]{0,80}%\}|<%[^%\n]{0,80}%>/gu, doubt: false },
  { pattern: /(?<![{$])\$?\{[\p{L}_][\p{L}\p{N}_. -]{0,40}\}(?!\})/gu, doubt: false },
  { pattern: /%[A-Z][A-Z_]{2,30}%|%\{[^{}\n]{1,40}\}|##[\p{L}_ ]{2,30}##/gu, doubt: false },
  { pattern: BLANK, doubt: false },
  { pattern: /(?<![\p{L}\p{N}])X{3,}(?![\p{L}\p{N}])|_{4,}/gu, doubt: false },
  { pattern: /\[[^[\]\n]{1,60}\](?!\()/gu, doubt: true },
  { pattern: /<[\p{L}][^<>\n@/]{0,40}>/gu, doubt: true },
];

/** What every slot has at least one of: most texts have none and are done with. */
const HINT = /[{[<%#⟨]|XXX|____/u;

/** A line of underscores and nothing else rules off what stands above it. */
function alone(text: string, start: number, end: number): boolean {
  const before = text.lastIndexOf('\n', start - 1) + 1;
  const after = text.indexOf('\n', end);
  return text.slice(before, start).trim() === '' && text.slice(end, after < 0 ? text.length : after).trim() === '';
}

/** Where the blanks of savy's own are: what stands in them is said to nobody. */
export function blankRanges(text: string): Range[] {
  return text.includes('⟨') ? [...text.matchAll(BLANK)].map((m): Range => [m.index, m.index + m[0].length]) : [];
}

/** The blanks of savy's own in a text, as they stand. */
export function blanksIn(text: string): string[] {
  return text.match(BLANK) ?? [];
}

/**
 * @param isSlot decides on a bracketed text: does it hold a word for what is to be filled in?
 */
export function placeholders(text: string, isSlot: (inside: string) => boolean): Range[] {
  if (!HINT.test(text)) return [];
  const out: [number, number][] = [];
  for (const { pattern, doubt } of SLOTS) {
    for (const m of text.matchAll(pattern)) {
      const inside = m[0].slice(1, -1).trim();
      if (doubt && !isSlot(inside)) continue;
      if (m[0].startsWith('__') && alone(text, m.index, m.index + m[0].length)) continue;
      out.push([m.index, m.index + m[0].length]);
    }
  }
  out.sort((a, b) => a[0] - b[0]);
  return out.filter((r, i) => i === 0 || r[0] >= (out[i - 1] as [number, number])[1]);
}
