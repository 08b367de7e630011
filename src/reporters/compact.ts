/** One line for each finding, as compilers print them: `file:line:column: level rule message`. */
import type { Report } from './report.js';
import { visible } from './width.js';

export function compactReport({ file, outcome, linesAbove = 0 }: Report): string {
  return outcome.findings.map((f) => `${visible(`${file}:${f.line + linesAbove}:${f.column}: ${f.level} ${f.rule} ${f.message}`)}\n`).join('');
}
