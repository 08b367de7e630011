/**
 * `npm run bench:scan [-- SIZES…]`: seconds that a scan takes, and how it grows with the library, made of the fixtures' sentences. The parts
 * are measured in this process, on one thread, each with the waste of those before it swept up; `command` is the built program on a file, on
 * one thread (`--jobs 1`) and with as many as it likes.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Engine } from '../../src/engine.js';
import { copiesOf } from '../../src/library/copies.js';
import { judgeEntry } from '../../src/library/judge.js';
import { type Item, libraryReport } from '../../src/library/library.js';
import { Variables } from '../../src/library/variables.js';
import { readLibrary } from '../../src/readers/library.js';
import { loadBuilt } from '../../src/rules/load.js';
import { Lines } from '../../src/text/edits.js';
import { segment } from '../../src/text/tokens.js';
import type { Place } from '../../src/types.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SIZES = [1_000, 10_000, 20_000, 100_000];
/** One reply in so many is another one with its numbers changed. */
const COPY = 20;

/** Sentences of the fixtures' replies, by language. */
function sentences(): Readonly<Record<string, readonly string[]>> {
  const out: Record<string, string[]> = { fi: [], en: [] };
  const dir = join(ROOT, 'fixtures/exchanges');
  for (const name of readdirSync(dir).sort()) {
    const text = readFileSync(join(dir, name, 'reply.txt'), 'utf8');
    out[name.slice(0, 2)]?.push(...segment(text).sentences.map((s) => text.slice(s.start, s.end).trim()).filter((s) => s.length > 20));
  }
  return out;
}

/** The same numbers each time: linear congruence. */
function dice(seed: number): (sides: number) => number {
  let x = seed;
  return (sides) => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((x / 2 ** 32) * sides);
  };
}

/** NDJSON, a reply on each line. */
function library(size: number): Uint8Array {
  const all = sentences();
  const roll = dice(7);
  const texts: string[] = [];
  for (let i = 0; i < size; i++) {
    if (i > COPY && i % COPY === 0) {
      texts.push((texts[roll(texts.length)] as string).replace(/\d+/g, () => String(roll(1000))));
      continue;
    }
    const list = all[i % 2 === 0 ? 'fi' : 'en'] as readonly string[];
    const words = Array.from({ length: 3 + roll(4) }, () => list[roll(list.length)]);
    texts.push(`${i % 2 === 0 ? 'Hei' : 'Hi'} {{customer.name}}! ${words.join(' ')} (${roll(100_000)})\n\n{{agent.name}}`);
  }
  return Buffer.from(texts.map((text, i) => JSON.stringify({ id: String(i), text })).join('\n'), 'utf8');
}

setFlagsFromString('--expose-gc');
const sweep = runInNewContext('gc') as () => void;

/** Milliseconds, and what came out. */
function timed<T>(what: () => T): [number, T] {
  sweep();
  const began = performance.now();
  const made = what();
  return [performance.now() - began, made];
}

type Times = { replies: number; read: number; judged: number; copies: number; compared: number };

function run(size: number, engine: Engine): Times {
  const bytes = library(size);
  const [read, { entries }] = timed(() => readLibrary('library.ndjson', bytes));
  const lines = new Lines(Buffer.from(bytes).toString('utf8'));
  const variables = new Variables(engine.formats());
  const [judged, items] = timed(() => entries.map((entry): Item => ({ entry, judged: judgeEntry(entry, engine, variables), lines })));
  const place: Place = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
  const [copies] = timed(() => copiesOf(items.map(({ entry, judged: { traits } }) => ({ entry, place, traits }))));
  const [compared] = timed(() => libraryReport(items, [], engine, { hash: (text) => createHash('sha256').update(text).digest('hex').slice(0, 16) }));
  return { replies: entries.length, read, judged, copies, compared };
}

/** Milliseconds of the built program on the same library. */
function command(size: number, ...options: readonly string[]): number {
  const dir = mkdtempSync(join(tmpdir(), 'savy-bench-'));
  try {
    writeFileSync(join(dir, 'library.ndjson'), library(size));
    const began = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/savy.js'), 'scan', 'library.ndjson', '--no-config', '--format', 'compact', '-o', 'report.txt', ...options], { cwd: dir, encoding: 'utf8' });
    if (status !== 0 && status !== 1) throw new Error(stderr);
    return performance.now() - began;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const sizes = process.argv.slice(2).map(Number).filter((n) => n > 0);
const engine = new Engine(loadBuilt(join(ROOT, 'dist/rules')));
run(200, engine);
const seconds = (ms: number): string => (ms / 1000).toFixed(2).padStart(9);
process.stdout.write('  replies  reading  judging   copies  comparing all  one thread   command  times the last\n');
let last: number | undefined;
for (const size of sizes.length > 0 ? sizes : SIZES) {
  const t = run(size, engine);
  const alone = command(size, '--jobs', '1');
  const total = command(size);
  process.stdout.write(`${String(t.replies).padStart(9)}${seconds(t.read)}${seconds(t.judged)}${seconds(t.copies)}${seconds(t.compared).padStart(15)}${seconds(alone).padStart(12)}${seconds(total).padStart(10)}${last === undefined ? '' : (total / last).toFixed(1).padStart(16)}\n`);
  last = total;
}
