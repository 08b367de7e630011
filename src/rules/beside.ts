/** Rules that see the same fault from another side. */
import type { Finding } from '../types.js';
import type { Rule } from './types.js';

/** The rules that have tripped beside one that they name, with that one: they cost nothing, and ask for nothing that the other does not. */
export function besideOthers(rules: readonly Rule[], findings: readonly Finding[]): ReadonlyMap<string, string> {
  const tripped = new Set(findings.map((f) => f.rule));
  const out = new Map<string, string>();
  for (const { id, beside } of rules) {
    const other = tripped.has(id) ? beside?.find((o) => tripped.has(o)) : undefined;
    if (other !== undefined) out.set(id, other);
  }
  return out;
}
