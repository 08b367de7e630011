/** Defaults, config files and options → settings, for one exchange or file by file, each value with where it came from. */
import { dirname, isAbsolute, join } from 'node:path';
import type { Engine } from '../engine.js';
import type { LintOptions } from '../lint.js';
import type { FileConfig } from '../rules/config.js';
import type { Store } from '../rules/load.js';
import type { Merged } from '../rules/merge.js';
import type { Pack } from '../rules/packs.js';
import type { Path } from '../rules/yaml.js';
import type { Channel, Columns, Lang, Level } from '../types.js';
import type { Layer } from './cascade.js';
import { Engines } from './engines.js';
import { configIn, upwards } from './find-config.js';
import { STDIN } from './io.js';
import * as read from './options.js';
import type { Surroundings } from './surroundings.js';
import { uiLanguages } from './vocabulary.js';

/** Options that say how an exchange is judged; the same for `check` and `stream`. */
export type JudgingOptions = Readonly<{
  channel?: Channel;
  lang?: string;
  ui?: string;
  agent?: string;
  certainOnly?: boolean;
  /** Names and numbers are masked in what is printed. */
  redact?: boolean;
  /** False after `--no-config`. */
  config?: string | boolean;
  failOn?: Level;
  minGrade?: number;
}>;

export type Settings = Readonly<{
  engine: Engine;
  /** What the engine has beside savy's own rules, as a text. */
  signature: () => string;
  /** Savy's own rules and those of the packs. */
  store: Store;
  lint: LintOptions;
  failOn: Level;
  minGrade?: number;
  redact?: boolean;
  /** How the files of a library are read. */
  reading: Readonly<{ from?: string; columns?: Columns }>;
  /** For `--print-config`: key, value, origin. */
  entries: readonly (readonly [key: string, value: unknown, from: string])[];
}>;

/** Settings that hold for a file; without one, for the folder where we are. Cheap to ask again: folders, files and engines are read once. */
export type SettingsOf = (file?: string) => Settings;

const homeOf = ({ env }: Surroundings): string | undefined => env['HOME'] ?? env['USERPROFILE'];

/** What stands outside the folder where we are says nothing of how we work here. */
function folderOf(file: string | undefined, cwd: string): string {
  if (file === undefined || file === STDIN) return cwd;
  const path = isAbsolute(file) ? file : join(cwd, file);
  return path.startsWith(join(cwd, '/')) ? dirname(path) : cwd;
}

/**
 * Settings file by file.
 * @throws UserError, as does the function that comes back
 */
export async function settler(given: JudgingOptions, surroundings: Surroundings, store: Store): Promise<SettingsOf> {
  const languages = store.index.languages.map((l) => l.lang);
  if (given.lang !== undefined) read.language(given.lang, languages);
  if (given.ui !== undefined) read.language(given.ui, uiLanguages(store));
  const { cwd } = surroundings;
  const engines = new Engines(store);
  if (given.config === false) {
    const bare = settled(given, surroundings.env, engines);
    return () => bare;
  }
  const [{ Cascade }, { merge }] = await Promise.all([import('./cascade.js'), import('../rules/merge.js')]);
  const cascade = new Cascade(cwd, homeOf(surroundings), store, typeof given.config === 'string' ? given.config : undefined);
  const known = new Map<readonly Layer[], Map<string, Settings>>();
  return (file) => {
    const layers = cascade.layers(folderOf(file, cwd));
    const path = file === undefined || isAbsolute(file) ? file : join(cwd, file);
    const which = layers.map((layer) => layer.applies === undefined || (path !== undefined && layer.applies(path)));
    const key = which.map(Number).join('');
    const same = known.get(layers) ?? new Map<string, Settings>();
    known.set(layers, same);
    let settings = same.get(key);
    if (settings === undefined) {
      const those = layers.filter((_, i) => which[i]);
      settings = settled(given, surroundings.env, engines, { ...merge(those), minGrade: those.findLast((l) => l.minGrade !== undefined)?.minGrade, packs: those.flatMap((l) => l.packs) });
      same.set(key, settings);
    }
    return settings;
  };
}

/**
 * Settings of one exchange.
 * @param file the draft, when it is one: settings may be about single files
 * @throws UserError
 */
export async function settle(given: JudgingOptions, surroundings: Surroundings, store: Store, file?: string): Promise<Settings> {
  const { cwd } = surroundings;
  // Most folders have no settings; then nothing is loaded to read them.
  const none = given.config !== false && typeof given.config !== 'string' && !upwards(folderOf(file, cwd), homeOf(surroundings)).some((dir) => configIn(dir) !== undefined);
  return (await settler(none ? { ...given, config: false } : given, surroundings, store))(file === STDIN ? undefined : file);
}

/** An empty variable names nobody. */
const named = (value: string | undefined): string | undefined => (value === undefined || value.trim() === '' ? undefined : value.trim());

type FromFiles = Merged & Readonly<{ minGrade: number | undefined; packs: readonly Pack[] }>;

function settled(given: JudgingOptions, env: Surroundings['env'], engines: Engines, file?: FromFiles): Settings {
  const config: FileConfig = file?.config ?? {};
  const origin = (path: Path): string => file?.origin(path) ?? '';
  const entries: [string, unknown, string][] = [];
  const pick = <T>(key: string, option: T | undefined, said: T | undefined, fallback: T, around?: T): T => {
    const [value, from] = option !== undefined ? [option, `--${key}`] : around !== undefined ? [around, `SAVY_${key.toUpperCase()}`] : said !== undefined ? [said, origin([key])] : [fallback, 'default'];
    entries.push([key, value, from]);
    return value;
  };
  const channel = pick<Channel>('channel', given.channel, config.channel, 'social');
  const lang = pick<Lang | undefined>('lang', given.lang, config.lang, undefined);
  const ui = pick<Lang | undefined>('ui', given.ui, config.ui, undefined);
  const agent = pick<string | undefined>('agent', given.agent, config.agent, undefined, named(env['SAVY_AGENT']));
  pick('brands', undefined, config.brands, []);
  pick('agents', undefined, config.agents, []);
  const failOn = pick<Level>('fail-on', given.failOn, config['fail-on'], 'warning');
  const minGrade = pick<number | undefined>('min-grade', given.minGrade, file?.minGrade, undefined);
  if (config.from !== undefined) entries.push(['from', config.from, origin(['from'])]);
  for (const [role, names] of Object.entries(config.columns ?? {})) entries.push([`columns.${role}`, names, origin(['columns', role])]);
  for (const pack of file?.packs ?? []) entries.push([`packs.${pack.name}`, pack.description ?? '', pack.file]);
  for (const [id, value] of Object.entries(config.rules ?? {})) entries.push([`rules.${id}`, value, origin(['rules', id])]);
  for (const [cue, value] of Object.entries(config.phrases ?? {})) entries.push([`phrases.${cue}`, value, origin(['phrases', cue])]);
  return {
    ...engines.of(config, file?.packs ?? []),
    lint: {
      channel,
      ...(lang === undefined ? {} : { lang }),
      ...(ui === undefined ? {} : { ui }),
      ...(agent === undefined ? {} : { agent }),
      ...(config.rules === undefined ? {} : { rules: config.rules }),
      ...(given.certainOnly === true ? { certainOnly: true } : {}),
    },
    failOn,
    ...(given.redact === true ? { redact: true } : {}),
    ...(minGrade === undefined ? {} : { minGrade }),
    reading: { ...(config.from === undefined ? {} : { from: config.from }), ...(config.columns === undefined ? {} : { columns: config.columns }) },
    entries,
  };
}
