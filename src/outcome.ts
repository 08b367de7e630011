/** Lint and safe fixes together: what every edge (commands, public API) hands to its reporter. */
import type { Engine } from './engine.js';
import { fixedText, lint, type LintOptions } from './lint.js';
import type { Exchange, Outcome } from './types.js';

export function outcomeOf(exchange: Exchange, engine: Engine, options: LintOptions = {}): Outcome {
  const result = lint(exchange, engine, options);
  const fixed = fixedText(exchange.reply, result.findings);
  return fixed === undefined ? result : { ...result, fixed };
}
