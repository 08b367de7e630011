/**
 * `tsx tools/fit/points.ts`: what each rule should cost, by the grades that readers gave: non-negative least squares over the findings
 * of the training exchanges. Prints a proposal; the points themselves stand in `rules/*.yml`, rounded by hand to quarters.
 */
import { lint } from '../../src/lint.js';
import { sourceEngine } from '../../src/source.js';
import { dev, exchangeOf, training } from '../eval/data.js';
import { agreement } from '../eval/score.js';

const engine = sourceEngine();
const ids = engine.rules.map((r) => r.id);
type Row = { x: number[]; y: number; lang: string };

function rows(set: readonly ReturnType<typeof training>[number][]): Row[] {
  return set
    .filter((s) => typeof s.labels.grade === 'number')
    .map((s) => {
      const found = new Set(lint({ ...exchangeOf(s), channel: 'social' }, engine).findings.map((f) => f.rule));
      return { x: ids.map((id) => (found.has(id) ? 1 : 0)), y: 10 - (s.labels.grade as number), lang: s.lang };
    });
}

const set = [...rows(training('fi')), ...rows(training('en'))];
const w = ids.map(() => 0.5);
/** Coordinate descent: each step is exact for one rule, never below zero. */
const residual = set.map((r) => r.y - r.x.reduce((s, x, i) => s + x * (w[i] as number), 0));
for (let round = 0; round < 300; round++) {
  for (let i = 0; i < ids.length; i++) {
    let num = 0;
    let den = 1;
    set.forEach((r, k) => {
      if (r.x[i] === 1) {
        num += residual[k] as number;
        den++;
      }
    });
    const next = Math.max(0, (w[i] as number) + (num - 0.25) / den);
    const change = next - (w[i] as number);
    if (change === 0) continue;
    w[i] = next;
    set.forEach((r, k) => {
      if (r.x[i] === 1) residual[k] = (residual[k] as number) - change;
    });
  }
}
ids.forEach((id, i) => console.log(id.padEnd(28), (w[i] as number).toFixed(2), `now ${engine.rules[i]?.points.social}`, `found ${set.filter((r) => r.x[i] === 1).length}`));
for (const [name, s] of [['fi train', set.filter((r) => r.lang === 'fi')], ['en train', set.filter((r) => r.lang === 'en')], ['fi dev', rows(dev('fi') ?? [])], ['en dev', rows(dev('en') ?? [])]] as const) {
  const gold = s.map((r) => 10 - r.y);
  for (const [kind, points] of [['fitted', w], ['now', engine.rules.map((r) => r.points.social)]] as const) {
    const said = s.map((r) => Math.round(Math.max(4, 10 - r.x.reduce((a, x, i) => a + x * (points[i] as number), 0)) * 4) / 4);
    const a = agreement(gold, said);
    console.log(name, kind, `n ${a.n} error ${a.error.toFixed(2)} spearman ${a.spearman.toFixed(2)} mean gold ${(gold.reduce((x, y) => x + y, 0) / gold.length).toFixed(2)} said ${(said.reduce((x, y) => x + y, 0) / said.length).toFixed(2)}`);
  }
}
