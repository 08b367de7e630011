/** The one place that reads rule files: `rules/` as YAML, or what the build made of it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LanguageData } from '../cues/language.js';
import { type ModelData, type PackedModel, packModel } from '../facts/model.js';
import { SIGNALS } from '../facts/names.js';
import { type Lang, UserError } from '../types.js';
import { type Formats, readFormats } from './formats.js';
import { pack, unpack } from './pack.js';
import type { FormsSpec } from '../text/forms.js';
import { readForms } from './forms.js';
import { readMerits } from './merits.js';
import { readLanguage, readRules, readWords, type SourceFile } from './read.js';
import type { Example, Merit, Rule, Words } from './types.js';

/** What the engine runs on. Languages and models are asked for when first needed. */
export type Store = Readonly<{
  index: Index;
  language: (lang: Lang) => LanguageData;
  /** Forms of address, where a language tells them apart: what a fix of the whole reply needs. */
  address: (lang: Lang) => FormsSpec | undefined;
  /** Fitted weights, packed. */
  model: (lang: Lang) => PackedModel | undefined;
  vectors: () => Uint8Array | undefined;
  /** The words of savy's own reports, in a language that has a `ui.yml`. */
  ui: (lang: Lang) => Words | undefined;
  /** What helpdesks do with a canned reply. */
  formats: () => Formats;
  /** A rule's examples: what `savy explain` shows and nothing else needs. */
  examples: (rule: string) => Examples;
}>;

type Examples = Readonly<{ bad: readonly Example[]; good: readonly Example[] }>;

/** Small enough to read at every start. */
export type Index = Readonly<{
  languages: readonly Readonly<{ lang: Lang; iso: string; functionWords: readonly string[] }>[];
  rules: readonly Rule[];
  /** Cues that rules ask for by name (`cue:…`), where there are such. */
  cues?: readonly string[];
  merits: readonly Merit[];
}>;

function yamlFiles(dir: string, label: string): SourceFile[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((f) => /\.ya?ml$/.test(f))
    .sort()
    .map((f) => ({ file: `${label}/${f}`, text: readFileSync(join(dir, f), 'utf8') }));
}

function optional(dir: string, label: string, name: string): SourceFile | undefined {
  const path = join(dir, name);
  return existsSync(path) ? { file: `${label}/${name}`, text: readFileSync(path, 'utf8') } : undefined;
}

function languageFolder(root: string, lang: Lang): LanguageData {
  const dir = join(root, lang);
  const label = `rules/${lang}`;
  const language = optional(dir, label, 'language.yml');
  if (language === undefined) throw new UserError('a language folder needs a language.yml', label);
  return readLanguage(lang, { language, fold: optional(dir, label, 'morphology.yml'), names: optional(dir, label, 'names.yml'), repair: optional(dir, label, 'repair.yml'), cues: yamlFiles(join(dir, 'cues'), `${label}/cues`) });
}

/** Folders under `rules/` that hold a `language.yml`. */
function languageFolders(root: string): Lang[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((e) => e.isDirectory() && existsSync(join(root, e.name, 'language.yml')))
    .map((e) => e.name)
    .sort();
}

function sourceModel(root: string, lang: Lang): PackedModel | undefined {
  const path = join(root, 'model', `${lang}.json`);
  return existsSync(path) ? packModel(JSON.parse(readFileSync(path, 'utf8')) as ModelData) : undefined;
}

/** No `Buffer`: its `slice` shares memory where `Uint8Array`'s copies. */
function bytes(path: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined;
  const { buffer, byteOffset, byteLength } = readFileSync(path);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function readVectors(root: string): Uint8Array | undefined {
  return bytes(join(root, 'model', 'vectors.bin'));
}

/**
 * Rules as written: for the build, the tests and the tools.
 * @throws UserError
 */
export function loadSource(root: string): Store {
  const languages = new Map(languageFolders(root).map((lang) => [lang, languageFolder(root, lang)]));
  const rules = yamlFiles(root, 'rules').flatMap((file) => readRules(file, SIGNALS));
  const ids = new Map<string, string>();
  for (const rule of rules) {
    const first = ids.get(rule.id);
    if (first !== undefined) throw new UserError(`rule ${rule.id} stands twice`, rule.place, `the first one is at ${first}`);
    ids.set(rule.id, rule.place);
  }
  return {
    index: { languages: [...languages.values()].map((l) => ({ lang: l.lang, iso: l.spec.iso, functionWords: l.spec.function_words })), rules, merits: yamlFiles(join(root, 'grade'), 'rules/grade').flatMap((file) => readMerits(file, SIGNALS)) },
    language: (lang) => languages.get(lang) as LanguageData,
    address: (lang) => {
      const file = optional(join(root, lang), `rules/${lang}`, 'address.yml');
      return file === undefined ? undefined : readForms(file);
    },
    model: (lang) => sourceModel(root, lang),
    vectors: () => readVectors(root),
    ui: (lang) => {
      const file = optional(join(root, lang), `rules/${lang}`, 'ui.yml');
      return file === undefined ? undefined : readWords(file);
    },
    formats: () => readFormats(readFileSync(join(root, 'library', 'formats.yml'), 'utf8'), 'rules/library/formats.yml'),
    examples: (id) => rules.find((r) => r.id === id)?.examples ?? NO_EXAMPLES,
  };
}

const NO_EXAMPLES: Examples = { bad: [], good: [] };

/** The files of a built store, by name: what the build writes and `loadBuilt` reads. */
export function builtFiles(store: Store): Map<string, Uint8Array | string> {
  const out = new Map<string, Uint8Array | string>();
  const json = (name: string, value: unknown): void => void out.set(name, JSON.stringify(value));
  const { languages, merits, rules } = store.index;
  json('index.json', { languages, merits, rules: rules.map((rule) => ({ ...rule, examples: NO_EXAMPLES })) });
  json('examples.json', Object.fromEntries(rules.map((rule) => [rule.id, rule.examples])));
  json('formats.json', store.formats());
  for (const { lang } of languages) {
    out.set(`${lang}.bin`, pack(store.language(lang)));
    const forms = store.address(lang);
    if (forms !== undefined) json(`address.${lang}.json`, forms);
    const words = store.ui(lang);
    if (words !== undefined) json(`ui.${lang}.json`, words);
  }
  return out;
}

/** What the build made: `index.json`, a file for each language, the model beside them. */
export function loadBuilt(dir: string): Store {
  const json = <T>(name: string): T => JSON.parse(readFileSync(join(dir, name), 'utf8')) as T;
  return {
    index: json<Index>('index.json'),
    language: (lang) => unpack(readFileSync(join(dir, `${lang}.bin`))) as LanguageData,
    address: (lang) => (existsSync(join(dir, `address.${lang}.json`)) ? json<FormsSpec>(`address.${lang}.json`) : undefined),
    model: (lang) => {
      const packed = bytes(join(dir, 'model', `${lang}.bin`));
      return packed === undefined ? undefined : (unpack(packed) as PackedModel);
    },
    vectors: () => readVectors(dir),
    ui: (lang) => (existsSync(join(dir, `ui.${lang}.json`)) ? json<Words>(`ui.${lang}.json`) : undefined),
    formats: () => json<Formats>('formats.json'),
    examples: (id) => json<Record<string, Examples>>('examples.json')[id] ?? NO_EXAMPLES,
  };
}
