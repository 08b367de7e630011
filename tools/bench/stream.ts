/** The built `savy stream` as a process: lines in, and what it took. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './measure.js';

export type Ran = Readonly<{ ms: number; peakMB: number; bytes: number; hash: string }>;

const CHILD = fileURLToPath(new URL('./child.cjs', import.meta.url));
const PIECE = 1 << 16;

export async function streamed(lines: Iterable<string>, ...args: string[]): Promise<Ran> {
  const began = performance.now();
  const child = spawn(process.execPath, [CHILD, 'stream', '--no-config', ...args], { cwd: join(ROOT, 'fixtures'), stdio: ['pipe', 'pipe', 'inherit', 'pipe'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('no pipes');
  const hash = createHash('sha256');
  let bytes = 0;
  let peak = '';
  stdout.on('data', (part: Buffer) => {
    bytes += part.length;
    hash.update(part);
  });
  child.stdio[3]?.on('data', (part: Buffer) => (peak += String(part)));
  const over = once(child, 'close');
  let piece = '';
  const hand = async (): Promise<void> => {
    const text = piece;
    piece = '';
    if (!stdin.write(text)) await once(stdin, 'drain');
  };
  for (const line of lines) {
    piece += `${line}\n`;
    if (piece.length > PIECE) await hand();
  }
  if (piece !== '') await hand();
  stdin.end();
  await over;
  return { ms: performance.now() - began, peakMB: (JSON.parse(peak) as { peakMB: number }).peakMB, bytes, hash: hash.digest('hex') };
}
