/** The engine over rules as written, for tests and tools; the program runs on what the build made of them. */
import { fileURLToPath } from 'node:url';
import { Engine } from './engine.js';
import { loadSource } from './rules/load.js';

export function sourceEngine(): Engine {
  return new Engine(loadSource(fileURLToPath(new URL('../rules', import.meta.url))));
}
