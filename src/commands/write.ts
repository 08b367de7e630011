/**
 * A file changed in place: encoding, byte order mark, line ends and mode stay, and at every moment the name stands for the old text or for
 * the new one, whole. The new text goes into a temporary file beside it, onto the disk, and then takes the name.
 */
import * as disk from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { encodeLike } from '../readers/encode.js';
import { UserError } from '../types.js';
import { inside } from './bounds.js';

/** What of the disk is used; tests hand over one that fails. */
export type Disk = Pick<typeof disk, 'openSync' | 'writeSync' | 'fsyncSync' | 'closeSync' | 'renameSync' | 'unlinkSync' | 'fchmodSync' | 'fchownSync' | 'readFileSync' | 'lstatSync' | 'statSync' | 'realpathSync' | 'accessSync' | 'existsSync'>;

const MODE = 0o7777;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const REASONS: Readonly<Record<string, readonly [what: string, todo: string]>> = {
  ENOSPC: ['no room on the disk', 'make room and run again; the file is as it was'],
  EDQUOT: ['no room on the disk', 'make room and run again; the file is as it was'],
  EACCES: ['may not be written', 'see whose file and folder it is'],
  EPERM: ['may not be written', 'see whose file and folder it is'],
  EROFS: ['may not be written', 'the disk is read-only'],
};

/** The repository that we are in, else the folder. */
function treeOf(cwd: string, { existsSync, realpathSync }: Disk): string {
  const here = realpathSync(cwd);
  for (let dir = here; ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.git'))) return dir;
    if (dir === dirname(dir)) return here;
  }
}

/** The file itself, behind links that stay in the tree. */
function target(cwd: string, file: string, on: Disk): string {
  const path = resolve(cwd, file);
  const real = on.realpathSync(path);
  const tree = treeOf(cwd, on);
  const named = inside(tree, path) || inside(resolve(cwd), path);
  if (!inside(tree, real) && (named || on.lstatSync(path).isSymbolicLink())) throw new UserError(`is a link that leads out of ${tree}`, file, 'name the file itself, from where it lies');
  if (!on.statSync(real).isFile()) throw new UserError('is no plain file', file, 'leave --write out to print the draft');
  on.accessSync(real, disk.constants.W_OK);
  return real;
}

/** Finishes what it does before a signal ends the program. */
function undisturbed<T>(work: () => T): T {
  let caught: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => {
    caught = signal;
  };
  for (const s of SIGNALS) process.on(s, note);
  try {
    return work();
  } finally {
    // Signals come in between two turns of the loop: what was sent meanwhile is heard once this turn and the next have begun.
    setImmediate(() =>
      setImmediate(() => {
        for (const s of SIGNALS) process.off(s, note);
        if (caught !== undefined) process.kill(process.pid, caught);
      }),
    );
  }
}

function replace(real: string, old: Buffer, bytes: Uint8Array, file: string, on: Disk): void {
  const { mode, uid, gid } = on.statSync(real);
  const temporary = join(dirname(real), `.${basename(real).slice(0, 100)}.savy-${process.pid}`);
  // A stale one may be left from a program that was killed with the same number.
  if (on.existsSync(temporary)) on.unlinkSync(temporary);
  const fd = on.openSync(temporary, 'wx', 0o600);
  let open = true;
  try {
    for (let at = 0; at < bytes.length; ) at += on.writeSync(fd, bytes, at, bytes.length - at);
    try {
      on.fchownSync(fd, uid, gid);
    } catch {
      // Only root may give a file away; then it is ours.
    }
    on.fchmodSync(fd, mode & MODE);
    on.fsyncSync(fd);
    on.closeSync(fd);
    open = false;
    if (!old.equals(on.readFileSync(real))) throw new UserError('has changed meanwhile', file, 'run again');
    on.renameSync(temporary, real);
  } catch (error) {
    try {
      if (open) on.closeSync(fd);
    } finally {
      on.unlinkSync(temporary);
    }
    throw error;
  }
}

/**
 * @param was the file's text as it was read
 * @throws UserError; then the file is as it was
 */
export function writeBack(cwd: string, file: string, was: string, text: string, on: Disk = disk): void {
  if (was === text) return;
  try {
    const real = target(cwd, file, on);
    const old = on.readFileSync(real) as Buffer;
    const bytes = encodeLike(old, was, text, file);
    undisturbed(() => replace(real, old, bytes, file, on));
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const [what, todo] = REASONS[code] ?? [`can’t be written (${code === '' ? (error as Error).message : code})`, 'the file is as it was'];
    throw new UserError(what, file, todo);
  }
}
