/** A company's own rules: a folder of YAML as texts → a pack, checked. Plain data: nothing in it runs. Pure; files are read by the commands. */
import type { Phrase } from '../cues/automaton.js';
import { MASK } from '../cues/language.js';
import { SIGNALS } from '../facts/names.js';
import { CUE, MESSAGE_CUE } from '../facts/signals.js';
import { type Lang, UserError } from '../types.js';
import { type FileConfig, readSettings, settingShape } from './config.js';
import { isComparison } from './conditions.js';
import { expectAmong } from './nearest.js';
import { type Placed, readCues, readNames, readRules, type SourceFile, type Vocabulary } from './read.js';
import type { Condition, Rule, RuleSetting, Texts } from './types.js';
import { expectShape, type Path, readYaml, type Shape } from './yaml.js';

export type Pack = Readonly<{
  name: string;
  /** Its folder, as the machine resolves it. */
  dir: string;
  /** Of its `pack.yml`, as errors name it. */
  file: string;
  description?: string;
  /** In which its rules speak, and of whose replies. */
  languages: readonly Lang[];
  /** Brands, agents, and levels and points of any rules. */
  config: FileConfig;
  placeOf: (path: Path) => string;
  rules: readonly Rule[];
  /** Names of the cues that it adds to savy's own. */
  cues: readonly string[];
  phrases: (lang: Lang) => readonly Phrase[];
  /** First names, lower case. */
  names: (lang: Lang) => readonly string[];
}>;

/** The texts of a pack. Without `lang`: for all its languages. */
export type PackFiles = Readonly<{
  dir: string;
  manifest: SourceFile;
  cues: readonly Readonly<{ lang?: Lang; file: SourceFile }>[];
  names: readonly Readonly<{ lang: Lang; file: SourceFile }>[];
  rules: readonly SourceFile[];
}>;

/** What savy itself brings. `cues` is asked only when a pack uses one: it opens every language. */
export type Given = Readonly<{ languages: readonly Lang[]; ui: readonly Lang[]; rules: readonly Rule[]; cues: () => readonly string[] }>;

/** What a pack does not load with, or should not hold: told instead of thrown when somebody asks for all of it. */
export type Report = (kind: 'bare' | 'twice', what: string, message: string, place: string) => void;

const NAME = /^[a-z][a-z0-9-]{1,39}$/;

/** `pack.yml`: what the reader and the published JSON Schema are made from. */
export function packShape(languages: readonly Lang[]): Shape {
  return {
    fields: { name: 'string', description: 'string', languages: { listOf: { oneOf: languages } }, brands: { listOf: 'string' }, agents: { listOf: 'string' }, rules: { mapOf: settingShape } },
    required: ['name'],
  };
}

type RawManifest = { name: string; description?: string; languages?: Lang[]; brands?: string[]; agents?: string[]; rules?: Parameters<typeof readSettings>[0] };

/** Signals, and cues by name. */
function vocabulary(own: readonly string[], given: Given): Vocabulary {
  const both = (cues: readonly string[]): string[] => [CUE, MESSAGE_CUE].flatMap((lead) => cues.map((cue) => lead + cue));
  const isCue = (cues: readonly string[], name: string): boolean => cues.some((cue) => cue === name || cue.startsWith(`${name}.`));
  return {
    has: (key) => {
      if (SIGNALS.has(key)) return true;
      const lead = [CUE, MESSAGE_CUE].find((l) => key.startsWith(l));
      return lead !== undefined && (isCue(own, key.slice(lead.length)) || isCue(given.cues(), key.slice(lead.length)));
    },
    *[Symbol.iterator]() {
      yield* SIGNALS;
      yield* both(own);
    },
  };
}

/** What messages and fixes may name in braces. */
const SLOTS = ['customer', 'addressee', 'agent', 'thing', 'quote', 'question', 'greeted', 'hours', 'days', 'quote_reply', 'quotes', 'count'];

/** A rule as a pack may have one: named after the pack, its counts compared as numbers, its slots known. */
function checkRule(rule: Rule, pack: string): void {
  const wrong = (message: string, hint: string): never => {
    throw new UserError(`rule ${rule.id}: ${message}`, rule.place, hint);
  };
  if (!rule.id.startsWith(`${pack}/`)) wrong('its name does not begin with the pack’s', `call it ${pack}/${rule.id.slice(rule.id.indexOf('/') + 1)}`);
  if (rule.scope === 'between') wrong('code decides between replies, and a pack brings none', 'leave “scope” out, or say library');
  for (const points of Object.values(rule.points)) if (!(points >= 0 && points <= 6)) wrong('“points” must lie between 0 and 6', 'a grade runs from 10 to 4');
  for (const condition of [...rule.when, ...rule.unless, ...rule.fixes.map((f) => f.when ?? {})]) {
    for (const [key, wanted] of Object.entries(condition)) {
      if (!key.startsWith(CUE) && !key.startsWith(MESSAGE_CUE)) continue;
      for (const one of Array.isArray(wanted) ? wanted : [wanted]) if (typeof one !== 'number' && !(typeof one === 'string' && isComparison(one))) wrong(`“${key}” counts, and “${String(one)}” is no number`, 'write it as 0 or ">=1"');
    }
  }
  const texts = [rule.message, rule.why, ...rule.fixes.flatMap((f) => [f.title, ...Object.values(f.text ?? {})])].flatMap((t) => (Array.isArray(t) ? (t as string[]) : Object.values(t as Texts)));
  for (const text of texts) for (const [, slot] of text.matchAll(/\{(\w+)\}/g)) expectAmong('slot', slot as string, SLOTS, () => rule.place, `known: ${SLOTS.join(', ')}`);
}

/** Where a pack does not speak a language of savy's, what it says is taken from one that it does. */
function fitted(rule: Rule, languages: readonly Lang[], { ui, languages: all }: Given): Rule {
  const inAll = (texts: Texts): Texts => ({ ...Object.fromEntries(ui.map((lang) => [lang, texts[lang] ?? texts['en'] ?? Object.values(texts)[0] ?? ''])), ...texts });
  const only = (condition: Condition): Condition => (all.every((lang) => languages.includes(lang)) || Object.hasOwn(condition, 'lang') ? condition : { ...condition, lang: languages });
  return { ...rule, message: inAll(rule.message), why: inAll(rule.why), when: rule.when.map(only), fixes: rule.fixes.map((f) => ({ ...f, title: inAll(f.title) })) };
}

/** Own cues are named after the pack, so that a slip in the name of one of savy's is seen. */
function checkCue({ cue, place }: Placed, pack: string, given: Given): void {
  const name = cue.endsWith(MASK) ? cue.slice(0, -MASK.length) : cue;
  if (name === pack || name.startsWith(`${pack}.`)) return;
  expectAmong('cue', name, given.cues(), () => place, `one of savy’s own (docs/cues.md), or a new one whose name begins with “${pack}.”`);
}

/** @throws UserError with file:line:column */
export function readPack(files: PackFiles, given: Given, report?: Report): Pack {
  const parsed = readYaml(files.manifest.text, files.manifest.file);
  expectShape(parsed, packShape(given.languages));
  const { name, description, languages = given.languages, brands, agents, rules: settings } = parsed.value as RawManifest;
  if (!NAME.test(name)) throw new UserError(`“${name}” can’t name a pack`, parsed.place(['name']), 'small letters a–z, digits and hyphens');
  if (given.rules.some((r) => r.id.startsWith(`${name}/`)) || name.startsWith('anatomy')) throw new UserError(`“${name}” is a name of savy’s own`, parsed.place(['name']), 'take the company’s name');
  if (languages.length === 0) throw new UserError('“languages” is empty', parsed.place(['languages']), 'name one, or leave the key out for all');

  const phrases: (Placed & Readonly<{ lang: Lang | undefined }>)[] = [];
  const seen = new Map<string, string>();
  for (const { lang, file } of files.cues) {
    const read = readCues([file]);
    read.check();
    for (const p of read.phrases) {
      checkCue(p, name, given);
      const key = JSON.stringify([lang, p.cue, p.text.toLowerCase().replace(/\s+/g, ' ').trim()]);
      const first = seen.get(key);
      if (first !== undefined) report?.('twice', p.cue, `phrase “${p.text}” stands twice; the first one is at ${first}`, p.place);
      else seen.set(key, p.place);
      phrases.push({ ...p, lang });
    }
  }
  const cues = [...new Set(phrases.map((p) => p.cue).filter((cue) => !cue.endsWith(MASK) && (cue === name || cue.startsWith(`${name}.`))))];

  const known = vocabulary(cues, given);
  const bare = report === undefined ? undefined : (id: string, lacks: string, place: string): void => report('bare', id, `lacks: ${lacks}`, place);
  const rules: Rule[] = [];
  for (const rule of files.rules.flatMap((file) => readRules(file, known, { languages, ...(bare === undefined ? {} : { bare }) }))) {
    checkRule(rule, name);
    const first = rules.find((r) => r.id === rule.id);
    if (first === undefined) rules.push(fitted(rule, languages, given));
    else if (report === undefined) throw new UserError(`rule ${rule.id} stands twice`, rule.place, `the first one is at ${first.place}`);
    else report('twice', rule.id, `the rule stands twice; the first one is at ${first.place}`, rule.place);
  }
  const ids = [...given.rules, ...rules].map((r) => r.id);
  for (const id of Object.keys(settings ?? {})) expectAmong('rule', id, ids, () => parsed.keyPlace(['rules', id]), 'savy rules lists them');
  const levels: Record<string, RuleSetting> | undefined = settings === undefined ? undefined : readSettings(settings, parsed.place, ['rules']);
  const names = files.names.map(({ lang, file }) => ({ lang, names: readNames(file) }));
  return {
    name,
    dir: files.dir,
    file: files.manifest.file,
    ...(description === undefined ? {} : { description }),
    languages,
    config: { ...(brands === undefined ? {} : { brands }), ...(agents === undefined ? {} : { agents }), ...(levels === undefined ? {} : { rules: levels }) },
    placeOf: parsed.keyPlace,
    rules,
    cues,
    phrases: (lang) => phrases.filter((p) => (p.lang === undefined ? languages.includes(lang) : p.lang === lang)),
    names: (lang) => names.filter((n) => n.lang === lang).flatMap((n) => n.names),
  };
}
