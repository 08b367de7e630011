/** Does a condition of a rule hold for these signals? */
import type { Signals, Value } from '../types.js';
import type { Condition } from './types.js';

const COMPARISON = /^(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$/;

type Comparison = Readonly<{ sign: string; limit: number }>;
/** Read once; there are as many as rule files and settings hold. */
const comparisons = new Map<string, Comparison | undefined>();

function comparisonOf(wanted: string): Comparison | undefined {
  let comparison = comparisons.get(wanted);
  if (comparison === undefined && !comparisons.has(wanted)) {
    const m = COMPARISON.exec(wanted);
    if (m !== null) comparison = { sign: m[1] as string, limit: Number(m[2]) };
    comparisons.set(wanted, comparison);
  }
  return comparison;
}

/** `>=2`, `< 1.5`. */
export function isComparison(wanted: string): boolean {
  return comparisonOf(wanted) !== undefined;
}

function one(actual: Value | undefined, wanted: Value): boolean {
  const comparison = typeof wanted === 'string' ? comparisonOf(wanted) : undefined;
  if (comparison === undefined) return actual === wanted;
  if (typeof actual !== 'number') return false;
  const { sign, limit } = comparison;
  return sign === '>=' ? actual >= limit : sign === '<=' ? actual <= limit : sign === '>' ? actual > limit : actual < limit;
}

/** All parts must hold. A signal that is absent (no message, no times) equals nothing. */
export function holds(condition: Condition, signals: Signals): boolean {
  for (const key in condition) {
    const wanted = condition[key] as Value | readonly Value[];
    const actual = signals.get(key)?.value;
    const met = Array.isArray(wanted) ? (wanted as readonly Value[]).some((w) => one(actual, w)) : one(actual, wanted as Value);
    if (!met) return false;
  }
  return true;
}
