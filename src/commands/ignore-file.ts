/** `.savyignore`: what a scan passes over, in the syntax of `.gitignore`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ignore from 'ignore';
import { UserError } from '../types.js';
import { readBounded } from './bounds.js';
import { isHeavy, LENGTH_MAX } from './globs.js';

const NAME = '.savyignore';

/**
 * @param folder where the file lies, if there is one
 * @returns is the path passed over? Relative to the folder, with `/`; a folder ends with one. False for what lies outside.
 * @throws UserError when the file can't be read
 */
export function ignoredIn(folder: string): (path: string) => boolean {
  const file = join(folder, NAME);
  if (!existsSync(file)) return () => false;
  const text = readBounded(file, NAME);
  text.split(/\r\n|\n|\r/).forEach((line, i) => {
    if (line.length > LENGTH_MAX) throw new UserError(`a line of more than ${LENGTH_MAX} characters`, `${NAME}:${i + 1}:1`, 'name the folder, or make several lines of it');
    if (isHeavy(line)) throw new UserError(`“${line}” has too many stars`, `${NAME}:${i + 1}:1`, 'at most 3 beside other letters, and 2 times **');
  });
  const rules = ignore().add(text);
  return (path) => ignore.isPathValid(path) && rules.ignores(path);
}
