/** Config files → layers: those of the folders above first, each behind what it extends. Every file is read once. */
import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { checkNames, type FileConfig, readConfig, type ReadConfig } from '../rules/config.js';
import type { Store } from '../rules/load.js';
import type { Pack } from '../rules/packs.js';
import type { Path } from '../rules/yaml.js';
import { UserError } from '../types.js';
import { inside, readBounded, real } from './bounds.js';
import { configIn, type ConfigFile, isTop, manifestIn, upwards } from './find-config.js';
import { matcher } from './globs.js';
import { readText } from './io.js';
import { minGrade } from './options.js';
import { loadPack, manifestOf } from './pack-files.js';
import { cuesOf, uiLanguages } from './vocabulary.js';

/** Settings of one file, or one of its overrides. `applies` takes an absolute path; without it they hold for all. */
export type Layer = Readonly<{ config: FileConfig; minGrade?: number | undefined; placeOf: (path: Path) => string; packs: readonly Pack[]; applies?: (path: string) => boolean }>;

const DEPTH_MAX = 12;
const FILES_MAX = 100;
/** A package, and what of it. */
const PACKAGE = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)(?:\/(.+))?$/;
/** What a package, or a folder that is extended, may hold its settings in. */
const SHARED = ['savy.yml', 'savy.yaml'];

/** Whoever says `extends` or `packs`: from where its paths count, and what they may not leave. */
type Home = Readonly<{ dir: string; boundary: string; /** Of the config in the project, from which globs count. */ globs: string }>;

export class Cascade {
  private readonly folders = new Map<string, readonly Layer[]>();
  private files = 0;

  constructor(
    private readonly cwd: string,
    private readonly home: string | undefined,
    private readonly store: Store,
    /** One config in place of those that would be found. */
    private readonly named?: string,
  ) {}

  /**
   * What holds for files in that folder, the farthest first.
   * @param dir absolute
   * @throws UserError
   */
  layers(dir: string): readonly Layer[] {
    const key = this.named === undefined ? dir : '';
    let layers = this.folders.get(key);
    if (layers === undefined) this.folders.set(key, (layers = this.named === undefined ? this.found(dir) : this.given(this.named)));
    return layers;
  }

  private found(dir: string): readonly Layer[] {
    const found: { file: ConfigFile; read: ReadConfig }[] = [];
    const all = upwards(dir, this.home);
    for (const folder of all) {
      const file = configIn(folder);
      if (file === undefined) continue;
      const read = this.read(file);
      found.push({ file, read });
      if (read.config.root === true) break;
    }
    const last = all.at(-1) as string;
    const top = isTop(last) ? last : dirname(found.at(-1)?.file.path ?? dir);
    return found.reduceRight<readonly Layer[]>((above, { file, read }) => {
      const folder = dirname(file.path);
      return [...above, ...this.expand(read, { dir: folder, boundary: real(top) ?? top, globs: folder }, [file.path], above)];
    }, []);
  }

  private given(named: string): readonly Layer[] {
    const path = isAbsolute(named) ? named : join(this.cwd, named);
    const dir = dirname(path);
    const last = upwards(dir, this.home).at(-1) as string;
    const top = isTop(last) ? last : dir;
    // It may come through a pipe: nobody but the user has named it.
    const read = readConfig(readText(this.cwd, named), named, this.known());
    return this.expand(read, { dir, boundary: real(top) ?? top, globs: dir }, [path], []);
  }

  private known(): Parameters<typeof readConfig>[2] {
    return { languages: this.store.index.languages.map((l) => l.lang), ui: uiLanguages(this.store) };
  }

  private shown(path: string): string {
    return relative(this.cwd, path) || '.';
  }

  private read(file: ConfigFile): ReadConfig {
    const shown = this.shown(file.path);
    if (++this.files > FILES_MAX) throw new UserError(`more than ${FILES_MAX} files of settings`, shown, 'extend fewer of them');
    return readConfig(readBounded(file.path, shown), shown, this.known(), file.key === undefined ? [] : [file.key]);
  }

  /** What a config extends, then the config, then its overrides. */
  private expand(read: ReadConfig, home: Home, chain: readonly string[], above: readonly Layer[]): Layer[] {
    const { config, placeOf, valuePlace } = read;
    const out: Layer[] = [];
    (config.extends ?? []).forEach((name, i) => out.push(...this.extended(name, valuePlace(['extends', i]), home, chain, [...above, ...out])));
    const packsOf = (part: FileConfig, path: Path): Pack[] => (part.packs ?? []).map((name, i) => this.pack(name, valuePlace([...path, 'packs', i]), home));
    const own = packsOf(config, []);
    const { root: _, extends: __, overrides = [], ...rest } = config;
    out.push(...own.map(layerOf), { config: rest, minGrade: gradeOf(config, placeOf), placeOf, packs: [] });
    overrides.forEach(({ files, ...part }, i) => {
      const test = matcher(files, (n) => valuePlace(['overrides', i, 'files', n]));
      const applies = (path: string): boolean => inside(home.globs, path) && test(relative(home.globs, path).replaceAll('\\', '/'));
      const packs = packsOf(part, ['overrides', i]);
      const at = (path: Path): string => placeOf(['overrides', i, ...path]);
      out.push(...packs.map((pack) => ({ ...layerOf(pack), applies })), { config: part, minGrade: gradeOf(part, at), placeOf: at, packs: [], applies });
    });
    const packs = [...above, ...out].flatMap((layer) => layer.packs);
    checkNames(read, {
      rules: [...this.store.index.rules, ...packs.flatMap((p) => p.rules)].map((r) => r.id),
      cues: () => [...cuesOf(this.store), ...packs.flatMap((p) => p.cues)],
    });
    return out;
  }

  private pack(name: string, place: string, home: Home): Pack {
    return loadPack(this.within(name, place, home), (path) => this.shown(path), this.store);
  }

  /** A path that has to lie where its home may read. */
  private within(name: string, place: string, home: Home): string {
    const path = real(isAbsolute(name) ? name : join(home.dir, name));
    if (path === undefined) throw new UserError(`“${name}” is not there`, place, 'paths count from the folder of the settings that name them');
    if (!inside(home.boundary, path)) throw new UserError(`“${name}” lies outside ${this.shown(home.boundary)}`, place, 'settings reach no farther than the project, or the package, that they belong to');
    return path;
  }

  private extended(name: string, place: string, home: Home, chain: readonly string[], above: readonly Layer[]): readonly Layer[] {
    const isPath = /^\.{0,2}[\\/]|^\.{1,2}$|\.(?:ya?ml|json)$/i.test(name) && !name.startsWith('@');
    const [target, from] = isPath ? [this.within(name, place, home), home] : this.packaged(name, place, home);
    const file = statSync(target).isDirectory() ? sharedIn(target, from !== home) : { path: target };
    if (file === undefined) {
      if (manifestOf(target) !== undefined) return [layerOf(loadPack(target, (path) => this.shown(path), this.store))];
      throw new UserError(`“${name}” holds no settings`, place, `looked for ${SHARED[0]}, a key “savy” in package.json and pack.yml`);
    }
    const path = real(file.path) as string;
    if (!inside(from.boundary, path)) throw new UserError(`“${name}” lies outside ${this.shown(from.boundary)}`, place, 'settings reach no farther than the project, or the package, that they belong to');
    if (chain.includes(path)) throw new UserError(`extends itself: ${[...chain.slice(chain.indexOf(path)), path].map((p) => this.shown(p)).join(' → ')}`, place, 'take one of them out');
    if (chain.length > DEPTH_MAX) throw new UserError(`more than ${DEPTH_MAX} settings, each of which extends the next`, place, 'extend fewer of them');
    return this.expand(this.read({ ...file, path }), { ...from, dir: dirname(path) }, [...chain, path], above);
  }

  /** From the `node_modules` of the folder and those above it, up to the top of the project. */
  private packaged(name: string, place: string, home: Home): [string, Home] {
    const [, pkg, inner] = PACKAGE.exec(name) ?? [];
    if (pkg === undefined) throw new UserError(`“${name}” is neither a path nor a package`, place, 'a path begins with ./');
    const project = real(home.globs) ?? home.globs;
    for (let dir = home.dir; ; dir = dirname(dir)) {
      const found = real(join(dir, 'node_modules', pkg));
      if (found !== undefined) {
        const top = this.topOf(project);
        if (!inside(top, found)) throw new UserError(`“${pkg}” is a link out of ${this.shown(top)}`, place, 'install the package instead of linking it');
        const own: Home = { dir: found, boundary: found, globs: home.globs };
        return [inner === undefined ? found : this.within(inner, place, own), own];
      }
      if (dir === this.topOf(project) || dir === dirname(dir)) throw new UserError(`there is no package “${pkg}”`, place, `npm install --save-dev ${pkg}, or ./${name} for a path`);
    }
  }

  /** The project's own boundary: packages are looked for no higher. */
  private topOf(dir: string): string {
    const last = upwards(dir, this.home).at(-1) as string;
    return isTop(last) ? last : dir;
  }
}

/** What a pack sets lies under what names it. */
function layerOf(pack: Pack): Layer {
  return { config: pack.config, placeOf: pack.placeOf, packs: [pack] };
}

function sharedIn(dir: string, isPackage: boolean): ConfigFile | undefined {
  const shared = SHARED.map((name) => join(dir, name)).find((path) => existsSync(path));
  return (isPackage ? manifestIn(dir) : configIn(dir)) ?? (shared === undefined ? undefined : { path: shared });
}

function gradeOf(config: FileConfig, placeOf: (path: Path) => string): number | undefined {
  const given = config['min-grade'];
  if (given === undefined) return undefined;
  try {
    return minGrade(String(given));
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.message, placeOf(['min-grade']), error.hint) : error;
  }
}
