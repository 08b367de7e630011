/**
 * Comma, semicolon or tab separated values, each cell with its place. Written out here since no library tells where in the file a cell
 * with doubled quotes stands.
 */
import { type Traced, traced, Weaver } from '../../text/traced.js';
import type { Stretch } from '../../types.js';
import type { Fault } from '../reader.js';

/** A cell is a traced text, made when it is asked for: most cells of a large table never are. */
export class Cell implements Traced {
  private made: Traced | undefined;

  constructor(
    private readonly file: string,
    /** Between the quotes, where there are any. */
    readonly from: number,
    readonly to: number,
    readonly quoted: boolean,
  ) {}

  /** From this cell to the end of another, as one: what stands between belongs to them. */
  through(last: Cell): Cell {
    return new Cell(this.file, this.from, last.to, false);
  }

  get text(): string {
    return this.read().text;
  }

  get stretches(): readonly Stretch[] {
    return this.read().stretches;
  }

  private read(): Traced {
    return (this.made ??= this.quoted ? undoubled(this.file, this.from, this.to) : traced(this.file.slice(this.from, this.to), this.from));
  }
}

function undoubled(file: string, from: number, to: number): Traced {
  const raw = traced(file.slice(from, to), from);
  if (!raw.text.includes('""')) return raw;
  const weaver = new Weaver(raw);
  let at = 0;
  for (let next = raw.text.indexOf('""'); next >= 0; next = raw.text.indexOf('""', at)) {
    weaver.copy(at, next).put('"', next, next + 2);
    at = next + 2;
  }
  return weaver.copy(at, raw.text.length).done();
}

export type Csv = Readonly<{ delimiter: string; rows: readonly (readonly Cell[])[]; flaws: readonly Fault[] }>;

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Enough rows to know what separates the cells. */
const PROBE_ROWS = 30;
const PROBE = 64_000;
const MOSTLY = 0.8;
/** What never separates anything, for tables of one column. */
export const NOTHING = '\0';
/** After so many quotes that are never closed the rest is read as if quotes meant nothing. */
const REPAIRS = 20;

/** What separates the cells: what gives most rows the same number of them. Undefined when nothing does. */
export function delimiterOf(text: string): string | undefined {
  const said = /^sep=(.)\r?\n/.exec(text)?.[1];
  if (said !== undefined) return said;
  const probe = text.slice(0, PROBE);
  let best: string | undefined;
  let most = 0;
  for (const delimiter of DELIMITERS) {
    if (!probe.includes(delimiter)) continue;
    // The last row may be cut in two.
    const { rows } = scan(probe, delimiter, PROBE_ROWS);
    const counts = (probe.length < text.length && rows.length > 1 && rows.length < PROBE_ROWS ? rows.slice(0, -1) : rows).map((r) => r.length);
    const width = counts[0] ?? 0;
    if (width < 2) continue;
    // A comma in a sentence has a blank behind it.
    const behind = rows.flatMap((r) => r.slice(1));
    const blank = behind.filter((c) => probe[c.from] === ' ').length / Math.max(1, behind.length);
    if (blank > MOSTLY) continue;
    const score = counts.filter((n) => n === width).length / counts.length + Math.min(width, 10) / 100 - blank / 4;
    if (score > most) {
      most = score;
      best = delimiter;
    }
  }
  return best;
}

/** The whole table. Rows without anything in them are left out. */
export function parseCsv(text: string, delimiter = delimiterOf(text) ?? ','): Csv {
  const { rows, flaws } = scan(text, delimiter, Infinity);
  return { delimiter, rows, flaws };
}

function scan(text: string, delimiter: string, most: number): { rows: Cell[][]; flaws: Fault[] } {
  const rows: Cell[][] = [];
  const flaws: Fault[] = [];
  let row: Cell[] = [];
  let at = /^sep=.\r?\n/.exec(text)?.[0].length ?? 0;
  const lineEnd = (i: number): boolean => text[i] === '\n' || text[i] === '\r';
  const endRow = (): void => {
    if (row.length > 1 || (row[0] !== undefined && row[0].to > row[0].from)) rows.push(row);
    row = [];
  };
  while (at < text.length && rows.length < most) {
    let start = at;
    // Blanks before an opening quote belong to nobody.
    while (text[start] === ' ' && delimiter !== ' ') start++;
    let end: number;
    let quoted = text[start] === '"';
    if (quoted && flaws.length <= REPAIRS) {
      const close = closing(text, start + 1);
      let after = close + 1;
      while (text[after] === ' ') after++;
      if (close >= 0 && (after >= text.length || lineEnd(after) || text[after] === delimiter)) {
        row.push(new Cell(text, start + 1, close, true));
        end = after;
      } else {
        // Quotes inside that are not doubled, or none that closes: the cell ends with the line at the latest.
        const lastColumn = rows[0] !== undefined && row.length === rows[0].length - 1;
        const last = closingOnLine(text, start + 1, delimiter, lastColumn);
        flaws.push(last < 0 ? { at: start, message: 'a quotation mark opens a cell and none closes it' } : { at: Math.max(start, close), message: 'a quotation mark inside a cell is not doubled', warning: true });
        if (last >= 0 || lastColumn) row.push(new Cell(text, start + 1, last < 0 ? lineEndFrom(text, start) : last, true));
        else quoted = false;
        end = last >= 0 ? last + 1 : lastColumn ? lineEndFrom(text, start) : start;
        while (text[end] === ' ') end++;
      }
    } else {
      quoted = false;
      end = start;
    }
    if (!quoted) {
      end = at;
      while (end < text.length && text[end] !== delimiter && !lineEnd(end)) end++;
      row.push(new Cell(text, at, end, false));
    }
    at = end;
    if (at >= text.length) break;
    if (text[at] === delimiter) {
      at++;
      // A delimiter that ends the text is followed by an empty cell.
      if (at >= text.length) row.push(new Cell(text, at, at, false));
    } else {
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
      endRow();
    }
  }
  endRow();
  return { rows, flaws };
}

function lineEndFrom(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}

/** The quote on this line that a delimiter or the line's end follows: the last one in the last column, else the first. −1 for none. */
function closingOnLine(text: string, from: number, delimiter: string, lastColumn: boolean): number {
  const line = text.indexOf('\n', from);
  const stop = line < 0 ? text.length : line;
  let found = -1;
  for (let i = text.indexOf('"', from); i >= 0 && i < stop; i = text.indexOf('"', i + 1)) {
    let after = i + 1;
    while (text[after] === ' ' || text[after] === '\r') after++;
    if (after < stop && text[after] !== delimiter) continue;
    found = i;
    if (!lastColumn) break;
  }
  return found;
}

/** The quote that closes a cell: one that is not doubled. −1 when there is none. */
function closing(text: string, from: number): number {
  for (let i = text.indexOf('"', from); i >= 0; i = text.indexOf('"', i + 2)) if (text[i + 1] !== '"') return i;
  return -1;
}
