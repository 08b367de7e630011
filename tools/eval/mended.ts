/** Exchanges under `fixtures/mended/`: a poor reply, and what a person answers to the blanks that its draft may have. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blanksIn } from '../../src/text/placeholders.js';
import { readYaml } from '../../src/rules/yaml.js';
import type { Exchange } from '../../src/types.js';
import { ROOT } from './data.js';

export type Mended = Readonly<{ name: string; exchange: Exchange; /** By how the blank begins. */ answers: Readonly<Record<string, string>> }>;

export function mended(): Mended[] {
  const dir = join(ROOT, 'fixtures', 'mended');
  return readdirSync(dir)
    .sort()
    .map((name) => {
      const { answers, ...exchange } = readYaml(readFileSync(join(dir, name), 'utf8'), name).value as Exchange & { answers: Record<string, string> };
      return { name, exchange, answers };
    });
}

/** The draft with its blanks filled; one without an answer stays. */
export function filled(draft: string, answers: Readonly<Record<string, string>>): string {
  const answerOf = (blank: string): string => answers[Object.keys(answers).find((begins) => blank.startsWith(begins, 1)) ?? ''] ?? blank;
  return blanksIn(draft).reduce((text, blank) => text.replace(blank, () => answerOf(blank)), draft);
}
