/**
 * `npm run bench [-- --rounds 11 --sample 2000]`: exchanges judged a second, as a multiple of reading and writing the same lines as JSON, and of
 * what write-good and alex take for the same texts; then the built `savy stream` over the whole sets, on one thread and on two.
 */
import { join } from 'node:path';
import { Engine } from '../../src/engine.js';
import { outcomeOf } from '../../src/outcome.js';
import { readJson } from '../../src/readers/json.js';
import { jsonLine } from '../../src/reporters/json.js';
import { loadBuilt } from '../../src/rules/load.js';
import { UserError } from '../../src/types.js';
import { flag, inTurns, keep, median, option, ratio, ROOT, ROUNDS, say } from './measure.js';
import { callable, peers } from './peers.js';
import { sets, spread } from './sets.js';
import { type Ran, streamed } from './stream.js';

const rounds = option('rounds', ROUNDS);
const sample = option('sample', 2_000);
const engine = new Engine(loadBuilt(join(ROOT, 'dist/rules')));
const values: Record<string, number | string> = {};
const others = await callable();

function judged(line: string): number {
  try {
    return jsonLine(outcomeOf(readJson(line, '-'), engine, {})).length;
  } catch (error) {
    // Some of the real lines are no exchanges; that is told in a line, too.
    if (error instanceof UserError) return 0;
    throw error;
  }
}

for (const { lang, from, lines } of sets()) {
  const some = spread(lines, sample);
  const texts = some.map((l) => JSON.parse(l) as { message?: string; reply: string }).map(({ message = '', reply }) => `${message}\n\n${reply}`);
  const work: Record<string, () => unknown> = {
    json: () => some.forEach((l) => JSON.stringify(JSON.parse(l))),
    savy: () => some.forEach(judged),
  };
  if (lang === 'en') for (const [name, check] of Object.entries(others)) work[name] = () => texts.forEach((t) => check(t));
  const times = await inTurns(work, rounds);
  const of = (name: string): number[] => times[name] as number[];
  const rate = (name: string): number => (some.length / median(of(name))) * 1000;
  console.log(`\n${lang}: ${some.length} of ${lines.length} exchanges (${from}), in one process, medians of ${rounds} rounds in turns`);
  say([['', 'a second', '× JSON.parse + stringify', '× savy'], ...Object.keys(work).map((name) => [name, rate(name), ratio(of(name), of('json')), ratio(of(name), of('savy'))])]);
  values[`${lang} size`] = lines.length;
  values[`${lang} from`] = from;
  values[`${lang} a second`] = rate('savy');
  values[`${lang} × json`] = ratio(of('savy'), of('json'));
  for (const name of Object.keys(work).slice(2)) values[`${name} × savy`] = ratio(of(name), of('savy'));
}
for (const { name, version } of peers()) values[`${name} version`] = version;

if (!flag('no-stream')) {
  for (const { lang, lines } of sets()) {
    const ran: Record<'one' | 'two', Ran[]> = { one: [], two: [] };
    for (let i = 0; i < rounds; i++) {
      for (const jobs of i % 2 === 0 ? (['one', 'two'] as const) : (['two', 'one'] as const)) ran[jobs].push(await streamed(lines, '--jobs', jobs === 'one' ? '1' : '2'));
    }
    const same = new Set([...ran.one, ...ran.two].map((r) => r.hash)).size === 1;
    const ms = (jobs: 'one' | 'two'): number => median(ran[jobs].map((r) => r.ms));
    const peak = (jobs: 'one' | 'two'): number => Math.max(...ran[jobs].map((r) => r.peakMB));
    console.log(`\n${lang}: savy stream over all ${lines.length}, start included, medians of ${rounds} rounds in turns; ${same ? 'the same bytes each time' : 'THE BYTES DIFFER'}`);
    say([['', 'a second', 'times as fast', 'peak MB'], ['--jobs 1', (lines.length / ms('one')) * 1000, 1, peak('one')], ['--jobs 2', (lines.length / ms('two')) * 1000, ms('one') / ms('two'), peak('two')]]);
    values[`${lang} stream a second`] = (lines.length / ms('one')) * 1000;
    values[`${lang} two jobs`] = ms('one') / ms('two');
    values[`${lang} peak MB`] = peak('one');
    values[`${lang} peak MB, two jobs`] = peak('two');
    if (!same) process.exitCode = 1;
  }
}
keep('throughput', rounds, values);
