import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, Lines } from '../src/text/edits.js';
import type { Edit } from '../src/types.js';

const edit = (start: number, end: number, text = ''): Edit => ({ start, end, text });

describe('edits', () => {
  it('replace, insert and delete', () => {
    expect(applyEdits('one two three', [edit(8, 13, '3'), edit(0, 4), edit(4, 4, 'a ')]).text).toBe('a two 3');
  });

  it('that overlap the last one taken are skipped, even when one that was skipped lies between', () => {
    const [long, inside, behind] = [edit(0, 4, 'A'), edit(2, 9, 'B'), edit(5, 7, 'C')];
    const { text, applied, skipped } = applyEdits('0123456789', [behind, inside, long]);
    expect(text).toBe('A4C789');
    expect(applied).toEqual([long, behind]);
    expect(skipped).toEqual([inside]);
  });

  it('that lie outside the text, or run backwards, are skipped', () => {
    const wrong = [edit(-1, 2), edit(2, 99), edit(3, 2)];
    expect(applyEdits('abc', wrong)).toEqual({ text: 'abc', applied: [], skipped: wrong });
  });

  it('leave all else as it was', () => {
    const some = fc.array(fc.tuple(fc.integer({ min: -2, max: 30 }), fc.integer({ min: -2, max: 30 }), fc.string({ maxLength: 3 })).map(([a, b, t]) => edit(a, b, t)), { maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 25 }), some, (text, edits) => {
        const { text: after, applied, skipped } = applyEdits(text, edits);
        expect(applied.length + skipped.length).toBe(edits.length);
        // Taken backwards, each by itself, they give the same.
        expect([...applied].reverse().reduce((t, e) => t.slice(0, e.start) + e.text + t.slice(e.end), text)).toBe(after);
        applied.forEach((e, i) => expect(e.start).toBeGreaterThanOrEqual(applied[i - 1]?.end ?? 0));
        // None was skipped that had room.
        for (const e of skipped) expect(e.start < 0 || e.end < e.start || e.end > text.length || applied.some((a) => a.start <= e.start && e.start < a.end)).toBe(true);
      }),
    );
  });
});

describe('lines', () => {
  it('end in LF, CRLF or CR', () => {
    const lines = new Lines('a\nbc\r\nd\re');
    expect([0, 1, 2, 3, 6, 8].map((at) => lines.at(at))).toEqual([
      { line: 1, column: 1 }, { line: 1, column: 2 }, { line: 2, column: 1 }, { line: 2, column: 2 }, { line: 3, column: 1 }, { line: 4, column: 1 },
    ]);
  });

  it('are found as a count of line ends finds them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '😀'), { maxLength: 20 }).map((x) => x.join('')), fc.nat(), (text, n) => {
        const at = n % (text.length + 1);
        const before = text.slice(0, at).split('\n');
        expect(new Lines(text).at(at)).toEqual({ line: before.length, column: (before[before.length - 1] as string).length + 1 });
      }),
    );
  });
});
