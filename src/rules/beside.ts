/** Rules that see the same fault from another side. */
import type { Finding } from '../types.js';
import type { Rule } from './types.js';

/** The rules that have tripped beside one that they name: they cost nothing, and ask for nothing that the other does not. */
export function besideOthers(rules: readonly Rule[], findings: readonly Finding[]): ReadonlySet<string> {
  const tripped = new Set(findings.map((f) => f.rule));
  return new Set(rules.filter((r) => tripped.has(r.id) && r.beside?.some((other) => tripped.has(other)) === true).map((r) => r.id));
}
