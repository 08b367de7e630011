/** Files and standard input. Every failure is one line that says what and where. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { decode } from '../readers/text.js';
import { UserError } from '../types.js';
import type { Surroundings } from './surroundings.js';

export const STDIN = '-';
/** Of one text, or one file of a library: more than anyone has, and less than memory. */
const MB_MAX = 200;
const BYTES_MAX = MB_MAX * 1_000_000;

function tooLarge(file: string): UserError {
  return new UserError(`is larger than ${MB_MAX} MB`, file, 'split it');
}

function resolve(cwd: string, file: string): string {
  return isAbsolute(file) ? file : join(cwd, file);
}

const HINTS: Readonly<Record<string, string>> = { ENOENT: 'no such file', EISDIR: 'is a directory', EACCES: 'may not be read', EPERM: 'may not be read', ENOTDIR: 'no such file', ENAMETOOLONG: 'no such file', ENOSPC: 'no room on the disk', EDQUOT: 'no room on the disk' };

function failure(error: unknown, file: string, todo: string): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const what = HINTS[code];
  return what === undefined && code === '' ? (error as Error) : new UserError(what ?? code, file, todo);
}

/** @throws UserError when it is too large, and what the disk says */
export function readBytes(path: string, file: string, size = statSync(path).size): Uint8Array {
  if (size > BYTES_MAX) throw tooLarge(file);
  return readFileSync(path);
}

/** @throws UserError */
export function readText(cwd: string, file: string): string {
  let bytes: Uint8Array;
  try {
    const path = resolve(cwd, file);
    const stat = statSync(path);
    // A pipe or a device may be read; a directory may not, and says so late.
    if (stat.isDirectory()) throw new UserError('is a directory', file, 'name a file in it');
    bytes = readBytes(path, file, stat.size);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw failure(error, file, 'check the name');
  }
  return decode(bytes, file);
}

export async function readStdinBytes(surroundings: Surroundings): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of surroundings.stdin) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    size += bytes.length;
    if (size > BYTES_MAX) throw tooLarge(STDIN);
    parts.push(bytes);
  }
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
