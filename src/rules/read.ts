/** YAML texts → rules and languages, checked: every mistake is told with its place. Pure; files are read in `load.ts`. */
import { compile, type Phrase } from '../cues/automaton.js';
import { type LanguageData, type LanguageSpec, MASK, wordForms } from '../cues/language.js';
import { tableOf } from '../text/table.js';
import { type FoldSpec, foldTables } from '../text/fold.js';
import type { RepairSpec } from '../text/repair.js';
import { stemmers } from '../text/stems.js';
import { CHANNELS, type Channel, type Lang, LEVELS, PURPOSES, UserError } from '../types.js';
import { isComparison } from './conditions.js';
import { checkPhrase } from './phrases.js';
import type { Condition, Example, FixSpec, Rule, Texts, Words } from './types.js';
import { nearest } from './nearest.js';
import { expectShape, type Parsed, type Path, readYaml, type Shape } from './yaml.js';

export type SourceFile = Readonly<{ file: string; text: string }>;

const oneOrMore: Shape = { either: ['string', { listOf: 'string' }], name: 'a text or a list of texts' };
export const texts: Shape = { mapOf: 'string' };
const value: Shape = { either: ['string', 'number', 'boolean'], name: 'a value' };
export const condition: Shape = { mapOf: { either: ['string', 'number', 'boolean', { listOf: value }], name: 'a value or a list of values' } };
const example: Shape = {
  fields: {
    lang: 'string', message: 'string', reply: 'string', channel: { oneOf: CHANNELS }, customer: 'string', agent: 'string',
    message_at: 'string', reply_at: 'string', for: { oneOf: PURPOSES }, format: 'string',
    at: oneOrMore, finds: oneOrMore,
    replies: { listOf: { fields: { reply: 'string', lang: 'string', key: 'string', title: 'string', shortcut: 'string', ignore: { listOf: 'string' } }, required: ['reply'] } },
  },
};
const fix: Shape = {
  fields: {
    do: { oneOf: ['replace', 'delete', 'cut', 'insert', 'address', 'advise'] }, at: 'string', of: 'string', drop: 'boolean', spare: 'number', safe: 'boolean', title: texts,
    text: { mapOf: { either: ['string', { listOf: 'string' }], name: 'a sentence or a list of sentences' } }, when: condition,
  },
  required: ['do', 'title'],
};
export const points: Shape = { either: ['number', { mapOf: 'number', keys: [...CHANNELS, 'default'] }], name: 'a number, or a number for each channel' };
/** One rule: what the reader and the published JSON Schema are made from. */
export const ruleShape: Shape = {
  fields: {
    id: 'string', level: { oneOf: LEVELS }, points, scope: { oneOf: ['library', 'between'] }, library: { oneOf: ['off', 'paired', ...LEVELS] }, whole: 'boolean', needs: { oneOf: ['message', 'mood'] }, beside: { listOf: 'string' }, when: { either: [{ listOf: condition }, condition], name: 'a condition or a list of conditions' }, unless: { listOf: condition }, at: 'string', each: 'boolean', confidence: { oneOf: ['likely'] },
    message: texts, why: texts, source: 'string', fixes: { listOf: fix },
    examples: { fields: { bad: { listOf: example }, good: { listOf: example } } },
  },
  required: ['id', 'level', 'points', 'message', 'why', 'source', 'fixes'],
};

/** Languages that every message and reason of savy's own must be written in. */
export const UI_LANGUAGES = ['fi', 'en'] as const;

type RawExample = Omit<Example, 'reply' | 'at' | 'finds'> & { reply?: string; at?: string | string[]; finds?: string | string[] };
type RawFix = Omit<FixSpec, 'text' | 'safe'> & { safe?: boolean; text?: Record<Lang, string | string[]> };
type RawRule = Omit<Rule, 'points' | 'when' | 'unless' | 'fixes' | 'place' | 'at' | 'each' | 'whole' | 'examples'> & {
  points: number | Record<string, number>;
  when?: Condition | Condition[];
  whole?: boolean;
  unless?: Condition[];
  at?: string;
  each?: boolean;
  fixes: RawFix[];
  examples?: { bad?: RawExample[]; good?: RawExample[] };
};

export function pointsOf(raw: number | Record<string, number>): Record<Channel, number> {
  const of = (c: Channel): number => (typeof raw === 'number' ? raw : (raw[c] ?? raw['default'] ?? 0));
  return Object.fromEntries(CHANNELS.map((c) => [c, of(c)])) as Record<Channel, number>;
}

export function spoken(parsed: Parsed, path: Path, sentences: Texts, languages: readonly Lang[]): void {
  for (const ui of languages) if (!Object.hasOwn(sentences, ui)) throw new UserError(`“${path.join('.')}” has no sentence in “${ui}”`, parsed.place(path));
}

const listed = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);

/** An example of several replies begins with the first. */
function whole({ at, finds, ...e }: RawExample, place: string): Example {
  return { ...e, reply: e.reply ?? e.replies?.[0]?.reply ?? '', place, ...(at === undefined ? {} : { at: listed(at) }), ...(finds === undefined ? {} : { finds: listed(finds) }) };
}

/** What a rule must have and is most often written without. */
const OFTEN_MISSED = ['message', 'why', 'source'] as const;

/** What is missing of a rule that shows and explains itself; undefined when nothing is. */
function missing(item: unknown): string | undefined {
  const { examples, ...raw } = (item ?? {}) as Partial<Record<string, unknown>> & { examples?: Readonly<Record<string, unknown>> | null };
  const none = (list: unknown): boolean => !Array.isArray(list) || list.length === 0;
  const lacks = [...OFTEN_MISSED.filter((key) => raw[key] === undefined || raw[key] === null || raw[key] === ''), ...['bad', 'good'].filter((kind) => none(examples?.[kind])).map((kind) => `${kind} example`)];
  return lacks.length === 0 ? undefined : lacks.join(', ');
}

/** Names of signals. */
export type Vocabulary = Iterable<string> & Readonly<{ has(name: string): boolean }>;

export type ReadRulesOptions = Readonly<{
  /** In which messages must be written. */
  languages?: readonly Lang[];
  /** Told of a rule that lacks an example or a reason, which is then left out; without it that is an error. */
  bare?: (id: string, lacks: string, place: string) => void;
}>;

const PLACES: ReadonlySet<string> = new Set(['start', 'greeting', 'body', 'close', 'end', 'sentence', 'clause']);

/** @throws UserError */
export function readRules({ file, text }: SourceFile, known: Vocabulary, { languages = UI_LANGUAGES, bare }: ReadRulesOptions = {}): Rule[] {
  const parsed = readYaml(text, file);
  if (parsed.value === null || parsed.value === undefined) return [];
  expectShape(parsed, { listOf: 'any' });
  return (parsed.value as RawRule[]).flatMap((raw, i) => {
    const lacks = bare === undefined ? undefined : missing(raw);
    if (lacks !== undefined) {
      bare?.(String((raw as Partial<RawRule> | null)?.id ?? i + 1), lacks, parsed.place([i]));
      return [];
    }
    expectShape(parsed, ruleShape, [i], raw);
    spoken(parsed, [i, 'message'], raw.message, languages);
    spoken(parsed, [i, 'why'], raw.why, languages);
    const place = parsed.place([i]);
    const bad = raw.examples?.bad ?? [];
    const good = raw.examples?.good ?? [];
    if (bad.length === 0 || good.length === 0) throw new UserError(`rule ${raw.id} has no ${bad.length === 0 ? 'bad' : 'good'} example`, place, 'a rule loads only with both: what must trip it, and what must not');
    if (raw.fixes.length === 0) throw new UserError(`rule ${raw.id} offers no way out`, place, 'give at least one fix');
    if ((raw.when === undefined) !== (raw.scope === 'between')) throw new UserError(`rule ${raw.id} ${raw.when === undefined ? 'never trips: “when” is missing' : 'speaks between replies: code decides, and “when” has no say'}`, place);
    [...bad, ...good].forEach((e) => {
      if (e.reply === undefined && e.replies === undefined) throw new UserError(`an example of ${raw.id} has no reply`, place, raw.scope === 'between' ? 'give “replies”' : 'give “reply”');
    });
    const when = raw.when === undefined ? [] : Array.isArray(raw.when) ? raw.when : [raw.when];
    const conditions: [Path, Condition][] = [...when.map((c, n): [Path, Condition] => [Array.isArray(raw.when) ? [i, 'when', n] : [i, 'when'], c]), ...(raw.unless ?? []).map((c, n): [Path, Condition] => [[i, 'unless', n], c])];
    raw.fixes.forEach((f, n) => conditions.push([[i, 'fixes', n, 'when'], f.when ?? {}]));
    const signal = (name: string, where: () => string): void => {
      if (known.has(name)) return;
      const guess = nearest(name, [...known]);
      throw new UserError(`unknown signal “${name}”${guess === undefined ? '' : `, did you mean “${guess}”?`}`, where(), `known: ${[...known].sort().join(', ')}`);
    };
    for (const [path, c] of conditions) {
      for (const [key, wanted] of Object.entries(c)) {
        signal(key, () => parsed.keyPlace([...path, key]));
        for (const one of Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]) {
          if (typeof one === 'string' && /^[<>=]/.test(one) && !isComparison(one)) throw new UserError(`“${one}” compares with no number`, parsed.place([...path, key]), 'write it as ">=2"');
        }
      }
    }
    const places: [Path, string | undefined][] = [[[i, 'at'], raw.at], ...raw.fixes.map((f, n): [Path, string | undefined] => [[i, 'fixes', n, 'at'], f.at])];
    for (const [path, at] of places) if (at !== undefined && !PLACES.has(at)) signal(at, () => parsed.place(path));
    const fixes = raw.fixes.map((f): FixSpec => {
      const { text: written, safe, ...rest } = f;
      const lists = written === undefined ? undefined : Object.fromEntries(Object.entries(written).map(([lang, t]) => [lang, typeof t === 'string' ? [t] : t]));
      return { ...rest, safe: safe ?? false, ...(lists === undefined ? {} : { text: lists }) };
    });
    return { ...raw, points: pointsOf(raw.points), when, unless: raw.unless ?? [], at: raw.at ?? 'start', each: raw.each ?? false, whole: raw.whole ?? false, fixes, examples: { bad: bad.map((e, n) => whole(e, parsed.place([i, 'examples', 'bad', n]))), good: good.map((e, n) => whole(e, parsed.place([i, 'examples', 'good', n]))) }, place };
  });
}

const languageShape: Shape = {
  fields: {
    name: 'string', iso: 'string', stemmer: { oneOf: Object.keys(stemmers) }, letters: 'string', function_words: { listOf: 'string' }, abbreviations: { listOf: 'string' },
    aliases: { mapOf: 'string' }, clitics: { listOf: 'string' }, openers: { listOf: 'string' }, stop_words: { listOf: 'string' }, address: 'boolean',
  },
  required: ['name', 'iso', 'stemmer', 'function_words', 'abbreviations', 'aliases', 'openers', 'stop_words', 'address'],
};

/** A file of cues. */
export const cueShape: Shape = {
  mapOf: {
    either: [{ listOf: 'string' }, { fields: { about: 'string', phrases: { listOf: 'string' }, unless: { listOf: 'string' } }, required: ['phrases'] }],
    name: 'a list of phrases, or “phrases” with “unless”',
  },
};

/** @throws UserError when a file is wrong or a phrase can't be read */
export function readLanguage(lang: Lang, files: Readonly<{ language: SourceFile; fold?: SourceFile | undefined; names?: SourceFile | undefined; repair?: SourceFile | undefined; cues: readonly SourceFile[] }>): LanguageData {
  const language = readYaml(files.language.text, files.language.file);
  expectShape(language, languageShape);
  const spec = language.value as LanguageSpec;
  const fold = files.fold === undefined ? undefined : (readYaml(files.fold.text, files.fold.file).value as FoldSpec);
  const names = tableOf((files.names === undefined ? [] : readNames(files.names)).map((name) => [name, []]));
  const { phrases, check } = readCues(files.cues);
  const tables = fold === undefined ? undefined : foldTables(fold);
  const forms = wordForms(spec, fold, tables);
  const repair = files.repair === undefined ? undefined : readRepair(files.repair);
  check((p) => compile([p], { expand: forms.expand, stem: forms.key }));
  return { lang, spec, ...(fold === undefined ? {} : { fold }), ...(tables === undefined ? {} : { foldTables: tables }), names, automaton: compile(phrases, { expand: forms.expand, stem: forms.key }), ...(repair === undefined ? {} : { repair }) };
}

/** First names, lower case. */
export const turns: Shape = { mapOf: { listOf: 'string' } };
const named: Shape = { either: ['string', { mapOf: 'string' }], name: 'words, or words by what is said for them' };
const repairShape: Shape = {
  fields: {
    joins: 'string', goes_on: 'string', opens: 'string', points_back: 'string', empty: 'string', closes_greeting: { mapOf: 'string', keys: ['inline', 'above'] }, names_follow: 'string', this: 'string',
    writer: { mapOf: { fields: { words: 'string', endings: { listOf: 'string' } }, required: ['words', 'endings'] }, keys: ['i', 'we'] },
    by_writer: { mapOf: { mapOf: 'string', keys: ['i', 'we'] } },
    by_address: { mapOf: { mapOf: 'string', keys: ['sina', 'te'] } },
    about: { fields: { lead: 'string', faults: named, before: 'string', things: named, events: named, determiners: 'string', not: 'string', ends: 'string' }, required: ['faults', 'things', 'events', 'not'] },
    told: {
      fields: {
        that: 'string', and: 'string', first: 'string', respell: { mapOf: 'string' }, starts: 'string', unreal: 'string', dangling: 'string',
        grammar: { fields: { determiners: 'string', prepositions: 'string', bare: 'string', free: 'string', base: 'string', not_base: 'string', not_base_ends: { listOf: 'string' }, needs: { mapOf: 'string' }, ending_behind: { mapOf: 'string', keys: ['words', 'ending'] }, never_behind: { listOf: { mapOf: 'string', keys: ['words', 'those', 'but'] } }, article: { mapOf: 'string', keys: ['word', 'never_before'] }, helpers: 'string' }, required: ['determiners', 'prepositions', 'bare', 'free', 'base', 'not_base', 'not_base_ends', 'needs', 'ending_behind', 'never_behind', 'article', 'helpers'] },
        short: { fields: { article: 'string', verb: 'string', stands: 'string', bare: 'string', elided: { mapOf: 'string' }, none: { mapOf: 'string', keys: ['word', 'said'] }, missed: 'string' }, required: ['bare'] }, joined: { mapOf: 'string' }, most_words: 'number', least_words: 'number', cut: 'string', drop: 'string', stop: 'string', leans: 'string', openers: 'string', alone: 'string', verbs: 'string', fault_verbs: 'string',
        negations: 'string', negated: 'string', faults: 'string', own: { mapOf: 'string', keys: ['i', 'we', 'not_i', 'not_we', 'negated', 'faulty', 'troubled', 'troubles', 'between'] }, measured: { mapOf: 'string', keys: ['verbs', 'by'] }, repeated: { mapOf: 'string', keys: ['verbs', 'ending'] }, singular: { mapOf: 'string', keys: ['words', 'never_behind'] }, turn: turns, turn_after: { mapOf: 'string' },
        turn_verbs: turns, turn_nouns: { fields: { endings: turns, begins: 'string' }, required: ['endings', 'begins'] }, ends_so: { mapOf: 'string' }, capitals: { mapOf: 'string', keys: ['begins', 'ends', 'unsure'] },
        places: { listOf: 'string' }, oblique: { listOf: 'string' }, adverbs: 'string', ends_in: 'string',
      },
      required: ['that', 'most_words', 'least_words', 'cut', 'drop', 'stop', 'verbs', 'fault_verbs', 'negations', 'faults', 'own', 'measured', 'turn'],
    },
  },
  required: ['joins', 'names_follow', 'writer', 'by_writer', 'by_address', 'told'],
};

function readRepair(file: SourceFile): RepairSpec {
  const parsed = readYaml(file.text, file.file);
  expectShape(parsed, repairShape);
  return parsed.value as RepairSpec;
}

/** First names, lower case. */
export function readNames(file: SourceFile): string[] {
  const parsed = readYaml(file.text, file.file);
  expectShape(parsed, { listOf: 'string' });
  return (parsed.value as string[]).flatMap((line) => line.toLowerCase().split(/\s+/u)).filter((n) => n !== '');
}

export type Placed = Phrase & Readonly<{ place: string }>;

/** Cue files → phrases; `check` runs a trial on each, so that a mistake is told with its place. */
export function readCues(files: readonly SourceFile[]): { phrases: Placed[]; check: (trial?: (p: Phrase) => void) => void } {
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
      for (const p of phrases) checkPhrase(p, () => p.place, trial);
    },
  };
}

/** `ui.yml`: a word or sentence for each key. */
export function readWords(file: SourceFile): Words {
  const parsed = readYaml(file.text, file.file);
  expectShape(parsed, { mapOf: 'string' });
  return parsed.value as Words;
}
