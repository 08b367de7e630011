/** Tables: one row a reply, or one column per language. Headers are known by name, by `columns`, or by what stands below them. */
import { extentOf } from '../../text/traced.js';
import type { Tree } from '../../text/tree.js';
import { langNamed } from '../languages.js';
import { isKnownField, isNamed, isReplyName, plainName } from '../fields.js';
import { type Cell, NOTHING, parseCsv } from '../parse/csv.js';
import type { Found, Headers, Reader, ReadOptions } from '../reader.js';
import type { Columns } from '../../types.js';
import { readRecords } from './records.js';
import { wordCount } from './replies.js';

/** A header is shorter than a reply. */
const HEADER_WORDS = 6;
const BANNER_ROWS = 5;

export const readCsvLibrary: Reader = {
  name: 'csv',
  title: 'table with commas, semicolons or tabs; one column per language too',
  extensions: ['.csv', '.tsv', '.tab'],
  claims(source) {
    const named = ['.csv', '.tsv', '.tab'].includes(source.extension);
    if (named) return 0.4;
    if (source.json() !== undefined || source.ndjson() !== undefined) return 0;
    const rows = source.csv()?.rows ?? [];
    // Without the ending: a header of known names, and every row as wide.
    return rows.length > 1 && rows.every((r) => r.length === rows[0]?.length) && (rows[0]?.filter((c) => isKnownField(c.text)).length ?? 0) >= 2 ? 0.35 : 0;
  },
  read(source, options) {
    const { rows, flaws } = source.csv() ?? parseCsv(source.text, NOTHING);
    const found = readRows(rows, options);
    return { ...found, faults: [...flaws, ...(found.faults ?? [])] };
  },
};

/** Rows of cells, whatever parts them in the file. */
export function readRows(all: readonly (readonly Cell[])[], { columns, headers }: ReadOptions): Found {
  const rows = withoutBanner(all.filter((row) => row.some((cell) => cell.text.trim() !== '')));
  const [first, second] = rows;
  const english = englishOf(headers, columns);
  const headed = first !== undefined && isHeader(first, second, columns, english);
  const names = headed ? first.map((cell) => english(cell.text.trim())) : [];
  const replies = names.flatMap((name, i) => (isReplyName(name) === 2 ? [i] : []));
  const no = new Set(headers?.no);
  const records = (headed ? rows.slice(1) : rows).map((cells): Tree => {
    const row = headed && replies.length === 1 ? joined(cells, names.length, replies[0] as number) : cells;
    const keyOf = (cell: Cell, i: number): string => (names[i] === 'internal' && no.has(cell.text.trim().toLowerCase()) ? '' : names[i]) || String(i + 1);
    const entries = row.map((cell, i) => ({ key: keyOf(cell, i), keyRange: extentOf(cell), value: { kind: 'text' as const, range: extentOf(cell), value: cell } }));
    const [start] = entries[0]?.keyRange ?? [0, 0];
    return { kind: 'map', range: [start, entries[entries.length - 1]?.keyRange[1] ?? start], entries };
  });
  const found = readRecords({ kind: 'list', range: [records[0]?.range[0] ?? 0, records[records.length - 1]?.range[1] ?? 0], items: records }, columns);
  const wide = headed ? rows.findIndex((r) => r.length > names.length && r.slice(names.length).some((c) => c.text.trim() !== '')) : -1;
  const overflow = rows[wide]?.[names.length];
  return {
    ...found,
    faults: [
      ...(overflow === undefined ? [] : [{ at: extentOf(overflow)[0], message: `a row of ${rows[wide]?.length ?? 0} cells under a header of ${names.length}`, hint: 'put the text in quotation marks when it holds the separator', warning: true }]),
      ...(found.faults ?? []),
    ],
  };
}

/** A column's name in English, when it is known in another language; else as it is. */
export function englishOf(headers: Headers | undefined, columns: Columns | undefined): (name: string) => string {
  const known = new Map(Object.entries(headers?.columns ?? {}).flatMap(([english, names]) => names.map((name) => [plainName(name), english] as const)));
  // “Vastaus suomeksi”: word by word, when each is known.
  const wordwise = (name: string): string => {
    const words = plainName(name).split('_').map((word) => known.get(word) ?? langNamed(word) ?? '');
    return words.length > 1 && words.every((word) => word !== '') ? words.join(' ') : name;
  };
  return (name) => (isNamed(name, columns) ? name : (known.get(plainName(name)) ?? wordwise(name)));
}

/** A reply that holds the separator without quotation marks around it, as one cell: its pieces begin with a blank, as words behind a comma do. */
function joined(row: readonly Cell[], width: number, reply: number): readonly Cell[] {
  const behind = row.length - (width - reply - 1);
  const pieces = row.slice(reply, behind);
  const [first, ...others] = pieces;
  if (first === undefined || others.length === 0 || pieces.some((c) => c.quoted) || !others.every((c) => /^ \S/.test(c.text))) return row;
  return [...row.slice(0, reply), first.through(others[others.length - 1] as Cell), ...row.slice(behind)];
}

/** Above the header somebody has written what the table is: a row with one cell filled. */
function withoutBanner(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const filled = (row: readonly Cell[]): number => row.filter((c) => c.text.trim() !== '').length;
  const start = rows.slice(0, BANNER_ROWS).findIndex((row) => filled(row) > 1);
  return start > 0 ? rows.slice(start) : rows;
}

/** Is the first row one of names? It is when a name is known, or when all are short, different, and not like what stands below. */
function isHeader(row: readonly { text: string }[], below: readonly { text: string }[] | undefined, columns: Columns | undefined, english: (name: string) => string): boolean {
  const cells = row.map((c) => c.text.trim());
  if (cells.some((c) => isNamed(c, columns))) return true;
  if (cells.some((c) => wordCount(c) > HEADER_WORDS || /[.!?]$/.test(c) || c.includes('\n'))) return false;
  if (cells.some((c) => isKnownField(english(c)))) return true;
  if (new Set(cells).size < cells.length || cells.some((c) => /^\d+$/.test(c))) return false;
  return below !== undefined && below.some((c, i) => wordCount(c.text) >= 2 * Math.max(2, wordCount(cells[i] ?? '')));
}
