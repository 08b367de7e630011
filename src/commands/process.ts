/** This process as surroundings. Streams are opened only when used; plain files and pipes are written to straight, without opening one. */
import { fstatSync, writeSync } from 'node:fs';
import { UserError } from '../types.js';
import type { Sink, Surroundings } from './surroundings.js';

const STDOUT = 1;
const EPIPE_EXIT = 0;

/** Waits a little for a pipe that is full, without spinning. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

/** Writes all of it before it comes back: whoever reads slowly slows the writer down. */
function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A reader that goes away (`savy … | head`) ends the program quietly.
      if (code === 'EPIPE') process.exit(EPIPE_EXIT);
      if (code === 'EAGAIN') pause();
      else throw new UserError(`can’t be written to (${code ?? 'unknown reason'})`, 'standard output', 'make room or name a file with --output');
    }
  }
}

function output(): Sink {
  // A terminal knows its width; everything else (files, pipes, other devices) only takes bytes.
  if (fstatSync(STDOUT).isCharacterDevice() && process.stdout.isTTY) return process.stdout;
  return {
    write: (text) => {
      writeAll(STDOUT, text);
      return true;
    },
    isTTY: false,
  };
}

/** What nobody listens to any more is no mistake of the run. */
function heard(stderr: NodeJS.WriteStream): NodeJS.WriteStream {
  if (stderr.listenerCount('error') === 0) stderr.on('error', () => undefined);
  return stderr;
}

export function fromProcess(): Surroundings {
  return {
    argv: process.argv.slice(2),
    get stdin() {
      return process.stdin;
    },
    stdout: output(),
    get stderr() {
      return heard(process.stderr);
    },
    env: process.env,
    cwd: process.cwd(),
  };
}
