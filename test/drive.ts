/** Runs the program in this process: what was printed, and the exit code. */
import { fileURLToPath } from 'node:url';
import { run } from '../src/commands/main.js';
import type { Surroundings } from '../src/commands/surroundings.js';
import { loadSource, type Store } from '../src/rules/load.js';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
let rules: Store | undefined;
export const store = (): Store => (rules ??= loadSource(`${ROOT}/rules`));

export type Ran = Readonly<{ code: number; out: string; err: string }>;
export type Given = Readonly<{ stdin?: string | Uint8Array | readonly (string | Uint8Array)[]; tty?: boolean; outTty?: boolean; columns?: number; env?: Record<string, string>; cwd?: string }>;

export async function savy(argv: readonly string[], given: Given = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const parts = given.stdin === undefined ? [] : Array.isArray(given.stdin) ? (given.stdin as (string | Uint8Array)[]) : [given.stdin as string];
  const surroundings: Surroundings = {
    argv,
    stdin: {
      isTTY: given.tty,
      async *[Symbol.asyncIterator]() {
        yield* parts;
      },
    },
    stdout: { write: (text) => ((out += text), true), isTTY: given.outTty, columns: given.columns },
    stderr: { write: (text) => ((err += text), true) },
    env: given.env ?? {},
    cwd: given.cwd ?? ROOT,
    store,
  };
  const code = await run(surroundings);
  return { code, out, err };
}

export const CASE = `${ROOT}fixtures/exchanges/fi-larva-template`;
export const LARVA = [`${CASE}/reply.txt`, '-c', `${CASE}/message.txt`, '--no-config'];
