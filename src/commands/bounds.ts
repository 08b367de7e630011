/** Files that other files name: read only where they may lie, when they are files and no larger than anyone needs. */
import { realpathSync, type Stats, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { UserError } from '../types.js';
import { readText } from './io.js';

/** Of settings, and of one file of a pack; savy's own largest has 60,000. */
const BYTES_MAX = 1_000_000;

/** Does `path` lie in the folder, or is it the folder? Both as the machine resolves them. */
export function inside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The path without symbolic links; undefined when there is nothing. */
export function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** What stands at the path; undefined when there is nothing, or a name that leads nowhere. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/**
 * Neither a pipe nor a device, which might never end.
 * @param shown how errors name it
 * @throws UserError
 */
export function readBounded(path: string, shown: string): string {
  const stat = statOf(path);
  if (stat !== undefined && !stat.isFile()) throw new UserError('is no file', shown, 'name a plain file');
  if (stat !== undefined && stat.size > BYTES_MAX) throw new UserError(`is larger than ${BYTES_MAX / 1_000_000} MB`, shown, 'split it');
  try {
    return readText('/', path);
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.message, shown, error.hint) : error;
  }
}
