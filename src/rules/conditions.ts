/** Does a condition of a rule hold for these signals? */
import type { Signals, Value } from '../types.js';
import type { Condition } from './types.js';

const COMPARISON = /^(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$/;

function one(actual: Value | undefined, wanted: Value): boolean {
  if (typeof wanted === 'string') {
    const m = COMPARISON.exec(wanted);
    if (m !== null) {
      if (typeof actual !== 'number') return false;
      const limit = Number(m[2]);
      return m[1] === '>=' ? actual >= limit : m[1] === '<=' ? actual <= limit : m[1] === '>' ? actual > limit : actual < limit;
    }
  }
  return actual === wanted;
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
