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
  /** Words that stand for what was said before them. */
  points_back?: string;
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
  /** Points back to the message: `{this}` of a sentence that is the first to say anything. */
  this?: string;
  /** Slots whose words depend on how the customer is addressed. */
  by_address: Readonly<Record<string, Readonly<Record<'sina' | 'te', string>>>>;
  told: ToldSpec;
  about?: AboutSpec;
}>;

/** Clauses with their subject, or its article, left out: what is put before them, by their first word or two. */
export type ShortSpec = Readonly<{
  /** Put before a clause that begins with one of `bare`. */
  article?: string;
  bare: string;
  /** Put in its second place where one of `stands` stands there. */
  verb?: string;
  stands?: string;
  elided?: Readonly<Record<string, string>>;
  /** A clause that begins with this word and one or two of `missed`: the clause is they, with `said` for the word. */
  none?: Readonly<Record<'word' | 'said', string>>;
  missed?: string;
}>;

/** Which words lead others in a clause: any word behind a determiner, names and `bare` ones behind a preposition; `free` ones stand anywhere. */
export type GrammarSpec = Readonly<{ determiners: string; prepositions: string; bare: string; free: string; /** Behind these no word of `not_base`, and none that ends so. */ base: string; not_base: string; not_base_ends: readonly string[]; /** Words that stand right behind one of others only. */ needs: Readonly<Record<string, string>>; /** A word with this ending may stand behind these, known or not. */ ending_behind: Readonly<Record<'words' | 'ending', string>>; /** Never `those` right behind one of `words`, or with one of `but` between them. */ never_behind: readonly Readonly<{ words: string; those: string; but?: string }>[]; /** Never a word that begins so behind this one. */ article: Readonly<Record<'word' | 'never_before', string>>; /** Verbs that help others: two of them far apart make two clauses. */ helpers: string }>;

/** Words, or forms to say by the words that they are said for. */
export type Named = string | Readonly<Record<string, string>>;

/** Names for what went wrong: a fault beside a thing (“cold soup”), or an event (“delay”). */
export type AboutSpec = Readonly<{
  /** What goes before it. */
  lead?: string;
  faults: Named;
  /** Faults that stand in front of their thing only. */
  before?: string;
  things: Named;
  events: Named;
  /** One of these must stand before an event; anything when left out. */
  determiners?: string;
  /** None of these may stand near. */
  not: string;
  /** Behind it stands the end of a sentence, or one of these; anything when left out. */
  ends?: string;
}>;

/** Which clauses of a customer's can be said back to them, and how. */
export type ToldSpec = Readonly<{
  /** The word before the clause, and what the two become before some words. */
  that: string;
  /** Joins what belongs together. */
  and?: string;
  joined?: Readonly<Record<string, string>>;
  most_words: number;
  least_words: number;
  /** Spellings to mend. */
  respell?: Readonly<Record<string, string>>;
  cut: string;
  /** What a clause behind a comma or a conjunction must begin with; none is taken when left out. */
  starts?: string;
  /** Beside these in a sentence no such clause is a fact. */
  unreal?: string;
  /** What a clause may begin with in a message's first sentence only: later it points back. */
  first?: string;
  /** Time is left dangling before these: “expired one day | after …”. */
  dangling?: string;
  grammar?: GrammarSpec;
  short?: ShortSpec;
  drop: string;
  stop: string;
  /** Cuts behind which a clause leans on what stands before it: “a toll that I did not use”. */
  leans?: string;
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
  own: Readonly<Record<'i' | 'we' | 'not_i' | 'not_we' | 'negated', string>> & Readonly<{ /** Told of oneself only with a fault behind them. */ faulty?: string; /** And those that need one of `troubles`. */ troubled?: string; troubles?: string; /** What may stand between a negation and its verb; anything when left out. */ between?: string }>;
  /** Own verbs that are a misfortune only by measure, and the words of measure. */
  measured: Readonly<Record<'verbs' | 'by', string>>;
  /** Verbs of one, and the ending of a word of several that may not stand before them. */
  singular?: Readonly<Record<'words' | 'never_behind', string>>;
  /** Verbs that make a fault of the next word where it has this ending. */
  repeated?: Readonly<Record<'verbs' | 'ending', string>>;
  turn: Readonly<Record<string, Turned>>;
  turn_after?: Readonly<Record<string, string>>;
  turn_verbs?: Readonly<Record<string, Turned>>;
  turn_nouns?: Readonly<{ endings: Readonly<Record<string, Turned>>; begins: string }>;
  /** Words that only look as if they bore an ending that turns. */
  ends_so?: Readonly<Record<string, string>>;
  capitals?: Readonly<{ begins: string; ends: string; unsure?: string }>;
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
