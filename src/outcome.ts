/** Lint and safe fixes together: what every edge (commands, public API) hands to its reporter. */
import type { Engine } from './engine.js';
import { fixReply } from './fixing.js';
import type { LintOptions } from './lint.js';
import type { Exchange, Outcome } from './types.js';

export function outcomeOf(exchange: Exchange, engine: Engine, options: LintOptions = {}): Outcome {
  const { before, fixed, edits } = fixReply(exchange, engine, options);
  return edits.length === 0 ? before : { ...before, fixed };
}
