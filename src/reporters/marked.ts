/** The reply as a report shows it: wrapped to the width, numbered, with the places of findings marked under its lines or at its edge. */
import { Lines } from '../text/edits.js';
import { withoutStop } from '../text/stop.js';
import type { Finding, Level } from '../types.js';
import type { Report, Style } from './report.js';
import { type Cell, cellsOf, rowsOf, shownRow, widthOf } from './width.js';

/** A range over more rows than this is marked at the edge instead of underlined. */
const ROWS_UNDERLINED = 3;
/** A longer reply is shown only around its marks. */
const LINES_WHOLE = 60;
const LINES_AROUND = 1;
const UNDER: Readonly<Record<Level, string>> = { error: '^', warning: '~', hint: '·' };
const WEIGHT: Readonly<Record<Level, number>> = { error: 2, warning: 1, hint: 0 };

type Mark = { start: number; end: number; level: Level; numbers: number[] };

/** Findings at the very same place, full stops apart, share one mark. */
function marksOf(findings: readonly Finding[], reply: string): Mark[] {
  const byPlace = new Map<string, Mark>();
  findings.forEach((f, i) => {
    const end = f.start + withoutStop(reply.slice(f.start, f.end)).length;
    const key = `${f.start} ${end}`;
    const mark = byPlace.get(key);
    if (mark === undefined) byPlace.set(key, { start: f.start, end, level: f.level, numbers: [i + 1] });
    else {
      mark.numbers.push(i + 1);
      if (WEIGHT[f.level] > WEIGHT[mark.level]) mark.level = f.level;
    }
  });
  return [...byPlace.values()];
}

type Row = Readonly<{ line: number; first: boolean; last: boolean; cells: readonly Cell[]; start: number; end: number }>;

/** @param findings in the order of their numbers, from 1 */
export function marked(report: Report, findings: readonly Finding[], width: number, style: Style): string[] {
  const { reply, linesAbove = 0 } = report;
  const marks = marksOf(findings, reply);
  const lines: { text: string; start: number }[] = [];
  let at = 0;
  for (const m of reply.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ text: reply.slice(at, m.index), start: at });
    at = m.index + m[0].length;
  }
  if (at < reply.length || lines.length === 0) lines.push({ text: reply.slice(at), start: at });
  while (lines.length > 1 && (lines[lines.length - 1] as { text: string }).text.trim() === '') lines.pop();

  const gutter = String(lines.length + linesAbove).length + 2;
  const room = width - gutter - 3;
    const rows: Row[] = [];
  for (const index of chosen(lines, marks, reply)) {
    const { text, start } = lines[index] as { text: string; start: number };
    const wrapped = rowsOf(cellsOf(text, start), room);
    wrapped.forEach((cells, i) => {
      const from = cells[0]?.start ?? start;
      const end = i === wrapped.length - 1 ? start + text.length : ((wrapped[i + 1] as readonly Cell[])[0]?.start ?? start + text.length);
      rows.push({ line: index, first: i === 0, last: i === wrapped.length - 1, cells, start: from, end });
    });
  }
  const touches = (m: Mark, r: Row): boolean => (m.start === m.end ? m.start >= r.start && (m.start < r.end || (r.last && m.start === r.end)) : m.start < r.end && m.end > r.start);
  const counts = new Map(marks.map((m) => [m, rows.reduce((n, r) => n + (touches(m, r) ? 1 : 0), 0)]));
  const long = marks.filter((m) => (counts.get(m) ?? 0) > ROWS_UNDERLINED);
  const short = marks.filter((m) => (counts.get(m) ?? 0) <= ROWS_UNDERLINED);

  const out: string[] = [];
  let before = -1;
  const ended = new Set<Mark>();
  for (const row of rows) {
    if (row.first && row.line > before + 1) out.push(style.dim(`${' '.repeat(gutter)} ⋮`));
    before = row.line;
    const over = long.filter((m) => touches(m, row)).sort((a, b) => WEIGHT[b.level] - WEIGHT[a.level])[0];
    const edge = over === undefined ? style.dim('│') : style[over.level]('┃');
    const label = row.first ? String(row.line + 1 + linesAbove).padStart(gutter - 1) : ' '.repeat(gutter - 1);
    out.push(`${style.dim(label)}  ${edge} ${shownRow(row.cells)}`.trimEnd());
    const onRow = short.filter((m) => touches(m, row) && !ended.has(m));
    const labels = onRow.map((m) => {
      // The number stands where the mark ends.
      const done = m.end <= row.end || m.start === m.end;
      if (done) ended.add(m);
      return { mark: m, text: done ? m.numbers.join(',') : '' };
    });
    for (const under of underlines(labels, row, room, style)) out.push(`${' '.repeat(gutter + 1)}${edge} ${under}`);
  }
  return out;
}

/** All lines of a short reply; of a long one those with marks, and a line around them. */
function chosen(lines: readonly unknown[], marks: readonly Mark[], reply: string): number[] {
  if (lines.length <= LINES_WHOLE) return lines.map((_, i) => i);
  const keep = new Set<number>();
  const places = new Lines(reply);
  for (const m of marks) {
    const first = places.at(m.start).line - 1;
    const last = Math.min(places.at(m.end).line - 1, first + ROWS_UNDERLINED);
    for (let i = first - LINES_AROUND; i <= last + LINES_AROUND; i++) if (i >= 0 && i < lines.length) keep.add(i);
  }
  return [...keep].sort((a, b) => a - b);
}

type Piece = { from: number; to: number; text: string; paint: (s: string) => string };

/** Marks under a row, each in the first line where it has room for itself and its number. */
function underlines(labels: readonly Readonly<{ mark: Mark; text: string }>[], row: Row, room: number, style: Style): string[] {
  const lanes: Piece[][] = [];
  const columns: number[] = [0];
  for (const c of row.cells) columns.push((columns[columns.length - 1] as number) + c.width);
  for (const { mark, text } of labels) {
    const at = place(mark, row, columns);
    const from = Math.min(at.from, room - 1);
    const label = text === '' ? 0 : text.length + 1;
    const asked = Math.max(1, Math.min(at.to, room) - from);
    // A mark over the whole width gives way to its number.
    const line = UNDER[mark.level].repeat(asked + label > room ? Math.max(1, room - label) : asked);
    const paint = style[mark.level];
    const behind: Piece = { from, to: from + line.length + label, text: text === '' ? line : `${line} ${text}`, paint };
    const before: Piece = { from: from - label, to: from + line.length, text: `${text} ${line}`, paint };
    const piece = behind.to <= room ? behind : before.from >= 0 ? before : { ...behind, from: room - line.length - label, to: room };
    const lane = lanes.find((l) => l.every((p) => piece.to + 1 <= p.from || piece.from >= p.to + 1));
    if (lane === undefined) lanes.push([piece]);
    else lane.push(piece);
  }
  return lanes.map((lane) => {
    let out = '';
    let at = 0;
    for (const p of lane.sort((a, b) => a.from - b.from)) {
      out += ' '.repeat(Math.max(0, p.from - at)) + p.paint(p.text);
      at = p.to;
    }
    return out;
  });
}

/** Columns that a mark takes on a row, without spaces at its ends. */
function place(mark: Mark, row: Row, columns: readonly number[]): { from: number; to: number } {
  const { cells } = row;
  if (mark.start === mark.end) {
    const i = cells.findIndex((c) => c.start >= mark.start);
    const from = i < 0 ? widthOf(shownRow(cells)) : (columns[i] as number);
    return { from, to: from + 1 };
  }
  let first = cells.findIndex((c) => c.end > mark.start);
  if (first < 0) first = 0;
  let last = cells.findIndex((c) => c.start >= mark.end);
  if (last < 0) last = cells.length;
  while (first < last - 1 && cells[first]?.space === true) first++;
  while (last > first + 1 && cells[last - 1]?.space === true) last--;
  return { from: columns[first] as number, to: columns[last] as number };
}
