/** Files of savy's own (baseline, cache), written whole or not at all. */
import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../types.js';
import { statOf } from './bounds.js';
import { writeText } from './io.js';

/**
 * Whoever reads the file meanwhile sees the old text or the new one.
 * @throws UserError
 */
export function writeWhole(cwd: string, file: string, text: string): void {
  const path = resolve(cwd, file);
  const old = statOf(path);
  if (old !== undefined && !old.isFile()) throw new UserError('is no plain file', file, 'choose another file');
  const beside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeText(cwd, beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    if (error instanceof UserError) throw new UserError(error.message, file, error.hint);
    throw new UserError(`can’t be replaced (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`, file, 'choose another file');
  }
}
