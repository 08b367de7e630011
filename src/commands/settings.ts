/** Defaults, config file and options → one set of settings, each with where it came from. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Additions, MASK } from '../cues/language.js';
import { Engine } from '../engine.js';
import type { LintOptions } from '../lint.js';
import type { Config, ReadConfig } from '../rules/config.js';
import type { Store } from '../rules/load.js';
import type { Channel, Lang, Level } from '../types.js';
import { readText } from './io.js';
import * as read from './options.js';
import type { Surroundings } from './surroundings.js';

/** Options that say how an exchange is judged; the same for `check` and `stream`. */
export type JudgingOptions = Readonly<{
  channel?: Channel;
  lang?: string;
  ui?: string;
  agent?: string;
  certainOnly?: boolean;
  /** False after `--no-config`. */
  config?: string | boolean;
  failOn?: Level;
  minGrade?: number;
}>;

export type Settings = Readonly<{
  engine: Engine;
  lint: LintOptions;
  failOn: Level;
  minGrade?: number;
  /** For `--print-config`: key, value, origin. */
  entries: readonly (readonly [key: string, value: unknown, from: string])[];
}>;

const NAMES = ['.savyrc.yaml', '.savyrc.yml', '.savyrc.json'];

/** Upwards from `cwd` to the top of the repository, the home folder or the root. */
function findConfig(cwd: string, home: string | undefined): string | undefined {
  for (let dir = cwd; ; dir = dirname(dir)) {
    for (const name of NAMES) {
      const path = join(dir, name);
      if (existsSync(path)) return path;
    }
    if (dir === dirname(dir) || dir === home || existsSync(join(dir, '.git'))) return undefined;
  }
}

function cuesOf(store: Store, languages: readonly Lang[]): string[] {
  return [...new Set(languages.flatMap((lang) => store.language(lang).automaton.cues))].filter((cue) => !cue.endsWith(MASK)).sort();
}

function uiLanguages(store: Store): Lang[] {
  return store.index.languages.map((l) => l.lang).filter((lang) => store.index.rules.every((r) => Object.hasOwn(r.message, lang)));
}

/** @throws UserError */
export async function settle(given: JudgingOptions, surroundings: Surroundings, store: Store): Promise<Settings> {
  const languages = store.index.languages.map((l) => l.lang);
  const ui = uiLanguages(store);
  if (given.lang !== undefined) read.language(given.lang, languages);
  if (given.ui !== undefined) read.language(given.ui, ui);

  const named = typeof given.config === 'string' ? given.config : undefined;
  const path = given.config === false ? undefined : (named ?? findConfig(surroundings.cwd, surroundings.env['HOME'] ?? surroundings.env['USERPROFILE']));
  if (path === undefined) return settled(given, store);

  const { additionsOf, readConfig } = await import('../rules/config.js');
  const shown = named ?? relative(surroundings.cwd, path);
  const { config, placeOf } = readConfig(readText(surroundings.cwd, path), shown, { rules: store.index.rules.map((r) => r.id), languages, ui, cues: () => cuesOf(store, languages) });
  const floor = config['min-grade'];
  let minGrade: number | undefined;
  try {
    minGrade = floor === undefined ? undefined : read.minGrade(String(floor));
  } catch (error) {
    throw Object.assign(error as Error, { place: placeOf(['min-grade']) });
  }
  return settled(given, store, { ...config, minGrade, placeOf, additions: additionsOf(config) });
}

type FromFile = Config & Readonly<{ minGrade: number | undefined; additions: Additions | undefined; placeOf: ReadConfig['placeOf'] }>;

function settled(given: JudgingOptions, store: Store, file?: FromFile): Settings {
  const entries: [string, unknown, string][] = [];
  const pick = <T>(key: string, option: T | undefined, config: T | undefined, fallback: T): T => {
    const [value, from] = option !== undefined ? [option, `--${key}`] : config !== undefined ? [config, file?.placeOf([key]) ?? ''] : [fallback, 'default'];
    entries.push([key, value, from]);
    return value;
  };
  const channel = pick<Channel>('channel', given.channel, file?.channel, 'social');
  const lang = pick<Lang | undefined>('lang', given.lang, file?.lang, undefined);
  const ui = pick<Lang | undefined>('ui', given.ui, file?.ui, undefined);
  const agent = pick<string | undefined>('agent', given.agent, file?.agent, undefined);
  pick('brands', undefined, file?.brands, []);
  pick('agents', undefined, file?.agents, []);
  const failOn = pick<Level>('fail-on', given.failOn, file?.['fail-on'], 'warning');
  const minGrade = pick<number | undefined>('min-grade', given.minGrade, file?.minGrade, undefined);
  for (const [id, value] of Object.entries(file?.rules ?? {})) entries.push([`rules.${id}`, value, file?.placeOf(['rules', id]) ?? '']);
  for (const [cue, value] of Object.entries(file?.phrases ?? {})) entries.push([`phrases.${cue}`, value, file?.placeOf(['phrases', cue]) ?? '']);
  return {
    engine: new Engine(store, file?.additions),
    lint: {
      channel,
      ...(lang === undefined ? {} : { lang }),
      ...(ui === undefined ? {} : { ui }),
      ...(agent === undefined ? {} : { agent }),
      ...(file?.rules === undefined ? {} : { rules: file.rules }),
      ...(given.certainOnly === true ? { certainOnly: true } : {}),
    },
    failOn,
    ...(minGrade === undefined ? {} : { minGrade }),
    entries,
  };
}
