import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactReport } from '../src/reporters/compact.js';
import { points, sum } from '../src/reporters/points.js';
import { prettyReport } from '../src/reporters/pretty.js';
import { PLAIN, type Report } from '../src/reporters/report.js';
import { cellsOf, rowsOf, visible, widthOf, wrap } from '../src/reporters/width.js';
import { Lines } from '../src/text/edits.js';
import type { Finding, Outcome } from '../src/types.js';
import { store } from './drive.js';

const words = store().ui('en') ?? {};

function finding(reply: string, start: number, end: number, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'test/rule', level: 'warning', start, end, ...new Lines(reply).at(start), message: 'Something is amiss here.', why: 'Because a reader would notice it, and so would everybody else who reads along.',
    evidence: [], confidence: 'certain', cost: 0.5, fixes: [{ title: 'Say it better', safe: false, edits: [{ start, end, text: 'Better words' }] }], ...more,
  };
}

function report(reply: string, findings: readonly Finding[]): Report {
  const outcome: Outcome = { lang: 'en', channel: 'social', grade: 9, gradeText: '9', facts: {} as Outcome['facts'], findings };
  return { file: 'reply.txt', reply, outcome };
}

const pretty = (reply: string, findings: readonly Finding[], columns: number): string => prettyReport(report(reply, findings), { style: PLAIN, columns, words });

describe('pretty', () => {
  it('marks under the very letters, whatever stands before them', () => {
    for (const before of ['', 'abc ', '🙂 ', '👩‍👩‍👧 ', '日本 ', 'e\u0301 ', '🇫🇮 ', '❤️ ', '\t', '\u001b[31m ']) {
      const reply = `${before}wrong here`;
      const out = pretty(reply, [finding(reply, before.length, before.length + 5)], 80);
      const lines = out.split('\n');
      const row = lines.findIndex((l) => l.includes('wrong here') && l.includes('│'));
      const mark = lines[row + 1] as string;
      expect(widthOf(mark.slice(0, mark.indexOf('~')))).toBe(widthOf((lines[row] as string).slice(0, (lines[row] as string).indexOf('wrong'))));
      expect(mark).toContain('~~~~~ 1');
    }
  });

  it('keeps every line within the width', () => {
    const text = fc.array(fc.oneof(fc.lorem({ maxCount: 6 }), fc.constantFrom('\n', '🙂', '日本語', 'äö', '\t', 'a'.repeat(90), '\u001b[2J', '\u202e', '👩‍👩‍👧‍👦')), { minLength: 1, maxLength: 30 }).map((p) => p.join(' '));
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 130 }), fc.array(fc.tuple(fc.nat(), fc.nat(60)), { maxLength: 6 }), (reply, columns, places) => {
        const findings = places.map(([a, n]) => finding(reply, a % reply.length, Math.min(reply.length, (a % reply.length) + n)));
        const out = pretty(reply, findings, columns);
        for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(Math.min(120, columns));
        // eslint-disable-next-line no-control-regex
        expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
        for (let i = 1; i <= findings.length; i++) expect(out).toMatch(new RegExp(`^ ${i}  `, 'm'));
      }),
      { numRuns: 60 },
    );
  });

  it('gives findings at one place one mark, and overlapping ones a line each', () => {
    const reply = 'one two three four';
    const out = pretty(reply, [finding(reply, 0, 7), finding(reply, 0, 7), finding(reply, 4, 13)], 80);
    expect(out).toContain('~~~~~~~ 1,2');
    expect(out).toContain('    ~~~~~~~~~ 3');
  });

  it('shows where something is missing', () => {
    const reply = 'Thanks.';
    expect(pretty(reply, [finding(reply, 7, 7)], 80)).toContain('       ~ 1');
    expect(pretty(reply, [finding(reply, 0, 0)], 80)).toContain('│ ~ 1');
  });

  it('shows of a long reply what is marked', () => {
    const reply = Array.from({ length: 500 }, (_, i) => `line ${i + 1}`).join('\n');
    const at = reply.indexOf('line 250');
    const out = pretty(reply, [finding(reply, at, at + 8)], 80);
    expect(out).toContain('⋮');
    expect(out).toContain(' 250 ');
    expect(out.split('\n').length).toBeLessThan(30);
  });

  it('adds up before the reader’s eyes', () => {
    expect(sum([1, 0.5], 8.5, words)).toBe('10 − 1 − ½ = 8½');
    expect(sum([], 10, words)).toBe('');
    expect(sum([4, 3], 4, words)).toBe('10 − 4 − 3 = 3, the lowest grade is 4');
    expect(points(1.75, ',')).toBe('1¾');
    expect(points(0.3, ',')).toBe('0,3');
  });
});

describe('width', () => {
  it.each([['abc', 3], ['äö', 2], ['日本', 4], ['🙂', 2], ['👍🏽', 2], ['👩‍👩‍👧', 2], ['🇫🇮🇸🇪', 4], ['e\u0301', 1], ['❤️', 2], ['✓', 1], ['1️⃣', 2], ['½', 1]])('%s', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
  it('loses nothing when it wraps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }).filter((s) => !/[\r\n]/.test(s)), fc.integer({ min: 8, max: 40 }), (s, width) => {
        const rows = rowsOf(cellsOf(s), width);
        expect(rows.flat().map((c) => s.slice(c.start, c.end)).join('')).toBe(s);
      }),
    );
  });
  it('wraps at spaces', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  });
});

describe('what a terminal must not see', () => {
  it('is made visible', () => {
    expect(visible('a\u001b[31mb\u0007\u202ec\u009b')).toBe('a␛[31mb␇<202E>c<9B>');
    expect(visible('🙂 ä')).toBe('🙂 ä');
    const reply = 'x\u001b]0;owned\u0007y';
    const f = finding(reply, 0, 3, { message: `quotes ${reply}` });
    expect(compactReport({ ...report(reply, [f]), file: 'a\nb.txt' })).toBe('a b.txt:1:1: warning test/rule quotes x␛]0;owned␇y\n');
  });
});
