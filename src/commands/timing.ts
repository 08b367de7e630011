/** `--timing`: how long each stage and each rule took. The core tells when it has done something; only this file looks at the clock. */
import type { Probe } from '../types.js';

/** Milliseconds and calls, by stage; what a stage is made of stands behind it: `rules/apology/hollow`. */
export type Times = readonly (readonly [name: string, ms: number, calls: number])[];

type Sum = { ms: number; calls: number };

/** Parts of a stage that are shown. */
const SHOWN = 20;

export class Timing {
  private last = performance.now();
  private sums = new Map<string, Sum>();

  /** The time since the last call was this stage's. */
  readonly probe: Probe = (stage, part) => {
    const now = performance.now();
    this.add(part === undefined ? stage : `${stage}/${part}`, now - this.last, 1);
    this.last = now;
  };

  private add(name: string, ms: number, calls: number): void {
    const sum = this.sums.get(name);
    if (sum === undefined) this.sums.set(name, { ms, calls });
    else {
      sum.ms += ms;
      sum.calls += calls;
    }
  }

  /** The time since the last call was nobody's: it was spent waiting. */
  skip(): void {
    this.last = performance.now();
  }

  /** All of it so far; begins anew. */
  take(): Times {
    const out = [...this.sums].map(([name, { ms, calls }]) => [name, ms, calls] as const);
    this.sums = new Map();
    return out;
  }

  /** What was measured elsewhere. */
  merge(times: Times): void {
    for (const [name, ms, calls] of times) this.add(name, ms, calls);
  }

  /** Stages in the order in which they first ended, then their parts, the longest first. */
  table(): string {
    const stages = new Map<string, Sum>();
    const parts: [string, Sum][] = [];
    for (const [name, sum] of this.sums) {
      const slash = name.indexOf('/');
      const stage = stages.get(slash < 0 ? name : name.slice(0, slash)) ?? { ms: 0, calls: 0 };
      stages.set(slash < 0 ? name : name.slice(0, slash), { ms: stage.ms + sum.ms, calls: stage.calls + sum.calls });
      if (slash >= 0) parts.push([name.slice(slash + 1), sum]);
    }
    const all = [...stages.values()].reduce((n, s) => n + s.ms, 0);
    parts.sort((a, b) => b[1].ms - a[1].ms);
    const rows = (list: Iterable<readonly [string, Sum]>): string[] =>
      [...list].map(([name, { ms, calls }]) => `${name.padEnd(32)}${ms.toFixed(2).padStart(12)}${((100 * ms) / (all || 1)).toFixed(1).padStart(8)}${String(calls).padStart(10)}${((1000 * ms) / calls).toFixed(1).padStart(12)}`);
    const head = (what: string): string => `${what.padEnd(32)}${'ms'.padStart(12)}${'%'.padStart(8)}${'times'.padStart(10)}${'µs each'.padStart(12)}`;
    const rest = parts.length > SHOWN ? [`and ${parts.length - SHOWN} more, none of them slower`] : [];
    return `${[head('stage'), ...rows(stages), ...rows([['all', { ms: all, calls: 1 }]]), ...(parts.length === 0 ? [] : ['', head('rule'), ...rows(parts.slice(0, SHOWN)), ...rest])].join('\n')}\n`;
  }
}

/** What went by before this program had its options belongs to its start. */
export function sinceStart(): Timing {
  const timing = new Timing();
  timing.merge([['start', performance.now(), 1]]);
  return timing;
}
