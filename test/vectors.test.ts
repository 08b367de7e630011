import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cosine, loadVectors } from '../src/text/vectors.js';

const bytes = readFileSync(new URL('../rules/model/vectors.bin', import.meta.url));
const vectors = loadVectors(bytes);

/** Checksum of little-endian float32 bits. */
function sum(of: Float32Array): string {
  const view = new DataView(new ArrayBuffer(of.length * 4));
  of.forEach((x, i) => view.setFloat32(i * 4, x, true));
  return createHash('sha256').update(new Uint8Array(view.buffer)).digest('hex').slice(0, 16);
}

describe('vectors', () => {
  it('gives the same bits everywhere', () => {
    expect(sum(vectors.embed(['Mustikoissa', 'oli', 'toukka', '!']))).toBe('0b6c687defe912df');
    expect(sum(vectors.embed(['We', 'are', 'sorry', 'for', 'the', 'inconvenience']))).toBe('af956808d93f33d6');
  });

  it('pools to length one and does not depend on the order of words or on case', () => {
    const a = vectors.embed(['anteeksi', 'myöhästyminen']);
    expect(cosine(a, a)).toBeCloseTo(1, 6);
    expect(Math.hypot(...a)).toBeCloseTo(1, 5);
    expect(vectors.embed(['MYÖHÄSTYMINEN', 'Anteeksi'])).toEqual(a);
    expect(vectors.embed(['myo\u0308ha\u0308styminen', 'anteeksi'])).toEqual(a);
  });

  it('reads the file at any offset', () => {
    const moved = new Uint8Array(bytes.length + 1);
    moved.set(bytes, 1);
    expect(loadVectors(moved.subarray(1)).embed(['kiitos'])).toEqual(vectors.embed(['kiitos']));
  });

  it('never throws on odd input', () => {
    for (const word of ['', ' ', '\ud83d', '\udc1b', '😀', '👩‍👩‍👧', '漢字', '\u0000', "'", '---', 'a'.repeat(100_000), 'ﷺ', '12.50', 'İ', 'dm:llä']) {
      expect(vectors.word(word)).toHaveLength(vectors.dims);
      for (const x of vectors.embed([word, word])) expect(Number.isFinite(x)).toBe(true);
    }
    expect([...vectors.embed([])].every((x) => x === 0)).toBe(true);
    expect(vectors.embed(new Array<string>(20_000).fill('anteeksi'))).toEqual(vectors.embed(['anteeksi']));
  });

  it('refuses what is not a vectors file', () => {
    expect(() => loadVectors(new Uint8Array(4))).toThrow(/too short/);
    expect(() => loadVectors(new Uint8Array(4096))).toThrow(/not a vectors file/);
    expect(() => loadVectors(bytes.subarray(0, 5000))).toThrow(/damaged/);
  });

  it.each([
    ['anteeksi', 'sorry', 'lasku'],
    ['kiitos', 'thanks', 'lasku'],
    ['worm', 'larva', 'invoice'],
    ['vihainen', 'raivoissani', 'kiitos'],
  ])('%s is nearer to %s than to %s', (word, near, far) => {
    expect(cosine(vectors.word(word), vectors.word(near))).toBeGreaterThan(cosine(vectors.word(word), vectors.word(far)));
  });
});
