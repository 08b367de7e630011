/** The exchanges under `fixtures/exchanges/` as labelled data: what `npm run eval` runs on where no evaluation set is at hand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../../src/rules/yaml.js';
import type { Facts } from '../../src/types.js';
import { type Labelled, ROOT } from './data.js';

export function fixtures(lang: string): Labelled[] {
  const dir = join(ROOT, 'fixtures', 'exchanges');
  return readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const text = (file: string): string => readFileSync(join(dir, name, file), 'utf8');
      const y = readYaml(text('exchange.yml'), name).value as { lang?: string; channel?: string; grade: [number, number]; facts?: Facts };
      if (y.lang !== lang || y.facts === undefined) return [];
      return [{ id: name, lang, channel: y.channel ?? 'social', kind: 'written', complaint: text('message.txt'), reply: text('reply.txt'), labels: { ...y.facts, grade: (y.grade[0] + y.grade[1]) / 2 } }];
    });
}
