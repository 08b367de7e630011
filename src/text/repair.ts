/** `repair.yml`: what safe fixes need to know of a language. Lists of words are written in one string, separated by spaces. */

/** What is said of oneself, and what is said instead to one and to several (or politely). */
type Turned = readonly [one: string, several: string];

export type RepairSpec = Readonly<{
  /** Words that join one clause to the next. */
  joins: string;
  /** Words behind a comma that go on with the clause before it. */
  goes_on?: string;
  /** Words that may open a sentence where a clause before them goes. */
  opens?: string;
  /** What closes a greeting that ended in a comma, where a capital follows: on the same line, or below. */
  closes_greeting?: Readonly<Record<'inline' | 'above', string>>;
  /** Words that add nothing to a formula. */
  empty?: string;
  /** Words behind which a name stands as it is. */
  names_follow: string;
  /** Who writes: one person, or a house. */
  writer: Readonly<Record<'i' | 'we', Readonly<{ words: string; endings: readonly string[] }>>>;
  /** Slots whose words depend on who writes. */
  by_writer: Readonly<Record<string, Readonly<Record<'i' | 'we', string>>>>;
  /** Slots whose words depend on how the customer is addressed. */
  by_address: Readonly<Record<string, Readonly<Record<'sina' | 'te', string>>>>;
  told: ToldSpec;
}>;

/** Which clauses of a customer's can be said back to them, and how. */
export type ToldSpec = Readonly<{
  /** The word before the clause, and what the two become before some words. */
  that: string;
  joined?: Readonly<Record<string, string>>;
  most_words: number;
  least_words: number;
  cut: string;
  drop: string;
  stop: string;
  /** What a clause must begin with; anything when left out. */
  openers?: string;
  /** Those among them that may be the whole subject. */
  alone?: string;
  verbs: string;
  fault_verbs: string;
  negations: string;
  /** Verb forms that a negation needs; any when left out. */
  negated?: string;
  faults: string;
  own: Readonly<Record<'i' | 'we' | 'not_i' | 'not_we' | 'negated', string>>;
  /** Own verbs that are a misfortune only by measure, and the words of measure. */
  measured: Readonly<Record<'verbs' | 'by', string>>;
  turn: Readonly<Record<string, Turned>>;
  turn_after?: Readonly<Record<string, string>>;
  turn_verbs?: Readonly<Record<string, Turned>>;
  turn_nouns?: Readonly<{ endings: Readonly<Record<string, Turned>>; begins: string }>;
  /** Words that only look as if they bore an ending that turns. */
  ends_so?: Readonly<Record<string, string>>;
  capitals?: Readonly<{ begins: string; ends: string }>;
  places?: readonly string[];
  oblique?: readonly string[];
  adverbs?: string;
  ends_in?: string;
}>;

const lists = new Map<string, ReadonlySet<string>>();

/** The words of a list, split once; there are as many lists as `repair.yml` files hold. */
export function wordsOf(list: string | undefined): ReadonlySet<string> {
  const key = list ?? '';
  let words = lists.get(key);
  if (words === undefined) lists.set(key, (words = new Set(key.split(/\s+/u).filter((w) => w !== ''))));
  return words;
}
