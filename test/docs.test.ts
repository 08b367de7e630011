import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourceEngine } from '../src/source.js';
import { rulesPage } from '../tools/build/docs.js';
import { store } from './drive.js';

it('docs/rules.md says what the rules say (npm run docs)', () => {
  expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesPage(sourceEngine().rules));
});

it('docs/cues.md lists the cues that there are', () => {
  const page = readFileSync('docs/cues.md', 'utf8');
  const listed = new Set([...page.matchAll(/^\|(.*?)\|/gm)].flatMap((row) => [...(row[1] as string).matchAll(/`([a-z_.]+)`/g)].map((m) => m[1] as string)));
  const cues = new Set(store().index.languages.flatMap(({ lang }) => store().language(lang).automaton.cues).filter((cue) => !cue.startsWith('anatomy.') && !cue.endsWith('!')));
  expect([...cues].filter((cue) => !listed.has(cue)), 'not listed').toEqual([]);
  expect([...listed].filter((cue) => ![...cues].some((c) => c === cue || c.startsWith(`${cue}.`))), 'listed only').toEqual([]);
});
