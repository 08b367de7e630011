import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourceEngine } from '../src/source.js';
import { rulesPage } from '../tools/build/docs.js';

it('docs/rules.md says what the rules say (npm run docs)', () => {
  expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesPage(sourceEngine().rules));
});
