/** Files and standard input. Every failure is one line that says what and where. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { decode } from '../readers/text.js';
import { UserError } from '../types.js';
import type { Surroundings } from './surroundings.js';

export const STDIN = '-';

function resolve(cwd: string, file: string): string {
  return isAbsolute(file) ? file : join(cwd, file);
}

const HINTS: Readonly<Record<string, string>> = { ENOENT: 'no such file', EISDIR: 'is a directory', EACCES: 'may not be read', EPERM: 'may not be read', ENOTDIR: 'no such file', ENAMETOOLONG: 'no such file', ENOSPC: 'no room on the disk', EDQUOT: 'no room on the disk' };

function failure(error: unknown, file: string, todo: string): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const what = HINTS[code];
  return what === undefined && code === '' ? (error as Error) : new UserError(what ?? code, file, todo);
}

/** @throws UserError */
export function readText(cwd: string, file: string): string {
  let bytes: Uint8Array;
  try {
    const path = resolve(cwd, file);
    // A pipe or a device may be read; a directory may not, and says so late.
    if (statSync(path).isDirectory()) throw new UserError('is a directory', file, 'name a file in it');
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw failure(error, file, 'check the name');
  }
  return decode(bytes, file);
}

export async function readStdinBytes(surroundings: Surroundings): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of surroundings.stdin) parts.push(typeof part === 'string' ? Buffer.from(part, 'utf8') : part);
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

export async function readStdin(surroundings: Surroundings): Promise<string> {
  return decode(await readStdinBytes(surroundings), STDIN);
}

/** @throws UserError */
export function writeText(cwd: string, file: string, text: string): void {
  try {
    writeFileSync(resolve(cwd, file), text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new UserError('no such folder', file, 'make the folder first');
    throw failure(error, file, 'choose another file');
  }
}
