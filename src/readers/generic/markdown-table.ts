/** Tables in Markdown whose rows are replies: a column is called after them, and hardly anything else stands in the file. */
import { isNamed, isReplyName } from '../fields.js';
import { Cell } from '../parse/csv.js';
import type { Found, ReadOptions } from '../reader.js';
import type { Source } from '../source.js';
import { englishOf, readRows } from './csv.js';
import { wordCount } from './replies.js';

/** Below the header: `| --- | :-: |`. */
const RULE = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$/;
const LINE_MAX = 2_000;

type Line = Readonly<{ from: number; text: string }>;

/** @returns undefined when the file has no such table */
export function readTables(source: Source, options: ReadOptions): Found | undefined {
  if (!source.text.includes('|')) return undefined;
  const english = englishOf(options.headers, options.columns);
  const isHead = (row: readonly Cell[]): boolean => row.some((cell) => isNamed(cell.text, options.columns) || isReplyName(english(cell.text)) === 2);
  const found = tablesIn(source.text).filter(([head]) => head !== undefined && isHead(head)).map((rows) => readRows(rows, options));
  const entries = found.flatMap((f) => f.entries);
  const inside = entries.reduce((n, { text }) => n + wordCount(text.text), 0);
  if (inside === 0 || inside * 2 < wordCount(source.text)) return undefined;
  return { entries, faults: found.flatMap((f) => f.faults ?? []) };
}

/** The rows of each table, its header first. */
function tablesIn(text: string): Cell[][][] {
  const lines: Line[] = [];
  for (let from = 0; from <= text.length; ) {
    const next = text.indexOf('\n', from);
    const end = next < 0 ? text.length : next;
    lines.push({ from, text: text.slice(from, end).trimEnd() });
    from = end + 1;
  }
  const tables: Cell[][][] = [];
  for (let i = 1; i < lines.length; i++) {
    const head = lines[i - 1] as Line;
    const rule = (lines[i] as Line).text;
    if (rule.length > LINE_MAX || !rule.includes('-') || !head.text.includes('|') || !RULE.test(rule)) continue;
    const rows = [cellsOf(text, head)];
    for (i++; i < lines.length && (lines[i] as Line).text.includes('|'); i++) rows.push(cellsOf(text, lines[i] as Line));
    tables.push(rows);
  }
  return tables;
}

/** What stands between bars, without the blanks around it; `\|` is no bar. */
function cellsOf(file: string, { from, text }: Line): Cell[] {
  const start = /^[ \t]*\|?/.exec(text)?.[0].length ?? 0;
  const cells: Cell[] = [];
  let at = start;
  for (let i = start; i <= text.length; i++) {
    if (i < text.length && (text[i] !== '|' || text[i - 1] === '\\')) continue;
    if (i === text.length && i === at) break;
    const cell = text.slice(at, i);
    const lead = cell.length - cell.trimStart().length;
    cells.push(new Cell(file, from + at + lead, from + at + Math.max(lead, cell.trimEnd().length), false));
    at = i + 1;
  }
  return cells;
}
