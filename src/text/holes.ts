/** Holes in a text: what a helpdesk or a person fills before it goes out. They stand for a name in a greeting and under the text, and are no words. */
import type { Hole, Range } from '../types.js';

/** The text with spaces for holes: as long as before, lines kept. */
export function masked(text: string, holes: readonly Readonly<{ start: number; end: number }>[] | undefined): string {
  if (holes === undefined || holes.length === 0) return text;
  let out = '';
  let at = 0;
  for (const { start, end } of holes) {
    out += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    at = end;
  }
  return out + text.slice(at);
}

/** What ends a greeting. */
const GREETED = /^[ \t\u00a0]*(?:[,!:.;–—-]|\r?\n|$)/u;
const NEXT = /^[ \t\u00a0-]*$/u;

/**
 * The holes that stand for the name addressed.
 * @param text with its holes masked
 * @param from where the greeting's words end; 0 when there are none
 * @param isTitle may these words stand between a greeting and a name?
 */
export function addressedHole(text: string, holes: readonly Hole[], from: number, isTitle: (start: number, end: number) => boolean): Range | undefined {
  const i = holes.findIndex((h) => h.start >= from);
  const first = holes[i];
  if (first === undefined || /[\n,!?;:]/.test(text.slice(from, first.start)) || !isTitle(from, first.start)) return undefined;
  let last = first;
  for (let n = i + 1; n < holes.length && NEXT.test(text.slice(last.end, (holes[n] as Hole).start)); n++) last = holes[n] as Hole;
  return from > 0 || GREETED.test(text.slice(last.end, last.end + 8)) ? [first.start, last.end] : undefined;
}

/** “… tomorrow. -{agent}” */
const MARK = /(?<=[.!?…)\]]\s+|^\s*)[-–—^~/][ \t]?$/u;
const SIGNATURE_WORDS = 4;
const BELOW_LINES = 4;

/**
 * The hole that signs: the last one on a line with few words of its own, with few lines under it.
 * @param text with its holes masked
 * @param from where the body starts
 * @returns the line's holes, and where its line begins; behind a mark at the end of a line, that and the hole
 */
export function signingHole(text: string, holes: readonly Hole[], from: number): { range: Range; line: number } | undefined {
  for (let i = holes.length - 1; i >= 0; i--) {
    const { start, end } = holes[i] as Hole;
    if (start <= from) return undefined;
    const below = text.slice(end).split(/\r\n|\n|\r/).filter((l) => l.trim() !== '');
    if (below.length > BELOW_LINES || below.some((l) => l.length > 80)) return undefined;
    const line = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
    const mark = MARK.exec(text.slice(line, start));
    if (mark !== null && /^[ \t]*$/.test(text.slice(end).split(/\r|\n/, 1)[0] as string)) return { range: [line + mark.index, end], line: line + mark.index };
    const next = /[\r\n]|$/.exec(text.slice(end)) as RegExpExecArray;
    const words = text.slice(line, end + next.index).match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    // “Terveisin {agent}” is one; “your number is {id}.” is none.
    if (words <= SIGNATURE_WORDS && !/^[ \t]*[.?!]/.test(text.slice(end)) && text.slice(0, line).trim() !== '') {
      const first = holes.find((h) => h.start >= line) as Hole;
      return { range: [first.start, end], line };
    }
  }
  return undefined;
}
