/** One line for each finding of a library, as compilers print them: `file:line:column: level rule message`. */
import type { LibraryReport } from '../types.js';
import { findingsOf, levelOf, problemText } from './library.js';
import { visible } from './width.js';

/** No line may open or hold what a CI's log would take for a command: a file may have any name. */
function line(text: string): string {
  return `${visible(text).replace(/^(?=\s*::)/, './').replaceAll('##[', '## [')}\n`;
}

export function compactLibrary(report: LibraryReport): string {
  let out = '';
  for (const problem of report.problems) out += line(`${problem.file}:${problem.line ?? 1}:${problem.column ?? 1}: ${levelOf(problem)} ${problemText(problem)}`);
  for (const { found: { finding, place } } of findingsOf(report)) out += line(`${place.file}:${place.line}:${place.column}: ${finding.level} ${finding.rule} ${finding.message}`);
  return out;
}
