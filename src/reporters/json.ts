/** The contract for programs (docs/contract.md): one object. */
import type { Outcome } from '../types.js';

export function jsonReport(outcome: Outcome): string {
  return `${JSON.stringify(outcome, null, 2)}\n`;
}

export function jsonLine(outcome: Outcome): string {
  return `${JSON.stringify(outcome)}\n`;
}
