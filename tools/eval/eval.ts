/**
 * `npm run eval [-- --write | --errors FACT [--lang LANG] [--set dev|real|own|fixtures]]`
 *
 * Runs savy over labelled exchanges and prints, for each language and channel, precision, recall and F1 of every fact beside the last
 * committed figures (`tools/eval/results.json`; `--write` commits to new ones). The labelled set lies in `../shared/eval` on a developer's
 * machine; without it the exchanges under `fixtures/` are used.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint, understand } from '../../src/lint.js';
import { Engine } from '../../src/engine.js';
import { loadSource } from '../../src/rules/load.js';
import { dev, exchangeOf, type Labelled, real, ROOT, training } from './data.js';
import { fixtures } from './fixtures.js';
import { agreement, measures, QUESTIONS, tally } from './score.js';

type Figures = Record<string, { positives: number; precision: number; recall: number; f1: number }>;
type Summary = { pairs: number; facts: Figures; macro: number; grade: { n: number; error: number; spearman: number }; certain: { findings: number; right: number } };
type Results = Record<string, Summary>;

const RESULTS = join(ROOT, 'tools', 'eval', 'results.json');
const POSITIVES_MIN = 5;
const pct = (x: number): string => (Number.isNaN(x) || x === null ? '  –' : (100 * x).toFixed(0).padStart(3));

/** Rules that say nothing but what one fact says: a finding is right when the label agrees. */
const JUDGED_BY: Readonly<Record<string, (l: Labelled['labels']) => boolean>> = {
  'apology/hollow': (l) => l.apology === 'hollow',
  'apology/missing': (l) => l.apology === 'none' && l.intent === 'complaint',
  'apology/unneeded': (l) => l.intent !== 'complaint' && l.apology !== 'none',
  'template/boilerplate': (l) => l.boilerplate,
  'template/fits-anyone': (l) => l.boilerplate,
  'person/signature-missing': (l) => !l.signed,
  'person/team-signature': (l) => !l.signed,
  'tone/humour-missed': (l) => l.humorous === true && !l.playful,
  'tone/humour-risky': (l) => l.toneclash === true,
  'tone/clinical': (l) => l.toneclash === true,
  'answer/deflection': (l) => l.deflects,
  'answer/question-ignored': (l) => l.answers === 'no',
  'answer/specifics-missing': (l) => l.specific === false,
  'answer/no-action': (l) => !l.acts,
  'blame/customer': (l) => l.blames,
  'blame/excuse': (l) => l.blames,
  'blame/policy': (l) => l.blames,
  'blame/belittle': (l) => l.blames,
  'channel/needless-private': (l) => l.private,
  'care/escalate': (l) => l.serious === true,
};

function summarise(set: readonly Labelled[], engine: Engine): Summary {
  const results = set.map((x) => ({ x, r: lint(exchangeOf(x), engine) }));
  const pairs = results.map(({ x, r }) => ({ gold: x.labels, said: r.facts, lang: x.lang }));
  const facts: Figures = {};
  for (const [name, question] of Object.entries(QUESTIONS)) {
    const t = tally(pairs, question);
    if (t !== undefined) facts[name] = measures(t);
  }
  const counted = Object.values(facts).filter((m) => m.positives >= POSITIVES_MIN);
  const graded = results.filter(({ x }) => typeof x.labels.grade === 'number');
  // Labels grade every reply as if it stood on a public social channel.
  const said = graded.map(({ x }) => lint({ ...exchangeOf(x), channel: 'social' }, engine).grade);
  const certain = results.flatMap(({ x, r }) => r.findings.filter((f) => f.confidence === 'certain' && JUDGED_BY[f.rule] !== undefined).map((f) => JUDGED_BY[f.rule]?.(x.labels) === true));
  return {
    pairs: set.length,
    facts,
    macro: counted.reduce((s, m) => s + (Number.isNaN(m.f1) ? 0 : m.f1), 0) / counted.length,
    grade: agreement(graded.map(({ x }) => x.labels.grade as number), said),
    certain: { findings: certain.length, right: certain.filter(Boolean).length },
  };
}

function print(name: string, now: Summary, before: Summary | undefined): void {
  console.log(`\n${name}: ${now.pairs} exchanges${before === undefined ? '' : '   (in brackets: last committed F1)'}`);
  console.log(`${'fact'.padEnd(18)} pos prec  rec   F1`);
  for (const [fact, m] of Object.entries(now.facts)) {
    const old = before?.facts[fact]?.f1;
    console.log(`${fact.padEnd(18)}${String(m.positives).padStart(4)}  ${pct(m.precision)}  ${pct(m.recall)}  ${pct(m.f1)}${old === undefined ? '' : `  (${pct(old).trim()})`}`);
  }
  console.log(`macro F1 ${(100 * now.macro).toFixed(1)}${before === undefined ? '' : ` (${(100 * before.macro).toFixed(1)})`}; grade: mean absolute error ${now.grade.error.toFixed(2)}, Spearman ${now.grade.spearman.toFixed(2)}; certain findings right ${now.certain.right}/${now.certain.findings}`);
}

function errors(fact: string, set: readonly Labelled[], engine: Engine, limit: number): void {
  const question = QUESTIONS[fact];
  if (question === undefined) throw new Error(`no fact ${fact}; known: ${Object.keys(QUESTIONS).join(', ')}`);
  let shown = 0;
  for (const x of set) {
    const { judged } = understand(exchangeOf(x), engine);
    const truth = question(x.labels, x.lang);
    if (truth === undefined || truth === question(judged.facts, x.lang) || shown++ >= limit) continue;
    const v = judged.verdicts.get(fact.split('=')[0] as string);
    const shownBy = (v?.evidence ?? (fact.startsWith('apology') ? judged.apology.evidence : [])).map((e) => (e.in === 'reply' ? x.reply : x.complaint).slice(...e.range));
    console.log(`${x.id} ${truth ? 'MISSED' : 'FALSE'} ${fact}${v === undefined ? '' : ` p=${v.probability.toFixed(2)}`} [${shownBy.join(' | ')}]\n  > ${x.complaint.replace(/\n/g, ' / ')}\n  < ${x.reply.replace(/\n/g, ' / ')}`);
  }
}

function main(): void {
  const args = process.argv.slice(2);
  const option = (name: string): string | undefined => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  const store = loadSource(join(ROOT, 'rules'));
  // SAVY_NO_MODEL=1 shows what the cues say alone.
  const engine = new Engine(process.env['SAVY_NO_MODEL'] === undefined ? store : { ...store, model: () => undefined });
  const langs = option('--lang') === undefined ? ['fi', 'en'] : [option('--lang') as string];
  const chosen = option('--set') ?? 'dev';
  const load = (lang: string): { name: string; set: Labelled[] } => {
    if (chosen === 'real') return { name: `${lang} real`, set: real(lang) };
    if (chosen === 'own') return { name: `${lang} training`, set: training(lang) };
    if (chosen === 'fixtures') return { name: `${lang} fixtures`, set: fixtures(lang) };
    const set = dev(lang);
    return set === undefined ? { name: `${lang} fixtures`, set: fixtures(lang) } : { name: `${lang} dev`, set };
  };
  const fact = option('--errors');
  if (fact !== undefined) {
    for (const lang of langs) errors(fact, load(lang).set, engine, Number(option('--limit') ?? 1000));
    return;
  }
  const before = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Results) : {};
  const now: Results = {};
  for (const lang of langs) {
    const { name, set } = load(lang);
    now[name] = summarise(set, engine);
    print(name, now[name], before[name]);
    for (const channel of args.includes('--channels') ? [...new Set(set.map((x) => x.channel ?? 'social'))].sort() : []) {
      const part = set.filter((x) => (x.channel ?? 'social') === channel);
      print(`${name} ${channel}`, summarise(part, engine), undefined);
    }
  }
  if (args.includes('--write')) {
    const round = (_: string, v: unknown): unknown => (typeof v === 'number' && !Number.isInteger(v) ? Math.round(v * 1000) / 1000 : v);
    writeFileSync(RESULTS, `${JSON.stringify({ ...before, ...now }, round, 1)}\n`);
  }
}

main();
