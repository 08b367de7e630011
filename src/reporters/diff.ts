/** Two texts as a unified diff that `patch` and `git apply` take. */
import { unified } from '../text/diff.js';
import type { Style } from './report.js';
import { visible } from './width.js';

/** @param tame for a terminal: control characters are shown, not sent */
export function unifiedDiff(file: string, before: string, after: string, style: Style, tame: boolean): string {
  if (before === after) return '';
  const name = file === '-' ? 'draft' : file.replace(/\\/g, '/');
  const patch = unified(`a/${name}`, `b/${name}`, before, after).replace(/^=+\n/, '');
  const paint = (line: string): string => (/^(?:---|\+\+\+) /.test(line) ? style.bold(line) : line.startsWith('@@') ? style.hint(line) : line.startsWith('-') ? style.gone(line) : line.startsWith('+') ? style.come(line) : line);
  return patch.split('\n').map((line) => paint(tame ? visible(line.replace(/\r$/, '')) : line)).join('\n');
}
