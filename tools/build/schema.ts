/** `npm run docs`: writes `docs/schema/*.json` from the shapes that the readers check, so that editors complete what savy accepts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cuesOf, uiLanguages } from '../../src/commands/vocabulary.js';
import { SIGNALS } from '../../src/facts/names.js';
import { configShape, settingShape } from '../../src/rules/config.js';
import { loadSource, type Store } from '../../src/rules/load.js';
import { packShape } from '../../src/rules/packs.js';
import { cueShape, ruleShape } from '../../src/rules/read.js';
import type { Shape } from '../../src/rules/yaml.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Schema = { [key: string]: unknown };

/** What an editor shows beside a key. */
const ABOUT: Readonly<Record<string, string>> = {
  channel: 'Where the reply is read. Default: social.',
  lang: 'Language of the replies. Default: detected.',
  ui: 'Language of what savy says. Default: the reply’s.',
  agent: 'Who answers.',
  brands: 'Names of the company and its brands: they sign as a team.',
  agents: 'Names of the people who answer: they sign as people.',
  'fail-on': 'Exit 1 from this level on. Default: warning.',
  'min-grade': 'Exit 1 below this grade: 7, 7.5, 7½, 8-.',
  rules: 'Levels (off, hint, warning, error) and points of rules.',
  phrases: 'Own phrases by cue, as docs/cues.md describes them.',
  packs: 'Folders of own rules (docs/writing-rules.md), relative to this file.',
  from: 'Format of a library’s files, taken for granted: csv, zendesk … Default: by content.',
  columns: 'What the columns or fields of a library hold: names, or numbers from 1.',
  most: 'So many replies may share a sentence. Default: 5.',
  root: 'Nothing above this folder counts.',
  extends: 'Settings that these build on: paths beginning with ./, or npm packages.',
  overrides: 'Settings for the files that globs name; later ones win.',
  files: 'Globs from the folder of this file; without a slash: a file’s name anywhere below it. ! takes back.',
  level: 'How grave it is.',
  points: 'What a finding takes off the grade, 0 to 6; for each channel, if wanted.',
  name: 'Of the pack: its cues and rules begin with it.',
  description: 'What the pack is for.',
  languages: 'Languages that the pack speaks, and of whose replies. Default: all.',
  id: 'Name of the pack, a slash, name of the rule.',
  needs: 'Silent when this is not known.',
  scope: 'library: only of canned replies.',
  library: 'Level for canned replies, or off.',
  whole: 'About whole messages: silent on fragments of a library.',
  when: 'Signals and what they must be; of a list, any one. Counts compare: ">=2".',
  unless: 'Any of these keeps it silent.',
  at: 'Where it stands: start, body, close, end, or the signal that shows it.',
  each: 'A finding for each place instead of one in all.',
  confidence: 'Never more than likely.',
  message: 'What is wrong, in each language. {quotes} are the words found.',
  why: 'The reason, in each language.',
  source: 'What it rests on.',
  fixes: 'Ways out, the first one first.',
  do: 'replace, delete, insert: edits; address: one form of address throughout; advise: words only.',
  safe: 'Changes no promise and no meaning.',
  title: 'What the fix does, in each language.',
  text: 'What it writes, by language of the reply: the first whose {slots} are all known. ⟨…⟩ is left for a person.',
  examples: 'Run by savy rules test. Without both kinds the rule does not load.',
  bad: 'Must trip the rule.',
  good: 'Must not trip it.',
  reply: 'The reply.',
  finds: 'What the finding must quote.',
  about: 'What the phrases say.',
};

const settings = JSON.stringify(settingShape);

/** Names that an editor offers where others may stand too. */
type Offer = (key: string, shape: Shape) => readonly string[] | undefined;

/** What stands in many places is written once. */
type Definitions = Map<string, { name: string; schema: Schema }>;

function hoisted(schema: Schema, name: string, definitions: Definitions): Schema {
  const text = JSON.stringify(schema);
  const known = definitions.get(text) ?? { name: `${name}${definitions.size + 1}`, schema };
  definitions.set(text, known);
  return { $ref: `#/definitions/${known.name}` };
}

function schemaOf(shape: Shape, offer: Offer, definitions: Definitions, key = ''): Schema {
  if (typeof shape === 'string') return shape === 'any' ? {} : { type: shape };
  if ('oneOf' in shape) return { enum: [...shape.oneOf] };
  if ('listOf' in shape) return { type: 'array', items: schemaOf(shape.listOf, offer, definitions, key) };
  if ('either' in shape) return { anyOf: shape.either.map((s) => schemaOf(s, offer, definitions, key)) };
  if ('mapOf' in shape) {
    const own = schemaOf(shape.mapOf, offer, definitions, key);
    const names = shape.keys ?? offer(key, shape.mapOf);
    if (names === undefined) return { type: 'object', additionalProperties: own };
    const value = hoisted(own, 'value', definitions);
    return hoisted({ type: 'object', properties: Object.fromEntries(names.map((n) => [n, value])), additionalProperties: shape.keys === undefined ? value : false }, 'map', definitions);
  }
  const properties = Object.fromEntries(Object.entries(shape.fields).map(([name, s]) => [name, { ...(ABOUT[name] === undefined ? {} : { description: ABOUT[name] }), ...referable(schemaOf(s, offer, definitions, name)) }]));
  return { type: 'object', properties, additionalProperties: false, ...(shape.required === undefined ? {} : { required: [...shape.required] }) };
}

/** Beside a reference nothing else counts (draft 7). */
function referable(schema: Schema): Schema {
  return schema['$ref'] === undefined ? schema : { allOf: [schema] };
}

/** The published schemas by the name of their file. */
export function schemas(store: Store): Record<string, Schema> {
  const languages = store.index.languages.map((l) => l.lang);
  const offer: Offer = (key, shape) => {
    if (key === 'rules' && JSON.stringify(shape) === settings) return store.index.rules.map((r) => r.id);
    if (key === 'phrases' || key === 'cues') return cuesOf(store);
    if (key === 'when' || key === 'unless') return [...SIGNALS].sort();
    return undefined;
  };
  const published = (name: string, title: string, shape: Shape, key = ''): [string, Schema] => {
    const definitions: Definitions = new Map();
    const schema = schemaOf(shape, offer, definitions, key);
    return [name, { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema, definitions: Object.fromEntries([...definitions.values()].map((d) => [d.name, d.schema])) }];
  };
  return Object.fromEntries([
    published('config.json', 'Settings of savy (.savyrc.yaml, or the key savy in package.json)', configShape({ languages, ui: uiLanguages(store) })),
    published('pack.json', 'pack.yml of a pack of savy', packShape(languages)),
    published('rules.json', 'Rules of a pack of savy (rules/*.yml)', { listOf: ruleShape }),
    published('cues.json', 'Cues of a pack of savy (cues/*.yml)', cueShape, 'cues'),
  ]);
}

export function asText(schema: Schema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (process.argv[1]?.endsWith('schema.ts') === true) {
  const dir = join(ROOT, 'docs', 'schema');
  mkdirSync(dir, { recursive: true });
  for (const [name, schema] of Object.entries(schemas(loadSource(join(ROOT, 'rules'))))) writeFileSync(join(dir, name), asText(schema));
}
