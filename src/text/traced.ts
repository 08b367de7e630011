/**
 * A text that knows where it comes from: HTML in a JSON string in a CSV cell is read step by step, and every step keeps the place of each
 * character in the file. Offsets into a traced text are called `start`/`end`, offsets into the file `from`/`to`.
 */
import type { Range, Stretch } from '../types.js';

export type Traced = Readonly<{ text: string; stretches: readonly Stretch[] }>;

/** A text that stands in the file as it is, from `from` on. */
export function traced(text: string, from = 0): Traced {
  return { text, stretches: text === '' ? [] : [{ start: 0, end: text.length, from, to: from + text.length }] };
}

/** Index of the last stretch that begins at or before `offset`; −1 when there is none. */
function stretchAt(stretches: readonly Stretch[], offset: number): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Stretch).start <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

const even = (s: Stretch): boolean => s.end - s.start === s.to - s.from;

/** Where `[start, end)` of a text with these stretches stands in the file. Text without a place takes the end of the stretch before it. */
export function placeIn(stretches: readonly Stretch[], [start, end]: Range): Range {
  const first = stretches[stretchAt(stretches, start)] ?? stretches[0];
  if (first === undefined) return [0, 0];
  const from = start < first.start ? first.from : start >= first.end ? first.to : even(first) ? first.from + (start - first.start) : first.from;
  if (end <= start) return [from, from];
  const last = stretches[stretchAt(stretches, end - 1)];
  const to = last === undefined ? from : end > last.end ? last.to : even(last) ? last.from + (end - last.start) : last.to;
  return [from, Math.max(from, to)];
}

/** Builds a traced text out of pieces of another, and of text that stands nowhere. */
export class Weaver {
  private readonly parts: string[] = [];
  private readonly out: Stretch[] = [];
  /** So far, in UTF-16 units. */
  length = 0;

  constructor(private readonly source: Traced) {}

  /** `[start, end)` of the source as it is. */
  copy(start: number, end: number): this {
    if (end <= start) return this;
    const { stretches } = this.source;
    for (let i = Math.max(0, stretchAt(stretches, start)); i < stretches.length; i++) {
      const s = stretches[i] as Stretch;
      if (s.start >= end) break;
      const a = Math.max(start, s.start);
      const b = Math.min(end, s.end);
      if (b <= a) continue;
      const at = this.length + (a - start);
      if (even(s)) this.note(at, at + (b - a), s.from + (a - s.start), s.from + (b - s.start));
      // Half of an escape: its place is the whole escape, unless that would look like a copy.
      else if (b - a !== s.to - s.from) this.note(at, at + (b - a), s.from, s.to);
    }
    return this.text(this.source.text.slice(start, end));
  }

  /** A text that `[start, end)` of the source stands for: an escape, an entity. */
  put(text: string, start: number, end: number): this {
    if (text === '') return this;
    if (text === this.source.text.slice(start, end)) return this.copy(start, end);
    const [from, to] = placeIn(this.source.stretches, [start, end]);
    if (to - from !== text.length) this.note(this.length, this.length + text.length, from, to);
    return this.text(text);
  }

  /** A text that stands nowhere. */
  text(text: string): this {
    this.parts.push(text);
    this.length += text.length;
    return this;
  }

  done(): Traced {
    return { text: this.parts.join(''), stretches: this.out };
  }

  private note(start: number, end: number, from: number, to: number): void {
    const last = this.out[this.out.length - 1];
    if (last !== undefined && last.end === start && last.to === from && even(last) && end - start === to - from) this.out[this.out.length - 1] = { start: last.start, end, from: last.from, to };
    // Stretches are in order and never overlap, in the file neither.
    else if (last === undefined || from >= last.to) this.out.push({ start, end, from, to });
  }
}

/** `[start, end)` of a traced text. */
export function cut(source: Traced, start: number, end: number): Traced {
  return start <= 0 && end >= source.text.length ? source : new Weaver(source).copy(start, end).done();
}

/** Without blanks before and behind. */
export function trimmed(source: Traced): Traced {
  const start = source.text.length - source.text.trimStart().length;
  return cut(source, start, start + source.text.trim().length);
}

/** The whole text's place in the file. */
export function extentOf(source: Traced): Range {
  return placeIn(source.stretches, [0, source.text.length]);
}
