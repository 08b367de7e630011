/** What a reader of libraries is: it knows one format, by its content, and finds the replies in a file of it. */
import type { Traced } from '../text/traced.js';
import type { Flaw } from '../text/tree.js';
import type { Channel, Columns, Purpose, Range } from '../types.js';
import type { Source } from './source.js';

/** “This finding is meant”, said in a field or a comment. Rules are ids or `*`; the range is the file's. */
export type Ignore = Readonly<{ rules: readonly string[]; reason: string; range: Range }>;

/** One reply as its reader found it. Keys need not be unique, languages may be written as the file has them (`fi_FI`). */
export type Draft = Readonly<{
  key: string;
  /** What the customer reads; blank ones are left out by the framework, blanks around it cut off. */
  text: Traced;
  title?: string | undefined;
  shortcut?: string | undefined;
  lang?: string | undefined;
  channel?: Channel | undefined;
  note?: boolean | undefined;
  for?: Purpose | undefined;
  complaint?: string | undefined;
  ignores?: readonly Ignore[] | undefined;
  /** Comments in the reply's own text (`<!-- … -->`), without their marks. */
  comments?: readonly Traced[] | undefined;
  /** The whole record in the file, for comments that stand around it. Default: where the text stands. */
  extent?: Range | undefined;
}>;

/** A flaw to be told. A `warning` stops nothing: the file was read. */
export type Fault = Flaw & Readonly<{ hint?: string | undefined; warning?: boolean | undefined }>;

export type Found = Readonly<{
  entries: readonly Draft[];
  faults?: readonly Fault[] | undefined;
  /** Comments of the file that belong to no reply's text, without their marks. */
  comments?: readonly Traced[] | undefined;
}>;

/** What columns are called in other languages, by their name in English; and what they say for “no”. */
export type Headers = Readonly<{ columns: Readonly<Record<string, readonly string[]>>; no: readonly string[] }>;

export type ReadOptions = Readonly<{
  /** Name of the format to be taken for granted. */
  from?: string | undefined;
  columns?: Columns | undefined;
  headers?: Headers | undefined;
  /** Language of replies that name none. */
  lang?: string | undefined;
}>;

export type Reader = Readonly<{
  /** For `--from`: `zendesk`. */
  name: string;
  /** For people: `Zendesk macros (JSON or CSV)`. */
  title: string;
  /** Files with these endings are looked at in a folder, with the dot: `.json`. */
  extensions?: readonly string[];
  /**
   * 0 no … 1 sure, by content; the file's name is a hint. The surest reader takes the file, the first of several. Formats of one
   * helpdesk claim 0.6 and more, the general ones less. Must be cheap: parse through `source`, which parses once for all.
   */
  claims: (source: Source) => number;
  read: (source: Source, options: ReadOptions) => Found;
}>;
