/** `savy rules test [DIR]`: every example of every rule of a pack, or of savy's own; what went wrong, with file and line. */
import { isAbsolute, join, relative } from 'node:path';
import { Engine } from '../engine.js';
import { additionsOf } from '../rules/additions.js';
import type { Store } from '../rules/load.js';
import { inert } from '../reporters/inert.js';
import { jsonText } from '../reporters/json-text.js';
import { visible } from '../reporters/width.js';
import { type Kind, KINDS, tried, type Trouble } from '../trial.js';
import type { Format } from './options.js';
import { loadPack } from './pack-files.js';
import { CLEAN, FOUND, type Surroundings } from './surroundings.js';
import { withPacks } from './with-packs.js';

const SHOWN_MAX = 100;

const TOLD: Readonly<Record<Kind, string>> = {
  noisy: 'a good example trips the rule',
  missing: 'a bad example does not trip the rule',
  wrong: 'the finding is at other words',
  unfixed: 'the safe fix leaves the finding',
  bare: 'the rule is left out',
  twice: 'stands twice',
};

/** @throws UserError when the folder holds no pack, or one that can't be read */
export async function rulesTest(dir: string | undefined, options: Readonly<{ format?: Format }>, surroundings: Surroundings, store: Store): Promise<number> {
  const { cwd, stdout } = surroundings;
  const troubles: Trouble[] = [];
  let rules = store.index.rules;
  let engine: Engine;
  let known = store;
  if (dir === undefined) engine = new Engine(store);
  else {
    const shown = (path: string): string => relative(cwd, path) || '.';
    const pack = loadPack(isAbsolute(dir) ? dir : join(cwd, dir), shown, store, (kind, rule, what, place) => void troubles.push({ kind, rule, what, place }));
    known = withPacks(store, [pack]);
    engine = new Engine(known, additionsOf(pack.config, (lang) => ({ names: pack.names(lang), phrases: pack.phrases(lang) })));
    rules = pack.rules;
  }
  let examples = 0;
  for (const rule of rules) {
    const own = known.examples(rule.id);
    examples += own.bad.length + own.good.length;
    troubles.push(...tried(rule, own, engine));
  }
  stdout.write(options.format === 'json' ? json(rules.length, examples, troubles) : pretty(rules.length, examples, troubles));
  return troubles.length === 0 ? CLEAN : FOUND;
}

function json(rules: number, examples: number, troubles: readonly Trouble[]): string {
  const all = troubles.map(({ kind, rule, what, place }) => {
    const [, file = place, line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
    return { kind, rule, file, ...(line === undefined ? {} : { line: Number(line), column: Number(column) }), what };
  });
  return `${jsonText({ rules, examples, troubles: all }, 2)}\n`;
}

function pretty(rules: number, examples: number, troubles: readonly Trouble[]): string {
  const cut = (text: string): string => (text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX - 1)}…`);
  const lines = troubles.map(({ kind, rule, what, place }) => visible(`${place}: ${kind} ${rule}: ${kind === 'bare' || (kind === 'twice' && what.includes('; the first one')) ? what : `${TOLD[kind]}: “${cut(what)}”`}`));
  const counts = KINDS.map((kind) => [troubles.filter((t) => t.kind === kind).length, kind] as const).filter(([n]) => n > 0);
  const sum = counts.length === 0 ? 'all as they should be' : counts.map(([n, kind]) => `${n} ${kind}`).join(', ');
  const many = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;
  return inert(`${[...lines, `${many(rules, 'rule')}, ${many(examples, 'example')}: ${sum}`].join('\n')}\n`);
}
