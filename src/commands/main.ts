/** The program as a function of its surroundings: what `bin/savy.js` and the tests call. */
import { fileURLToPath } from 'node:url';
import { inert } from '../reporters/inert.js';
import { visible } from '../reporters/width.js';
import { loadBuilt, type Store } from '../rules/load.js';
import { UserError } from '../types.js';
import { fromProcess } from './process.js';
import { commandLine } from './program.js';
import { FAILED, type Surroundings } from './surroundings.js';

export type { Surroundings } from './surroundings.js';

/** Set by the build. */
declare const SAVY_VERSION: string;

function built(): Store {
  return loadBuilt(fileURLToPath(new URL('./rules', import.meta.url)));
}

/** @returns the exit code; never throws for what a user did */
export async function run(surroundings: Surroundings): Promise<number> {
  try {
    return await commandLine(surroundings, typeof SAVY_VERSION === 'undefined' ? '0' : SAVY_VERSION, surroundings.store ?? built);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const parts = ['savy', error.place === '-' ? 'standard input' : error.place, error.message, error.hint].filter((p) => p !== undefined && p !== '');
    surroundings.stderr.write(`${inert(visible(parts.join(': ')))}\n`);
    return FAILED;
  }
}

/** Judges on a thread of its own, for `savy scan`. */
export async function work(): Promise<void> {
  await (await import('./worker.js')).work(built());
}

/** Runs on this process and leaves the exit code to it. A mistake of savy's own is no finding: it ends with 2, in one line. */
export async function start(): Promise<void> {
  try {
    process.exitCode = await run(fromProcess());
  } catch (error) {
    process.stderr.write(`savy: something broke inside savy: ${visible(process.env['SAVY_DEBUG'] === undefined ? String(error) : String((error as Error).stack))}\n`);
    process.exitCode = FAILED;
  }
}
