/** `savy stream`: one JSON exchange a line in, one result a line out, in order; on one thread or on several. */
import type { Store } from '../rules/load.js';
import { batchesOf } from './batches.js';
import { smallHeap } from './heap.js';
import { lineThreads } from './line-threads.js';
import { type Judged, linesJudge } from './lines.js';
import { inOrder } from './in-order.js';
import { type JudgingOptions, settle } from './settings.js';
import { Timing } from './timing.js';
import { CLEAN, FAILED, FOUND, type Surroundings } from './surroundings.js';

export type StreamOptions = JudgingOptions & Readonly<{ jobs?: number; timing?: boolean }>;

/** @returns undefined when somebody sits at the terminal */
export async function stream(options: StreamOptions, surroundings: Surroundings, store: Store): Promise<number | undefined> {
  const { stdin, stdout, stderr } = surroundings;
  if (stdin.isTTY === true) return undefined;
  const timing = options.timing === true ? new Timing() : undefined;
  const settings = await settle(options, surroundings, store);
  const keepSmall = smallHeap();
  const batches = batchesOf(stdin);
  const threads = lineThreads(options, surroundings);
  const own = linesJudge(settings, options.failOn, timing === undefined ? undefined : new Timing());
  const here = async function* (): AsyncGenerator<Judged> {
    for await (const batch of batches) yield own(batch);
  };
  let broken = false;
  let found = false;
  try {
    for await (const judged of threads === undefined ? here() : inOrder(batches, threads.judges)) {
      broken ||= judged.broken;
      found ||= judged.found;
      if (judged.times !== undefined) timing?.merge(judged.times);
      timing?.skip();
      if (judged.text !== '' && !stdout.write(judged.text) && stdout.once !== undefined) await new Promise<void>((go) => stdout.once?.('drain', go));
      timing?.probe('write');
      keepSmall();
    }
  } finally {
    await threads?.end();
  }
  if (timing !== undefined) stderr.write(timing.table());
  return broken ? FAILED : found ? FOUND : CLEAN;
}
