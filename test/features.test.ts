import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.js';
import { apology } from '../src/facts/apology.js';
import { chain, Named, tellMessage, tellPair, tellReply, type Sink } from '../src/facts/features.js';
import { Model, packModel } from '../src/facts/model.js';
import { Sums } from '../src/facts/sums.js';
import { understand } from '../src/lint.js';
import { exchangeOf, training } from '../tools/eval/data.js';
import { store } from './drive.js';

/** The two ways of telling a model what a text is like: by name, as fitting does, and as sums, as judging does. */
describe.each(['fi', 'en'])('features of %s', (lang) => {
  const engine = new Engine(store());
  const packed = store().model(lang);
  if (packed === undefined) throw new Error('no model');
  const exchanges = training(lang).filter((_, i) => i % 40 === 0).map(exchangeOf);
  const moods = { humorous: 0.25, asks: 0.75, 'intent=other': 0.125 };
  const traits = { apology_real: 1, specific: 0.5 };

  it('weigh the same, to the bit', () => {
    const model = new Model(packed);
    const { at, values, keys, starts } = packed.features;
    const weights = new Map<string, Map<number, number>>();
    for (let i = 0; i + 1 < starts.length; i++) {
      const units = new Map<number, number>();
      for (let v = at[i] as number; v < (at[i + 1] as number); v++) units.set((values[v] as number) >>> 16, ((values[v] as number) << 16) >> 16);
      weights.set(keys.slice(starts[i], (starts[i + 1] as number) - 1), units);
    }
    for (const exchange of exchanges) {
      const { reading } = understand(exchange, engine);
      const tell = (message: Sink, reply: Sink): void => {
        tellMessage(message, reading, engine.vectors());
        tellReply(reply, reading, engine.vectors());
        reply.set('p:asks', 0.75);
        reply.set(`r:apology=${apology(reading).value}`, 1);
        chain(reply, 'specific', 0.5);
        tellPair(reply, reply, moods, traits);
      };
      const named = [new Named(), new Named()] as const;
      const sums = [new Sums(model), new Sums(model)] as const;
      tell(...named);
      tell(...sums);
      named.forEach((features, side) => {
        const expected = new Float64Array(model.width);
        for (const [name, value] of features) for (const [fact, w] of weights.get(name) ?? []) expected[fact] = (expected[fact] as number) + w * value;
        expect(features.size).toBeGreaterThan(60);
        expect((sums[side] as Sums).sums).toEqual(expected);
      });
    }
  });

  it('are stored as they were fitted', () => {
    const model = new Model(packModel({ facts: { a: { bias: 0.5, threshold: 0, weights: { 'mw:x y': -0.25, 'mb:^ x y': 3 } }, b: { bias: 0, threshold: 0, weights: { 'mw:x y': 1.5 } } } }));
    expect(model.wordWeight('a', 'm', 'x y')).toBe(-0.25);
    expect(model.wordWeight('b', 'm', 'x y')).toBe(1.5);
    expect(model.wordWeight('b', 'r', 'x y')).toBe(0);
    const sums = new Sums(model);
    sums.word('m', 'x y', '^');
    sums.word('m', 'x y', '^');
    sums.weigh((distinct) => distinct);
    expect([...sums.sums]).toEqual([(-25 + 300) * 2, 150 * 2]);
  });
});
