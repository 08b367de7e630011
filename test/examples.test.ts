/** A rule's own examples: what must trip it, and what must not. */
import { describe, expect, it } from 'vitest';
import { lint } from '../src/lint.js';
import type { Example, Rule } from '../src/rules/types.js';
import { sourceEngine } from '../src/source.js';

const engine = sourceEngine();
const trips = (rule: Rule, example: Example): boolean => lint(example, engine).findings.some((f) => f.rule === rule.id);

describe('every rule trips on its bad examples and stays silent on its good ones', () => {
  for (const rule of engine.rules) {
    const { bad, good } = rule.examples;
    it(rule.id, () => {
      expect(bad.filter((e) => !trips(rule, e)).map((e) => e.reply), 'missed').toEqual([]);
      expect(good.filter((e) => trips(rule, e)).map((e) => e.reply), 'found wrongly').toEqual([]);
      const all = [...bad, ...good].map((e) => JSON.stringify(e));
      expect(all.filter((e, i) => all.indexOf(e) !== i), 'stands twice').toEqual([]);
    });
  }
});
