/**
 * `--cache [FILE]`: replies in which nothing was found, by the hash of all that the judgement depends on. A reply with findings is judged
 * anew, since a finding quotes it, and no text ever lands in the file. Whatever is wrong with the file, it is as if it were not there.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JudgedEntry } from '../library/judge.js';
import { digest } from './digest.js';
import { writeWhole } from './whole.js';

export const CACHE = '.savy-cache.json';
/** How a cache begins; its number rises when entries look another way. */
const HEAD = '{"savy-cache":1,';
/** With more replies than this those of earlier runs are let go. */
const MOST = 200_000;

/** Files that the program consists of. */
const KINDS = ['.cjs', '.json', '.bin', '.ts'];

/** Numbers of a fixed size, which JSON writes long. */
const packed = (_: string, value: unknown): unknown => (value instanceof Uint32Array ? { u32: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') } : value);
function unpacked(_: string, value: unknown): unknown {
  const { u32 } = (value ?? {}) as { u32?: unknown };
  return typeof u32 === 'string' ? new Uint32Array(new Uint8Array(Buffer.from(u32, 'base64')).buffer) : value;
}

/** Stands for the program and its rules: a judgement by others counts for nothing. */
function program(): string {
  const dir = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((f) => KINDS.some((kind) => f.endsWith(kind))).sort();
  return digest(files.map((f) => `${f} ${digest(readFileSync(join(dir, f), 'latin1'))}`).join('\n'));
}

export class Cache {
  private readonly old: ReadonlyMap<string, string>;
  private readonly next = new Map<string, string>();
  private readonly salt = program();
  /** May the file be written to? One that holds something else is left alone. */
  readonly ours: boolean;
  private dirty = false;

  constructor(
    private readonly cwd: string,
    private readonly file: string,
  ) {
    const text = textOf(resolve(cwd, file));
    this.ours = text === '' || text.startsWith(HEAD.slice(0, 13)) || file === CACHE;
    this.old = entriesOf(text, this.salt);
  }

  /** @param parts the reply and all that its judgement depends on */
  key(...parts: readonly string[]): string {
    return digest(parts.join('\n'));
  }

  get(key: string): JudgedEntry | undefined {
    const found = this.old.get(key);
    if (found === undefined) return undefined;
    this.next.set(key, found);
    return JSON.parse(found, unpacked) as JudgedEntry;
  }

  put(key: string, judged: JudgedEntry): void {
    if ((judged.result?.findings.length ?? 0) > 0) return;
    this.next.set(key, JSON.stringify(judged, packed));
    this.dirty = true;
  }

  /** @throws UserError when the file can't be written */
  save(): void {
    if (!this.dirty || !this.ours) return;
    const all = this.old.size + this.next.size > MOST ? this.next : new Map([...this.old, ...this.next]);
    // A line for each; the first vouches for the others.
    const lines = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key} ${value}\n`).join('');
    writeWhole(this.cwd, this.file, `${HEAD}"program":"${this.salt}","entries":"${digest(lines)}"}\n${lines}`);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function entriesOf(text: string, salt: string): Map<string, string> {
  const end = text.indexOf('\n') + 1;
  const lines = text.slice(end);
  if (end === 0 || text.slice(0, end) !== `${HEAD}"program":"${salt}","entries":"${digest(lines)}"}\n`) return new Map();
  return new Map(lines.split('\n').slice(0, -1).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}
