/** A language as savy uses it: what its folder under `rules/` says, ready to run. */
import type { Lang, Token } from '../types.js';
import { compileFolder, type FoldSpec, type FoldTables } from '../text/fold.js';
import { Relatives } from '../text/related.js';
import type { RepairSpec } from '../text/repair.js';
import { stemmers } from '../text/stems.js';
import type { Automaton } from './automaton.js';
import { Known } from '../text/known.js';
import { Table, type TableData } from '../text/table.js';
import { Forms, type FormsSpec } from '../text/forms.js';
import { type Finder, Matcher, together } from './match.js';
import { bare } from './units.js';

/** `language.yml`: the words that are no cues. */
export type LanguageSpec = Readonly<{
  name: string;
  /** ISO 639-3, as `franc` names it. */
  iso: string;
  stemmer: string;
  /** Frequent small words that tell the language. */
  function_words: readonly string[];
  /** Words that a full stop follows without ending the sentence. */
  abbreviations: readonly string[];
  /** Written forms → what they stand for: contractions, spoken forms. */
  aliases: Readonly<Record<string, string>>;
  /** Endings that are written on to any word and say nothing of it: “company's”. */
  clitics?: readonly string[];
  /** Words that may stand before the beginning proper of a sentence: greetings, “but”, “so”. */
  openers: readonly string[];
  /** Words too common to count as taken up from a message. */
  stop_words: readonly string[];
  /** The letters beyond ASCII that ordinary text of this language always has: without them it was typed on a foreign keyboard. */
  letters?: string;
  /** Does the language tell a singular from a polite plural you? */
  address: boolean;
}>;

/** What the build stores for a language. Plain data. */
export type LanguageData = Readonly<{
  lang: Lang;
  spec: LanguageSpec;
  fold?: FoldSpec;
  foldTables?: FoldTables;
  names: TableData;
  automaton: Automaton;
  /** What safe fixes need to know; a language without it gets none that need it. */
  repair?: RepairSpec;
}>;

/** Marks the phrases that mask a cue of the same name. */
export const MASK = '!';

const CACHE_MAX = 12_000;
const REPEAT = /(\p{L})\1{2,}/gu;

/** How words of a language become the units that cues are made of, and the keys under which their forms meet. */
export type WordForms = Readonly<{ expand: (word: string) => readonly string[]; key: (word: string) => string }>;

function remember<T>(f: (word: string) => T): (word: string) => T {
  const cache = new Map<string, T>();
  return (word) => {
    let value = cache.get(word);
    if (value === undefined) {
      value = f(word);
      if (cache.size >= CACHE_MAX) cache.clear();
      cache.set(word, value);
    }
    return value;
  };
}

export function wordForms(spec: LanguageSpec, fold?: FoldSpec, tables?: FoldTables): WordForms {
  const aliases = new Map(Object.entries(spec.aliases).map(([from, to]) => [from, to.split(' ')]));
  const stem = stemmers[spec.stemmer] ?? (stemmers['none'] as (w: string) => string);
  const expand = (word: string): readonly string[] => {
    const direct = aliases.get(word);
    if (direct !== undefined) return direct;
    // “niiiin”, “soooo”: drawn out in writing as in speech.
    if (word.length > 3 && REPEAT.test(word)) {
      REPEAT.lastIndex = 0;
      const short = word.replace(REPEAT, '$1');
      return aliases.get(short) ?? [short];
    }
    for (const ending of spec.clitics ?? []) if (word.endsWith(ending) && word.length > ending.length + 1) return [word.slice(0, -ending.length)];
    return [word];
  };
  const folder = fold === undefined ? stem : compileFolder(fold, stem, tables);
  return { expand, key: remember(folder) };
}

/** What is known of a written word, looked up once. */
export type Word = Readonly<{
  owner: Language;
  /** Under which its forms meet. */
  key: string;
  stop: boolean;
  /** A stop word, or a written form all of whose units are (“we're”). */
  common: boolean;
}>;

/** First names, lower case. */
export type Names = Readonly<{ has(word: string): boolean }>;

/** A company's own additions to a language: names of its people, and phrases compiled with the language's own word forms. */
export type Additions = Readonly<{ names: (lang: Lang) => ReadonlySet<string>; automaton: (forms: WordForms, lang: Lang) => Automaton | undefined }>;

export class Language {
  readonly lang: Lang;
  readonly spec: LanguageSpec;
  readonly forms: WordForms;
  readonly matcher: Finder;
  readonly abbreviations: ReadonlySet<string>;
  /** Keys blind to the letters that a foreign keyboard lacks; made when first needed. */
  readonly bareKey: (word: string) => string;
  /** Of keys, which ask of another whether it belongs to one of their words or to a compound. */
  readonly relatives: (keys: Iterable<string>) => Pick<Relatives, 'has'>;
  readonly stopWords: ReadonlySet<string>;
  private readonly known = new Known<Word>(this);
  readonly names: Names;
  readonly repair: RepairSpec | undefined;
  /** Only a fix asks for them; undefined where the language has no `address.yml`. */
  readonly addressForms: () => Forms | undefined;

  constructor(data: LanguageData, additions?: Additions, formsSpec?: () => FormsSpec | undefined) {
    this.lang = data.lang;
    this.spec = data.spec;
    this.repair = data.repair;
    let forms: Forms | undefined | null = null;
    this.addressForms = () => {
      if (forms === null) {
        const spec = formsSpec?.();
        forms = spec === undefined ? undefined : new Forms(spec);
      }
      return forms;
    };
    this.forms = wordForms(data.spec, data.fold, data.foldTables);
    const known = new Table(data.names);
    const people = additions?.names(data.lang);
    this.names = people === undefined || people.size === 0 ? known : { has: (word) => known.has(word) || people.has(word) };
    const options = { openers: new Set(data.spec.openers), expand: this.forms.expand, stem: this.forms.key, names: this.names };
    const own = additions?.automaton(this.forms, data.lang);
    this.matcher = own === undefined ? new Matcher(data.automaton, options) : together(new Matcher(data.automaton, options), new Matcher(own, options));
    const { fold } = data;
    let bareForms: WordForms | undefined;
    this.bareKey = (word) => (bareForms ??= wordForms(data.spec, fold === undefined ? undefined : { ...fold, restore: '' }, data.foldTables)).key(bare(word));
    this.relatives = (keys) => new Relatives(keys, fold);
    this.abbreviations = new Set(data.spec.abbreviations);
    this.stopWords = new Set(data.spec.stop_words);
  }

  /** What is known of a token's word. */
  wordOf({ form }: Token): Word {
    return this.known.get(form) ?? this.known.set(form, this.word(form.norm));
  }

  /** Of a word that is no token's. */
  word(norm: string): Word {
    const stop = this.stopWords.has(norm);
    return { owner: this, key: this.forms.key(norm), stop, common: stop || this.forms.expand(norm).every((w) => this.stopWords.has(w)) };
  }
}
