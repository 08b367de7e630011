/** Finding places in what is ordered by place, without going through all of it. */

/** The index of the first item that starts at `at` or behind it; their number when none does. */
export function firstFrom(items: readonly Readonly<{ start: number }>[], at: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as { start: number }).start < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
