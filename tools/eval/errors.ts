/** `tsx tools/eval/errors.ts FACT [fi|en] [dev|real|train] [LIMIT]`: the exchanges that savy reads otherwise than the labels say, with its evidence. */
import { understand } from '../../src/lint.js';
import { Engine } from '../../src/engine.js';
import { loadSource } from '../../src/rules/load.js';
import { dev, exchangeOf, readLines, real, ROOT, SHARED, training } from './data.js';
import { QUESTIONS } from './score.js';
import { join } from 'node:path';

const [fact = 'humorous', lang = 'en', set = 'dev', limit = '40', offset = '0'] = process.argv.slice(2);
const store = loadSource(join(ROOT, 'rules'));
// SAVY_NO_MODEL=1 shows what the cues say alone.
const engine = new Engine(process.env['SAVY_NO_MODEL'] === undefined ? store : { ...store, model: () => undefined });
const gold = set === 'real' ? real(lang) : set === 'train' ? readLines(join(SHARED, 'eval', 'train', `${lang}.jsonl`)).filter((x) => x.kind === 'written') : set === 'own' ? training(lang) : (dev(lang) ?? []);
const question = QUESTIONS[fact];
if (question === undefined) throw new Error(`no fact ${fact}; known: ${Object.keys(QUESTIONS).join(', ')}`);
let tp = 0, fp = 0, fn = 0, n = 0, shown = 0;
const out: string[] = [];
for (const x of gold) {
  const { judged, reading } = understand(exchangeOf(x), engine);
  const truth = question(x.labels, x.lang);
  const said = question(judged.facts, x.lang);
  if (truth === undefined) continue;
  n++;
  if (truth && said) tp++;
  else if (said) fp++;
  else if (truth) fn++;
  if (truth === said || n <= Number(offset)) continue;
  if (shown++ >= Number(limit)) continue;
  const name = fact.split('=')[0] as string;
  const v = judged.verdicts.get(name);
  const quotes = (v?.evidence ?? (name === 'apology' ? judged.apology.evidence : [])).map((e) => (e.in === 'reply' ? x.reply : x.complaint).slice(...e.range));
  out.push(`${x.id} ${truth ? 'MISSED' : 'FALSE '} ${fact} p=${v?.probability.toFixed(2) ?? '–'} cues=[${quotes.join(' | ')}] sig=${reading.reply.anatomy.signature.kind}:${reading.reply.anatomy.signature.name ?? ''}\n  > ${x.complaint.replace(/\n/g, ' / ')}\n  < ${x.reply.replace(/\n/g, ' / ')}`);
}
console.log(out.join('\n'));
const p = tp / (tp + fp), r = tp / (tp + fn);
console.log(`${fact} ${lang} ${set}: n ${n}, positives ${tp + fn}, precision ${(100 * p).toFixed(0)}, recall ${(100 * r).toFixed(0)}, F1 ${((200 * tp) / (2 * tp + fp + fn)).toFixed(0)}`);
