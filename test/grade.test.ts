import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grade, gradeText } from '../src/grade.js';

describe('a grade', () => {
  it.each<[number[], number, string]>([
    [[], 10, '10'],
    [[0.25], 9.75, '10-'],
    [[0.75], 9.25, '9+'],
    [[1, 0.5], 8.5, '8½'],
    [[1.25, 2], 6.75, '7-'],
    [[0.3], 9.75, '10-'],
    [[3, 3, 3], 4, '4'],
  ])('10 less %j is %d, written %s', (costs, value, text) => {
    expect(grade(costs)).toBe(value);
    expect(gradeText(value)).toBe(text);
  });

  it('is a quarter between 4 and 10, never higher for another cost, and written so that it can be told from any other', () => {
    const cost = fc.double({ min: 0, max: 6, noNaN: true });
    fc.assert(
      fc.property(fc.array(cost, { maxLength: 12 }), cost, (costs, more) => {
        const value = grade(costs);
        expect(value * 4).toBe(Math.round(value * 4));
        expect(value).toBeGreaterThanOrEqual(4);
        expect(value).toBeLessThanOrEqual(10);
        expect(grade([...costs, more])).toBeLessThanOrEqual(value);
      }),
    );
    const all = Array.from({ length: 25 }, (_, i) => 4 + i / 4);
    expect(new Set(all.map(gradeText)).size).toBe(all.length);
  });
});
