/**
 * GitHub's workflow commands: a line for each finding, which becomes an annotation in the diff.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import { wellFormed } from '../text/wellformed.js';
import type { LibraryReport, Level, Place } from '../types.js';
import { countsOf, findingsOf, levelOf, type LibraryView, nameOf, pathOf, problemText, rank, summary } from './library.js';
import { visible } from './width.js';

const COMMANDS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', hint: 'notice' };
/** GitHub makes annotations of this many commands of a kind in a step, and shows the others in the log alone. */
const SHOWN = 10;

/** Only line breaks have an escape of their own; other control characters are shown instead of sent. */
function tame(text: string): string {
  return wellFormed(text)
    .split(/(\r|\n)/)
    .map((part) => (part === '\r' || part === '\n' ? part : visible(part)))
    .join('');
}

function data(text: string): string {
  return tame(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

function command(kind: string, properties: readonly (readonly [key: string, value: string | number])[], message: string): string {
  return `::${kind} ${properties.map(([key, value]) => `${key}=${property(String(value))}`).join(',')}::${data(message)}\n`;
}

/** Columns count only on a single line: GitHub refuses them on more. */
function where(place: Place): [string, number][] {
  const { line, column, endLine, endColumn } = place;
  if (endLine > line) return [['line', line], ['endLine', endLine]];
  return [['line', line], ['col', column], ['endLine', endLine], ...(endColumn > column ? ([['endColumn', endColumn]] as [string, number][]) : [])];
}

/** Standard input is no file that GitHub could show. */
const fileOf = (file: string, view: LibraryView): [string, string][] => (file === '-' ? [] : [['file', pathOf(file, view)]]);

/** Worst first, since only the first of each kind are shown in the diff; the last line sums up. */
export function githubReport(report: LibraryReport, view: LibraryView): string {
  const { words } = view;
  let out = '';
  for (const problem of [...report.problems].sort((a, b) => rank(levelOf(b)) - rank(levelOf(a)))) {
    const at: [string, string | number][] = [...fileOf(problem.file, view), ...(problem.line === undefined ? [] : [['line', problem.line] as [string, number]]), ...(problem.column === undefined ? [] : [['col', problem.column] as [string, number]])];
    out += command(levelOf(problem), [...at, ['title', 'savy']], problemText(problem));
  }
  const found = [...findingsOf(report)].sort((a, b) => rank(b.found.finding.level) - rank(a.found.finding.level));
  for (const { result, found: { finding, place } } of found) {
    const fix = finding.fixes[0] === undefined ? '' : `\n${words['fix'] ?? 'Fix'}: ${finding.fixes[0].title}`;
    out += command(COMMANDS[finding.level], [...fileOf(place.file, view), ...where(place), ['title', `${finding.rule} (${nameOf(result)})`]], finding.message + fix);
  }
  const counts = countsOf(report);
  const told = (level: Level): number => counts[level] + report.problems.filter((p) => levelOf(p) === level).length;
  const hidden = [told('error'), told('warning'), told('hint')].reduce((sum, n) => sum + Math.max(0, n - SHOWN), 0);
  const more = hidden === 0 ? '' : ` ${(words['github.more'] ?? '({n})').replace('{n}', String(hidden))}`;
  return `${out}savy: ${summary(counts, words)}.${more}\n`;
}
