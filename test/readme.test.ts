import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readme } from '../tools/build/readme.js';
import { store } from './drive.js';

it('README.md shows what savy prints (npm run docs)', async () => {
  const text = readFileSync('README.md', 'utf8');
  expect(text).toBe(await readme(text, store()));
});
