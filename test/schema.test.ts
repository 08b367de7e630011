/** The published JSON Schemas say what the readers check, and accept what the readers accept. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { asText, schemas } from '../tools/build/schema.js';
import { ROOT, savy, store } from './drive.js';
import { parse } from './yaml.js';

const all = schemas(store());
const ajv = new Ajv({ allowUnionTypes: true });
const validators = new Map(Object.entries(all).map(([name, schema]) => [name, ajv.compile(schema)]));
const wrong = (name: string, text: string): unknown => {
  const validate = validators.get(name) as ValidateFunction;
  return validate(parse(text)) ? [] : validate.errors;
};
const yaml = (dir: string): string[] => readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' }).filter((f) => /\.ya?ml$/.test(f)).map((f) => join(dir, f));
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
/** Blocks of YAML in a page. */
const blocks = (page: string): string[] => [...read(page).matchAll(/^```yaml\n([^]*?)^```$/gm)].map((m) => m[1] as string);

describe('docs/schema', () => {
  it.each(Object.keys(all))('%s is fresh (npm run docs)', (name) => {
    expect(read(`docs/schema/${name}`)).toBe(asText(all[name] as object as Record<string, unknown>));
  });
  it('accepts savy’s own rules and cues, and the example pack', () => {
    for (const file of readdirSync(join(ROOT, 'rules')).filter((f) => f.endsWith('.yml'))) expect(wrong('rules.json', read(`rules/${file}`)), file).toEqual([]);
    for (const file of [...yaml('rules/fi/cues'), ...yaml('rules/en/cues')]) expect(wrong('cues.json', read(file)), file).toEqual([]);
    for (const file of yaml('integrations/packs')) {
      if (file.endsWith('names.yml')) continue;
      expect(wrong(file.endsWith('pack.yml') ? 'pack.json' : file.includes('/cues/') ? 'cues.json' : 'rules.json', read(file)), file).toEqual([]);
    }
  });
  it('accepts the settings in README.md, and refuses what the reader refuses', async () => {
    const settings = blocks('README.md').filter((b) => /^(?:channel|rules|extends):/m.test(b) && !/^on:/m.test(b));
    expect(settings.length).toBeGreaterThan(0);
    for (const block of settings) expect(wrong('config.json', block)).toEqual([]);
    const dir = mkdtempSync(join(tmpdir(), 'savy-'));
    for (const text of ['channel: fax', 'chanel: email', 'rules: {apology/hollow: loud}', 'rules: {apology/hollow: {levels: off}}', 'brands: Kuura', 'root: 1', 'overrides: [{channel: email}]', 'phrases: {stock.value: x}', 'fail-on: off', 'min-grade: [8]']) {
      writeFileSync(join(dir, '.savyrc.yaml'), text);
      expect([(await savy(['check'], { cwd: dir, stdin: 'Hi' })).code, wrong('config.json', text)], text).toEqual([2, expect.arrayContaining([expect.anything()])]);
    }
  });
});

describe('docs/writing-rules.md', () => {
  const files = new Map<string, string>();
  for (const block of blocks('docs/writing-rules.md')) {
    const name = /^# style\/(\S+)\n/.exec(block)?.[1] ?? 'rules/more.yml';
    files.set(name, block);
  }
  it('shows a pack that loads and passes its own examples', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'savy-'));
    for (const [name, text] of files) {
      mkdirSync(dirname(join(dir, 'style', name)), { recursive: true });
      writeFileSync(join(dir, 'style', name), text);
    }
    expect([...files.keys()].sort()).toEqual(['cues/names.yml', 'en/cues/house.yml', 'fi/cues/house.yml', 'pack.yml', 'rules/house.yml', 'rules/more.yml']);
    expect(await savy(['rules', 'test', 'style'], { cwd: dir })).toEqual({ code: 0, out: '2 rules, 6 examples: all as they should be\n', err: '' });
    for (const [name, text] of files) expect(wrong(name === 'pack.yml' ? 'pack.json' : name.includes('cues/') ? 'cues.json' : 'rules.json', text), name).toEqual([]);
  });
  it('names what there is', () => {
    for (const [, target] of read('docs/writing-rules.md').matchAll(/\]\(([^)#]+)\)/g)) expect(existsSync(join(ROOT, 'docs', target as string)), target).toBe(true);
  });
});
