/** `.savyrc.yaml` → settings, checked key by key; and a company's phrases → an automaton. Pure. */
import { compile, type Phrase } from '../cues/automaton.js';
import type { Additions } from '../cues/language.js';
import { PatternError } from '../cues/pattern.js';
import { CHANNELS, type Channel, type Lang, LEVELS, type Level, UserError } from '../types.js';
import { nearest } from './nearest.js';
import type { RuleSetting } from './types.js';
import { expectShape, readYaml, type Shape } from './yaml.js';

export type Config = Readonly<{
  channel?: Channel;
  lang?: Lang;
  ui?: Lang;
  agent?: string;
  /** Names of the company and its brands: they sign as a team, never as a person. */
  brands?: readonly string[];
  /** Names of the people who answer. */
  agents?: readonly string[];
  'fail-on'?: Level;
  'min-grade'?: number | string;
  rules?: Readonly<Record<string, RuleSetting>>;
  /** Own phrases by cue, in the phrase language of docs/cues.md; read in every language. */
  phrases?: Readonly<Record<string, readonly string[]>>;
}>;

export type ReadConfig = Readonly<{ config: Config; placeOf: (path: readonly (string | number)[]) => string }>;

const LEVELS_OR_OFF = ['off', ...LEVELS] as const;
const setting: Shape = {
  either: [{ oneOf: [...LEVELS_OR_OFF, false] }, { fields: { level: { oneOf: [...LEVELS_OR_OFF, false] }, points: 'number' } }],
  name: 'off, hint, warning, error, or a map with level and points',
};

export type Known = Readonly<{ rules: readonly string[]; languages: readonly Lang[]; ui: readonly Lang[]; /** Asked for only when there are phrases: it opens every language. */ cues: () => readonly string[] }>;

/**
 * @param file how errors name it; JSON is YAML too
 * @throws UserError with file:line:column
 */
export function readConfig(text: string, file: string, known: Known): ReadConfig {
  const parsed = readYaml(text, file);
  if (parsed.value === null || parsed.value === undefined) return { config: {}, placeOf: parsed.keyPlace };
  expectShape(parsed, {
    fields: {
      channel: { oneOf: CHANNELS }, lang: { oneOf: known.languages }, ui: { oneOf: known.ui }, agent: 'string', brands: { listOf: 'string' }, agents: { listOf: 'string' },
      'fail-on': { oneOf: LEVELS }, 'min-grade': { either: ['number', 'string'], name: 'a grade such as 7.5 or 8-' }, rules: { mapOf: setting }, phrases: { mapOf: { listOf: 'string' } },
    },
  });
  const raw = parsed.value as Omit<Config, 'rules'> & { rules?: Record<string, string | false | { level?: string | false; points?: number }> };
  const rules: Record<string, RuleSetting> = {};
  for (const [id, value] of Object.entries(raw.rules ?? {})) {
    if (!known.rules.includes(id)) {
      const guess = nearest(id, known.rules);
      throw new UserError(`unknown rule “${id}”${guess === undefined ? '' : `, did you mean “${guess}”?`}`, parsed.keyPlace(['rules', id]), 'savy rules lists them');
    }
    const { level, points } = typeof value === 'object' ? value : { level: value, points: undefined };
    if (points !== undefined && !(points >= 0 && points <= 6)) throw new UserError('“points” must lie between 0 and 6', parsed.place(['rules', id, 'points']));
    // YAML 1.1 habits: `off` may come as false.
    const plain = level === false ? 'off' : level;
    rules[id] = { ...(plain === undefined ? {} : { level: plain as 'off' | Level }), ...(points === undefined ? {} : { points }) };
  }
  const cues = raw.phrases === undefined ? [] : known.cues();
  for (const [cue, list] of Object.entries(raw.phrases ?? {})) {
    if (!cues.includes(cue)) {
      const guess = nearest(cue, cues);
      throw new UserError(`unknown cue “${cue}”${guess === undefined ? '' : `, did you mean “${guess}”?`}`, parsed.keyPlace(['phrases', cue]), 'docs/cues.md lists them');
    }
    list.forEach((phrase, i) => {
      try {
        compile([{ cue, text: phrase }], { expand: (w) => [w], stem: (w) => w });
      } catch (error) {
        if (error instanceof PatternError) throw new UserError(`phrase “${phrase}”: ${error.message}`, parsed.place(['phrases', cue, i]), 'see docs/cues.md for what a phrase may hold');
        throw error;
      }
    });
  }
  return { config: { ...raw, ...(raw.rules === undefined ? {} : { rules }) } as Config, placeOf: parsed.keyPlace };
}

const WORDS = /[\p{L}\p{N}]+/gu;

/** What a config adds to every language; undefined when it adds nothing. */
export function additionsOf(config: Config): Additions | undefined {
  const names = (config.agents ?? []).flatMap((a) => a.toLowerCase().match(WORDS) ?? []);
  const phrases: Phrase[] = Object.entries(config.phrases ?? {}).flatMap(([cue, list]) => list.map((text) => ({ cue, text })));
  for (const brand of config.brands ?? []) {
    const words = brand.toLowerCase().match(WORDS);
    if (words !== null) phrases.push({ cue: 'anatomy.team', text: words.join(' ') });
  }
  if (names.length === 0 && phrases.length === 0) return undefined;
  return { names, ...(phrases.length === 0 ? {} : { automaton: (forms) => compile(phrases, { expand: forms.expand, stem: forms.key }) }) };
}
