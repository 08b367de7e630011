/** L2-regularised logistic regression on sparse rows, by L-BFGS: deterministic, no randomness anywhere. */

export type Sparse = Readonly<{ index: readonly Int32Array[]; value: readonly Float64Array[]; columns: number }>;

const MEMORY = 8;

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += (a[i] as number) * (b[i] as number);
  return s;
}

/**
 * @param penalty L2 strength of each column; the last weight returned is the bias and is not penalised
 * @param weight of each row
 */
export function fitLogistic(x: Sparse, y: readonly number[], rows: readonly number[], penalty: Float64Array, weight: readonly number[], iterations = 80): Float64Array {
  const n = x.columns + 1;
  let w = new Float64Array(n);
  const gradient = new Float64Array(n);
  const objective = (at: Float64Array, g: Float64Array): number => {
    g.fill(0);
    let loss = 0;
    for (const r of rows) {
      const idx = x.index[r] as Int32Array;
      const val = x.value[r] as Float64Array;
      let z = at[n - 1] as number;
      for (let k = 0; k < idx.length; k++) z += (at[idx[k] as number] as number) * (val[k] as number);
      const t = y[r] as number;
      const c = weight[r] as number;
      loss += c * (z > 0 ? Math.log1p(Math.exp(-z)) + (1 - t) * z : Math.log1p(Math.exp(z)) - t * z);
      const d = c * (1 / (1 + Math.exp(-z)) - t);
      for (let k = 0; k < idx.length; k++) g[idx[k] as number] = (g[idx[k] as number] as number) + d * (val[k] as number);
      g[n - 1] = (g[n - 1] as number) + d;
    }
    for (let i = 0; i < n - 1; i++) {
      const p = penalty[i] as number;
      const v = at[i] as number;
      loss += 0.5 * p * v * v;
      g[i] = (g[i] as number) + p * v;
    }
    return loss;
  };
  let loss = objective(w, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let it = 0; it < iterations; it++) {
    const direction = Float64Array.from(gradient, (g) => -g);
    const alphas: number[] = [];
    for (let i = steps.length - 1; i >= 0; i--) {
      const s = steps[i] as Float64Array;
      const c = changes[i] as Float64Array;
      const a = dot(s, direction) / dot(s, c);
      alphas[i] = a;
      for (let j = 0; j < n; j++) direction[j] = (direction[j] as number) - a * (c[j] as number);
    }
    const lastS = steps[steps.length - 1];
    const lastC = changes[changes.length - 1];
    const scale = lastS !== undefined && lastC !== undefined ? dot(lastS, lastC) / dot(lastC, lastC) : 1 / Math.max(1, Math.sqrt(dot(gradient, gradient)));
    for (let j = 0; j < n; j++) direction[j] = (direction[j] as number) * scale;
    for (let i = 0; i < steps.length; i++) {
      const s = steps[i] as Float64Array;
      const c = changes[i] as Float64Array;
      const b = dot(c, direction) / dot(s, c);
      for (let j = 0; j < n; j++) direction[j] = (direction[j] as number) + (s[j] as number) * ((alphas[i] as number) - b);
    }
    const slope = dot(gradient, direction);
    if (slope > -1e-9) break;
    let step = 1;
    const next = new Float64Array(n);
    const nextGradient = new Float64Array(n);
    let nextLoss = Infinity;
    for (let tries = 0; tries < 20; tries++) {
      for (let j = 0; j < n; j++) next[j] = (w[j] as number) + step * (direction[j] as number);
      nextLoss = objective(next, nextGradient);
      if (nextLoss <= loss + 1e-4 * step * slope) break;
      step /= 2;
    }
    if (!(nextLoss < loss)) break;
    const s = new Float64Array(n);
    const c = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      s[j] = (next[j] as number) - (w[j] as number);
      c[j] = (nextGradient[j] as number) - (gradient[j] as number);
    }
    if (dot(s, c) > 1e-12) {
      steps.push(s);
      changes.push(c);
      if (steps.length > MEMORY) {
        steps.shift();
        changes.shift();
      }
    }
    const gain = loss - nextLoss;
    w = next;
    gradient.set(nextGradient);
    loss = nextLoss;
    if (gain < 1e-6 * Math.abs(loss)) break;
  }
  return w;
}

export function scoreRow(x: Sparse, w: Float64Array, r: number): number {
  const idx = x.index[r] as Int32Array;
  const val = x.value[r] as Float64Array;
  let z = w[w.length - 1] as number;
  for (let k = 0; k < idx.length; k++) z += (w[idx[k] as number] as number) * (val[k] as number);
  return z;
}
