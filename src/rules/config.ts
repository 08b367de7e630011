/** `.savyrc.yaml` → settings, checked key by key. Pure. */
import { CHANNELS, type Channel, type Columns, type Lang, LEVELS, type Level, ROLES, UserError } from '../types.js';
import { expectAmong } from './nearest.js';
import { checkPhrases } from './phrases.js';
import type { RuleSetting } from './types.js';
import { expectShape, type Path, readYaml, type Shape } from './yaml.js';

/** What may be set for single files as well as for a folder. */
export type FileConfig = Readonly<{
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
  /** Folders of own rules, relative to the config. */
  packs?: readonly string[];
  /** Format of a library's files. */
  from?: string;
  columns?: Columns;
}>;

export type Override = FileConfig & Readonly<{ files: readonly string[] }>;

export type Config = FileConfig &
  Readonly<{
    /** Nothing above this folder counts. */
    root?: boolean;
    /** Configs that this one builds on: paths relative to it, or npm packages. */
    extends?: readonly string[];
    /** Settings for the files that globs name, relative to the config; later ones win. */
    overrides?: readonly Override[];
  }>;

/** `at`: where the config stands in its file (`package.json` holds it under a key). Paths given to the places are relative to it. */
export type ReadConfig = Readonly<{ config: Config; file: string; placeOf: (path: Path) => string; valuePlace: (path: Path) => string }>;

export type Known = Readonly<{ languages: readonly Lang[]; ui: readonly Lang[] }>;

const LEVELS_OR_OFF = ['off', ...LEVELS] as const;
/** What a config or a pack says of a rule. */
export const settingShape: Shape = {
  either: [{ oneOf: [...LEVELS_OR_OFF, false] }, { fields: { level: { oneOf: [...LEVELS_OR_OFF, false] }, points: 'number', most: 'number' } }],
  name: 'off, hint, warning, error, or a map with level and points',
};
const column: Shape = { either: ['string', 'number', { listOf: { either: ['string', 'number'], name: 'a name or a number' } }], name: 'a name, a number from 1, or a list of them' };
const oneOrMore: Shape = { either: ['string', { listOf: 'string' }], name: 'a name or a list of names' };

/** The keys of a config, from which the reader and the published JSON Schema are made. */
export function configShape({ languages, ui }: Known): Shape {
  const forFiles: Readonly<Record<string, Shape>> = {
    channel: { oneOf: CHANNELS }, lang: { oneOf: languages }, ui: { oneOf: ui }, agent: 'string', brands: { listOf: 'string' }, agents: { listOf: 'string' },
    'fail-on': { oneOf: LEVELS }, 'min-grade': { either: ['number', 'string'], name: 'a grade such as 7.5 or 8-' }, rules: { mapOf: settingShape }, phrases: { mapOf: { listOf: 'string' } },
    packs: { listOf: 'string' }, from: 'string', columns: { fields: Object.fromEntries(ROLES.map((role) => [role, column])) },
  };
  return { fields: { ...forFiles, root: 'boolean', extends: oneOrMore, overrides: { listOf: { fields: { files: oneOrMore, ...forFiles }, required: ['files'] } } } };
}

/** The rule that counts replies: how many may be. */
export const COUNTING = 'library/phrase-worn';

type RawSetting = string | false | { level?: string | false; points?: number; most?: number };
type RawRules = Readonly<Record<string, RawSetting>> | undefined;
type RawOverride = Omit<Override, 'rules' | 'files'> & { files: string | string[]; rules?: RawRules };
type Raw = Omit<Config, 'rules' | 'extends' | 'overrides'> & { rules?: RawRules; extends?: string | string[]; overrides?: RawOverride[] };

/**
 * Levels and points as written → as meant.
 * @throws UserError
 */
export function readSettings(raw: RawRules, place: (path: Path) => string, path: Path): Record<string, RuleSetting> {
  const rules: Record<string, RuleSetting> = {};
  for (const [id, value] of Object.entries(raw ?? {})) {
    const { level, points, most } = typeof value === 'object' ? value : { level: value, points: undefined, most: undefined };
    if (points !== undefined && !(points >= 0 && points <= 6)) throw new UserError('“points” must lie between 0 and 6', place([...path, id, 'points']));
    if (most !== undefined && (id !== COUNTING || !Number.isInteger(most) || most < 1)) throw new UserError(id === COUNTING ? '“most” must be a whole number from 1' : `“most” is for ${COUNTING} alone`, place([...path, id, 'most']));
    // YAML 1.1 habits: `off` may come as false.
    const plain = level === false ? 'off' : level;
    rules[id] = { ...(plain === undefined ? {} : { level: plain as 'off' | Level }), ...(points === undefined ? {} : { points }), ...(most === undefined ? {} : { most }) };
  }
  return rules;
}

const listed = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);

/**
 * What one file says. Names of rules and cues are not looked up yet: the packs that it loads may bring some (`checkNames`).
 * @param file how errors name it; JSON is YAML too
 * @param at the key under which the config stands in the file
 * @throws UserError with file:line:column
 */
export function readConfig(text: string, file: string, known: Known, at: Path = []): ReadConfig {
  const parsed = readYaml(text, file);
  const placeOf = (path: Path): string => parsed.keyPlace([...at, ...path]);
  const valuePlace = (path: Path): string => parsed.place([...at, ...path]);
  let value = parsed.value;
  for (const key of at) value = (value as Record<string | number, unknown>)[key];
  if (value === null || value === undefined) return { config: {}, file, placeOf, valuePlace };
  expectShape(parsed, configShape(known), at, value);
  const { rules, extends: base, overrides, ...rest } = value as Raw;
  const config: Config = {
    ...rest,
    ...(rules === undefined ? {} : { rules: readSettings(rules, valuePlace, ['rules']) }),
    ...(base === undefined ? {} : { extends: listed(base) }),
    ...(overrides === undefined
      ? {}
      : {
          overrides: overrides.map(({ files, rules: own, ...other }, i) => ({
            ...other,
            files: listed(files),
            ...(own === undefined ? {} : { rules: readSettings(own, valuePlace, ['overrides', i, 'rules']) }),
          })),
        }),
  };
  [config, ...(config.overrides ?? [])].forEach((part, i) => checkPhrases(part.phrases ?? {}, (cue, n) => valuePlace([...(i === 0 ? [] : ['overrides', i - 1]), 'phrases', cue, n])));
  return { config, file, placeOf, valuePlace };
}

/** @param cues asked for only when there are phrases: it opens every language */
export type Names = Readonly<{ rules: readonly string[]; cues: () => readonly string[] }>;

/**
 * Are there such rules and cues?
 * @throws UserError
 */
export function checkNames({ config, placeOf }: ReadConfig, known: Names): void {
  const check = (part: FileConfig, path: Path): void => {
    for (const id of Object.keys(part.rules ?? {})) expectAmong('rule', id, known.rules, () => placeOf([...path, 'rules', id]), 'savy rules lists them');
    const cues = part.phrases === undefined ? [] : known.cues();
    for (const cue of Object.keys(part.phrases ?? {})) expectAmong('cue', cue, cues, () => placeOf([...path, 'phrases', cue]), 'docs/cues.md lists them');
  };
  check(config, []);
  config.overrides?.forEach((part, i) => check(part, ['overrides', i]));
}
