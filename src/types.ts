/**
 * The vocabulary of savy. Imports nothing; every other module speaks in these terms.
 *
 * All offsets are UTF-16 code units, half-open, into the text as it was read. Line and column exist only in results and reports.
 */

/** Half-open `[start, end)` in UTF-16 code units. */
export type Range = readonly [start: number, end: number];

export type Level = 'error' | 'warning' | 'hint';
export const LEVELS = ['hint', 'warning', 'error'] as const satisfies readonly Level[];

export type Channel = 'social' | 'email' | 'chat' | 'review' | 'app';
export const CHANNELS = ['social', 'email', 'chat', 'review', 'app'] as const satisfies readonly Channel[];

/** A language is the name of a folder under `rules/`: `fi`, `en`, `sv`. */
export type Lang = string;

/** One customer's message and the reply to it, as a reader hands it over. */
export type Exchange = Readonly<{
  id?: string | undefined;
  /** What the customer wrote. Absent when the reply is judged alone. */
  message?: string | undefined;
  reply: string;
  channel?: Channel | undefined;
  /** Language of the reply; detected when absent. */
  lang?: Lang | undefined;
  /** ISO 8601 times of the message and of the reply. */
  message_at?: string | undefined;
  reply_at?: string | undefined;
  /** The customer's name, when known from outside the text. */
  customer?: string | undefined;
  /** The name of whoever answers, when known. */
  agent?: string | undefined;
  /** Where the reply's text starts in its file, for readers that cut it out of something larger. */
  offset?: number | undefined;
  /** What the message is like, said instead of shown: rules that need its very words stay silent. Counts only without a message. */
  for?: Purpose | undefined;
  /** Holes in the reply that are filled before it goes out; by place, not overlapping. They are no words and no mistake. */
  holes?: readonly Hole[] | undefined;
}>;

/** A helpdesk's variable or a slot to fill by hand, `[start, end)` in the reply. */
export type Hole = Readonly<{
  start: number;
  end: number;
  /** Nothing stands there when the value is missing. */
  blank: boolean;
}>;

/** What a token is. A `word` holds letters; `emoji` covers emoticons too. */
export type TokenKind = 'word' | 'number' | 'emoji' | 'mention' | 'hashtag' | 'url' | 'email';

/** A written form of a word: tokens of one form share it, and whoever looks the form up keeps there what was found (text/known.ts). */
export type Form = { readonly norm: string; known: unknown[] | undefined };

/** A piece of text that means something on its own. Punctuation is no token; it shows in sentences. */
export type Token = Readonly<{
  kind: TokenKind;
  form: Form;
  start: number;
  end: number;
  /** Case-folded, apostrophes made straight: what cues are matched against. */
  norm: string;
  /** 0 no capital first, 1 a capital first, 2 two or more letters and all of them capitals. */
  upper: 0 | 1 | 2;
  sentence: number;
}>;

export type Sentence = Readonly<{
  start: number;
  end: number;
  /** Index of the first token and one past the last. */
  from: number;
  to: number;
  /** The mark that ends it: `.`, `?`, `!`, or empty. */
  mark: '' | '.' | '?' | '!';
}>;

/** Who signs, where. `person` needs a name or initials; `team` is a company or a unit alone. */
export type Signature = Readonly<{ kind: 'person' | 'team' | 'none'; range?: Range; name?: string }>;

/** The parts of a reply (or of a message) as ranges into its text. */
export type Anatomy = Readonly<{
  /** The greeting with the name or term addressed in it, and that name's range. */
  greeting?: Readonly<{ range: Range; name?: Readonly<{ text: string; range: Range }> }>;
  /** Everything that is neither greeting, sign-off, signature nor quotation. */
  body: Range;
  signOff?: Range;
  signature: Signature;
  /** What is added under the signature; it belongs to the reply's own words like the body. */
  postscript?: Range;
  /** The customer's text quoted inside a reply; never counted as the reply's own words. */
  quoted: readonly Range[];
  /** Slots left in the text: `{{name}}`, `[your name]`, `XXX`, and the hole in “Hei ,”. */
  placeholders: readonly Range[];
  /** Does the opening turn to somebody: a greeting, a name, a mention? */
  greeted: boolean;
}>;

/** A text, analysed once and frozen. */
export type Document = Readonly<{
  text: string;
  lang: Lang;
  tokens: readonly Token[];
  sentences: readonly Sentence[];
  /** Cues found in the text's own words, by place; none from quotations. */
  hits: readonly Hit[];
  anatomy: Anatomy;
  /** Typed without the language's own letters (“pahottelut etta teille jai”). */
  stripped: boolean;
}>;

/** One occurrence of a cue: the words that matched. */
export type Hit = Readonly<{ cue: string; start: number; end: number; sentence: number }>;

/** What a fact rests on: a range in the reply or in the message. */
export type Evidence = Readonly<{ in: 'reply' | 'message'; range: Range }>;

/** The codebook's facts: what programs read. Message facts are absent when there is no message. */
export type Facts = {
  intent?: 'complaint' | 'question' | 'praise' | 'other';
  humorous?: boolean;
  angry?: boolean;
  serious?: boolean;
  asks?: boolean;
  apology: 'none' | 'hollow' | 'real';
  boilerplate: boolean;
  signed: boolean;
  deflects: boolean;
  private: boolean;
  specific?: boolean;
  acts: boolean;
  blames: boolean;
  empathy: boolean;
  playful: boolean;
  toneclash?: boolean;
  answers?: 'na' | 'yes' | 'no';
  address_in?: 'sina' | 'te' | 'none';
  address_out?: 'sina' | 'te' | 'none';
};

export type Value = string | number | boolean;

/** A fact or signal that rules can ask about, with what it rests on. */
export type Signal = Readonly<{ value: Value; evidence: readonly Evidence[]; confidence: 'certain' | 'likely' }>;
export type Signals = ReadonlyMap<string, Signal>;

/** Replace the text of `[start, end)`; an insertion has `start === end`, a deletion an empty text. */
export type Edit = Readonly<{ start: number; end: number; text: string }>;

export type Fix = Readonly<{
  title: string;
  /** A safe fix changes no promise and no meaning. Others hold a visible blank for what only a human knows. */
  safe: boolean;
  edits: readonly Edit[];
}>;

export type Finding = Readonly<{
  rule: string;
  level: Level;
  start: number;
  end: number;
  /** 1-based; the column counts UTF-16 units. */
  line: number;
  column: number;
  message: string;
  why: string;
  evidence: readonly string[];
  confidence: 'certain' | 'likely';
  /** Points that it takes off the grade. */
  cost: number;
  /** Another rule that sees the same fault and was charged for it. */
  beside?: string;
  fixes: readonly Fix[];
}>;

/** A merit that is missing: what it is, and the points that it keeps off the grade. */
export type Kept = Readonly<{ what: string; points: number; text: string }>;

/** Everything that is said of one exchange: the contract for programs (docs/contract.md). */
export type Result = Readonly<{
  id?: string;
  lang: Lang;
  channel: Channel;
  grade: number;
  gradeText: string;
  facts: Readonly<Facts>;
  findings: readonly Finding[];
  /** What a 10 would take and the reply has not: no faults, but kept off the grade. */
  kept?: readonly Kept[];
  /** What could not be judged, and why: `no-message`. */
  left_out?: readonly string[];
}>;

/** A result, and the reply with all safe fixes applied when there are any: what programs get. */
export type Outcome = Result & Readonly<{ fixed?: string }>;

/** Where something stands in a file of the user's: lines and columns are 1-based, columns count UTF-16 units. */
export type Place = Readonly<{ file: string; line: number; column: number; endLine: number; endColumn: number }>;

/**
 * Where a reply's text comes from: its `[start, end)` stands at `[from, to)` of the file's decoded text. When both are equally long, unit
 * by unit; else (an escape, an entity) as a whole. In order, without overlap; text that no stretch covers (a line break made of `<br>`) has
 * no place of its own and takes the end of the stretch before it.
 */
export type Stretch = Readonly<{ start: number; end: number; from: number; to: number }>;

/** What a canned reply is said to answer. */
export type Purpose = 'humorous' | 'angry' | 'serious' | 'complaint' | 'question' | 'praise';
/** What a column or field of a library holds. */
export const ROLES = ['reply', 'title', 'lang', 'shortcut', 'note', 'channel', 'for', 'complaint', 'ignore', 'key'] as const;
export type Role = (typeof ROLES)[number];
/** Names (or numbers from 1) of the columns or fields that hold it. */
export type Columns = Readonly<Partial<Record<Role, string | number | readonly (string | number)[]>>>;

export const PURPOSES = ['humorous', 'angry', 'serious', 'complaint', 'question', 'praise'] as const satisfies readonly Purpose[];

/** “This finding is meant”: rules (or all of them) silenced for one reply, with the reason. */
export type Suppression = Readonly<{ rules: readonly string[]; reason: string; place: Place }>;

/** One reply of a library, as a reader found it. */
export type Entry = Readonly<{
  file: string;
  /** What the helpdesk knows it by: id, path of headings, key path. Unique in its file and language. */
  key: string;
  title?: string | undefined;
  shortcut?: string | undefined;
  lang?: Lang | undefined;
  channel?: Channel | undefined;
  /** The text as a customer would read it: HTML made plain, escapes undone, placeholders as they stand. */
  reply: string;
  stretches: readonly Stretch[];
  /** Name of the format (`zendesk`, `markdown`): whose variables are legal. */
  format: string;
  /** An internal note, or a reply that is switched off: counted, never judged. */
  note?: boolean | undefined;
  for?: Purpose | undefined;
  /** An example of what it answers. */
  complaint?: string | undefined;
  suppressions: readonly Suppression[];
}>;

/** What could not be read, and where; the rest of the library goes on. A `warning` kept nothing from being read. */
export type Problem = Readonly<{ file: string; line?: number | undefined; column?: number | undefined; message: string; hint?: string | undefined; warning?: boolean | undefined }>;

/** A finding in a library: where it stands in the file, and a hash that finds it again when the file has changed around it. */
export type EntryFinding = Readonly<{
  finding: Finding;
  place: Place;
  /** Hex; of rule, key and the faulted words, never the words themselves. */
  fingerprint: string;
  /** The other replies that it is about. */
  related: readonly Readonly<{ place: Place; text: string }>[];
}>;

/** Everything that is said of one reply of a library. */
export type EntryResult = Readonly<{
  entry: Entry;
  /** The whole reply in its file. */
  place: Place;
  /** Absent when it was not judged: a note, or text in no language that savy knows. */
  result?: Result | undefined;
  findings: readonly EntryFinding[];
}>;

/** What `savy scan` hands to its reporters. */
export type LibraryReport = Readonly<{
  results: readonly EntryResult[];
  problems: readonly Problem[];
  /** For `--stats`. */
  stats?: Readonly<Record<string, number>> | undefined;
}>;

/** Told when a stage of the work, or a part of one, is done: whoever hands it in looks at the clock, the work itself does not. */
export type Probe = (stage: string, part?: string) => void;

/** A mistake in what the user handed over: one line for a person, exit code 2. */
export class UserError extends Error {
  constructor(
    message: string,
    /** `file`, `file:line` or `file:line:column`. */
    readonly place?: string,
    /** What to do about it. */
    readonly hint?: string,
  ) {
    super(message);
    this.name = 'UserError';
  }
}
