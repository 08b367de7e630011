/** The contract for programs (docs/contract.md): one object. */
import type { Outcome } from '../types.js';
import { jsonText } from './json-text.js';

export function jsonReport(outcome: Outcome): string {
  return `${jsonText(outcome, 2)}\n`;
}

export function jsonLine(outcome: Outcome): string {
  return `${jsonText(outcome)}\n`;
}
