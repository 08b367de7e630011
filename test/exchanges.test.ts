import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lint } from '../src/lint.js';
import { readYaml } from '../src/rules/yaml.js';
import { sourceEngine } from '../src/source.js';
import type { Exchange } from '../src/types.js';

type Expected = {
  about: string;
  finds?: string[];
  never?: string[];
  clean?: boolean;
  grade: [number, number];
} & Pick<Exchange, 'channel' | 'lang' | 'customer' | 'agent' | 'message_at' | 'reply_at'>;

const engine = sourceEngine();
const folder = 'fixtures/exchanges';

describe('the exchanges under fixtures/ are judged as a careful reader judges them', () => {
  for (const name of readdirSync(folder).sort()) {
    const text = (file: string): string => readFileSync(`${folder}/${name}/${file}`, 'utf8');
    const { finds = [], never = [], clean, grade, about, channel, lang, customer, agent, message_at, reply_at } = readYaml(text('exchange.yml'), `${name}/exchange.yml`).value as Expected;
    it(`${name}: ${about}`, () => {
      const result = lint({ message: text('message.txt'), reply: text('reply.txt'), channel, lang, customer, agent, message_at, reply_at }, engine);
      const found = [...new Set(result.findings.map((f) => f.rule))];
      const said = `found ${found.join(', ')}; grade ${result.gradeText}`;
      expect(finds.filter((id) => !found.includes(id)), `not found; ${said}`).toEqual([]);
      expect(never.filter((id) => found.includes(id)), `wrongly found; ${said}`).toEqual([]);
      if (clean === true) expect(result.findings.filter((f) => f.level !== 'hint').map((f) => f.rule), `not clean; ${said}`).toEqual([]);
      expect(result.grade, said).toBeGreaterThanOrEqual(grade[0]);
      expect(result.grade, said).toBeLessThanOrEqual(grade[1]);
    });
  }
});
