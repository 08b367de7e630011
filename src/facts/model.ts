/** Fitted weights: a logistic regression for each fact. `tools/fit` writes them as readable JSON; the build packs them; this file only adds up. */
import type { Features } from './features.js';

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

type Header = Readonly<{ facts: readonly Readonly<{ name: string; bias: number; threshold: number }>[]; features: readonly string[] }>;

/**
 * Layout: a 32-bit length (little-endian), that many bytes of JSON (`Header`), then for each feature one 16-bit weight for each fact.
 */
export function packModel(data: ModelData): Uint8Array {
  const names = Object.keys(data.facts);
  const features = [...new Set(names.flatMap((n) => Object.keys(data.facts[n]?.weights ?? {})))].sort();
  const header: Header = { facts: names.map((name) => ({ name, bias: data.facts[name]?.bias ?? 0, threshold: data.facts[name]?.threshold ?? 0 })), features };
  let json = new TextEncoder().encode(JSON.stringify(header));
  if (json.length % 2 === 1) json = new TextEncoder().encode(`${JSON.stringify(header)} `);
  const out = new Uint8Array(4 + json.length + features.length * names.length * 2);
  const view = new DataView(out.buffer);
  view.setUint32(0, json.length, true);
  out.set(json, 4);
  let at = 4 + json.length;
  for (const feature of features) {
    for (const name of names) {
      view.setInt16(at, Math.round((data.facts[name]?.weights[feature] ?? 0) * UNIT), true);
      at += 2;
    }
  }
  return out;
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

/** Features as places in a model's table, with their values. */
export type View = { readonly rows: number[]; readonly values: number[] };

export class Model {
  private readonly facts = new Map<string, Readonly<{ index: number; bias: number; threshold: number }>>();
  private readonly rows = new Map<string, number>();
  private readonly weights: Int16Array;
  private readonly width: number;

  constructor(packed: Uint8Array) {
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    const length = view.getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length))) as Header;
    header.facts.forEach((f, index) => this.facts.set(f.name, { index, bias: f.bias, threshold: f.threshold }));
    header.features.forEach((name, row) => this.rows.set(name, row));
    this.width = header.facts.length;
    // A copy, since a view of 16-bit numbers must begin at an even address.
    this.weights = new Int16Array(packed.slice(4 + length).buffer);
  }

  has(fact: string): boolean {
    return this.facts.has(fact);
  }

  /** Looks features up once, for all facts that are judged by them. */
  view(features: Features): View {
    const view: View = { rows: [], values: [] };
    this.extend(view, features);
    return view;
  }

  extend(view: View, features: Features): void {
    for (const [name, value] of features) {
      const row = this.rows.get(name);
      if (row === undefined) continue;
      view.rows.push(row * this.width);
      view.values.push(value);
    }
  }

  /** @param threshold log-odds at which the fact holds; the fitted one unless given */
  judge(fact: string, { rows, values }: View, threshold?: number): Judgement {
    const model = this.facts.get(fact);
    if (model === undefined) return { probability: 0, holds: false, margin: 0 };
    let sum = 0;
    for (let i = 0; i < rows.length; i++) sum += (this.weights[(rows[i] as number) + model.index] as number) * (values[i] as number);
    sum = sum / UNIT + model.bias;
    const limit = threshold ?? model.threshold;
    return { probability: 1 / (1 + exp(-sum)), holds: sum >= limit, margin: sum - limit };
  }

  /** What one feature weighs towards a fact, per unit of its value. */
  weight(fact: string, feature: string): number {
    const model = this.facts.get(fact);
    const row = this.rows.get(feature);
    return model === undefined || row === undefined ? 0 : (this.weights[row * this.width + model.index] as number) / UNIT;
  }
}
