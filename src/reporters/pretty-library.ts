/** A library for people: by file and reply, a line or two for each finding, then the sums and the worst replies. */
import type { EntryFinding, EntryResult, LibraryReport } from '../types.js';
import { inert } from './inert.js';
import { countsOf, levelOf, nameOf, problemText, rank, summary } from './library.js';
import type { View } from './report.js';
import { visible, widthOf, wrap } from './width.js';

const NARROW = 40;
const WIDE = 120;
const WORST = 5;
const RELATED = 5;
const NAME_MAX = 60;

const cut = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max - 1)}…`);

export function prettyLibrary(report: LibraryReport, view: View): string {
  const width = Math.min(WIDE, Math.max(NARROW, view.columns));
  const word = (key: string): string => view.words[key] ?? key;
  const { style } = view;
  const out: string[] = [];
  const byFile = new Map<string, EntryResult[]>();
  for (const r of report.results) {
    if (r.findings.length === 0) continue;
    const list = byFile.get(r.entry.file);
    if (list === undefined) byFile.set(r.entry.file, [r]);
    else list.push(r);
  }
  for (const [file, results] of byFile) {
    out.push(style.bold(visible(file === '-' ? word('stdin') : file)));
    for (const r of results) out.push(...reply(r, width, view, word));
    out.push('');
  }
  for (const level of ['error', 'warning'] as const) {
    const told = report.problems.filter((p) => levelOf(p) === level);
    if (told.length === 0) continue;
    out.push(style[level](word(level === 'error' ? 'unread' : 'doubtful')));
    for (const p of told) {
      const at = [p.file === '-' ? word('stdin') : p.file, p.line, p.line === undefined ? undefined : p.column].filter((x) => x !== undefined).join(':');
      out.push(...wrap(`${at}: ${problemText(p)}`, width - 2).map((l) => `  ${l}`));
    }
    out.push('');
  }
  out.push(...sums(report, width, view, word));
  return inert(`${out.join('\n')}\n`);
}

function reply(r: EntryResult, width: number, view: View, word: (key: string) => string): string[] {
  const { style } = view;
  const grade = r.result === undefined ? '' : `  ${word('grade')} ${r.result.gradeText}`;
  const title = `  ${r.place.line}  ${cut(visible(nameOf(r)), NAME_MAX)}`;
  return [`${style.bold(title)}${style.dim(grade)}`, ...r.findings.flatMap((f) => finding(f, width, view, word))];
}

function finding({ finding: f, place, related }: EntryFinding, width: number, view: View, word: (key: string) => string): string[] {
  const { style } = view;
  const at = `${place.line}:${place.column}`;
  const pad = ' '.repeat(6);
  const head = `    ${at}  ${style[f.level](word(f.level))}  ${style.bold(f.rule)}${f.confidence === 'likely' ? `  ${style.dim(word('likely'))}` : ''}`;
  const out = [head, ...wrap(f.message, width - pad.length).map((l) => pad + l)];
  const fix = f.fixes[0];
  if (fix !== undefined) out.push(...wrap(`${word('fix')}: ${fix.title}`, width - pad.length).map((l) => pad + style.good(l)));
  for (const other of related.slice(0, RELATED)) out.push(...wrap(`${other.place.file}:${other.place.line}  ${cut(other.text, 2 * NAME_MAX)}`, width - pad.length - 2).map((l) => pad + '  ' + style.dim(l)));
  if (related.length > RELATED) out.push(pad + '  ' + style.dim(word('more.replies').replace('{n}', String(related.length - RELATED))));
  return out;
}

function sums(report: LibraryReport, width: number, view: View, word: (key: string) => string): string[] {
  const { style } = view;
  const rules = new Map<string, number>();
  for (const { findings } of report.results) for (const { finding: f } of findings) rules.set(f.rule, (rules.get(f.rule) ?? 0) + 1);
  const grades = report.results.flatMap((r) => (r.result === undefined ? [] : [r.result.grade]));
  const out = wrap(summary(countsOf(report), view.words), width).map(style.bold);
  if (grades.length > 0) out.push(`${word('column.mean')} ${(grades.reduce((a, b) => a + b, 0) / grades.length).toFixed(1).replace('.', word('decimal'))}`);
  const most = Math.max(0, ...[...rules.values()].map((n) => String(n).length));
  for (const [rule, n] of [...rules].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) out.push(`  ${String(n).padStart(most)}  ${rule}`);
  const worst = report.results
    .filter((r) => r.result !== undefined && r.findings.some(({ finding: f }) => rank(f.level) > 0))
    .sort((a, b) => (a.result?.grade ?? 10) - (b.result?.grade ?? 10) || b.findings.length - a.findings.length)
    .slice(0, WORST);
  if (worst.length > 0) {
    out.push('', style.bold(word('worst')));
    const gradeWidth = Math.max(...worst.map((r) => widthOf(r.result?.gradeText ?? '')));
    for (const r of worst) out.push(...wrap(`${(r.result?.gradeText ?? '').padEnd(gradeWidth)}  ${cut(visible(nameOf(r)), NAME_MAX)}  ${r.entry.file}:${r.place.line}`, width - 2).map((l) => `  ${l}`));
  }
  if (report.stats !== undefined) out.push('', ...Object.entries(report.stats).map(([key, n]) => style.dim(`  ${key}: ${n}`)));
  return out;
}
