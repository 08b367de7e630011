/** For people: the reply with the places marked, each finding with its reason and its way out, the grade with its sum. */
import { withoutStop } from '../text/stop.js';
import type { Edit, Finding, Fix } from '../types.js';
import { inert } from './inert.js';
import { marked } from './marked.js';
import { points, sum } from './points.js';
import type { Report, Style, View } from './report.js';
import { visible, widthOf, wrap } from './width.js';

export type PrettyOptions = View & Readonly<{ /** Leave hints out of sight; the sum still counts them. */ quiet?: boolean }>;

const NARROW = 40;
const WIDE = 120;

export function prettyReport(report: Report, options: PrettyOptions): string {
  const width = Math.min(WIDE, Math.max(NARROW, options.columns));
  const { outcome } = report;
  const shown = outcome.findings.filter((f) => f.beside === undefined && (options.quiet !== true || f.level !== 'hint'));
  const word = (key: string): string => options.words[key] ?? key;
  const out: string[] = [];
  out.push(...header(report, width, options.style, word), '');
  if (shown.length > 0) out.push(...marked(report, shown, width, options.style), '');
  shown.forEach((finding, i) => out.push(...describe(finding, i + 1, report, width, options), ''));
  if (shown.length === 0) out.push(`  ${options.style.good(word(outcome.findings.length === 0 ? 'clean' : 'clean.quiet'))}`, '');
  out.push(...ending(report, width, options, word));
  return inert(`${out.join('\n')}\n`);
}

function header({ file, outcome }: Report, width: number, style: Style, word: (key: string) => string): string[] {
  const about = `${word(`channel.${outcome.channel}`)}, ${word(`lang.${outcome.lang}`)}`;
  const name = file === '-' ? word('stdin') : visible(file);
  if (widthOf(name) + widthOf(about) + 4 <= width) return [`${style.bold(name)}  ${style.dim(about)}`];
  return [...wrap(name, width).map(style.bold), ...wrap(about, width).map(style.dim)];
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
  // The other one says why, and the way out.
  const over = lastLine(report, f) + (report.linesAbove ?? 0);
  const first = f.line + (report.linesAbove ?? 0);
  if (over > first) out.push(...wrap(word('lines').replace('{from}', String(first)).replace('{to}', String(over)), width - indent).map((l) => pad + style.dim(l)));
  const said = new Set([flat(withoutStop(report.reply.slice(f.start, f.end)))]);
  const evidence = f.evidence.filter((q) => !said.has(flat(withoutStop(q))) && !f.message.includes(q)).slice(0, 4);
  if (evidence.length > 0) out.push(...field(word('evidence'), evidence.map((q) => (words['quotation'] ?? '“{text}”').replace('{text}', () => q)).join(', '), pad, width, style.dim));
  if (f.why !== '') out.push(...field(word('why'), f.why, pad, width, style.dim));
  for (const fix of f.fixes) out.push(...fixLines(fix, report.reply, pad, width, style, word));
  return out;
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
    const { before, after } = restOfWords(reply, edit);
    const gone = (before + reply.slice(edit.start, edit.end) + after).trim();
    const come = (before + edit.text + after).trim();
    const lines = (text: string, mark: string, paint: (s: string) => string): string[] =>
      text.split(/\r\n|\n|\r/).flatMap((l) => wrap(l, room)).map((l, i) => `${pad}  ${paint(`${i === 0 ? mark : ' '} ${l}`)}`.trimEnd());
    if (gone !== '') out.push(...lines(gone, '−', style.gone));
    if (come !== '') out.push(...lines(come, '+', style.come));
  }
  return out;
}

const LETTERS = /\p{L}/u;

/** An edit inside a word is shown with the whole word: “− kiitos”, not “− k”. */
function restOfWords(reply: string, { start, end }: Edit): { before: string; after: string } {
  if (start === end) return { before: '', after: '' };
  let from = start;
  let to = end;
  if (LETTERS.test(reply[start] ?? '')) while (from > 0 && LETTERS.test(reply[from - 1] as string)) from--;
  if (LETTERS.test(reply[end - 1] as string)) while (to < reply.length && LETTERS.test(reply[to] as string)) to++;
  return { before: reply.slice(from, start), after: reply.slice(end, to) };
}

function ending({ outcome }: Report, width: number, { style, words }: PrettyOptions, word: (key: string) => string): string[] {
  const out = wrap(`${word('grade')} ${outcome.gradeText}`, width).map(style.bold);
  const sums = sum([...outcome.findings.map((f) => f.cost), ...(outcome.kept ?? []).map((k) => k.points)], outcome.grade, words);
  if (sums !== '') out.push(...wrap(sums, width - 2).map((l) => `  ${l}`));
  const kept = (outcome.kept ?? []).map((k) => `${k.text} (${points(k.points, word('decimal'))})`).join(', ');
  if (kept !== '') out.push(...wrap(word('kept').replace('{what}', () => kept), width - 2).map((l) => style.dim(`  ${l}`)));
  for (const what of outcome.left_out ?? []) out.push(...wrap(word(`left_out.${what}`), width).map(style.dim));
  return out;
}
