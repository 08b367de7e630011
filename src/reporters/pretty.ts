/** For people: the reply with the places marked, each finding with its reason and its way out, the grade with its sum. */
import type { Finding, Fix, Level } from '../types.js';
import { points, sum } from './points.js';
import type { Report, Style, View } from './report.js';
import { type Cell, cellsOf, rowsOf, shownRow, visible, widthOf, wrap } from './width.js';

export type PrettyOptions = View & Readonly<{ /** Leave hints out of sight; the sum still counts them. */ quiet?: boolean }>;

const NARROW = 40;
const WIDE = 120;
/** A range over more rows than this is marked at the edge instead of underlined. */
const ROWS_UNDERLINED = 3;
/** A longer reply is shown only around its marks. */
const LINES_WHOLE = 60;
const LINES_AROUND = 1;
const UNDER: Readonly<Record<Level, string>> = { error: '^', warning: '~', hint: '·' };
const WEIGHT: Readonly<Record<Level, number>> = { error: 2, warning: 1, hint: 0 };

type Mark = { start: number; end: number; level: Level; numbers: number[] };

export function prettyReport(report: Report, options: PrettyOptions): string {
  const width = Math.min(WIDE, Math.max(NARROW, options.columns));
  const { outcome } = report;
  const shown = outcome.findings.filter((f) => options.quiet !== true || f.level !== 'hint');
  const word = (key: string): string => options.words[key] ?? key;
  const out: string[] = [];
  out.push(...header(report, width, options.style, word), '');
  if (shown.length > 0) out.push(...marked(report, shown, width, options.style), '');
  shown.forEach((finding, i) => out.push(...describe(finding, i + 1, report, width, options), ''));
  if (shown.length === 0) out.push(`  ${options.style.good(word(outcome.findings.length === 0 ? 'clean' : 'clean.quiet'))}`, '');
  out.push(...ending(report, width, options, word));
  return `${out.join('\n')}\n`;
}

function header({ file, outcome }: Report, width: number, style: Style, word: (key: string) => string): string[] {
  const about = `${word(`channel.${outcome.channel}`)}, ${word(`lang.${outcome.lang}`)}`;
  const name = file === '-' ? word('stdin') : visible(file);
  if (widthOf(name) + widthOf(about) + 4 <= width) return [`${style.bold(name)}  ${style.dim(about)}`];
  return [...wrap(name, width).map(style.bold), ...wrap(about, width).map(style.dim)];
}

/** Findings at the very same place, full stops apart, share one mark. */
function marksOf(findings: readonly Finding[], reply: string): Mark[] {
  const byPlace = new Map<string, Mark>();
  findings.forEach((f, i) => {
    const end = f.start + bare(reply.slice(f.start, f.end)).length;
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

function marked(report: Report, findings: readonly Finding[], width: number, style: Style): string[] {
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
  const visibleLines = chosen(lines, marks);
  const rows: Row[] = [];
  for (const index of visibleLines) {
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
function chosen(lines: readonly Readonly<{ text: string; start: number }>[], marks: readonly Mark[]): number[] {
  const all = lines.map((_, i) => i);
  if (lines.length <= LINES_WHOLE) return all;
  const keep = new Set<number>();
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lines[middle] as { start: number }).start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  for (const m of marks) {
    const first = lineAt(m.start);
    const last = Math.min(lineAt(m.end), first + ROWS_UNDERLINED);
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

function describe(f: Finding, number: number, report: Report, width: number, { style, words }: PrettyOptions): string[] {
  const word = (key: string): string => words[key] ?? key;
  const decimal = word('decimal');
  const indent = String(number).length + 3;
  const pad = ' '.repeat(indent);
  const paint = style[f.level];
  const out: string[] = [];
  const cost = f.cost > 0 ? ` −${points(f.cost, decimal)}` : '';
  const likely = f.confidence === 'likely' ? ` ${word('likely')}` : '';
  out.push(...fit(` ${number}  `, [[word(f.level), paint], [f.rule, style.bold], [cost.trim(), paint], [likely.trim(), style.dim]], width));
  out.push(...wrap(f.message, width - indent).map((l) => pad + l));
  const over = lastLine(report, f) + (report.linesAbove ?? 0);
  const first = f.line + (report.linesAbove ?? 0);
  if (over > first) out.push(...wrap(word('lines').replace('{from}', String(first)).replace('{to}', String(over)), width - indent).map((l) => pad + style.dim(l)));
  const said = new Set([flat(bare(report.reply.slice(f.start, f.end)))]);
  const evidence = f.evidence.filter((q) => !said.has(flat(bare(q))) && !f.message.includes(q)).slice(0, 4);
  if (evidence.length > 0) out.push(...field(word('evidence'), evidence.map((q) => (words['quotation'] ?? '“{text}”').replace('{text}', () => q)).join(', '), pad, width, style.dim));
  if (f.why !== '') out.push(...field(word('why'), f.why, pad, width, style.dim));
  for (const fix of f.fixes) out.push(...fixLines(fix, report.reply, pad, width, style, word));
  return out;
}

/** Without the space and the full stop at its end. */
function bare(text: string): string {
  return text.trimEnd().replace(/(?<=[\p{L}\p{N})])[.,;:]+$/u, '');
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function lastLine({ reply }: Report, f: Finding): number {
  return f.line + (reply.slice(f.start, f.end).trimEnd().match(/\r\n|\n|\r/g)?.length ?? 0);
}

/** Pieces on one line, broken where the width ends. */
function fit(lead: string, pieces: readonly (readonly [string, (s: string) => string])[], width: number): string[] {
  const lines: string[] = [];
  let line = lead;
  let used = lead.length;
  for (const [text, paint] of pieces) {
    if (text === '') continue;
    const w = widthOf(text);
    if (used > lead.length && used + 2 + w > width) {
      lines.push(line);
      line = ' '.repeat(lead.length);
      used = lead.length;
    }
    const gap = used > lead.length ? '  ' : '';
    line += gap + paint(visible(text));
    used += gap.length + w;
  }
  lines.push(line);
  return lines;
}

/** `label: text`, the text's further lines under its first. */
function field(label: string, text: string, pad: string, width: number, paint: (s: string) => string): string[] {
  const head = `${label}: `;
  const room = width - pad.length;
  const hang = widthOf(head) * 3 <= room ? widthOf(head) : 2;
  const [first = '', ...rest] = wrap(`${head}${text}`, room);
  const lines = rest.length === 0 ? [first] : [first, ...wrap(text.length > 0 ? rest.join(' ') : '', room - hang).map((l) => ' '.repeat(hang) + l)];
  return lines.map((l) => pad + paint(l));
}

function fixLines(fix: Fix, reply: string, pad: string, width: number, style: Style, word: (key: string) => string): string[] {
  const out = field(word('fix'), fix.safe ? `${fix.title} (${word('safe')})` : fix.title, pad, width, style.good);
  const room = width - pad.length - 4;
  for (const edit of fix.edits) {
    const gone = reply.slice(edit.start, edit.end).trim();
    const come = edit.text.trim();
    const lines = (text: string, mark: string, paint: (s: string) => string): string[] =>
      text.split(/\r\n|\n|\r/).flatMap((l) => wrap(l, room)).map((l, i) => `${pad}  ${paint(`${i === 0 ? mark : ' '} ${l}`)}`.trimEnd());
    if (gone !== '') out.push(...lines(gone, '−', style.gone));
    if (come !== '') out.push(...lines(come, '+', style.come));
  }
  return out;
}

function ending({ outcome }: Report, width: number, { style, words }: PrettyOptions, word: (key: string) => string): string[] {
  const out = wrap(`${word('grade')} ${outcome.gradeText}`, width).map(style.bold);
  const sums = sum(outcome.findings.map((f) => f.cost), outcome.grade, words);
  if (sums !== '') out.push(...wrap(sums, width - 2).map((l) => `  ${l}`));
  for (const what of outcome.left_out ?? []) out.push(...wrap(word(`left_out.${what}`), width).map(style.dim));
  return out;
}
