/** What the benches share: medians, work in turns, results kept for the report. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RESULTS = join(ROOT, 'tools/bench/results.json');

/** Medians of fewer say little. */
export const ROUNDS = 11;

/** `--rounds 3` → 3. */
export function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  if (!(value > 0)) throw new Error(`--${name} takes a number`);
  return value;
}

export const flag = (name: string): boolean => process.argv.includes(`--${name}`);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/** Milliseconds. `--cpu`: of this process's own, where a busy machine makes those on the wall worthless; not for work that other processes do. */
function clock(): number {
  if (!flag('cpu')) return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function timed(work: () => unknown): Promise<number> {
  const began = clock();
  await work();
  return clock() - began;
}

/**
 * Milliseconds of each piece of work, a list of rounds each. They take turns, the first one another each round, so that whatever else the
 * machine does hits all alike; one turn before is not counted.
 */
export async function inTurns<K extends string>(work: Readonly<Record<K, () => unknown>>, rounds: number): Promise<Record<K, number[]>> {
  const names = Object.keys(work) as K[];
  const out = Object.fromEntries(names.map((n) => [n, [] as number[]])) as Record<K, number[]>;
  for (const name of names) await work[name]();
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length] as K;
      out[name].push(await timed(work[name]));
    }
  }
  return out;
}

/** Both medians come from the same rounds: how many times `b` is `a`. */
export const ratio = (a: readonly number[], b: readonly number[]): number => median(a) / median(b);

export type Results = Record<string, { when: string; rounds: number; values: Record<string, number | string> }>;

export function results(): Results {
  return existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : {};
}

/** Keeps what a bench found for `report.ts`; a quick look (fewer than ten rounds) is not kept unless asked to. */
export function keep(bench: string, rounds: number, values: Record<string, number | string>): void {
  if (rounds < 10 && !flag('keep')) return;
  const all = results();
  all[bench] = { when: new Date().toISOString().slice(0, 10), rounds, values };
  writeFileSync(RESULTS, `${JSON.stringify(Object.fromEntries(Object.entries(all).sort()), null, 2)}\n`);
}

export function say(rows: readonly (readonly (string | number)[])[]): void {
  const text = rows.map((r) => r.map((c) => (typeof c === 'number' ? (c >= 100 ? Math.round(c).toLocaleString('en') : c.toFixed(2)) : c)));
  const widths = text.reduce<number[]>((w, r) => r.map((c, i) => Math.max(w[i] ?? 0, c.length)), []);
  for (const r of text) console.log(r.map((c, i) => (i === 0 ? c.padEnd(widths[i] ?? 0) : c.padStart(widths[i] ?? 0))).join('  '));
}
