/**
 * How well word keys hold the forms of a Finnish word together: `npx tsx tools/eval/stems.ts [--errors dev|test|ftb [how many]]`.
 *
 * Recall is the share of pairs of forms of one lemma whose keys are equal; precision is the share of pairs with equal keys that have a
 * lemma in common. Words are the types of one set, in lower case, that are letters only, at least three, and tagged NOUN, ADJ, VERB or ADV
 * (names left out). Tables are tuned on TDT dev alone.
 * The treebanks (../shared/data/ud) do not ship; without them the project's own fixtures are measured.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readYaml } from '../../src/rules/yaml.js';
import { compileFolder, type FoldSpec } from '../../src/text/fold.js';
import { related } from '../../src/text/related.js';
import { stemmers } from '../../src/text/stems.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const data = process.env['SAVY_DATA'] ?? join(root, '..', 'shared', 'data');
const snowball = stemmers['finnish'] as (word: string) => string;
const parse = (text: string): unknown => readYaml(text, 'stems').value;
const spec = parse(readFileSync(join(root, 'rules', 'fi', 'morphology.yml'), 'utf8')) as FoldSpec;
const fold = compileFolder(spec, snowball);

type Lemmas = Map<string, Set<string>>; // word → its lemmas
type Key = (word: string) => string;

const content = new Set(['NOUN', 'ADJ', 'VERB', 'ADV']);

function treebank(...names: string[]): Lemmas {
  const words: Lemmas = new Map();
  for (const name of names) {
    for (const line of readFileSync(join(data, 'ud', `${name}.conllu`), 'utf8').split('\n')) {
      const [id, form, lemma, pos] = line.split('\t');
      if (!id || !form || !lemma || !pos || !/^\d+$/.test(id) || !content.has(pos)) continue;
      const word = form.toLowerCase();
      if (!/^\p{L}{3,}$/u.test(word)) continue;
      const known = words.get(word) ?? new Set();
      known.add(lemma.toLowerCase().replaceAll('#', ''));
      words.set(word, known);
    }
  }
  return words;
}

const pair = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

function pairsOf(groups: Iterable<readonly string[]>): Set<string> {
  const pairs = new Set<string>();
  for (const group of groups)
    for (let i = 0; i < group.length; i++) for (let j = i + 1; j < group.length; j++) pairs.add(pair(group[i] as string, group[j] as string));
  return pairs;
}

function groupBy(words: Iterable<string>, keys: (word: string) => Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const word of words)
    for (const key of keys(word)) {
      const group = groups.get(key);
      if (group) group.push(word);
      else groups.set(key, [word]);
    }
  return groups;
}

function score(words: Lemmas, key: Key): { recall: number; precision: number; missed: string[]; wrong: string[] } {
  const wanted = pairsOf(groupBy(words.keys(), (word) => words.get(word) ?? []).values());
  const met = pairsOf(groupBy(words.keys(), (word) => [key(word)]).values());
  const wrong = [...met].filter((both) => !wanted.has(both));
  const missed = [...wanted].filter((both) => !met.has(both));
  return { recall: 1 - missed.length / (wanted.size || 1), precision: 1 - wrong.length / (met.size || 1), missed, wrong };
}

function microseconds(words: readonly string[], key: Key): number {
  let best = Infinity;
  for (let round = 0; round < 7; round++) {
    const start = process.hrtime.bigint();
    for (const word of words) key(word);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / words.length);
  }
  return best;
}

const methods: [string, Key][] = [
  ['no stemming', (word) => word],
  ['Snowball', snowball],
  ['first five letters', (word) => word.slice(0, 5)],
  ['savy', fold],
];

const sets = new Map<string, Lemmas>();
if (existsSync(join(data, 'ud'))) {
  const [dev, test, ftb] = ['fi_TDT-fi_tdt-ud-dev', 'fi_TDT-fi_tdt-ud-test', 'fi_FTB-fi_ftb-ud-dev'] as const;
  sets.set('dev', treebank(dev)).set('test', treebank(test)).set('ftb', treebank(ftb)).set('dev+test', treebank(dev, test));
} else {
  const groups = parse(readFileSync(join(root, 'fixtures', 'stems', 'fi.yml'), 'utf8')) as { groups: Record<string, string> };
  const words: Lemmas = new Map();
  for (const [lemma, forms] of Object.entries(groups.groups))
    for (const form of forms.split(' ')) words.set(form, (words.get(form) ?? new Set()).add(lemma));
  sets.set('fixtures', words);
}

const errors = process.argv.indexOf('--errors');
if (errors > 0) {
  const words = sets.get(process.argv[errors + 1] ?? 'dev') ?? [...sets.values()][0] ?? new Map();
  const many = Number(process.argv[errors + 2] ?? 60);
  const show = (both: string): string => both.split(' ').map((word) => `${word}:${fold(word)}`).join('  ');
  const { missed, wrong } = score(words, fold);
  const sample = (list: string[]): string[] => list.filter((_, i) => i % Math.max(1, Math.floor(list.length / many)) === 0);
  console.log(`missed (${missed.length})\n  ${sample(missed).map(show).join('\n  ')}\nwrong (${wrong.length})\n  ${sample(wrong).map(show).join('\n  ')}`);
} else {
  for (const [name, words] of sets) {
    console.log(`\n${name}: ${words.size} words`);
    for (const [method, key] of methods) {
      const { recall, precision } = score(words, key);
      const time = microseconds([...words.keys()], key);
      console.log(`  ${method.padEnd(20)} recall ${recall.toFixed(3)}  precision ${precision.toFixed(3)}  ${time.toFixed(2)} µs`);
    }
    // How many pairs of words without a lemma in common `related` lets through, and how many that have one it adds.
    const keyed = [...words.keys()].filter((_, i) => i % 4 === 0).map((word) => [word, fold(word)] as const);
    let right = 0;
    let wrong = 0;
    let equal = 0;
    for (let i = 0; i < keyed.length; i++)
      for (let j = i + 1; j < keyed.length; j++) {
        const [[a, keyA], [b, keyB]] = [keyed[i] as readonly [string, string], keyed[j] as readonly [string, string]];
        if (keyA === keyB) equal++;
        else if (related(keyA, keyB, spec)) {
          const [lemmasA, lemmasB] = [[...(words.get(a) ?? [])], [...(words.get(b) ?? [])]];
          if (lemmasA.some((x) => lemmasB.some((y) => x === y || x.startsWith(y) || y.startsWith(x)))) right++;
          else wrong++;
        }
      }
    console.log(`  related(), a quarter of the words: ${equal} pairs equal, ${right} more whose lemmas begin alike, ${wrong} more whose do not`);
  }
}

const domain = join(data, 'domain_groups.json');
if (existsSync(domain)) {
  const groups = JSON.parse(readFileSync(domain, 'utf8')) as Record<string, string[]>;
  console.log(`\ndomain groups: ${Object.keys(groups).length}`);
  for (const [method, key] of methods) {
    const split = Object.entries(groups).filter(([, forms]) => new Set(forms.map(key)).size > 1);
    const all = pairsOf(Object.values(groups));
    const met = [...all].filter((both) => new Set(both.split(' ').map(key)).size === 1);
    const whole = Object.keys(groups).length - split.length;
    console.log(`  ${method.padEnd(20)} whole ${whole}  pairs ${(met.length / all.size).toFixed(3)}`);
    if (method === 'savy') for (const [name, forms] of split) console.log(`    ${name}: ${forms.map((form) => `${form}:${key(form)}`).join(' ')}`);
  }
}
