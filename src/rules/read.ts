/** YAML texts → rules and languages, checked: every mistake is told with its place. Pure; files are read in `load.ts`. */
import { compile, type Phrase } from '../cues/automaton.js';
import { type LanguageData, type LanguageSpec, MASK, wordForms } from '../cues/language.js';
import { PatternError } from '../cues/pattern.js';
import { tableOf } from '../text/table.js';
import { type FoldSpec, foldTables } from '../text/fold.js';
import { stemmers } from '../text/stems.js';
import { CHANNELS, type Channel, type Lang, LEVELS, UserError } from '../types.js';
import type { Condition, Example, FixSpec, Rule, Texts, Words } from './types.js';
import { expectShape, type Parsed, type Path, readYaml, type Shape } from './yaml.js';

export type SourceFile = Readonly<{ file: string; text: string }>;

const texts: Shape = { mapOf: 'string' };
const value: Shape = { either: ['string', 'number', 'boolean'], name: 'a value' };
const condition: Shape = { mapOf: { either: ['string', 'number', 'boolean', { listOf: value }], name: 'a value or a list of values' } };
const example: Shape = {
  fields: {
    lang: 'string', message: 'string', reply: 'string', channel: { oneOf: CHANNELS }, customer: 'string', agent: 'string',
    message_at: 'string', reply_at: 'string',
  },
  required: ['reply'],
};
const fix: Shape = {
  fields: {
    do: { oneOf: ['replace', 'delete', 'insert', 'advise'] }, at: 'string', safe: 'boolean', title: texts,
    text: { mapOf: { either: ['string', { listOf: 'string' }], name: 'a sentence or a list of sentences' } }, when: condition,
  },
  required: ['do', 'title'],
};
const points: Shape = { either: ['number', { mapOf: 'number', keys: [...CHANNELS, 'default'] }], name: 'a number, or a number for each channel' };
const ruleShape: Shape = {
  fields: {
    id: 'string', level: { oneOf: LEVELS }, points, needs: { oneOf: ['message'] }, when: { either: [{ listOf: condition }, condition], name: 'a condition or a list of conditions' }, unless: { listOf: condition }, at: 'string', each: 'boolean', confidence: { oneOf: ['likely'] },
    message: texts, why: texts, source: 'string', fixes: { listOf: fix },
    examples: { fields: { bad: { listOf: example }, good: { listOf: example } } },
  },
  required: ['id', 'level', 'points', 'when', 'message', 'why', 'source', 'fixes'],
};

/** Languages that every message and reason must be written in. */
const UI_LANGUAGES = ['fi', 'en'] as const;

type RawFix = Omit<FixSpec, 'text' | 'safe'> & { safe?: boolean; text?: Record<Lang, string | string[]> };
type RawRule = Omit<Rule, 'points' | 'when' | 'unless' | 'fixes' | 'place' | 'at' | 'each' | 'examples'> & {
  points: number | Record<string, number>;
  when: Condition | Condition[];
  unless?: Condition[];
  at?: string;
  each?: boolean;
  fixes: RawFix[];
  examples?: { bad?: Example[]; good?: Example[] };
};

function pointsOf(raw: number | Record<string, number>): Record<Channel, number> {
  const of = (c: Channel): number => (typeof raw === 'number' ? raw : (raw[c] ?? raw['default'] ?? 0));
  return Object.fromEntries(CHANNELS.map((c) => [c, of(c)])) as Record<Channel, number>;
}

function bothLanguages(parsed: Parsed, path: Path, sentences: Texts): void {
  for (const ui of UI_LANGUAGES) if (!Object.hasOwn(sentences, ui)) throw new UserError(`“${path.join('.')}” has no sentence in “${ui}”`, parsed.place(path));
}

/** @throws UserError */
export function readRules({ file, text }: SourceFile, known: ReadonlySet<string>): Rule[] {
  const parsed = readYaml(text, file);
  expectShape(parsed, { listOf: ruleShape });
  return (parsed.value as RawRule[]).map((raw, i) => {
    bothLanguages(parsed, [i, 'message'], raw.message);
    bothLanguages(parsed, [i, 'why'], raw.why);
    const place = parsed.place([i]);
    const bad = raw.examples?.bad ?? [];
    const good = raw.examples?.good ?? [];
    if (bad.length === 0 || good.length === 0) throw new UserError(`rule ${raw.id} has no ${bad.length === 0 ? 'bad' : 'good'} example`, place, 'a rule loads only with both: what must trip it, and what must not');
    if (raw.fixes.length === 0) throw new UserError(`rule ${raw.id} offers no way out`, place, 'give at least one fix');
    const when = Array.isArray(raw.when) ? raw.when : [raw.when];
    const conditions: [Path, Condition][] = [...when.map((c, n): [Path, Condition] => [Array.isArray(raw.when) ? [i, 'when', n] : [i, 'when'], c]), ...(raw.unless ?? []).map((c, n): [Path, Condition] => [[i, 'unless', n], c])];
    for (const [path, c] of conditions) {
      for (const key of Object.keys(c)) if (!known.has(key)) throw new UserError(`unknown signal “${key}”`, parsed.keyPlace([...path, key]), `known: ${[...known].sort().join(', ')}`);
    }
    raw.fixes.forEach((f, n) => {
      for (const key of Object.keys(f.when ?? {})) if (!known.has(key)) throw new UserError(`unknown signal “${key}”`, parsed.keyPlace([i, 'fixes', n, 'when', key]), `known: ${[...known].sort().join(', ')}`);
    });
    const fixes = raw.fixes.map((f): FixSpec => {
      const { text: written, safe, ...rest } = f;
      const lists = written === undefined ? undefined : Object.fromEntries(Object.entries(written).map(([lang, t]) => [lang, typeof t === 'string' ? [t] : t]));
      return { ...rest, safe: safe ?? false, ...(lists === undefined ? {} : { text: lists }) };
    });
    return { ...raw, points: pointsOf(raw.points), when, unless: raw.unless ?? [], at: raw.at ?? 'start', each: raw.each ?? false, fixes, examples: { bad, good }, place };
  });
}

const languageShape: Shape = {
  fields: {
    name: 'string', iso: 'string', stemmer: { oneOf: Object.keys(stemmers) }, letters: 'string', function_words: { listOf: 'string' }, abbreviations: { listOf: 'string' },
    aliases: { mapOf: 'string' }, clitics: { listOf: 'string' }, openers: { listOf: 'string' }, stop_words: { listOf: 'string' }, address: 'boolean',
  },
  required: ['name', 'iso', 'stemmer', 'function_words', 'abbreviations', 'aliases', 'openers', 'stop_words', 'address'],
};

const cueShape: Shape = {
  mapOf: {
    either: [{ listOf: 'string' }, { fields: { about: 'string', phrases: { listOf: 'string' }, unless: { listOf: 'string' } }, required: ['phrases'] }],
    name: 'a list of phrases, or “phrases” with “unless”',
  },
};

/** @throws UserError when a file is wrong or a phrase can't be read */
export function readLanguage(lang: Lang, files: Readonly<{ language: SourceFile; fold?: SourceFile | undefined; names?: SourceFile | undefined; cues: readonly SourceFile[] }>): LanguageData {
  const language = readYaml(files.language.text, files.language.file);
  expectShape(language, languageShape);
  const spec = language.value as LanguageSpec;
  const fold = files.fold === undefined ? undefined : (readYaml(files.fold.text, files.fold.file).value as FoldSpec);
  const names = tableOf((files.names === undefined ? [] : readNames(files.names)).map((name) => [name, []]));
  const { phrases, check } = readCues(files.cues);
  const tables = fold === undefined ? undefined : foldTables(fold);
  const forms = wordForms(spec, fold, tables);
  check((p) => compile([p], { expand: forms.expand, stem: forms.key }));
  return { lang, spec, ...(fold === undefined ? {} : { fold }), ...(tables === undefined ? {} : { foldTables: tables }), names, automaton: compile(phrases, { expand: forms.expand, stem: forms.key }) };
}

function readNames(file: SourceFile): string[] {
  const parsed = readYaml(file.text, file.file);
  expectShape(parsed, { listOf: 'string' });
  return (parsed.value as string[]).flatMap((line) => line.toLowerCase().split(/\s+/u)).filter((n) => n !== '');
}

type Placed = Phrase & Readonly<{ place: string }>;

/** Cue files → phrases; `check` runs a trial on each, so that a mistake is told with its place. */
function readCues(files: readonly SourceFile[]): { phrases: Phrase[]; check: (trial: (p: Phrase) => void) => void } {
  const phrases: Placed[] = [];
  for (const { file, text } of files) {
    const parsed = readYaml(text, file);
    expectShape(parsed, cueShape);
    for (const [cue, raw] of Object.entries((parsed.value ?? {}) as Record<string, string[] | { phrases: string[]; unless?: string[] }>)) {
      const list = Array.isArray(raw) ? { phrases: raw, unless: [] as string[], path: [cue] } : { phrases: raw.phrases, unless: raw.unless ?? [], path: [cue, 'phrases'] };
      list.phrases.forEach((t, i) => phrases.push({ cue, text: String(t), place: parsed.place([...list.path, i]) }));
      list.unless.forEach((t, i) => phrases.push({ cue: cue + MASK, text: String(t), place: parsed.place([cue, 'unless', i]) }));
    }
  }
  return {
    phrases,
    check: (trial) => {
      for (const p of phrases) {
        try {
          trial(p);
        } catch (error) {
          if (error instanceof PatternError) throw new UserError(`phrase “${p.text}”: ${error.message}`, p.place, 'see docs/cues.md for what a phrase may hold');
          throw error;
        }
      }
    },
  };
}

/** `ui.yml`: a word or sentence for each key. */
export function readWords(file: SourceFile): Words {
  const parsed = readYaml(file.text, file.file);
  expectShape(parsed, { mapOf: 'string' });
  return parsed.value as Words;
}
