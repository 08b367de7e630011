/**
 * `npm run bench:report`: docs/performance.md from what the benches kept in results.json. `-- --all` runs the benches first, those with a
 * stream of a million lines included: on a machine that does nothing else, in about an hour.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { flag, results, ROOT } from './measure.js';

const BENCHES: readonly (readonly [script: string, ...args: string[]])[] = [['bench:start', '--rounds', '21'], ['bench'], ['bench:growth', '--million']];

if (flag('all')) {
  for (const [script, ...args] of BENCHES) {
    const { status } = spawnSync('npm', ['run', '--silent', script, '--', ...args], { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
    // 1: an aim was missed; the figures stand all the same.
    if (status !== 0 && status !== 1) process.exit(status ?? 1);
  }
}

const all = results();
const MISSING = '–';

function value(bench: string, key: string): number | string | undefined {
  return all[bench]?.values[key];
}

/** A figure, written to three digits. */
function figure(bench: string, key: string, unit = ''): string {
  const v = value(bench, key);
  if (v === undefined) return MISSING;
  if (typeof v === 'string') return v;
  const text = v >= 100 ? Math.round(v).toLocaleString('en').replace(/,/g, ' ') : String(Number(v.toPrecision(3)));
  return text + unit;
}

type Row = readonly [what: string, figure: string, aim: string];
const table = (rows: readonly Row[]): string => ['| | measured | aim |', '| --- | --: | --: |', ...rows.map((r) => `| ${r.join(' | ')} |`)].join('\n');
const told = (bench: string): string => (all[bench] === undefined ? 'not measured yet' : `${all[bench]?.when}, medians of ${all[bench]?.rounds} rounds in turns`);

const PEERS = ['write-good', 'alex', 'textlint', 'cspell', 'vale'];
const measured = PEERS.filter((p) => value('start', p) !== undefined);
const versions = measured.map((p) => `${p} ${figure('start', `${p} version`)}`).join(', ');
const counts = [1_000, 10_000, 100_000, 1_000_000].filter((n) => value('growth', `${n} lines, µs each`) !== undefined);

const text = `# Performance

How fast savy is, how that grows, and how to measure it again. Written by \`npm run bench:report\` from [what the benches kept](../tools/bench/results.json);
all figures anew: \`npm run bench:peers\`, then \`npm run bench:report -- --all\`, on a machine that does nothing else.

Machine: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release().split('-')[0] ?? ''}, Node ${process.version}.
Absolute times are this machine's; multiples come from one run in which all took turns, and hold on others about as well.

## Start: \`npm run bench:start\`

One draft, English, from the command line to the report; ${told('start')}. Peers: ${versions === '' ? 'none was installed' : versions}.

${table([
  ['`savy check`, as a multiple of `node -e 0`', figure('start', 'savy', ' ×'), '≤ 1.5 ×'],
  ['the same, in Finnish', figure('start', 'savy_fi', ' ×'), '≤ 1.5 ×'],
  ...measured.map((p): Row => [`${p}, as a multiple of \`savy check\``, figure('start', p, ' ×'), '> 1 ×']),
])}

They do not do the same: write-good and alex look for phrases, textlint runs both of them as rules, cspell looks words up. savy reads the message, too.

## Throughput: \`npm run bench\`

All rules, message and reply, safe fixes proved; ${told('throughput')}. English: ${figure('throughput', 'en size')} exchanges, ${figure('throughput', 'en from')}; Finnish:
${figure('throughput', 'fi size')}, ${figure('throughput', 'fi from')}. write-good and alex read the same two texts, called from a program, without a start.

${table([
  ...(['en', 'fi'] as const).flatMap((lang): Row[] => [
    [`${lang}: exchanges a second, one thread`, figure('throughput', `${lang} a second`), '≥ 20 000'],
    [`${lang}: as a multiple of \`JSON.parse\` + \`JSON.stringify\``, figure('throughput', `${lang} × json`, ' ×'), '≤ 8 ×'],
    [`${lang}: \`savy stream\`, start included, exchanges a second`, figure('throughput', `${lang} stream a second`), ''],
    [`${lang}: \`--jobs 2\`, times as fast`, figure('throughput', `${lang} two jobs`, ' ×'), '≥ 1.7 ×'],
    [`${lang}: peak memory, MB (with \`--jobs 2\`)`, `${figure('throughput', `${lang} peak MB`)} (${figure('throughput', `${lang} peak MB, two jobs`)})`, '≤ 200'],
  ]),
  ...['write-good', 'alex'].map((p): Row => [`${p} ${figure('throughput', `${p} version`)}, as a multiple of savy's time`, figure('throughput', `${p} × savy`, ' ×'), '']),
])}

## Growth: \`npm run bench:growth -- --million\`

${told('growth')}; long streams run once.

${table([
  ...counts.map((n): Row => [`\`savy stream\`, ${n.toLocaleString('en').replace(/,/g, ' ')} lines: µs each; peak MB`, `${figure('growth', `${n} lines, µs each`)}; ${figure('growth', `${n} lines, peak MB`)}`, n === 1_000 ? '' : 'flat; ≤ 200']),
  ['10 000 phrases of one’s own, as a multiple of 100', figure('growth', '10,000 phrases × 100', ' ×'), 'flat'],
  ['a draft of 1 MB, as a multiple of one of 10 kB: Finnish', figure('growth', '1 MB × 10 kB, fi', ' ×'), '≤ 100 ×'],
  ['the same in English', figure('growth', '1 MB × 10 kB, en', ' ×'), '≤ 100 ×'],
])}

How long a library takes: \`npm run bench:scan\`. How to go beyond one machine: [scale.md](scale.md).

## Where the time goes: \`--timing\`

\`savy check --timing\` and \`savy stream --timing\` say on standard error what each stage and each rule took. Stages: \`start\` (Node and the program,
\`check\` only), \`settings\`, \`read\` (JSON or files), \`cut\` (into words), \`detect\` (languages), \`load\` (rules and models, when first needed), \`analyse\`
(parts and phrases), \`facts\`, \`rules\` with each rule and what its fixes are made of, \`slots\` (what fixes may name), \`grade\`, \`fixes\` (safe ones put in and
the reply judged again), \`report\`, \`write\`. With \`--jobs\` it is the sum over all threads. Without the option nobody looks at the clock.
`;
writeFileSync(join(ROOT, 'docs/performance.md'), text);
