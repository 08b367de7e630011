/** All that the program knows of the world. `bin` hands over the process; tests hand over what they like. */
import type { Store } from '../rules/load.js';

export type Sink = {
  /** False when the reader is slower than we are: wait for `drain`. */
  write(text: string): boolean;
  once?(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

export type Source = AsyncIterable<Uint8Array | string> & { readonly isTTY?: boolean | undefined };

export type Surroundings = Readonly<{
  /** Words behind the program's name. */
  argv: readonly string[];
  stdin: Source;
  stdout: Sink;
  stderr: Sink;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Where rules come from; the built ones when absent. */
  store?: () => Store;
}>;

export const CLEAN = 0;
export const FOUND = 1;
export const FAILED = 2;
