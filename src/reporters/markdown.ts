/** A comment on a pull request: a table that sums up, the worst replies, and every reply with findings folded away. */
import type { EntryResult, Level, LibraryReport, Problem } from '../types.js';
import { type Counts, countsOf, levelOf as problemLevel, type LibraryView, nameOf, pathOf, problemText, rank, summary } from './library.js';
import { markdownText } from './markdown-text.js';

/** GitHub takes 65,536 characters; some are left for whoever adds a line. */
const ROOM = 64_000;
const WORST = 10;
/** A longer message or name is cut: the place says where the rest stands. */
const MESSAGE_MAX = 600;
const NAME_MAX = 120;
const PER_REPLY = 25;

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most)}…`);
const shown = (text: string, most = NAME_MAX): string => markdownText(cut(text, most));
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;

function count({ findings }: EntryResult, level: Level): number {
  return findings.filter(({ finding }) => finding.level === level).length;
}

/** Worst first: by the most of the gravest, then by grade, then as they stand. */
function byWeight(results: readonly EntryResult[]): EntryResult[] {
  const weighed = results.map((r) => ({ r, errors: count(r, 'error'), warnings: count(r, 'warning'), hints: count(r, 'hint'), grade: r.result?.grade ?? 10 }));
  weighed.sort((a, b) => b.errors - a.errors || b.warnings - a.warnings || a.grade - b.grade || b.hints - a.hints);
  return weighed.map(({ r }) => r);
}

function table(report: LibraryReport, counts: Counts, word: (key: string) => string): string {
  const grades = report.results.flatMap(({ result }) => (result === undefined ? [] : [result.grade]));
  const mean = grades.length === 0 ? '–' : (grades.reduce((a, b) => a + b, 0) / grades.length).toFixed(1).replace('.', word('decimal'));
  const heads = ['column.replies', 'column.clean', 'column.errors', 'column.warnings', 'column.hints', 'column.mean'].map(word);
  return row(heads) + row(heads.map(() => '---:')) + row([counts.replies, counts.clean, counts.error, counts.warning, counts.hint, mean]);
}

function worst(results: readonly EntryResult[], view: LibraryView, word: (key: string) => string): string {
  const heads = ['grade', 'reply', 'column.place', 'column.errors', 'column.warnings'].map(word);
  const lines = results.slice(0, WORST).map((r) => row([r.result?.gradeText ?? '–', shown(nameOf(r)), `${shown(pathOf(r.place.file, view), 2 * NAME_MAX)} ${r.place.line}`, count(r, 'error'), count(r, 'warning')]));
  return row(heads) + row(['---:', '---', '---', '---:', '---:']) + lines.join('');
}

function folded(r: EntryResult, view: LibraryView, word: (key: string) => string): string {
  const listed = [...r.findings].sort((a, b) => rank(b.finding.level) - rank(a.finding.level));
  const items = listed.slice(0, PER_REPLY).map(({ finding, place }) => {
    const fix = finding.fixes[0];
    return `- ${place.line}:${place.column} ${word(finding.level)} **${markdownText(finding.rule)}** ${shown(finding.message, MESSAGE_MAX)}${fix === undefined ? '' : ` *${word('fix')}*: ${shown(fix.title, MESSAGE_MAX)}`}\n`;
  });
  const rest = listed.length - items.length;
  if (rest > 0) items.push(`- ${word('more.findings').replace('{n}', String(rest))}\n`);
  const grade = r.result === undefined ? '' : ` (${word('grade')} ${r.result.gradeText})`;
  return `<details><summary>${shown(nameOf(r))}${grade}: ${shown(pathOf(r.place.file, view), 2 * NAME_MAX)} ${r.place.line}</summary>\n\n${items.join('')}\n</details>\n`;
}

/** Items in order while there is room; `left` tells how many there was none for. */
function within<T>(items: readonly T[], render: (item: T) => string, room: number, left: (n: number) => string): string {
  let out = '';
  for (const [i, item] of items.entries()) {
    const piece = render(item);
    if (out.length + piece.length > room) return `${out}\n${left(items.length - i)}\n`;
    out += piece;
  }
  return out;
}

export function markdownReport(report: LibraryReport, view: LibraryView): string {
  const word = (key: string): string => view.words[key] ?? key;
  const counts = countsOf(report);
  const found = byWeight(report.results.filter((r) => r.findings.length > 0));
  const more = (key: string) => (n: number) => word(key).replace('{n}', String(n));
  let out = `### savy: ${summary(counts, view.words)}\n\n${table(report, counts, word)}`;
  for (const level of ['error', 'warning'] as const) {
    const told = report.problems.filter((p) => problemLevel(p) === level);
    if (told.length === 0) continue;
    const line = (p: Problem): string => `- ${shown(pathOf(p.file, view), 2 * NAME_MAX)}${p.line === undefined ? '' : ` ${p.line}`}${p.column === undefined ? '' : `:${p.column}`} ${shown(problemText(p), MESSAGE_MAX)}\n`;
    // Half of the room at most: what is wrong in the others is to be seen as well.
    out += `\n#### ${word(level === 'error' ? 'unread' : 'doubtful')}\n\n${within(told, line, (level === 'error' ? ROOM : ROOM - out.length) / 2, more('more.files'))}`;
  }
  if (found.length === 0) return report.problems.length > 0 ? out : `${out}\n${word('clean')}\n`;
  out += `\n#### ${word('worst')}\n\n${worst(found, view, word)}\n#### ${word('all')}\n\n`;
  return out + within(found, (r) => folded(r, view, word), ROOM - out.length, more('more.replies'));
}
