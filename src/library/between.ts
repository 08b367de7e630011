/** What is compared between the replies of a library: who asks, and how an answer looks. */
import type { Entry, Lang, Place, Range } from '../types.js';
import type { Traits } from './traits.js';

/** One of the library, in the order of the report. */
export type Reply = Readonly<{ entry: Entry; place: Place; traits?: Traits | undefined }>;

/** What a comparison found: the reply that it is told of by its index, and the others that it is about. */
export type Found = Readonly<{
  rule: string;
  at: number;
  range: Range;
  /** Words of the reply that it rests on. */
  quotes: readonly string[];
  /** Names of the replies that it is about. */
  keys?: readonly string[];
  count?: number;
  /** Languages that are missing. */
  languages?: readonly Lang[];
  /** What makes it the same finding when replies move: its key and words when absent. */
  identity?: string;
  related: readonly Readonly<{ at: number; range: Range; text: string }>[];
}>;

/** A reply as people call it. */
export function nameOf({ entry }: Reply): string {
  return [entry.title, entry.shortcut, entry.key].find((n) => n !== undefined && n.trim() !== '') ?? entry.file;
}

export const wholeOf = ({ entry }: Reply): Range => [0, entry.reply.length];
