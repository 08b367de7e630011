/** Fitted weights: a logistic regression for each fact. Readable JSON; `tools/fit` writes it, this file only adds up. */
import type { Features } from './features.js';

export type FactModel = Readonly<{ bias: number; threshold: number; weights: Readonly<Record<string, number>> }>;
/** For one language: fact (`humorous`, `intent=praise`) → model. */
export type ModelData = Readonly<{ facts: Readonly<Record<string, FactModel>> }>;

export type Judgement = Readonly<{
  probability: number;
  holds: boolean;
  /** How far the sum lies from the threshold, in log-odds: what confidence rests on. */
  margin: number;
}>;

/**
 * e^x by argument halving and a fixed series: the same bits on every platform, which `Math.exp` does not promise.
 * Absolute error below 1e-9 for the |x| ≤ 30 that scores are clipped to.
 */
export function exp(x: number): number {
  const clipped = x > 30 ? 30 : x < -30 ? -30 : x;
  let y = clipped / 1024;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 8; n++) {
    term = (term * y) / n;
    sum += term;
  }
  y = sum;
  for (let i = 0; i < 10; i++) y *= y;
  return y;
}

export class Model {
  private readonly facts: ReadonlyMap<string, Readonly<{ bias: number; threshold: number; weights: ReadonlyMap<string, number> }>>;

  constructor(data: ModelData) {
    this.facts = new Map(Object.entries(data.facts).map(([name, f]) => [name, { bias: f.bias, threshold: f.threshold, weights: new Map(Object.entries(f.weights)) }]));
  }

  has(fact: string): boolean {
    return this.facts.has(fact);
  }

  judge(fact: string, features: Features): Judgement {
    const model = this.facts.get(fact);
    if (model === undefined) return { probability: 0, holds: false, margin: 0 };
    let sum = model.bias;
    for (const [name, value] of features) {
      const w = model.weights.get(name);
      if (w !== undefined) sum += w * value;
    }
    const probability = 1 / (1 + exp(-sum));
    return { probability, holds: sum >= model.threshold, margin: sum - model.threshold };
  }

  /** The features that weighed most towards (or away from) a fact, heaviest first. */
  heaviest(fact: string, features: Features, towards = true): [name: string, weight: number][] {
    const model = this.facts.get(fact);
    if (model === undefined) return [];
    const out: [string, number][] = [];
    for (const [name, value] of features) {
      const w = (model.weights.get(name) ?? 0) * value;
      if (towards ? w > 0 : w < 0) out.push([name, w]);
    }
    return out.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1));
  }
}
