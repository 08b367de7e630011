/** One line for each finding, as compilers print them: `file:line:column: level rule message`. */
import { inert } from './inert.js';
import type { Report } from './report.js';
import { visible } from './width.js';

export function compactReport({ file, outcome, linesAbove = 0 }: Report): string {
  return inert(outcome.findings.map((f) => `${visible(`${file}:${f.line + linesAbove}:${f.column}: ${f.level} ${f.rule} ${f.message}`)}\n`).join(''));
}
