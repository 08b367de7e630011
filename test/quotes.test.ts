import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotations, unquote } from '../src/text/quotes.js';

const quoted = (text: string): string[] => quotations(text).map((r) => text.slice(...r));

describe('quotations', () => {
  it('are lines behind “>”, with the heading above', () => {
    expect(quoted('Korjattu!\n\nMaija kirjoitti:\n> Hana vuotaa.\n> Taas.\n\nTerv. Ville')).toEqual(['Maija kirjoitti:\n> Hana vuotaa.\n> Taas.']);
  });

  it('are all that follows a mail heading', () => {
    const text = 'Fixed.\n\nOn 3 May 2024 at 10:42, Ann <ann@ex.am> wrote:\nThe tap leaks.\n';
    expect(quoted(text)).toEqual(['On 3 May 2024 at 10:42, Ann <ann@ex.am> wrote:\nThe tap leaks.\n']);
    expect(unquote(text, quotations(text))).toBe('The tap leaks.');
  });

  it('are all that follows a ruled heading or a block of fields', () => {
    expect(quoted('Korjattu.\n----- Alkuperäinen viesti -----\nHana vuotaa.')).toEqual(['----- Alkuperäinen viesti -----\nHana vuotaa.']);
    expect(quoted('Fixed.\n\nFrom: Ann <ann@ex.am>\nSent: 3 May 2024\nTo: Shop\n\nThe tap leaks.')).toEqual(['From: Ann <ann@ex.am>\nSent: 3 May 2024\nTo: Shop\n\nThe tap leaks.']);
  });

  it('are not made of plain text', () => {
    expect(quoted('Avoinna: ma–pe 10:00–18:00')).toEqual([]);
    expect(quoted('Asetukset > Tili > Poista')).toEqual([]);
    expect(quoted('Aika on kello 10.30:')).toEqual([]);
  });

  it('give the customer’s words back without marks', () => {
    const text = 'Ok.\n> > Hana\n> vuotaa.';
    expect(unquote(text, quotations(text))).toBe('Hana\nvuotaa.');
  });
});

describe('any text', () => {
  it('has quotations in order, inside it, not overlapping', () => {
    const line = fc.constantFrom('> a', 'a', '', 'On 3 May at 10:42, A <a@b.c> wrote:', 'From: A', 'Sent: 2024', '--- a ---', 'x:', '  >', '😀', '>'.repeat(50));
    fc.assert(
      fc.property(fc.oneof(fc.array(line, { maxLength: 20 }).map((l) => l.join('\n')), fc.string({ unit: 'binary' })), (text) => {
        let at = 0;
        for (const [start, end] of quotations(text)) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThanOrEqual(start);
          at = end;
        }
        expect(at).toBeLessThanOrEqual(text.length);
        expect(typeof unquote(text, quotations(text))).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
