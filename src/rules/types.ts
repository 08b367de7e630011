/** Rules as data: what a file in `rules/` says once it has been read and checked. */
import type { Channel, Lang, Level, Purpose, Value } from '../types.js';

/** A sentence in each language that savy speaks. */
export type Texts = Readonly<Record<Lang, string>>;

/** The words of savy's own reports, by key. */
export type Words = Readonly<Record<string, string>>;

/** Signals and the value, or one of the values, that each must have. `">=2"` compares numbers. */
export type Condition = Readonly<Record<string, Value | readonly Value[]>>;

/** Where a finding stands or an edit goes: a signal's evidence, or a place in the reply. */
type Place = string;

export type FixSpec = Readonly<{
  /** `delete` takes out sentences, `cut` the very words; `address` brings the whole reply into one form of address. */
  do: 'replace' | 'delete' | 'cut' | 'insert' | 'address' | 'advise';
  at?: Place;
  /** Whose sentence, where `at` is `sentence`: a signal's. Left out: the finding's own. */
  of?: Place;
  /** Takes out, too, what else the finding stands on, where it says nothing; with `delete`, every emoji. */
  drop?: boolean;
  /** Words of its own that a sentence may have and still say nothing; none when left out. */
  spare?: number;
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
  /** What the message is like, in place of the message. */
  for?: Purpose;
  /** Of a library: the helpdesk whose reply this is. */
  format?: string;
  /** The words at which the findings must stand, and what they must quote: all of it, in any order. */
  at?: readonly string[];
  finds?: readonly string[];
  /** `file:line:column` where it is written. */
  place?: string;
  /** For rules between the replies of a library: all of them; `reply` is the first. */
  replies?: readonly ExampleReply[];
}>;

/** One reply of an example that takes several: what a library says of it beside its text. */
export type ExampleReply = Readonly<{ reply: string; lang?: Lang; key?: string; title?: string; shortcut?: string; /** Rules that the reply says are meant to be broken. */ ignore?: readonly string[] }>;

/** How a rule was set in a config: off, or another level or price. */
export type RuleSetting = Readonly<{ level?: Level | 'off'; points?: number; /** For `library/phrase-worn`: so many replies may share a sentence. */ most?: number }>;

/** A merit that a 10 takes: while `when` holds, it is missing and its points are kept back. */
export type Merit = Readonly<{ id: string; points: Readonly<Record<Channel, number>>; when: readonly Condition[]; text: Texts }>;

export type Rule = Readonly<{
  id: string;
  level: Level;
  points: Readonly<Record<Channel, number>>;
  /** Where it speaks: `library` of single replies in a library only, `between` of several at once (by code, without `when`); else everywhere. */
  scope?: 'library' | 'between';
  /** In a library: another level, silence, or (`paired`) silence unless the reply says what it answers. */
  library?: Level | 'off' | 'paired';
  /** Is about the whole message: in a library it has nothing to say of a fragment. */
  whole: boolean;
  /** `message`: stays silent, and is said to be left out, when the reply is judged alone. `mood`: enough that somebody says what the message is like. */
  needs?: 'message' | 'mood';
  /** Rules that see the same fault from another side: where one of them trips, this one costs nothing. */
  beside?: readonly string[];
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
