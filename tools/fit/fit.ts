/**
 * `npm run fit [-- fi|en] [--dry]`: fits the weights of the facts that take weighing, cross-validated, on `fixtures/training` alone, and
 * writes `rules/model/<lang>.json`. Deterministic. Prints fold scores; where the shared evaluation set is at hand, dev scores too.
 *
 * Three layers, as `facts/judge.ts` runs them: moods of the message; traits of the reply, which see the moods; facts of the pair, which see
 * both. What a later layer sees of an earlier one in fitting are out-of-fold probabilities: what it will see of texts it was not fitted on.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chain, type Features, messageFeatures, pairFeatures, replyFeatures } from '../../src/facts/features.js';
import { apology } from '../../src/facts/apology.js';
import { INTENTS, MOODS, PAIR, TRAITS } from '../../src/facts/judge.js';
import type { FactModel, ModelData } from '../../src/facts/model.js';
import type { Reading } from '../../src/facts/reading.js';
import { understand } from '../../src/lint.js';
import { Engine } from '../../src/engine.js';
import { loadSource } from '../../src/rules/load.js';
import { dev, exchangeOf, type Labelled, real, ROOT, training } from '../eval/data.js';
import { fitLogistic, scoreRow, type Sparse } from './logistic.js';

const FOLDS = 5;
/**
 * How strongly the many faint features (words, pairs, vectors) are held back. No one strength serves every fact and every writer, so models
 * of several strengths are averaged; being linear, they are one model again.
 */
const RESTRAINTS = [1, 6, 40];
/** A word seen in fewer exchanges than this teaches nothing. */
const SEEN_MIN = 3;
/** Words and pairs that weigh less than this are left out; weights are whole hundredths, as the packed model stores them. */
const WEIGHT_MIN = 0.12;

/** Exchanges written in the manner of real ones weigh more: that is what savy will read. */
const LIFELIKE = /^(tw|rv|er|el|ed)\d?-/;
const LIFELIKE_WEIGHT = Number(process.env['LIFELIKE'] ?? 2);

type Row = Readonly<{ gold: Labelled; reading: Reading; own: Features; theirs: Features }>;

/** Regularisation by kind of feature: few and telling, or many and faint. */
function penaltyOf(name: string, restraint: number): number {
  if (/^[mr]w:/.test(name)) return 1.2 * restraint;
  if (/^[mr]b:/.test(name)) return 2 * restraint;
  if (/^[mr]v\d/.test(name)) return 2 * Math.sqrt(restraint);
  if (name.startsWith('p:')) return 0.6;
  if (name.includes('#')) return 0.8;
  return 0.5;
}

/** Everybody writes in tics: a fold holds whole writers (what stands before the number in an id, and the letter behind it that tells twins), so that scores are for unseen ones. */
function foldsByWriter(ids: readonly string[]): number[] {
  const sizes = new Map<string, number>();
  const writer = (id: string): string => id.replace(/-?\d+[a-z]?$/, '');
  for (const id of ids) sizes.set(writer(id), (sizes.get(writer(id)) ?? 0) + 1);
  const load = new Array<number>(FOLDS).fill(0);
  const fold = new Map<string, number>();
  for (const [w, n] of [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const least = load.indexOf(Math.min(...load));
    fold.set(w, least);
    load[least] = (load[least] as number) + n;
  }
  return ids.map((id) => fold.get(writer(id)) as number);
}

function matrix(rows: readonly Features[], fitted: boolean, columns: Map<string, number>): Sparse {
  if (fitted) {
    const seen = new Map<string, number>();
    for (const f of rows) for (const name of f.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
    for (const [name, n] of [...seen].sort((a, b) => (a[0] < b[0] ? -1 : 1))) if (n >= SEEN_MIN) columns.set(name, columns.size);
  }
  const index: Int32Array[] = [];
  const value: Float64Array[] = [];
  for (const f of rows) {
    const entries = [...f].flatMap(([name, v]) => {
      const c = columns.get(name);
      return c === undefined ? [] : [[c, v] as const];
    });
    index.push(Int32Array.from(entries, (e) => e[0]));
    value.push(Float64Array.from(entries, (e) => e[1]));
  }
  return { index, value, columns: columns.size };
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

type Scores = Readonly<{ tp: number; fp: number; fn: number }>;

function count(y: readonly number[], z: readonly number[], threshold: number, weight?: readonly number[]): Scores {
  let tp = 0, fp = 0, fn = 0;
  y.forEach((t, i) => {
    const said = (z[i] as number) >= threshold;
    const w = weight?.[i] ?? 1;
    if (t === 1 && said) tp += w;
    else if (said) fp += w;
    else if (t === 1) fn += w;
  });
  return { tp, fp, fn };
}

const fBeta = ({ tp, fp, fn }: Scores, beta: number): number => (tp === 0 ? 0 : ((1 + beta ** 2) * tp) / ((1 + beta ** 2) * tp + beta ** 2 * fn + fp));
const f1 = (scores: Scores): number => fBeta(scores, 1);
const precision = ({ tp, fp }: Scores): number => (tp + fp === 0 ? 1 : tp / (tp + fp));
const recall = ({ tp, fn }: Scores): number => (tp + fn === 0 ? 0 : tp / (tp + fn));

/** To see these where they are not costs more than to miss them: precision counts more, as the beta of F-beta says. */
const SURER: Readonly<Record<string, number>> = { humorous: 0.8, playful: 0.9 };

/** The threshold of the best F-beta; it is flat near its top, so the middle of the plateau is steadier than the peak. */
function bestThreshold(y: readonly number[], z: readonly number[], beta: number, weight: readonly number[]): number {
  let best = 0;
  const tried: [number, number][] = [];
  for (let t = -3; t <= 3; t += 0.05) {
    const f = fBeta(count(y, z, t, weight), beta);
    tried.push([t, f]);
    best = Math.max(best, f);
  }
  const flat = tried.filter(([, f]) => f >= best - 0.006).map(([t]) => t);
  return Math.round((flat[Math.floor(flat.length / 2)] ?? 0) * 100) / 100;
}

type Fitted = Readonly<{ model: FactModel; outOfFold: readonly number[] }>;

function fitFact(features: readonly Features[], y: readonly number[], folds: readonly number[], weight: readonly number[], beta: number): Fitted {
  const columns = new Map<string, number>();
  const x = matrix(features, true, columns);
  const names = [...columns.keys()];
  const all = y.map((_, i) => i);
  const penalties = RESTRAINTS.map((restraint) => Float64Array.from(names, (name) => penaltyOf(name, restraint)));
  const fit = (rows: readonly number[]): Float64Array => {
    const mean = new Float64Array(x.columns + 1);
    for (const penalty of penalties) fitLogistic(x, y, rows, penalty, weight).forEach((w, i) => (mean[i] = (mean[i] as number) + w / penalties.length));
    return mean;
  };
  const z = new Array<number>(y.length).fill(0);
  for (let f = 0; f < FOLDS; f++) {
    const w = fit(all.filter((i) => folds[i] !== f));
    for (const i of all) if (folds[i] === f) z[i] = scoreRow(x, w, i);
  }
  const weights = fit(all);
  const kept: Record<string, number> = {};
  for (const [name, c] of columns) {
    const w = Math.round((weights[c] as number) * 100) / 100;
    if (w !== 0 && (Math.abs(w) >= WEIGHT_MIN || !/^[mr][wb]:/.test(name))) kept[name] = w;
  }
  return { model: { bias: Math.round((weights[columns.size] as number) * 100) / 100, threshold: bestThreshold(y, z, beta, weight), weights: kept }, outOfFold: z.map(sigmoid) };
}

const pct = (x: number): string => (100 * x).toFixed(0).padStart(4);

function truth(fact: string, l: Labelled['labels']): number {
  const [name = '', wanted] = fact.split('=');
  const v = (l as Record<string, unknown>)[name];
  return (wanted === undefined ? v === true : v === wanted) ? 1 : 0;
}

function rowsOf(set: readonly Labelled[], engine: Engine): Row[] {
  return set.map((gold) => {
    const { reading } = understand(exchangeOf(gold), engine);
    const own = replyFeatures(reading, engine.vectors());
    own.set(`r:apology=${apology(reading).value}`, 1);
    return { gold, reading, own, theirs: messageFeatures(reading, engine.vectors()) };
  });
}

function logit(model: FactModel, features: Features): number {
  let z = model.bias;
  for (const [name, v] of features) z += (model.weights[name] ?? 0) * v;
  return z;
}

function fitLanguage(lang: string, quiet = false): ModelData {
  const store = loadSource(join(ROOT, 'rules'));
  const engine = new Engine({ ...store, model: () => undefined, ...(process.env['NOVEC'] === undefined ? {} : { vectors: () => undefined }) });
  const rows = rowsOf(training(lang), engine);
  const folds = foldsByWriter(rows.map((r) => r.gold.id));
  const weight = rows.map((r) => (LIFELIKE.test(r.gold.id) ? LIFELIKE_WEIGHT : 1));
  // One message answered in four ways is one message.
  const times = new Map<string, number>();
  for (const { gold } of rows) times.set(gold.complaint, (times.get(gold.complaint) ?? 0) + 1);
  const weightOfMessage = rows.map((r, i) => (weight[i] as number) / (times.get(r.gold.complaint) as number));
  const facts: Record<string, FactModel> = {};
  const table: Scores[][] = [];
  const checks: [string, Row[]][] = quiet ? [] : ([['dev', rowsOf(dev(lang) ?? [], engine)], ['real', rowsOf(real(lang), engine)]] as [string, Row[]][]).filter(([, r]) => r.length > 0);
  const moodsOf = new Map<Row, Record<string, number>>();
  const traitsOf = new Map<Row, Record<string, number>>();
  for (const r of [...rows, ...checks.flatMap(([, c]) => c)]) {
    moodsOf.set(r, {});
    const value = apology(r.reading).value;
    traitsOf.set(r, { apology_real: value === 'real' ? 1 : 0, apology_none: value === 'none' ? 1 : 0 });
  }
  const one = (fact: string, weight: readonly number[], view: (r: Row) => Features, keep?: Map<Row, Record<string, number>>): void => {
    const y = rows.map((r) => truth(fact, r.gold.labels));
    const fitted = fitFact(rows.map(view), y, folds, weight, SURER[fact] ?? 1);
    facts[fact] = fitted.model;
    const z = fitted.outOfFold.map((p) => Math.log(p / (1 - p)));
    if (keep !== undefined) rows.forEach((r, i) => ((keep.get(r) as Record<string, number>)[fact] = fitted.outOfFold[i] as number));
    const cells = [count(y, z, fitted.model.threshold)];
    for (const [, set] of checks) {
      const scores = set.map((r) => logit(fitted.model, view(r)));
      if (keep !== undefined) set.forEach((r, i) => ((keep.get(r) as Record<string, number>)[fact] = sigmoid(scores[i] as number)));
      cells.push(count(set.map((r) => truth(fact, r.gold.labels)), scores, fitted.model.threshold));
    }
    if (fact !== 'intent=other') table.push(cells);
  if (!quiet) console.log(`${lang} ${fact.padEnd(18)}${String(y.reduce((a, b) => a + b, 0)).padStart(5)}  t ${fitted.model.threshold.toFixed(2).padStart(5)}  ${String(Object.keys(fitted.model.weights).length).padStart(5)} w ${cells.map((c) => `|${pct(precision(c))}${pct(recall(c))}${pct(f1(c))} `).join('')}`);
  };
  if (!quiet) console.log(`${lang}: ${rows.length} exchanges; precision, recall, F1 | unseen writers${checks.map(([n]) => ` | ${n}`).join('')}`);
  for (const fact of [...new Set([...MOODS, ...INTENTS.map((i) => `intent=${i}`)])]) one(fact, weightOfMessage, (r) => r.theirs, moodsOf);
  const own = new Map<Row, Features>();
  const ownOf = (r: Row): Features => {
    let f = own.get(r);
    if (f === undefined) {
      f = new Map(r.own);
      const moods = moodsOf.get(r) as Record<string, number>;
      for (const m of MOODS) f.set(`p:${m}`, moods[m] as number);
      own.set(r, f);
    }
    return f;
  };
  for (const fact of TRAITS) {
    one(fact, weight, ownOf, traitsOf);
    for (const r of traitsOf.keys()) chain(ownOf(r), fact, (traitsOf.get(r) as Record<string, number>)[fact] as number);
  }
  const pairOf = (r: Row): Features => {
    const all = moodsOf.get(r) as Record<string, number>;
    const moods = Object.fromEntries(MOODS.map((m) => [m, all[m] as number]));
    const mine = ownOf(r);
    return new Map([...mine, ...pairFeatures(mine, moods, traitsOf.get(r) as Record<string, number>)]);
  };
  for (const fact of PAIR) one(fact, weight, pairOf);
  for (const [i, name] of ['unseen writers', ...checks.map(([n]) => n)].entries()) {
    const f = table.map((c) => f1(c[i] as Scores));
    console.log(`${lang} mean F1 ${name}: ${((100 * f.reduce((a, b) => a + b, 0)) / f.length).toFixed(1)}`);
  }
  return { facts };
}

function main(): void {
  const args = process.argv.slice(2);
  const langs = args.filter((a) => /^[a-z]{2}$/.test(a));
  for (const lang of langs.length > 0 ? langs : ['fi', 'en']) {
    const data = fitLanguage(lang);
    if (args.includes('--dry')) continue;
    mkdirSync(join(ROOT, 'rules', 'model'), { recursive: true });
    writeFileSync(join(ROOT, 'rules', 'model', `${lang}.json`), `${JSON.stringify(data, null, 1)}\n`);
  }
}

main();
