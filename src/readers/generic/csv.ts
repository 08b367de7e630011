/** Tables: one row a reply, or one column per language. Headers are known by name, by `columns`, or by what stands below them. */
import { extentOf } from '../../text/traced.js';
import type { Tree } from '../../text/tree.js';
import { isKnownField, isNamed } from '../fields.js';
import { type Cell, NOTHING, parseCsv } from '../parse/csv.js';
import type { Columns, Reader } from '../reader.js';
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
    const rows = source.csv()?.rows ?? [];
    // Without the ending: a header of known names, and every row as wide.
    return rows.length > 1 && rows.every((r) => r.length === rows[0]?.length) && (rows[0]?.filter((c) => isKnownField(c.text)).length ?? 0) >= 2 ? 0.35 : 0;
  },
  read(source, { columns }) {
    const { rows: all, flaws } = source.csv() ?? parseCsv(source.text, NOTHING);
    const rows = withoutBanner(all.filter((row) => row.some((cell) => cell.text.trim() !== '')));
    const [first, second] = rows;
    const headed = first !== undefined && isHeader(first, second, columns);
    const names = headed ? first.map((cell) => cell.text.trim()) : [];
    const records = (headed ? rows.slice(1) : rows).map((row): Tree => {
      const entries = row.map((cell, i) => ({ key: names[i] || String(i + 1), keyRange: extentOf(cell), value: { kind: 'text' as const, range: extentOf(cell), value: cell } }));
      const [start] = entries[0]?.keyRange ?? [0, 0];
      return { kind: 'map', range: [start, entries[entries.length - 1]?.keyRange[1] ?? start], entries };
    });
    const found = readRecords({ kind: 'list', range: [0, source.text.length], items: records }, columns);
    const wide = headed ? rows.findIndex((r) => r.length > names.length && r.slice(names.length).some((c) => c.text.trim() !== '')) : -1;
    const overflow = rows[wide]?.[names.length];
    return {
      ...found,
      faults: [
        ...flaws,
        ...(overflow === undefined ? [] : [{ at: extentOf(overflow)[0], message: `a row of ${rows[wide]?.length ?? 0} cells under a header of ${names.length}`, hint: 'put the text in quotation marks when it holds the separator', warning: true }]),
        ...(found.faults ?? []),
      ],
    };
  },
};

/** Above the header somebody has written what the table is: a row with one cell filled. */
function withoutBanner(rows: readonly (readonly Cell[])[]): readonly (readonly Cell[])[] {
  const filled = (row: readonly Cell[]): number => row.filter((c) => c.text.trim() !== '').length;
  const start = rows.slice(0, BANNER_ROWS).findIndex((row) => filled(row) > 1);
  return start > 0 ? rows.slice(start) : rows;
}

/** Is the first row one of names? It is when a name is known, or when all are short, different, and not like what stands below. */
function isHeader(row: readonly { text: string }[], below: readonly { text: string }[] | undefined, columns: Columns | undefined): boolean {
  const cells = row.map((c) => c.text.trim());
  if (cells.some((c) => isNamed(c, columns))) return true;
  if (cells.some((c) => wordCount(c) > HEADER_WORDS || /[.!?]$/.test(c) || c.includes('\n'))) return false;
  if (cells.some((c) => isKnownField(c))) return true;
  if (new Set(cells).size < cells.length || cells.some((c) => /^\d+$/.test(c))) return false;
  return below !== undefined && below.some((c, i) => wordCount(c.text) >= 2 * Math.max(2, wordCount(cells[i] ?? '')));
}
