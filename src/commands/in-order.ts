/** Several workers at once, results in the order of what they were given. */

/** What a worker has in hand beside what it is at, so that neither a slow neighbour nor a long batch leaves it idle. */
const AHEAD = 4;

/**
 * Gives each item to the worker with the least in hand. Takes an item in only while there is room for its result: whoever reads results
 * slowly slows the whole down. What fails in an item or a worker fails here.
 */
export async function* inOrder<T, R>(items: AsyncIterable<T>, workers: readonly ((item: T) => Promise<R>)[]): AsyncGenerator<R> {
  const source = items[Symbol.asyncIterator]();
  const inHand = workers.map(() => 0);
  const open: Promise<R>[] = [];
  const watched = <P>(promise: Promise<P>): Promise<P> => {
    // Whoever waits for it hears of its failure; until then it is nobody's.
    promise.catch(() => undefined);
    return promise;
  };
  const give = (item: T): void => {
    const least = inHand.indexOf(Math.min(...inHand));
    inHand[least] = (inHand[least] as number) + 1;
    const result = (workers[least] as (item: T) => Promise<R>)(item).finally(() => (inHand[least] = (inHand[least] as number) - 1));
    open.push(watched(result));
  };
  let next: Promise<IteratorResult<T>> | undefined = watched(source.next());
  while (next !== undefined || open.length > 0) {
    const coming: Promise<'item'>[] = next !== undefined && open.length < AHEAD * workers.length ? [next.then(() => 'item' as const)] : [];
    const oldest: Promise<'result'>[] = open[0] === undefined ? [] : [open[0].then(() => 'result' as const)];
    if ((await Promise.race([...oldest, ...coming])) === 'result') yield (await open.shift()) as R;
    else {
      const item = await (next as Promise<IteratorResult<T>>);
      if (item.done !== true) give(item.value);
      next = item.done === true ? undefined : watched(source.next());
    }
  }
}
