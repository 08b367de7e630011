/** Each fact as yes/no questions, F1 over a set, and how well grades agree. */
import type { Facts } from '../../src/types.js';

type Question = (l: Partial<Facts>, lang: string) => boolean | undefined;

export const QUESTIONS: Readonly<Record<string, Question>> = {
  'intent=complaint': (l) => l.intent === 'complaint',
  'intent=praise': (l) => l.intent === 'praise',
  humorous: (l) => l.humorous === true,
  angry: (l) => l.angry === true,
  serious: (l) => l.serious === true,
  asks: (l) => l.asks === true,
  'apology=real': (l) => l.apology === 'real',
  'apology=hollow': (l) => l.apology === 'hollow',
  boilerplate: (l) => l.boilerplate === true,
  signed: (l) => l.signed === true,
  deflects: (l) => l.deflects === true,
  private: (l) => l.private === true,
  specific: (l) => l.specific === true,
  acts: (l) => l.acts === true,
  blames: (l) => l.blames === true,
  empathy: (l) => l.empathy === true,
  playful: (l) => l.playful === true,
  toneclash: (l) => l.toneclash === true,
  'answers=no': (l) => l.answers === 'no',
  'address_in=sina': (l, lang) => (lang === 'fi' ? l.address_in === 'sina' : undefined),
  'address_in=te': (l, lang) => (lang === 'fi' ? l.address_in === 'te' : undefined),
  'address_out=sina': (l, lang) => (lang === 'fi' ? l.address_out === 'sina' : undefined),
  'address_out=te': (l, lang) => (lang === 'fi' ? l.address_out === 'te' : undefined),
};

type Tally = { tp: number; fp: number; fn: number; tn: number };
type Measures = Readonly<{ positives: number; precision: number; recall: number; f1: number }>;

export function measures({ tp, fp, fn }: Tally): Measures {
  return { positives: tp + fn, precision: tp + fp > 0 ? tp / (tp + fp) : NaN, recall: tp + fn > 0 ? tp / (tp + fn) : NaN, f1: 2 * tp + fp + fn > 0 ? (2 * tp) / (2 * tp + fp + fn) : NaN };
}

export function tally(pairs: readonly Readonly<{ gold: Partial<Facts>; said: Partial<Facts>; lang: string }>[], question: Question): Tally | undefined {
  const t: Tally = { tp: 0, fp: 0, fn: 0, tn: 0 };
  let any = false;
  for (const { gold, said, lang } of pairs) {
    const truth = question(gold, lang);
    if (truth === undefined) continue;
    any = true;
    const answer = question(said, lang) === true;
    t[truth ? (answer ? 'tp' : 'fn') : answer ? 'fp' : 'tn']++;
  }
  return any ? t : undefined;
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((v, i) => [v, i] as const).sort((a, b) => a[0] - b[0]);
  const out = new Array<number>(values.length).fill(0);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && order[j + 1]?.[0] === order[i]?.[0]) j++;
    for (let k = i; k <= j; k++) out[order[k]?.[1] as number] = (i + j) / 2 + 1;
    i = j + 1;
  }
  return out;
}

export function agreement(gold: readonly number[], said: readonly number[]): Readonly<{ n: number; error: number; spearman: number }> {
  const n = gold.length;
  const error = gold.reduce((s, g, i) => s + Math.abs(g - (said[i] as number)), 0) / n;
  const [a, b] = [ranks(gold), ranks(said)];
  const mean = (xs: readonly number[]): number => xs.reduce((s, x) => s + x, 0) / xs.length;
  const [ma, mb] = [mean(a), mean(b)];
  let num = 0, da = 0, db = 0;
  for (let i = 0; i < n; i++) {
    num += ((a[i] as number) - ma) * ((b[i] as number) - mb);
    da += ((a[i] as number) - ma) ** 2;
    db += ((b[i] as number) - mb) ** 2;
  }
  return { n, error, spearman: num / Math.sqrt(da * db) };
}
