/** Exchanges under `fixtures/mended/`: a poor reply, and what a person answers to the blanks of its draft, in order. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blanksIn } from '../../src/text/placeholders.js';
import { readYaml } from '../../src/rules/yaml.js';
import type { Exchange } from '../../src/types.js';
import { ROOT } from './data.js';

export type Mended = Readonly<{ name: string; exchange: Exchange; answers: readonly string[] }>;

export function mended(): Mended[] {
  const dir = join(ROOT, 'fixtures', 'mended');
  return readdirSync(dir)
    .sort()
    .map((name) => {
      const { answers, ...exchange } = readYaml(readFileSync(join(dir, name), 'utf8'), name).value as Exchange & { answers: string[] };
      return { name, exchange, answers };
    });
}

/** The draft with its blanks filled, the first with the first answer and so on; one without an answer stays. */
export function filled(draft: string, answers: readonly string[]): string {
  return blanksIn(draft).reduce((text, blank, i) => text.replace(blank, () => answers[i] ?? blank), draft);
}
