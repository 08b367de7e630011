/** Fitted weights: a logistic regression for each fact. `tools/fit` writes them as readable JSON; the build packs them; the rest only adds up. */
import { Table, type TableData, tableOf } from '../text/table.js';
import type { Side } from './features.js';
import { Seen } from './sums.js';

export type FactModel = Readonly<{ bias: number; threshold: number; weights: Readonly<Record<string, number>> }>;
/** For one language: fact (`humorous`, `intent=praise`) → model. Weights are whole hundredths. */
export type ModelData = Readonly<{ facts: Readonly<Record<string, FactModel>> }>;

export type Judgement = Readonly<{
  probability: number;
  holds: boolean;
  /** How far the sum lies from the threshold, in log-odds: what confidence rests on. */
  margin: number;
}>;

/** Weights are stored as whole hundredths, so that packing loses nothing and sums are the same on every machine. */
const UNIT = 100;

/** What the build stores of a model: of each feature, the facts that it speaks of (upper half of the number) and what it weighs there (lower half). */
export type PackedModel = Readonly<{ facts: readonly Readonly<{ name: string; bias: number; threshold: number }>[]; features: TableData }>;

export function packModel(data: ModelData): PackedModel {
  const names = Object.keys(data.facts);
  const features = new Map<string, number[]>();
  names.forEach((name, fact) => {
    for (const [feature, weight] of Object.entries(data.facts[name]?.weights ?? {})) {
      const units = Math.round(weight * UNIT);
      if (units === 0) continue;
      if (units < -0x8000 || units > 0x7fff) throw new Error(`model: the weight of ${feature} for ${name} is out of range`);
      const list = features.get(feature);
      const value = ((fact << 16) | (units & 0xffff)) >>> 0;
      if (list === undefined) features.set(feature, [value]);
      else list.push(value);
    }
  });
  return {
    facts: names.map((name) => ({ name, bias: data.facts[name]?.bias ?? 0, threshold: data.facts[name]?.threshold ?? 0 })),
    features: tableOf([...features].sort((a, b) => (a[0] < b[0] ? -1 : 1))),
  };
}

/**
 * e^x by argument halving and a fixed series: the same bits on every platform, which `Math.exp` does not promise.
 * Good to nine digits for the |x| ≤ 30 that scores are clipped to.
 */
function exp(x: number): number {
  const clipped = x > 30 ? 30 : x < -30 ? -30 : x;
  const y = clipped / 1024;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 8; n++) {
    term = (term * y) / n;
    sum += term;
  }
  for (let i = 0; i < 10; i++) sum *= sum;
  return sum;
}

export class Model {
  private readonly facts = new Map<string, Readonly<{ index: number; bias: number; threshold: number }>>();
  private readonly table: Table;
  /** Memory of features seen, for `Sums`. */
  readonly seen: Seen;
  readonly width: number;

  constructor(private readonly packed: PackedModel) {
    packed.facts.forEach((f, index) => this.facts.set(f.name, { index, bias: f.bias, threshold: f.threshold }));
    this.width = packed.facts.length;
    this.table = new Table(packed.features);
    this.seen = new Seen(this.table);
  }

  has(fact: string): boolean {
    return this.facts.has(fact);
  }

  /** Adds to the sums of all facts what a feature weighs. */
  add(sums: Float64Array, row: number, value: number): void {
    const { at, values } = this.packed.features;
    for (let i = at[row] as number, end = at[row + 1] as number; i < end; i++) {
      const w = values[i] as number;
      sums[w >>> 16] = (sums[w >>> 16] as number) + ((w << 16) >> 16) * value;
    }
  }

  /** @param threshold log-odds at which the fact holds; the fitted one unless given */
  judge(fact: string, sums: Float64Array, threshold?: number): Judgement {
    const model = this.facts.get(fact);
    if (model === undefined) return { probability: 0, holds: false, margin: 0 };
    const sum = (sums[model.index] as number) / UNIT + model.bias;
    const limit = threshold ?? model.threshold;
    return { probability: 1 / (1 + exp(-sum)), holds: sum >= limit, margin: sum - limit };
  }

  /** What a word weighs towards a fact. */
  wordWeight(fact: string, side: Side, key: string): number {
    const model = this.facts.get(fact);
    const { row } = this.seen.word(side, key);
    if (model === undefined || row < 0) return 0;
    const { at, values } = this.packed.features;
    for (let i = at[row] as number, end = at[row + 1] as number; i < end; i++) {
      const w = values[i] as number;
      if (w >>> 16 === model.index) return ((w << 16) >> 16) / UNIT;
    }
    return 0;
  }
}
