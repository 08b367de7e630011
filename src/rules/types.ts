/** Rules as data: what a file in `rules/` says once it has been read and checked. */
import type { Channel, Lang, Level, Value } from '../types.js';

/** A sentence in each language that savy speaks. */
export type Texts = Readonly<Record<Lang, string>>;

/** The words of savy's own reports, by key. */
export type Words = Readonly<Record<string, string>>;

/** Signals and the value, or one of the values, that each must have. `">=2"` compares numbers. */
export type Condition = Readonly<Record<string, Value | readonly Value[]>>;

/** Where a finding stands or an edit goes: a signal's evidence, or a place in the reply. */
type Place = string;

export type FixSpec = Readonly<{
  do: 'replace' | 'delete' | 'insert' | 'advise';
  at?: Place;
  safe: boolean;
  title: Texts;
  /** Candidates in the reply's language; the first whose slots can all be filled is taken. */
  text?: Readonly<Record<Lang, readonly string[]>>;
  when?: Condition;
}>;

export type Example = Readonly<{
  lang?: Lang;
  message?: string;
  reply: string;
  channel?: Channel;
  customer?: string;
  agent?: string;
  message_at?: string;
  reply_at?: string;
}>;

/** How a rule was set in a config: off, or another level or price. */
export type RuleSetting = Readonly<{ level?: Level | 'off'; points?: number }>;

export type Rule = Readonly<{
  id: string;
  level: Level;
  points: Readonly<Record<Channel, number>>;
  /** `message`: stays silent, and is said to be left out, when the reply is judged alone. */
  needs?: 'message';
  /** Any of these makes the rule trip … */
  when: readonly Condition[];
  /** … unless any of these holds. */
  unless: readonly Condition[];
  at: Place;
  /** Never more than likely: what it rests on is a matter of reading. */
  confidence?: 'likely';
  /** One finding for each piece of evidence instead of one in all. */
  each: boolean;
  message: Texts;
  why: Texts;
  source: string;
  fixes: readonly FixSpec[];
  examples: Readonly<{ bad: readonly Example[]; good: readonly Example[] }>;
  /** `file:line:column` where it is written. */
  place: string;
}>;
