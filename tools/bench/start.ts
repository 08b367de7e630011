/**
 * `npm run bench:start [-- --rounds 21]`: how long one `savy check` takes, as a multiple of bare `node -e 0`, and what its peers take for
 * the same draft, in English. They take turns, so load hits all alike.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inTurns, keep, median, option, ratio, ROOT, ROUNDS, say } from './measure.js';
import { peers } from './peers.js';

const TARGET = 1.5;
const rounds = option('rounds', ROUNDS);
const draftOf = (name: string): string[] => {
  const dir = join(ROOT, 'fixtures', 'exchanges', name);
  return [join(dir, 'reply.txt'), '-c', join(dir, 'message.txt')];
};
const DRAFT = 'en-hollow-apology';

/** Findings are no failure. */
function runs(command: string, args: readonly string[]): () => void {
  return () => {
    const { status, stderr } = spawnSync(command, args, { cwd: join(ROOT, 'tools/bench'), encoding: 'utf8' });
    if (status !== 0 && status !== 1) throw new Error(`${command} ${args.join(' ')}: exit ${status}: ${stderr}`);
  };
}

const savy = join(ROOT, 'bin', 'savy.js');
const others = peers();
const work: Record<string, () => void> = {
  node: runs(process.execPath, ['-e', '0']),
  'savy fi': runs(process.execPath, [savy, 'check', ...draftOf('fi-larva-template')]),
  savy: runs(process.execPath, [savy, 'check', ...draftOf(DRAFT)]),
};
for (const { name, command, args } of others) work[name] = runs(command, [...args, draftOf(DRAFT)[0] as string]);
const times = await inTurns(work, rounds);
const of = (name: string): number[] => times[name] as number[];

say([
  [`medians of ${rounds} rounds in turns`, 'ms', '× node -e 0', '× savy'],
  ['node -e 0', median(of('node')), 1, ratio(of('node'), of('savy'))],
  ['savy check, Finnish', median(of('savy fi')), ratio(of('savy fi'), of('node')), ''],
  ['savy check, English', median(of('savy')), ratio(of('savy'), of('node')), 1],
  ...others.map(({ name, version }) => [`${name} ${version}`, median(of(name)), ratio(of(name), of('node')), ratio(of(name), of('savy'))]),
]);
if (others.length < 4) console.log('npm run bench:peers fetches the programs to compare with');
const worst = Math.max(ratio(of('savy'), of('node')), ratio(of('savy fi'), of('node')));
console.log(`savy takes ${worst.toFixed(2)} × node -e 0 (aim: at most ${TARGET})`);
keep('start', rounds, {
  node_ms: median(of('node')),
  savy: ratio(of('savy'), of('node')),
  savy_fi: ratio(of('savy fi'), of('node')),
  ...Object.fromEntries(others.flatMap(({ name, version }) => [[`${name}`, ratio(of(name), of('savy'))], [`${name} version`, version]])),
});
if (worst > TARGET) process.exitCode = 1;
