/**
 * `npm run fuzz [-- --minutes N] [--seed S] [--one]`: feeds savy what nobody should, for N minutes (default 1), beginning with seed S (default:
 * by the clock). Every failure is printed with its seed, and once for each kind as the smallest case that still fails. `--one` runs seed S
 * alone. Ends with 1 when anything failed. Cases run in a process of their own: one that hangs or eats all memory is ended and told.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { visible } from '../../src/reporters/width.js';
import type { Told } from './child.js';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' }, one: { type: 'boolean', default: false } } });
const until = Date.now() + Number(values.minutes) * 60_000;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
/** Memory of JavaScript's that a case may use, in MB; a case of 10 MB needs the most. */
const MEMORY = 2_000;
/** A case that takes longer hangs: by the clock, on a machine that has other things to do. */
const HANG_MS = 300_000;
const REPORT_MS = 60_000;

const dir = mkdtempSync(join(tmpdir(), 'savy-fuzz-'));
const counts = new Map<string, number>();
const known = new Map<string, number>();
let cases = 0;
let failures = 0;
let bytes = 0;
let slowest = { seed: 0, ms: 0, size: 0 };
let child: ChildProcess | undefined;
let at = { seed: Number(values.seed ?? Date.now() % 1_000_000_000), since: Date.now() };
const first = at.seed;

const say = (text: string): void => void process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${text.split('\n').map(visible).join('\n')}\n`);
const fail = (text: string): void => {
  failures++;
  say(`FAILED ${text}`);
};

function summary(): string {
  const by = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, n]) => `${name} ${n}`).join(', ');
  const again = [...known].map(([kind, n]) => `\n  again ${n} times: ${kind}`).join('');
  return `${cases} cases from seed ${first} (${by}), ${(bytes / 1e6).toFixed(0)} MB; failures: ${failures}; slowest: seed ${slowest.seed}, ${slowest.ms} ms for ${slowest.size} bytes${again}`;
}

/** Runs cases from a seed on until the time is up, or one ends the process. */
function start(seed: number): Promise<void> {
  return new Promise((go) => {
    at = { seed, since: Date.now() };
    child = fork(CHILD, [String(seed), join(dir, 'case'), ...(values.one ? ['one'] : [])], { execArgv: ['--import', 'tsx', `--max-old-space-size=${MEMORY}`] });
    child.on('message', (told: Told) => {
      if ('begins' in told) {
        at = { seed: told.seed, since: Date.now() };
        return;
      }
      cases++;
      bytes += told.size;
      const command = /^[a-z]+$/.test(told.command) ? told.command : 'other';
      counts.set(command, (counts.get(command) ?? 0) + 1);
      if (told.ms > slowest.ms) slowest = told;
      if (told.failure !== undefined) fail(told.failure);
      if (told.known !== undefined) known.set(told.known, (known.get(told.known) ?? 0) + 1);
      if (Date.now() > until) child?.kill();
    });
    child.on('close', () => go());
  });
}

const watch = setInterval(() => {
  if (Date.now() - at.since > HANG_MS) child?.kill('SIGKILL');
}, 1_000);
const report = setInterval(() => say(summary()), REPORT_MS);
let seed = first;
do {
  await start(seed);
  if (values.one || Date.now() > until) break;
  fail(`seed ${at.seed}: ${Date.now() - at.since > HANG_MS ? 'hangs' : 'ended the process (memory?)'}`);
  seed = at.seed + 1;
} while (Date.now() < until);
clearInterval(watch);
clearInterval(report);
rmSync(dir, { recursive: true, force: true });
say(summary());
process.exitCode = failures > 0 ? 1 : 0;
