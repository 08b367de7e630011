/**
 * `npm run bench:growth [-- --rounds 11 --million]`: time per exchange as the stream gets longer, as packs get larger, and as one draft does; peak
 * memory of the stream.
 */
import { join } from 'node:path';
import { Engine } from '../../src/engine.js';
import { outcomeOf } from '../../src/outcome.js';
import { readJson } from '../../src/readers/json.js';
import { additionsOf } from '../../src/rules/additions.js';
import { loadBuilt } from '../../src/rules/load.js';
import { segment } from '../../src/text/tokens.js';
import type { Exchange } from '../../src/types.js';
import { training } from '../eval/data.js';
import { flag, inTurns, keep, median, option, ratio, ROOT, ROUNDS, say } from './measure.js';
import { mixed, sets, spread } from './sets.js';
import { streamed } from './stream.js';

const rounds = option('rounds', ROUNDS);
const store = loadBuilt(join(ROOT, 'dist/rules'));
const values: Record<string, number | string> = {};

/** The same numbers each time. */
function dice(): (sides: number) => number {
  let x = 11;
  return (sides) => Math.floor(((x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32) * sides);
}

/** Of a language's own words, so that they begin where the texts do, and seldom go on as the texts do. */
function phrases(lang: string, count: number): string[] {
  const roll = dice();
  const words = [...new Set(training(lang).flatMap(({ reply }) => segment(reply).tokens.filter((t) => t.kind === 'word' && /^\p{L}{4,}$/u.test(t.norm)).map((t) => t.norm)))];
  const one = (): string => words[roll(words.length)] as string;
  return Array.from({ length: count }, () => `${one()} ${one()} ${one()}`);
}

/** Of so many characters, made of other replies. */
function letter(lang: string, size: number): string {
  const all = training(lang);
  const parts: string[] = [];
  for (let i = 0, length = 0; length < size; i++) {
    const { reply } = all[i % all.length] as (typeof all)[number];
    parts.push(reply);
    length += reply.length + 2;
  }
  return parts.join('\n\n').slice(0, size);
}

/** The same text in pieces of that size: each draft has its own words, as drafts do. */
function drafts(lang: string, text: string, size: number): Exchange[] {
  const { complaint: message } = training(lang)[0] as { complaint: string };
  return Array.from({ length: text.length / size }, (_, i) => ({ message, reply: text.slice(i * size, (i + 1) * size) }));
}

if (!flag('no-packs')) {
  const exchanges = sets().flatMap(({ lines }) => spread(lines, 250)).flatMap((l) => {
    try {
      return [readJson(l, '-')];
    } catch {
      return [];
    }
  });
  const COUNTS = [0, 100, 1_000, 10_000];
  const work = Object.fromEntries(
    COUNTS.map((count) => {
      const engine = count === 0 ? new Engine(store) : new Engine(store, additionsOf({ phrases: { 'stock.value': [...phrases('fi', count / 2), ...phrases('en', count / 2)] } }));
      return [String(count), () => exchanges.forEach((e) => outcomeOf(e, engine))];
    }),
  );
  const times = await inTurns(work, rounds);
  const of = (count: number): number[] => times[String(count)] as number[];
  console.log(`phrases of one's own: ${exchanges.length} exchanges, medians of ${rounds} rounds in turns`);
  say([['phrases', 'µs each', '× with 100'], ...COUNTS.map((c) => [String(c), (1000 * median(of(c))) / exchanges.length, ratio(of(c), of(100))])]);
  values['10,000 phrases × 100'] = ratio(of(10_000), of(100));
}

if (!flag('no-drafts')) {
  const engine = new Engine(store);
  const SIZES = [10_000, 100_000, 1_000_000];
  for (const lang of ['fi', 'en']) {
    const text = letter(lang, 1_000_000);
    const times = await inTurns(Object.fromEntries(SIZES.map((size) => [String(size), () => drafts(lang, text, size).forEach((d) => outcomeOf(d, engine))])), rounds);
    const each = (size: number): number => median(times[String(size)] as number[]) / (1_000_000 / size);
    console.log(`\none draft, ${lang}: a million characters, whole and in pieces, medians of ${rounds} rounds in turns`);
    say([['characters', 'ms each', '× 10 kB'], ...SIZES.map((size) => [String(size), each(size), each(size) / each(10_000)])]);
    values[`1 MB × 10 kB, ${lang}`] = each(1_000_000) / each(10_000);
  }
}

if (!flag('no-lines')) {
  const LINES = flag('million') ? [1_000, 10_000, 100_000, 1_000_000] : [1_000, 10_000, 100_000];
  const rows: (string | number)[][] = [['lines', 'µs each', '× 1,000 lines', 'peak MB']];
  let first: number | undefined;
  for (const count of LINES) {
    // Long runs are their own average.
    const times = count > 10_000 ? 1 : Math.min(rounds, 5);
    const ran = [];
    for (let i = 0; i < times; i++) ran.push(await streamed(mixed(count)));
    const each = (1000 * median(ran.map((r) => r.ms))) / count;
    const peak = Math.max(...ran.map((r) => r.peakMB));
    first ??= each;
    rows.push([String(count), each, each / first, peak]);
    values[`${count} lines, µs each`] = each;
    values[`${count} lines, peak MB`] = peak;
  }
  console.log('\nsavy stream, English and Finnish by turns, start included');
  say(rows);
}
keep('growth', rounds, values);
