/** For people who mend a draft: what was changed, and what is left for them. */
import type { Finding, Result } from '../types.js';
import { inert } from './inert.js';
import type { View } from './report.js';
import { visible, widthOf, wrap } from './width.js';

export type Mended = Readonly<{
  before: Result;
  after: Result;
  applied: readonly Readonly<{ rule: string; title: string }>[];
  drafts: readonly Readonly<{ rule: string; title: string }>[];
  remaining: readonly Finding[];
}>;

const NARROW = 40;
const WIDE = 120;

/** Pieces in columns, the last one wrapped under itself. */
function row(cells: readonly string[], text: string, width: number): string[] {
  const lead = `  ${cells.join('  ')}  `;
  const hang = widthOf(lead) * 2 <= width ? widthOf(lead) : 4;
  const lines = wrap(text, Math.max(20, width - hang));
  return lines.map((l, i) => (i > 0 ? ' '.repeat(hang) + l : hang === 4 ? `${lead.trimEnd()}\n    ${l}` : lead + l));
}

/** What was done (or, with `would`, would be), by fix. */
export function changesReport({ applied, drafts }: Mended, { columns, words, style }: View, would: boolean): string {
  const width = Math.min(WIDE, Math.max(NARROW, columns));
  const word = (key: string): string => words[key] ?? key;
  if (applied.length + drafts.length === 0) return `${word('fix.nothing')}\n`;
  const list = (items: Mended['applied'], head: string): string[] => (items.length === 0 ? [] : [style.bold(word(head)), ...items.flatMap(({ rule, title }) => row([visible(rule)], title, width))]);
  return inert(`${[...list(applied, would ? 'fix.would' : 'fix.done'), ...list(drafts, 'fix.drafts')].join('\n')}\n`);
}

/** What is left for a person; empty when nothing is. */
export function remainingReport({ before, after, drafts, remaining }: Mended, { columns, words, style }: View, quiet: boolean): string {
  const width = Math.min(WIDE, Math.max(NARROW, columns));
  const word = (key: string): string => words[key] ?? key;
  const shown = remaining.filter((f) => f.beside === undefined && (!quiet || f.level !== 'hint'));
  const out: string[] = [];
  // A draft with blanks in it has no grade to speak of.
  if (before.gradeText !== after.gradeText && drafts.length === 0) out.push(`${word('grade')} ${before.gradeText} → ${after.gradeText}`);
  if (shown.length > 0) {
    out.push(style.bold(word('fix.left')));
    for (const f of shown) {
      out.push(...row([style[f.level](word(f.level)), f.rule], f.message, width));
      const way = f.fixes.find((x) => !x.safe)?.title;
      if (way !== undefined && way !== '') out.push(...wrap(way, width - 6).map((l) => `      ${style.dim(l)}`));
    }
  }
  return out.length === 0 ? '' : inert(`${out.join('\n')}\n`);
}
