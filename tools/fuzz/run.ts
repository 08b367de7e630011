/** Runs one case in this process, in a folder of its own, and says what is wrong with how it went. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../../src/commands/main.js';
import { loadSource, type Store } from '../../src/rules/load.js';
import { type Case, sizeOf } from './cases.js';
import { ROOT } from './seeds.js';
import { faultsOf } from './verdict.js';

let rules: Store | undefined;

/** Processor time that a case may take, in ms: to start, and for each 100 kB. */
const START_MS = 4_000;
const MS_EACH = 2_000;
const EACH = 100_000;

export type Went = Readonly<{ faults: readonly string[]; ms: number; size: number }>;

function filesUnder(dir: string): Map<string, Buffer> {
  const out = new Map<string, Buffer>();
  for (const f of readdirSync(dir, { recursive: true, withFileTypes: true })) if (f.isFile()) out.set(join(f.parentPath, f.name).slice(dir.length + 1), readFileSync(join(f.parentPath, f.name)));
  return out;
}

export async function ranCase(given: Case, dir: string): Promise<Went> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  // Nothing above it counts.
  mkdirSync(join(dir, '.git'));
  for (const [name, bytes] of Object.entries(given.files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), bytes);
  }
  const out: string[] = [];
  const err: string[] = [];
  const faults: string[] = [];
  const { stdin, terminal } = given;
  const began = process.cpuUsage();
  let code: number | undefined;
  try {
    code = await run({
      argv: given.argv,
      stdin: {
        isTTY: false,
        async *[Symbol.asyncIterator]() {
          // In pieces, as a pipe hands it over.
          for (let at = 0; stdin !== undefined && at < stdin.length; at += 65_536) yield stdin.subarray(at, at + 65_536);
        },
      },
      stdout: { write: (text) => (out.push(text), true), isTTY: terminal, columns: 80 },
      stderr: { write: (text) => (err.push(text), true), isTTY: terminal },
      // Colours are escapes of savy's own; without them there may be none.
      env: { NO_COLOR: '1', HOME: dir },
      cwd: dir,
      store: () => (rules ??= loadSource(join(ROOT, 'rules'))),
    });
  } catch (error) {
    faults.push(`threw ${String((error as Error).stack ?? error)}`);
  }
  const { user, system } = process.cpuUsage(began);
  const ms = Math.round((user + system) / 1000);
  const size = sizeOf(given);
  if (ms > START_MS + (MS_EACH * size) / EACH) faults.push(`took ${ms} ms for ${size} bytes`);
  if (code !== undefined) faults.push(...faultsOf(given, { code, out: out.join(''), err: err.join('') }));
  const after = filesUnder(dir);
  for (const [name, bytes] of Object.entries(given.files)) if (after.get(name) === undefined) faults.push(`lost the file ${name}`);
    else if (!given.writes.includes(name) && after.get(name)?.equals(bytes) !== true) faults.push(`changed the file ${name}`);
  for (const name of after.keys()) if (given.files[name] === undefined && !given.writes.includes(name)) faults.push(`made the file ${name}`);
  return { faults, ms, size };
}
