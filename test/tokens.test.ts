import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, segment } from '../src/text/tokens.js';

const words = (text: string): string[] => segment(text).tokens.map((t) => t.norm);
const kinds = (text: string): string[] => segment(text).tokens.map((t) => `${t.kind}:${text.slice(t.start, t.end)}`);
const sentences = (text: string, abbreviations: string[] = []): string[] => {
  const { tokens, sentences: all } = segment(text, new Set(abbreviations));
  return all.map((s) => tokens.slice(s.from, s.to).map((t) => text.slice(t.start, t.end)).join(' ') + s.mark);
};

describe('tokens', () => {
  it('are words in lower case, apostrophes straight', () => {
    expect(words('Don’t TOUCH the Töölö tap')).toEqual(["don't", 'touch', 'the', 'töölö', 'tap']);
    expect(words('laita dm:llä')).toEqual(['laita', 'dm:llä']);
    expect(normalise('A\u030Aland')).toBe('åland');
  });

  it('know their capitals', () => {
    expect(segment('Anna and JK, no Äiti X').tokens.map((t) => t.upper)).toEqual([1, 0, 2, 0, 1, 1]);
  });

  it('cut hyphens, keep numbers whole', () => {
    expect(kinds('osa-aika 7,90 € 3.12.2024 040-123')).toEqual(['word:osa', 'word:aika', 'number:7,90', 'number:€', 'number:3.12.2024', 'number:040-123']);
  });

  it('tell addresses, mentions and emoji', () => {
    expect(kinds('Kirjoita apu@esimerkki.fi tai www.esimerkki.fi/a. @savy #toukka')).toEqual(['word:Kirjoita', 'email:apu@esimerkki.fi', 'word:tai', 'url:www.esimerkki.fi/a', 'mention:@savy', 'hashtag:#toukka']);
    expect(kinds('ok :) 👍🏽 👨‍👩‍👧 🇫🇮 xD')).toEqual(['word:ok', 'emoji::)', 'emoji:👍🏽', 'emoji:👨‍👩‍👧', 'emoji:🇫🇮', 'emoji:xD']);
  });

  it('leave plain words with dots and hyphens alone', () => {
    expect(kinds('valmis.Huomenna')).toEqual(['word:valmis', 'word:Huomenna']);
    expect(kinds('end. Next')).toEqual(['word:end', 'word:Next']);
  });
});

describe('sentences', () => {
  it('end at marks and lines', () => {
    expect(sentences('Miksi? Koska! Niin on\nJa näin.')).toEqual(['Miksi?', 'Koska!', 'Niin on', 'Ja näin.']);
  });

  it('go on after abbreviations, initials and ordinals', () => {
    expect(sentences('Dr. Finch on täällä.', ['dr'])).toEqual(['Dr Finch on täällä.']);
    expect(sentences('Se tuli 3. päivänä. Ja jäi.')).toEqual(['Se tuli 3 päivänä.', 'Ja jäi.']);
    expect(sentences('Kysy J. Mossilta.')).toEqual(['Kysy J Mossilta.']);
  });
});

describe('any string', () => {
  it('is cut into tokens in order, inside the text, whole characters only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('a', 'Ä', '.', '@', '😀', '\ud83d', '\u200d', '\ufe0f', '1', ':', ')', ' ', '\n', '-', '#', '🇫', '€'), { maxLength: 40 }).map((x) => x.join(''))), (text) => {
        const { tokens, sentences: all } = segment(text);
        let at = 0;
        for (const t of tokens) {
          expect(t.start).toBeGreaterThanOrEqual(at);
          expect(t.end).toBeGreaterThan(t.start);
          at = t.end;
          for (const i of [t.start, t.end]) expect(i > 0 && i < text.length && /[\ud800-\udbff]/.test(text[i - 1] as string) && /[\udc00-\udfff]/.test(text[i] as string)).toBe(false);
        }
        expect(at).toBeLessThanOrEqual(text.length);
        // Every token belongs to the sentence that says so, and none to two.
        let next = 0;
        for (const [i, s] of all.entries()) {
          expect(s.from).toBe(next);
          next = s.to;
          for (const t of tokens.slice(s.from, s.to)) expect(t.sentence).toBe(i);
        }
        expect(next).toBe(tokens.length);
      }),
      { numRuns: 500 },
    );
  });
});
