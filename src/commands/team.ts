/** Threads that judge along: `--jobs N`, and by themselves when there is much to do. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { JudgedEntry } from '../library/judge.js';
import type { Chunk, Team } from './judging.js';
import type { Orders } from './worker.js';

/** With fewer replies a thread is not ready before the others are done. */
const MANY = 2_000;
/** More threads wait for memory instead of cores. */
const MOST = 16;
/** What a thread has in hand beside what it is at. */
const AHEAD = 2;

/** Beside the built program; run from source, savy judges on one thread. */
export const ENTRY = fileURLToPath(new URL('./worker.cjs', import.meta.url));

/** @returns how many threads judge, this one among them */
export function threadsFor(replies: number, jobs: number | undefined): number {
  if (!existsSync(ENTRY)) return 1;
  return Math.min(MOST, jobs ?? (replies < MANY ? 1 : availableParallelism()));
}

export function teamOf(threads: number, orders: Orders): Team {
  return {
    share: async (chunks, own, done) => {
      const out = new Array<JudgedEntry[]>(chunks.length);
      let next = 0;
      let open = chunks.length;
      let failed: unknown;
      let over: () => void = () => undefined;
      const finished = new Promise<void>((go) => (over = go));
      const take = (id: number, judged: JudgedEntry[]): void => {
        out[id] = judged;
        done(judged.length);
        if (--open === 0) over();
      };
      const workers = Array.from({ length: threads - 1 }, () => {
        const worker = new Worker(ENTRY, { workerData: orders });
        const give = (): void => {
          if (next >= chunks.length) return;
          const id = next++;
          const { file, entries } = chunks[id] as Chunk;
          // Places in the file are of no use to a judge.
          worker.postMessage({ id, file, entries: entries.map((e) => ({ ...e, stretches: [], suppressions: [] })) });
        };
        worker.on('message', ({ id, judged }: { id: number; judged: JudgedEntry[] }) => {
          take(id, judged);
          give();
        });
        worker.on('error', (error) => {
          failed = error;
          over();
        });
        for (let i = 0; i < AHEAD; i++) give();
        return worker;
      });
      try {
        while (next < chunks.length && failed === undefined) {
          const id = next++;
          take(id, own(chunks[id] as Chunk));
          // Others' answers come in between.
          await setImmediate();
        }
        if (open > 0 && failed === undefined) await finished;
        if (failed !== undefined) throw failed;
        return out;
      } finally {
        await Promise.all(workers.map((w) => w.terminate()));
      }
    },
  };
}
