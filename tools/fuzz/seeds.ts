/** What cases grow from: the fixtures, by what they may be handed over as. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Seed = Readonly<{ name: string; bytes: Buffer }>;

function under(dir: string): Seed[] {
  return readdirSync(join(ROOT, dir), { recursive: true, withFileTypes: true })
    .filter((f) => f.isFile())
    .map((f) => ({ name: f.name, bytes: readFileSync(join(f.parentPath, f.name)) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : Buffer.compare(a.bytes, b.bytes)));
}

const made = (name: string, text: string): Seed => ({ name, bytes: Buffer.from(text) });

export const TEXTS: readonly Seed[] = [...under('fixtures/exchanges').filter((s) => s.name.endsWith('.txt')), ...under('fixtures/mail'), ...under('fixtures/hostile')];
export const LIBRARIES: readonly Seed[] = under('fixtures/libraries').filter((s) => s.bytes.length < 40_000);
export const PACK: readonly Seed[] = under('integrations/packs');

const SETTINGS = `channel: email
lang: fi
ui: en
agent: Noora
agents: [Hjördis, Päivi]
brands: [Hallamättään Marja]
fail-on: error
min-grade: 8-
root: true
extends: [./base.yml, "@kuura/savy"]
packs: [style]
rules:
  person/greeting-missing: off
  apology/hollow: error
  answer/late: {level: hint, points: 0.5}
phrases:
  stock.value:
    - asiakastyytyväisyys on (meille | yhtiöllemme) ...3 sydämen asia
overrides:
  - files: ["**/email/**", "*.txt", "!x.md"]
    channel: email
    rules: {person/greeting-missing: error}
`;

export const CONFIGS: readonly Seed[] = [
  made('.savyrc.yaml', SETTINGS),
  made('.savyrc.yaml', 'channel: chat\nrules: {tone/humour-missed: off}\n'),
  made('.savyrc.yaml', 'phrases:\n  stock.value:\n    - (a | b | [c]) ...3 d*\n    - ~sana ... <number>\n'),
  made('.savyrc.json', '{"channel": "review", "ui": "fi", "rules": {"apology/hollow": {"level": "error", "points": 1}}}'),
  made('package.json', '{"name": "x", "savy": {"channel": "app", "brands": ["X"]}}'),
  made('.savyrc.yaml', 'packs: [style]\nextends: ./base.yml\n'),
];

export const BASELINES: readonly Seed[] = [made('.savy-baseline.json', '{\n  "savy-baseline": 1,\n  "scope": "0123456789abcdef",\n  "findings": {\n    "template/boilerplate 0123456789abcdef 0123456789abcdef 0123456789abcdef": 1\n  }\n}\n')];
export const CACHES: readonly Seed[] = [made('.savy-cache.json', '{"savy-cache":1,"program":"00","entries":"00"}\n00 {"result":{}}\n')];
export const IGNORES: readonly Seed[] = [made('.savyignore', '# x\n*.md\n!a.md\n/drafts/\n**/x/*.y[am]l\n')];
export const LINES: readonly Seed[] = [
  made('in.jsonl', '{"id":"1","message":"Keitto oli kylmää.","reply":"Hei Anna! Pahoittelut. -Noora","channel":"chat","lang":"fi","customer":"Anna","agent":"Noora","message_at":"2024-03-04T19:10+02:00","reply_at":"2024-03-07T08:05+02:00"}\n{"reply":"Hello! Sorry for any inconvenience."}\n\n{"reply": 1}\n'),
  made('in.jsonl', '{"message":"My chair came broken, order 12345.","reply":"Dear customer, thank you for reaching out. We value your feedback."}\n'.repeat(3)),
];
