/** Does a condition of a rule hold for these signals? */
import type { Signals, Value } from '../types.js';
import type { Condition } from './types.js';

const COMPARISON = /^(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$/;

type Comparison = Readonly<{ sign: string; limit: number }>;

function comparisonOf(wanted: string): Comparison | undefined {
  const m = COMPARISON.exec(wanted);
  return m === null ? undefined : { sign: m[1] as string, limit: Number(m[2]) };
}

/** `>=2`, `< 1.5`. */
export function isComparison(wanted: string): boolean {
  return comparisonOf(wanted) !== undefined;
}

type Part = Readonly<{ signal: string; fits: (actual: Value | undefined) => boolean }>;
/** Conditions made ready: each is asked of every exchange. */
const ready = new WeakMap<Condition, readonly Part[]>();

function fitting(wanted: Value): Part['fits'] {
  const comparison = typeof wanted === 'string' ? comparisonOf(wanted) : undefined;
  if (comparison === undefined) return (actual) => actual === wanted;
  const { sign, limit } = comparison;
  return (actual) => typeof actual === 'number' && (sign === '>=' ? actual >= limit : sign === '<=' ? actual <= limit : sign === '>' ? actual > limit : actual < limit);
}

function partsOf(condition: Condition): readonly Part[] {
  let parts = ready.get(condition);
  if (parts === undefined) {
    parts = Object.entries(condition).map(([signal, wanted]): Part => {
      const any = (Array.isArray(wanted) ? (wanted as readonly Value[]) : [wanted as Value]).map(fitting);
      return { signal, fits: any.length === 1 ? (any[0] as Part['fits']) : (actual) => any.some((fits) => fits(actual)) };
    });
    ready.set(condition, parts);
  }
  return parts;
}

/** All parts must hold. A signal that is absent (no message, no times) equals nothing. */
export function holds(condition: Condition, signals: Signals): boolean {
  for (const { signal, fits } of partsOf(condition)) if (!fits(signals.get(signal)?.value)) return false;
  return true;
}
