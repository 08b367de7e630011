/** Runs a rule's own examples through `lint()`: what must trip it, and what must not. */
import type { Engine } from '../engine.js';
import { lint } from '../lint.js';
import type { Exchange } from '../types.js';
import type { Example, Rule } from './types.js';

export type Verdict = Readonly<{
  rule: string;
  /** `missing`: a bad example is not reported. `noisy`: a good one is. `twice`: an example stands in both or twice. */
  kind: 'missing' | 'noisy' | 'twice';
  example: Example;
  place: string;
}>;

export function verify(rule: Rule, engine: Engine): Verdict[] {
  const out: Verdict[] = [];
  const seen = new Set<string>();
  const run = (kind: 'missing' | 'noisy', examples: readonly Example[]): void => {
    for (const example of examples) {
      const key = JSON.stringify(example);
      if (seen.has(key)) out.push({ rule: rule.id, kind: 'twice', example, place: rule.place });
      seen.add(key);
      const exchange: Exchange = example;
      const found = lint(exchange, engine).findings.some((f) => f.rule === rule.id);
      if (found !== (kind === 'missing')) out.push({ rule: rule.id, kind, example, place: rule.place });
    }
  };
  run('missing', rule.examples.bad);
  run('noisy', rule.examples.good);
  return out;
}
