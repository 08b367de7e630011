/** Globs over paths of files. They come from settings that anyone may have written, so only those are taken that can be matched in bounded time. */
import picomatch from 'picomatch';
import { UserError } from '../types.js';

/** Of a glob, and of a line of `.savyignore`. */
export const LENGTH_MAX = 400;
/** Of stars beside other letters. */
const STARS_MAX = 3;
/** Of `**`. */
const DEEP_MAX = 2;
/** Pairs of braces. */
const BRACES_MAX = 3;

const stars = (text: string): number => text.match(/\*+/g)?.length ?? 0;

/** Could it take for ever to match? Each star beside other letters is tried at every place, and each `**` at every folder. */
export function isHeavy(glob: string): boolean {
  const parts = glob.split('/');
  const among = parts.filter((p) => p !== '*' && p !== '**').reduce((n, p) => n + stars(p), 0);
  return among > STARS_MAX || parts.filter((p) => p === '**').length > DEEP_MAX;
}

/**
 * @param globs with `/`: from the top of the folder; without: the name of a file in any folder. A `!` in front takes back.
 * @param place of the glob, for errors
 * @returns does one of them name the path, relative to the folder and with `/`?
 * @throws UserError for a glob that is none
 */
export function matcher(globs: readonly string[], place: (index: number) => string): (path: string) => boolean {
  const tests = globs.map((given, i) => {
    const out = given.startsWith('!');
    const glob = (out ? given.slice(1) : given).replace(/^\.\//, '');
    const refuse = (why: string, hint: string): never => {
      throw new UserError(`“${given}” ${why}`, place(i), hint);
    };
    const parts = glob.split('/');
    if (glob === '') refuse('is no glob', 'write it as *.md or replies/**/*.yml');
    if (parts.includes('..')) refuse('leaves the folder', 'globs count from the folder of the settings');
    if (/[()]|[\]}][+?]/.test(glob)) refuse('holds a pattern in brackets', 'only *, **, ?, [a-z] and {a,b} are understood');
    if ((glob.match(/\{/g)?.length ?? 0) > BRACES_MAX) refuse('has too many braces', `at most ${BRACES_MAX}`);
    if (glob.length > LENGTH_MAX) refuse(`is longer than ${LENGTH_MAX} characters`, 'make several globs of it');
    if (isHeavy(glob)) refuse('has too many stars', `at most ${STARS_MAX} beside other letters, and ${DEEP_MAX} times **`);
    try {
      return { out, test: picomatch(glob, { dot: true, basename: !glob.includes('/'), noextglob: true, nonegate: true, maxLength: LENGTH_MAX }) };
    } catch {
      return refuse('is no glob', 'write it as *.md or replies/**/*.yml');
    }
  });
  return (path) => tests.reduce((is, { out, test }) => (test(path) ? !out : is), false);
}
