/**
 * A file of a library → its replies. The format is chosen by content, the replies get unique keys, languages and suppressions. Nothing is
 * thrown, whatever the bytes: what is wrong becomes a problem with its place, and what could be read is returned all the same.
 */
import { extentOf, trimmed, type Traced } from '../text/traced.js';
import { Lines } from '../text/edits.js';
import { type Entry, type Place, type Problem, type Range, type Suppression, UserError } from '../types.js';
import { isNamed } from './fields.js';
import { readCsvLibrary } from './generic/csv.js';
import { ignoreOfComment, isIgnore } from './ignore.js';
import { langCode, langNamed, langOfPath } from './languages.js';
import type { Draft, Fault, Ignore, Reader, ReadOptions } from './reader.js';
import { READERS } from './registry.js';
import { Source } from './source.js';
import { decodeAny } from './text.js';

export type LibraryFile = Readonly<{
  entries: readonly Entry[];
  problems: readonly Problem[];
  /** Name of the format; undefined when the file is in none. */
  format: string | undefined;
}>;

/** Of one file no more than this many faults are told: a broken file breaks in one place and falls apart behind it. */
const PROBLEMS_MAX = 20;

/** Names for `--from`. */
export const FORMATS: readonly string[] = READERS.map((r) => r.name);

/** @param file as the user is told of it; its endings and folders are hints */
export function readLibrary(file: string, bytes: Uint8Array, options: ReadOptions = {}): LibraryFile {
  let text: string;
  const early: Problem[] = [];
  try {
    const decoded = decodeAny(bytes, file);
    text = decoded.text;
    if (decoded.fault !== undefined) early.push({ file, line: decoded.fault.line, message: decoded.fault.message, hint: decoded.fault.hint });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { entries: [], problems: [{ file, message: error.message, hint: error.hint }], format: undefined };
  }
  if (text.trim() === '') return { entries: [], problems: early, format: undefined };
  const source = new Source(file, text);
  let reader: Reader | undefined;
  try {
    reader = options.from === undefined ? surest(source, options) : READERS.find((r) => r.name === options.from);
    if (reader === undefined) {
      const problem: Problem = options.from === undefined ? { file, message: 'is in no format that holds replies' } : { file, message: `no format is called “${options.from}”`, hint: `known: ${FORMATS.join(', ')}` };
      return { entries: [], problems: [...early, problem], format: undefined };
    }
    const found = reader.read(source, options);
    const { entries, faults } = finish(source, reader, found.entries, found.comments ?? [], options);
    return { entries, problems: [...early, ...problemsOf(source, [...(found.faults ?? []), ...faults])], format: reader.name };
  } catch (error) {
    // A reader that fails takes its file with it, not the run.
    return { entries: [], problems: [...early, { file, message: `could not be read${error instanceof RangeError ? ': nested too deep' : `: ${(error as Error).message.split('\n')[0] ?? ''}`}` }], format: reader?.name };
  }
}

function surest(source: Source, { columns }: ReadOptions): Reader | undefined {
  // Whoever names the columns of a table knows it better than we do.
  if (columns?.reply !== undefined && source.json() === undefined && source.csv()?.rows[0]?.some((cell) => isNamed(cell.text.trim(), columns)) === true) return readCsvLibrary;
  let best: Reader | undefined;
  let most = 0;
  for (const reader of READERS) {
    const claim = reader.claims(source);
    if (claim > most) {
      most = claim;
      best = reader;
    }
  }
  return best;
}

function problemsOf(source: Source, faults: readonly Fault[]): Problem[] {
  if (faults.length === 0) return [];
  const lines = new Lines(source.text);
  return [...faults]
    .sort((a, b) => a.at - b.at)
    .slice(0, PROBLEMS_MAX)
    .map(({ at, message, hint, warning }) => ({ file: source.file, ...lines.at(at), message, hint, ...(warning === true ? { warning } : {}) }));
}

/** Drafts → entries: blanks cut off, empty ones left out, keys made unique, languages read, suppressions placed. */
function finish(source: Source, reader: Reader, drafts: readonly Draft[], comments: readonly Traced[], options: ReadOptions): { entries: Entry[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const lines = new Lines(source.text);
  const place = ([from, to]: Range): Place => {
    const start = lines.at(from);
    const end = lines.at(to);
    return { file: source.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  };
  const kept = drafts.map((draft) => ({ draft, text: trimmed(draft.text) })).filter(({ text }) => text.text !== '');
  const around = placed(kept.map(({ draft, text }) => draft.extent ?? extentOf(text)), kept.map(({ text }) => extentOf(text)), comments, lines);
  const pathLang = langOfPath(source.file);
  const keys = new Map<string, number>();
  const entries = kept.map(({ draft, text }, i): Entry => {
    const ignores: Ignore[] = [...(draft.ignores ?? [])];
    const heard = new Set<number>();
    for (const comment of [...(draft.comments ?? []), ...(around[i] ?? [])]) {
      // One that stands inside the reply may have been found twice: with the text, and with the file.
      if (!isIgnore(comment) || heard.has(extentOf(comment)[0])) continue;
      heard.add(extentOf(comment)[0]);
      const told = ignoreOfComment(comment);
      ignores.push(...told.ignores);
      faults.push(...told.faults);
    }
    const lang = (draft.lang === undefined || draft.lang.trim() === '' ? undefined : (langNamed(draft.lang) ?? langCode(draft.lang))) ?? options.lang ?? pathLang;
    const suppressions = ignores.map(({ rules, reason, range }): Suppression => ({ rules, reason, place: place(range) }));
    return {
      file: source.file,
      key: unique(draft.key.trim() === '' ? source.base : draft.key.trim(), lang ?? '', keys),
      title: draft.title?.trim() || undefined,
      shortcut: draft.shortcut?.trim() || undefined,
      lang,
      channel: draft.channel,
      reply: text.text,
      stretches: text.stretches,
      format: reader.name,
      note: draft.note,
      for: draft.for,
      complaint: draft.complaint?.trim() || undefined,
      suppressions,
    };
  });
  return { entries, faults };
}

/** The second `hello` is `hello#2`. */
function unique(key: string, lang: string, seen: Map<string, number>): string {
  for (let candidate = key; ; ) {
    const id = `${lang}\0${candidate}`;
    const n = (seen.get(id) ?? 0) + 1;
    seen.set(id, n);
    if (n === 1) return candidate;
    candidate = `${key}#${n}`;
  }
}

/**
 * Which reply a comment outside the replies' texts is about: the one on its line, else the one that its record holds, else the next
 * record. A comment above a record that is one reply in several languages is about all of them.
 */
function placed(extents: readonly Range[], texts: readonly Range[], comments: readonly Traced[], lines: Lines): readonly (readonly Traced[])[] {
  const out: Traced[][] = extents.map(() => []);
  const wanted = comments.filter(isIgnore);
  if (wanted.length === 0) return out;
  const order = extents.map((_, i) => i).sort((a, b) => (extents[a] as Range)[0] - (extents[b] as Range)[0] || (texts[a] as Range)[0] - (texts[b] as Range)[0]);
  const lineOf = (at: number): number => lines.at(at).line;
  const startOf = (n: number): number | undefined => extents[order[n] ?? -1]?.[0];
  /** Replies whose records begin where that of the `n`th does. */
  const same = (n: number): number[] => {
    let first = n;
    while (first > 0 && startOf(first - 1) === startOf(n)) first--;
    let last = n;
    while (last + 1 < order.length && startOf(last + 1) === startOf(n)) last++;
    return order.slice(first, last + 1);
  };
  for (const comment of wanted) {
    const [at] = extentOf(comment);
    // Indexes into `order`: records that begin before the comment, and the first that begins behind it.
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((extents[order[middle] as number] as Range)[0] <= at) low = middle + 1;
      else high = middle;
    }
    const before = low > 0 ? (order[low - 1] as number) : undefined;
    const record = before === undefined ? undefined : (extents[before] as Range);
    if (record !== undefined && (at < record[1] || lineOf(Math.max(record[0], record[1] - 1)) === lineOf(at))) {
      const inside = same(low - 1);
      const near = inside.find((i) => (texts[i] as Range)[0] > at || lineOf(Math.max(0, (texts[i] as Range)[1] - 1)) === lineOf(at)) ?? before;
      if (near !== undefined) out[near]?.push(comment);
    } else if (low < order.length) for (const i of same(low)) out[i]?.push(comment);
    else if (before !== undefined) out[before]?.push(comment);
  }
  return out;
}
