/** `npm run bench:start`: how long one `savy check` takes, as a multiple of bare `node -e 0`. Runs alternate, so load hits both alike. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = Number(process.argv[2] ?? 21);
const CASE = join(ROOT, 'fixtures', 'exchanges', 'fi-larva-template');
const TARGET = 2;

function once(args: readonly string[], statuses: readonly number[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  const took = Number(process.hrtime.bigint() - start) / 1e6;
  if (status === null || !statuses.includes(status)) throw new Error(`exit ${status}: ${stderr}`);
  return took;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

const BARE = ['-e', '0'];
const SAVY = [join(ROOT, 'bin', 'savy.js'), 'check', join(CASE, 'reply.txt'), '-c', join(CASE, 'message.txt')];
const bare: number[] = [];
const savy: number[] = [];
once(BARE, [0]);
once(SAVY, [0, 1]);
for (let i = 0; i < RUNS; i++) {
  bare.push(once(BARE, [0]));
  savy.push(once(SAVY, [0, 1]));
}
const ratio = median(savy) / median(bare);
console.log(`node -e 0    ${median(bare).toFixed(1)} ms`);
console.log(`savy check   ${median(savy).toFixed(1)} ms   (medians of ${RUNS} alternating runs)`);
console.log(`ratio        ${ratio.toFixed(2)}       (at most ${TARGET})`);
if (ratio > TARGET) process.exitCode = 1;
