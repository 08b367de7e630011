/** Entry → what savy says of it by itself, on the same path as any draft, and what comparing it with others needs. Pure. */
import type { Engine } from '../engine.js';
import { type LintOptions, ruled, type Understood, understand } from '../lint.js';
import { masked } from '../text/holes.js';
import type { Channel, Entry, Exchange, Hole, Lang, Result } from '../types.js';
import { languageOf, strangers } from './languages.js';
import { type Traits, traitsOf } from './traits.js';
import type { Variables } from './variables.js';

export type JudgedEntry = Readonly<{
  /** Absent for a note, and for a reply in no language that savy knows. */
  result?: Result;
  /** Absent for a note. */
  traits?: Traits;
}>;

/** A helpdesk's replies mostly go out as mail. */
const CHANNEL: Channel = 'email';

export type JudgeOptions = LintOptions;

function exchangeOf(entry: Entry, holes: readonly Hole[], lang: Lang, channel: Channel): Exchange {
  return { reply: entry.reply, message: entry.complaint, for: entry.for, lang, channel, holes };
}

/** @param options `channel` and `lang` hold for entries that name none */
export function judgeEntry(entry: Entry, engine: Engine, variables: Variables, options: JudgeOptions = {}): JudgedEntry {
  if (entry.note === true) return {};
  const helpdesk = variables.of(entry.format);
  const holes = variables.find(entry.reply, entry.format);
  const cut = engine.cut(masked(entry.reply, holes));
  const lang = languageOf(entry, cut, engine, options.lang);
  let understood: Understood | undefined;
  let result: Result | undefined;
  if (lang !== undefined && engine.languages.includes(lang) && cut.tokens.length > 0) {
    const { agent: _, ...rest } = options;
    const channel = entry.channel ?? options.channel ?? helpdesk.channel ?? CHANNEL;
    const lint: LintOptions = { ...rest, library: true, ...(helpdesk.agent === undefined ? {} : { slots: { agent_variable: helpdesk.agent } }) };
    const exchange = exchangeOf(entry, holes, lang, channel);
    understood = understand(exchange, engine, lint);
    result = ruled(exchange, understood, engine, lint);
  }
  const foreign = lang === undefined ? undefined : strangers(entry, cut, lang, engine);
  return { ...(result === undefined ? {} : { result }), traits: traitsOf(cut.tokens, holes, lang, understood, foreign) };
}
