/** A rule's own examples: what must trip it, and what must not. */
import { describe, expect, it } from 'vitest';
import { sourceEngine } from '../src/source.js';
import { tried } from '../src/trial.js';

const engine = sourceEngine();

describe('every rule trips on its bad examples, stays silent on its good ones, and its safe fixes mend', () => {
  for (const rule of engine.rules) it(rule.id, () => expect(tried(rule, rule.examples, engine)).toEqual([]));
});
