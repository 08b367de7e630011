/** Public API: the same path that the commands take, synchronous, over the rules that come with the package. */
import { fileURLToPath } from 'node:url';
import { Engine } from './engine.js';
import type { LintOptions } from './lint.js';
import { outcomeOf } from './outcome.js';
import { loadBuilt } from './rules/load.js';
import type { Exchange, Outcome } from './types.js';

export { CHANNELS, LEVELS, UserError } from './types.js';
export type { Channel, Edit, Exchange, Facts, Finding, Fix, Lang, Level, Outcome, Result } from './types.js';
export type { LintOptions } from './lint.js';
export type { RuleSetting } from './rules/types.js';

let engine: Engine | undefined;

function ready(): Engine {
  engine ??= new Engine(loadBuilt(fileURLToPath(new URL('./rules', import.meta.url))));
  return engine;
}

/**
 * Reads a reply against the message that it answers.
 * @throws UserError for a language that savy does not know
 */
export function check(exchange: Exchange, options: LintOptions = {}): Outcome {
  return outcomeOf(exchange, ready(), options);
}

/** The ids of all rules, in order. */
export function ruleIds(): string[] {
  return ready().rules.map((r) => r.id);
}
