/** A thread of its own that judges; it finds settings and rules by itself. Started by `team.ts` and `line-threads.ts`, by way of `worker.cjs`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Store } from '../rules/load.js';
import type { Entry, Level } from '../types.js';
import type { Batch } from './batches.js';
import { type Chunk, Judge } from './judging.js';
import { linesJudge } from './lines.js';
import { type JudgingOptions, type Settings, settle, settler } from './settings.js';
import { STDIN } from './io.js';
import type { Surroundings } from './surroundings.js';
import { Timing } from './timing.js';

/** What a thread is told when it starts. */
export type Orders = Readonly<{
  options: JudgingOptions;
  cwd: string;
  env: Surroundings['env'];
  /** Lines of a stream are judged instead of a library's replies. */
  lines?: Readonly<{ failOn?: Level; timing: boolean }>;
}>;

export async function work(store: Store): Promise<void> {
  const { options, cwd, env, lines } = workerData as Orders;
  const nothing = { write: () => true };
  const surroundings: Surroundings = { argv: [], stdin: { async *[Symbol.asyncIterator]() {} }, stdout: nothing, stderr: nothing, env, cwd };
  if (lines !== undefined) {
    const judge = linesJudge(await settle(options, surroundings, store), lines.failOn, lines.timing ? new Timing() : undefined);
    parentPort?.on('message', (batch: Batch) => parentPort?.postMessage(judge(batch)));
    return;
  }
  const settingsOf = await settler(options, surroundings, store);
  const judge = new Judge(options.channel);
  const judges = new Map<Settings, (entry: Entry) => unknown>();
  parentPort?.on('message', ({ id, file, entries }: Chunk & { id: number }) => {
    const settings = settingsOf(file === STDIN ? undefined : file);
    let one = judges.get(settings);
    if (one === undefined) judges.set(settings, (one = judge.of(settings)));
    parentPort?.postMessage({ id, judged: entries.map(one) });
  });
}
