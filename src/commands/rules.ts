/** `savy rules` and `savy explain RULE`: what the rule data says of itself. */
import { nearest } from '../rules/nearest.js';
import type { Store } from '../rules/load.js';
import type { Example, Rule } from '../rules/types.js';
import { inert } from '../reporters/inert.js';
import { jsonText } from '../reporters/json-text.js';
import { points } from '../reporters/points.js';
import { visible, widthOf, wrap } from '../reporters/width.js';
import { CHANNELS, type Lang, UserError } from '../types.js';
import { type Format, language } from './options.js';
import { settle } from './settings.js';
import { columnsOf, styleFor } from './style.js';
import { CLEAN, type Surroundings } from './surroundings.js';

const UI = 'en';

type RulesOptions = Readonly<{ format?: Format; ui?: Lang; config?: string | boolean }>;

/** Savy's own rules and those of the packs that the settings load. */
async function allRules(options: RulesOptions, surroundings: Surroundings, store: Store): Promise<Store> {
  return (await settle(options.config === undefined ? {} : { config: options.config }, surroundings, store)).store;
}

/** Slots of a message are filled from an exchange; without one they are left off at its end and shown as blanks elsewhere. */
export function plain(text: string): string {
  return text.replace(/:\s*[“”]?\{\w+\}[“”]?(?=\.$)/, '').replace(/\{\w+\}/g, '…');
}

function uiOf(store: Store, ui: Lang | undefined): Lang {
  return ui === undefined ? UI : language(ui, store.index.languages.map((l) => l.lang).filter((lang) => store.ui(lang) !== undefined));
}

function data(rule: Rule, ui: Lang): object {
  return { id: rule.id, level: rule.level, points: rule.points, ...(rule.needs === undefined ? {} : { needs: rule.needs }), message: rule.message[ui], why: rule.why[ui], source: rule.source };
}

export async function rules(options: RulesOptions, surroundings: Surroundings, own: Store): Promise<number> {
  const store = await allRules(options, surroundings, own);
  const ui = uiOf(store, options.ui);
  const all = store.index.rules;
  if (options.format === 'json') {
    surroundings.stdout.write(`${jsonText(all.map((r) => data(r, ui)), 2)}\n`);
    return CLEAN;
  }
  const style = await styleFor(surroundings.stdout, surroundings.env);
  const words = store.ui(ui) ?? {};
  const columns = Math.max(40, columnsOf(surroundings.stdout, surroundings.env));
  const idWidth = Math.max(0, ...all.map((r) => r.id.length));
  const levelWidth = Math.max(0, ...all.map((r) => widthOf(words[r.level] ?? r.level)));
  const lead = idWidth + levelWidth + 4;
  const out: string[] = [];
  for (const rule of all) {
    const level = words[rule.level] ?? rule.level;
    const head = `${style.bold(rule.id.padEnd(idWidth))}  ${style[rule.level](level + ' '.repeat(levelWidth - widthOf(level)))}`;
    const text = plain(rule.message[ui] ?? '');
    if (lead + 24 <= columns) {
      const [first = '', ...rest] = wrap(text, columns - lead);
      out.push(`${head}  ${first}`.trimEnd(), ...rest.map((l) => ' '.repeat(lead) + l));
    } else out.push(head.trimEnd(), ...wrap(text, columns - 2).map((l) => `  ${l}`));
  }
  surroundings.stdout.write(inert(out.map((l) => `${l}\n`).join('')));
  return CLEAN;
}

/** Without the place that tests of rules name. */
function asWritten({ place: _, ...example }: Example): object {
  return example;
}

export async function explain(id: string, options: RulesOptions, surroundings: Surroundings, own: Store): Promise<number> {
  const store = await allRules(options, surroundings, own);
  const ui = uiOf(store, options.ui);
  const ids = store.index.rules.map((r) => r.id);
  const rule = store.index.rules.find((r) => r.id === id);
  if (rule === undefined) {
    const guess = nearest(id, ids);
    throw new UserError(`unknown rule “${visible(id)}”${guess === undefined ? '' : `, did you mean “${guess}”?`}`, undefined, 'savy rules lists them');
  }
  const examples = store.examples(rule.id);
  if (options.format === 'json') {
    surroundings.stdout.write(`${jsonText({ ...data(rule, ui), examples: { bad: examples.bad.map(asWritten), good: examples.good.map(asWritten) } }, 2)}\n`);
    return CLEAN;
  }
  const style = await styleFor(surroundings.stdout, surroundings.env);
  const words = store.ui(ui) ?? {};
  const word = (key: string): string => words[key] ?? key;
  const width = Math.min(100, Math.max(40, columnsOf(surroundings.stdout, surroundings.env)));
  const out: string[] = [`${style.bold(rule.id)}  ${style[rule.level](word(rule.level))}`, ''];
  out.push(...wrap(plain(rule.message[ui] ?? ''), width), '');
  out.push(...wrap(`${word('why')}: ${rule.why[ui] ?? ''}`, width));
  out.push(...wrap(`${word('source')}: ${rule.source}`, width));
  out.push(...wrap(`${word('points')}: ${priced(rule, words)}`, width));
  for (const fix of rule.fixes) out.push(...wrap(`${word('fix')}: ${plain(fix.title[ui] ?? fix.title[UI] ?? '')}`, width).map(style.good));
  const show = (example: Example | undefined, title: string): void => {
    if (example === undefined) return;
    out.push('', style.bold(title));
    if (example.message !== undefined) out.push(...said(word('message'), example.message, width, style.dim));
    for (const { reply } of example.replies ?? [example]) out.push(...said(word('reply'), reply, width, (s) => s));
  };
  // An example in the reader's language where there is one.
  const best = (list: readonly Example[]): Example | undefined => list.find((e) => e.lang === ui) ?? list.find((e) => e.lang === undefined) ?? list[0];
  show(best(examples.bad), word('bad'));
  show(best(examples.good), word('good'));
  surroundings.stdout.write(inert(`${out.join('\n')}\n`));
  return CLEAN;
}

function priced(rule: Rule, words: Readonly<Record<string, string>>): string {
  const decimal = words['decimal'] ?? '.';
  const all = new Set(CHANNELS.map((c) => rule.points[c]));
  if (all.size === 1) return points(rule.points.social, decimal);
  return CHANNELS.map((c) => `${words[`channel.${c}`] ?? c} ${points(rule.points[c], decimal)}`).join(', ');
}

function said(label: string, text: string, width: number, paint: (s: string) => string): string[] {
  const lines = text.trim().split(/\r\n|\n|\r/).flatMap((l) => wrap(l, width - 4));
  return [`  ${label}:`, ...lines.map((l) => `    ${l}`.trimEnd())].map(paint);
}
