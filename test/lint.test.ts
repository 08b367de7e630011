/** What holds of lint on any text whatever. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.js';
import { lint } from '../src/lint.js';
import { outcomeOf } from '../src/outcome.js';
import { prettyReport } from '../src/reporters/pretty.js';
import { PLAIN } from '../src/reporters/report.js';
import { sourceEngine } from '../src/source.js';
import { CHANNELS, type Exchange } from '../src/types.js';
import { store } from './drive.js';

const engine = sourceEngine();
const PIECES = [
  'Hei', 'Hei ,', 'Anna', ' Pahoittelemme mahdollista häiriötä.', ' Palautteesi on meille tärkeää.', ' Sorry for any inconvenience.', ' We value your feedback!', ' Miksi?', ' 😂', '\n', '\r\n', '\n> ', '{{name}}', '”', '"',
  ' Terveisin Asiakaspalvelu', ' -JK', '\u001b[31m', '\u202e', '\u0007', '\ud83d', ' Toukka Tellervo', ' I will SUE you', ' On 3 May 2024 at 10:42, A <a@b.fi> wrote:\n', ' https://a.fi', ' ',
];
const text = fc.oneof(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((x) => x.join('')), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }));
const name = fc.option(fc.oneof(fc.constantFrom('Anna', '{agent}', '$&'), fc.string({ maxLength: 8 })), { nil: undefined });
const exchange: fc.Arbitrary<Exchange> = fc.record({
  reply: text,
  message: fc.option(text, { nil: undefined }),
  channel: fc.constantFrom(...CHANNELS),
  lang: fc.constantFrom('fi', 'en', undefined),
  customer: name,
  agent: name,
  message_at: fc.constantFrom('2024-03-04T10:00:00Z', 'never', undefined),
  reply_at: fc.constantFrom('2024-03-07T10:00:00Z', undefined),
});

describe('any exchange', () => {
  it('is judged without a throw, the same twice, with places inside the reply and costs that make the grade', () => {
    fc.assert(
      fc.property(exchange, (given) => {
        const result = outcomeOf(given, engine);
        expect(outcomeOf(given, engine)).toEqual(result);
        const { length } = given.reply;
        for (const f of result.findings) {
          expect(f.start).toBeGreaterThanOrEqual(0);
          expect(f.end).toBeGreaterThanOrEqual(f.start);
          expect(f.end).toBeLessThanOrEqual(length);
          expect(f.cost).toBeGreaterThanOrEqual(0);
          expect(f.fixes.length, f.rule).toBeGreaterThan(0);
          expect(f.message).not.toBe('');
          for (const e of f.fixes.flatMap((x) => x.edits)) {
            expect(e.start).toBeGreaterThanOrEqual(0);
            expect(e.end).toBeGreaterThanOrEqual(e.start);
            expect(e.end).toBeLessThanOrEqual(length);
          }
        }
        const left = 10 - result.findings.reduce((sum, f) => sum + f.cost, 0) - (result.kept ?? []).reduce((sum, k) => sum + k.points, 0);
        expect(result.grade).toBe(Math.round(Math.max(4, left) * 4) / 4);
      }),
      { numRuns: 400, examples: [[{ reply: ' Pahoittelemme mahdollista häiriötä.Hei\n> ', channel: 'social', lang: 'fi' }]] },
    );
  }, 60_000);

  it('does not depend on what was judged before', () => {
    fc.assert(
      fc.property(exchange, exchange, (before, given) => {
        const used = new Engine(store());
        lint(before, used);
        expect(lint(given, used)).toEqual(lint(given, engine));
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('is reported without a control character', () => {
    const words = store().ui('en') ?? {};
    fc.assert(
      fc.property(exchange, (given) => {
        const report = prettyReport({ file: 'a\u001b.txt', reply: given.reply, outcome: outcomeOf(given, engine) }, { style: PLAIN, columns: 80, words });
        // eslint-disable-next-line no-control-regex
        expect(report).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
