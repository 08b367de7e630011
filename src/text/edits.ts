/** Ranges and edits over a text, in UTF-16 units. */
import type { Edit } from '../types.js';

/**
 * Applies edits in order of place. An edit that begins before the end of the last one taken is skipped, and so is one that lies
 * outside the text; everything between edits is untouched.
 */
export function applyEdits(text: string, edits: readonly Edit[]): { text: string; applied: readonly Edit[]; skipped: readonly Edit[] } {
  const order = edits.map((edit, i) => ({ edit, i })).sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.i - b.i);
  const applied: Edit[] = [];
  const skipped: Edit[] = [];
  let out = '';
  let at = 0;
  for (const { edit } of order) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      skipped.push(edit);
      continue;
    }
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
    applied.push(edit);
  }
  return { text: out + text.slice(at), applied, skipped };
}

/** 1-based line and column of an offset. Lines end in LF, CRLF or CR. */
export class Lines {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) this.starts.push(i + 1);
    }
  }

  at(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) + 1 };
  }
}
