/** `npm run bench`: exchanges linted a second, and how many times longer that takes than reading and writing the same lines as JSON. */
import { fileURLToPath } from 'node:url';
import { Engine } from '../../src/engine.js';
import { outcomeOf } from '../../src/outcome.js';
import { exchangeOf } from '../../src/readers/json.js';
import { loadBuilt } from '../../src/rules/load.js';
import { training } from '../eval/data.js';

const ROUNDS = 5;
const engine = new Engine(loadBuilt(fileURLToPath(new URL('../../dist/rules', import.meta.url))));

function fastest(work: () => void): number {
  let best = Infinity;
  for (let i = 0; i < ROUNDS; i++) {
    const start = process.hrtime.bigint();
    work();
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  }
  return best;
}

for (const lang of ['fi', 'en']) {
  const lines = training(lang).map(({ id, channel, complaint, reply }) => JSON.stringify({ id, channel, message: complaint, reply }));
  const json = fastest(() => lines.forEach((l) => JSON.stringify(JSON.parse(l))));
  const lint = fastest(() => lines.forEach((l) => JSON.stringify(outcomeOf(exchangeOf(JSON.parse(l), '-'), engine, {}))));
  console.log(`${lang}  ${lines.length} exchanges  ${Math.round((lines.length / lint) * 1000)}/s  ${(lint / lines.length).toFixed(3)} ms each  ${Math.round(lint / json)} × JSON.parse + stringify`);
}
