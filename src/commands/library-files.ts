/** Paths, folders and globs → the files of a library, each once, by name. What can't be read is told, and stops nothing. */
import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Problem } from '../types.js';
import { real, statOf } from './bounds.js';
import { matcher } from './globs.js';
import { ignoredIn } from './ignore-file.js';

/** Folders that hold no replies of one's own. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', 'licenses', 'licences']);
/** Files of a repository that are about it. */
const ABOUT: ReadonlySet<string> = new Set([
  'readme', 'license', 'licence', 'licenses', 'copying', 'notice', 'changelog', 'changes', 'contributing', 'code_of_conduct', 'security', 'authors', 'source', 'package', 'package-lock', 'composer', 'tsconfig', 'savy',
]);
const DEPTH_MAX = 60;
const GLOB = /[*?[\]{}]/;

export type LibraryFiles = Readonly<{
  /** As the user is told of them: relative to where we are when they lie below it. */
  files: readonly Readonly<{ file: string; path: string; /** Named itself, not found in a folder. */ named: boolean }>[];
  problems: readonly Problem[];
  /** So many lay in the folders and are of other kinds, or about the repository. */
  passed: number;
}>;

type Kinds = Readonly<{ /** With the dot, in lower case. */ extensions: ReadonlySet<string> }>;

export function libraryFiles(given: readonly string[], cwd: string, { extensions }: Kinds): LibraryFiles {
  const found = new Map<string, { file: string; path: string; named: boolean }>();
  const problems: Problem[] = [];
  let passed = 0;
  const ignored = ignoredIn(cwd);
  const shown = (path: string): string => {
    const way = relative(cwd, path).replaceAll('\\', '/');
    return way === '' ? '.' : way.startsWith('../') || isAbsolute(way) ? path : way;
  };
  const isIgnored = (path: string, folder: boolean): boolean => ignored(`${shown(path)}${folder ? '/' : ''}`);
  const refuse = (path: string, message: string, hint?: string): void => void problems.push({ file: shown(path), message, hint });
  const add = (path: string, named: boolean): void => {
    const before = found.get(path);
    if (before === undefined || (named && !before.named)) found.set(path, { file: shown(path), path, named });
  };
  let bare = false;
  const wanted = (name: string): boolean => {
    const dot = name.lastIndexOf('.');
    // Templates may have no ending at all; in a folder of all sorts such a file is anything.
    if (dot < 0) return !ABOUT.has(name.toLowerCase()) && bare;
    return dot > 0 && extensions.has(name.slice(dot).toLowerCase()) && !ABOUT.has(name.slice(0, name.indexOf('.', 1)).toLowerCase()) && !name.startsWith('.savy');
  };

  const entries = (dir: string): Dirent[] => {
    try {
      return readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      refuse(dir, `may not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
      return [];
    }
  };
  /** @param above folders that this one lies in, as the machine resolves them: a link back to one is no way on */
  const walk = (dir: string, take: (path: string, name: string) => boolean, above: readonly string[]): void => {
    const here = real(dir);
    if (here === undefined || above.includes(here) || above.length > DEPTH_MAX) return;
    for (const entry of entries(dir)) {
      const path = join(dir, entry.name);
      let stat: ReturnType<typeof statSync> | undefined;
      try {
        stat = entry.isSymbolicLink() ? statSync(path) : lstatSync(path);
      } catch {
        if (take(path, entry.name)) refuse(path, 'is a link to nothing');
        continue;
      }
      if (stat?.isDirectory() === true) {
        if (!SKIPPED.has(entry.name.toLowerCase()) && !isIgnored(path, true)) walk(path, take, [...above, here]);
      } else if (take(path, entry.name) && !isIgnored(path, false)) {
        if (stat?.isFile() === true) {
          if (entry.name.includes('.') || (stat.mode & 0o111) === 0) add(path, false);
        }
        else refuse(path, 'is no plain file');
      } else if (stat?.isFile() === true) passed++;
    }
  };

  given.forEach((name) => {
    const path = resolve(cwd, name);
    const stat = statOf(path);
    bare = path !== resolve(cwd);
    if (stat?.isDirectory() === true) walk(path, (_, file) => wanted(file), []);
    else if (stat?.isFile() === true) add(path, true);
    else if (stat !== undefined) refuse(path, 'is no plain file', 'a pipe is read as standard input: savy scan - --from FORMAT');
    else if (GLOB.test(name)) {
      const test = matcher([name.startsWith('./') ? name.slice(2) : name], () => name);
      const before = found.size;
      walk(cwd, (file) => test(shown(file)), []);
      if (found.size === before) problems.push({ file: name, message: 'nothing fits it', hint: 'globs count from where you are' });
    } else problems.push({ file: name, message: 'no such file', hint: 'check the name' });
  });
  const files = [...found.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return { files, problems, passed };
}
