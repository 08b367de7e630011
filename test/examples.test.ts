import { describe, expect, it } from 'vitest';
import { verify } from '../src/rules/examples.js';
import { sourceEngine } from '../src/source.js';

const engine = sourceEngine();

describe('every rule trips on its bad examples and stays silent on its good ones', () => {
  for (const rule of engine.rules) {
    it(rule.id, () => {
      expect(verify(rule, engine).map((v) => `${v.kind}: ${v.example.reply}`)).toEqual([]);
    });
  }
});
