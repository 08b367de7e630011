/** Ranges against each other, in time that grows with how many there are and no faster. */
import type { Range } from '../types.js';

type Span = Readonly<{ start: number; end: number }>;

/** Many spans, asked again and again whether one of them overlaps. */
export class Overlaps {
  private readonly starts: readonly number[];
  /** The farthest end among the spans up to here. */
  private readonly ends: number[] = [];

  constructor(spans: readonly Span[]) {
    const sorted = [...spans].sort((a, b) => a.start - b.start);
    this.starts = sorted.map((s) => s.start);
    let far = -Infinity;
    for (const { end } of sorted) this.ends.push((far = Math.max(far, end)));
  }

  /** Has the span a character in common with one of them? */
  touches({ start, end }: Span): boolean {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) < end) low = middle + 1;
      else high = middle;
    }
    return low > 0 && (this.ends[low - 1] as number) > start;
  }
}

/** Those that lie in no longer one, in the order in which they came. */
export function outermost(ranges: readonly Range[]): Range[] {
  const order = ranges.map((_, i) => i).sort((a, b) => (ranges[a] as Range)[0] - (ranges[b] as Range)[0] || (ranges[b] as Range)[1] - (ranges[a] as Range)[1]);
  const inner = new Set<number>();
  let far: Range = [-1, -1];
  for (const i of order) {
    const range = ranges[i] as Range;
    if (far[1] > range[1] || (far[1] === range[1] && far[0] < range[0])) inner.add(i);
    else if (range[1] > far[1]) far = range;
  }
  return ranges.filter((_, i) => !inner.has(i));
}
