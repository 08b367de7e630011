import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { compileFolder, type FoldSpec } from '../src/text/fold.js';
import { related, Relatives } from '../src/text/related.js';
import { parse } from './yaml.js';

const read = (path: string): unknown => parse(readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8'));
const same = (word: string): string => word;
const spec = read('rules/fi/morphology.yml') as FoldSpec;
const fold = compileFolder(spec, same);
const { groups, apart } = read('fixtures/stems/fi.yml') as { groups: Record<string, string>; apart: string };
const words = Object.values(groups).flatMap((forms) => forms.split(' '));

/** A small reproducible source of numbers from 0 to below `bound`. */
function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

describe('Finnish forms', () => {
  it.each(Object.entries(groups))('%s keeps its forms together', (_, forms) => {
    expect([...new Set(forms.split(' ').map(fold))]).toHaveLength(1);
  });

  it('keeps different words apart', () => {
    const met = new Map<string, string[]>();
    for (const word of apart.trim().split(/\s+/)) met.set(fold(word), [...(met.get(fold(word)) ?? []), word]);
    expect([...met.values()].filter((list) => list.length > 1)).toEqual([]);
  });

  it('knows particles, and ends a word at a colon', () => {
    expect(fold('kuitenkin')).toBe('kuitenkin');
    expect(fold('PDF:n')).toBe(fold('pdf'));
    expect(fold('Laukkuni')).toBe(fold('laukku'));
  });

  it('is blind to umlauts without `restore`, and only then', () => {
    const blind = compileFolder({ ...spec, restore: '' }, same);
    for (const word of words) expect(blind(word.replaceAll('ä', 'a').replaceAll('ö', 'o'))).toBe(blind(word));
    expect(fold('väli')).not.toBe(fold('vali'));
    expect(related(fold('väli'), fold('vali'), spec)).toBe(true);
    expect(related(fold('väli'), fold('väri'), spec)).toBe(false);
  });

  it('relates a compound to its first part', () => {
    expect(related(fold('keksipaketissani'), fold('keksit'), spec)).toBe(true);
    expect(related(fold('keksit'), fold('keksipaketissani'), spec)).toBe(true);
    expect(related(fold('keksit'), fold('laukku'), spec)).toBe(false);
    expect(related('', '', spec)).toBe(false);
  });
});

describe('any string', () => {
  const odd = ['', ' ', ':', "'", '’', '-', 'ä', 'Ö', '😀', '\ud800', '\u0000', 'İ', 'ß', '^', '^^^', '|', 'n', 'ssa', 'kinkin', 'aaaa', 'constructor', '__proto__', '12:n'];

  it('gets a key: no throw, the same twice, the same for capitals', () => {
    const next = numbers(7);
    const letters = [...'aeiouyäökptdlrmnsvhj', 'nkin', 'ssa', 'ista', ':', '-', 'É', '😀', '\ud83d'];
    const made = Array.from({ length: 5000 }, () => Array.from({ length: next(14) }, () => letters[next(letters.length)]).join(''));
    const again = compileFolder(spec, same);
    for (const word of [...odd, ...made, ...words]) {
      const key = fold(word);
      expect(typeof key).toBe('string');
      expect(fold(word)).toBe(key);
      expect(again(word)).toBe(key);
      expect(fold(word.toLowerCase())).toBe(key);
      expect(related(key, key, spec)).toBe(key !== '');
    }
  });

  it('has a key when it is a letter or more', () => {
    expect(fold('')).toBe('');
    for (const word of words) expect(fold(word).length).toBeGreaterThan(1);
  });

  it('takes time in proportion to its length', () => {
    const start = performance.now();
    expect(fold('ssa'.repeat(50_000)).length).toBeGreaterThan(0);
    expect(fold('a'.repeat(100_000)).length).toBeGreaterThan(0);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('tables', () => {
  const tiny: FoldSpec = {
    vowels: 'aeiou',
    classes: { V: 'aeiou' },
    steps: [
      { name: 'first', min: 2, rules: ['s', 'ss>ss', 'V|t', 'ling>l'], skipTo: 'second' },
      { name: 'second', rules: ['o'] },
      { name: 'third', syllables: 1, times: 3, rules: ['e', '^gone>go'], itself: 'see', whole: { be: 'is was' } },
    ],
    everywhere: { bb: 'b' },
  };
  const key = compileFolder(tiny, (word) => `${word}!`);

  it.each([
    ['cats', 'cat'], // an ending
    ['glass', 'glass'], // protected
    ['as', 'as'], // too short
    ['beat', 'bea'], // context stays
    ['next', 'next'], // no context
    ['duckling', 'duckl'], // replacement
    ['pianos', 'piano'], // a step skipped
    ['piano', 'pian'],
    ['treee', 'tre'], // as often as vowel groups allow
    ['gone', 'go'], // bound to the start
    ['forgone', 'forgon'],
    ['is', 'be'], // whole
    ['see', 'see'], // itself
    ['abbey', 'abey'], // everywhere
  ])('%s → %s', (word, expected) => expect(key(word)).toBe(expected));

  it('asks the stemmer only when told, and only for words no rule has changed', () => {
    const stemmed = compileFolder({ ...tiny, stemmer: 'unchanged' }, (word) => `${word}!`);
    expect(stemmed('dog')).toBe('dog!');
    expect(stemmed('dogs')).toBe('dog');
  });

  it('relates only equal keys without `compounds`', () => {
    expect(related('cat', 'catfish', tiny)).toBe(false);
    expect(related('cat', 'cat', tiny)).toBe(true);
  });

  it('finds among many keys what it finds in pairs', () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'ä', 'o', 'ö', 'k'), minLength: 1, maxLength: 6 });
    const near: FoldSpec = { ...spec, compounds: { min: 2, tail: 2 } };
    fc.assert(fc.property(fc.array(key, { maxLength: 8 }), key, fc.constantFrom(near, spec, tiny), (keys, asked, of) => {
      expect(new Relatives(keys, of).has(asked)).toBe(keys.some((k) => related(k, asked, of)));
    }), { numRuns: 2_000 });
  });

  it.each([
    [{ name: 'x', rules: ['Q|n'] }, 'no class Q'],
    [{ name: 'x', rules: ['>a'] }, 'empty rule'],
    [{ name: 'x', rules: ['n@two'] }, 'number'],
    [{ name: 'x', rules: ['n'], skipTo: 'nowhere' }, 'no later step'],
  ])('says what is wrong with a table (%#)', (step, message) => {
    expect(() => compileFolder({ vowels: 'a', steps: [step] }, same)).toThrow(message);
  });
});
