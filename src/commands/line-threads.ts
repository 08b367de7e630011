/** Threads that judge a stream's lines: `savy stream --jobs N`. This thread reads and writes, the others judge. */
import { Worker } from 'node:worker_threads';
import type { Batch } from './batches.js';
import { YOUNG_MB } from './heap.js';
import type { Judged } from './lines.js';
import { ENTRY, threadsFor } from './team.js';
import type { StreamOptions } from './stream.js';
import type { Surroundings } from './surroundings.js';
import type { Orders } from './worker.js';

export type LineThreads = Readonly<{ judges: readonly ((batch: Batch) => Promise<Judged>)[]; end: () => Promise<void> }>;

type Waiting = { keep: (judged: Judged) => void; fail: (error: unknown) => void };

/** A thread answers in the order in which it was asked. */
function judgeOn(worker: Worker): (batch: Batch) => Promise<Judged> {
  const waiting: Waiting[] = [];
  let failed: unknown;
  worker.on('message', (judged: Judged) => waiting.shift()?.keep(judged));
  worker.on('error', (error) => {
    failed = error;
    for (const { fail } of waiting.splice(0)) fail(error);
  });
  return (batch) =>
    new Promise((keep, fail) => {
      if (failed !== undefined) fail(failed);
      waiting.push({ keep, fail });
      worker.postMessage(batch);
    });
}

/** @returns undefined when one thread is enough */
export function lineThreads({ jobs = 1, timing = false, ...options }: StreamOptions, { cwd, env }: Surroundings): LineThreads | undefined {
  const threads = threadsFor(0, jobs);
  if (threads < 2) return undefined;
  const { failOn } = options;
  const orders: Orders = { options, cwd, env: { ...env }, lines: { ...(failOn === undefined ? {} : { failOn }), timing } };
  const workers = Array.from({ length: threads }, () => new Worker(ENTRY, { workerData: orders, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } }));
  return {
    judges: workers.map(judgeOn),
    end: async () => {
      await Promise.all(workers.map((w) => w.terminate()));
    },
  };
}
