/** “This finding is meant”, in a comment (`savy-ignore rule/id: reason`) or in a field (`savy_ignore`, `savy: {ignore, reason}`). */
import { extentOf, type Traced } from '../text/traced.js';
import { field, items, scalar, type Tree } from '../text/tree.js';
import type { Range } from '../types.js';
import type { Fault, Ignore } from './reader.js';

const MARK = 'savy-ignore';
const HINT = 'write savy-ignore rule/id: why it is meant so';
/** Rule ids and parts of them, a star for all, with commas between; then a colon and the reason. */
const RULES = /^\s*(?:([a-z*][a-z*/-]*(?:(?:\s*,\s*|\s+)[a-z*][a-z*/-]*)*)\s*)?(?::|$|\s(?=-))\s*(?:--?\s*)?/;

type Ignores = Readonly<{ ignores: readonly Ignore[]; faults: readonly Fault[] }>;

function said(text: string, range: Range): Ignores {
  const m = RULES.exec(text);
  const reason = m === null ? '' : text.slice(m[0].length).trim();
  const rules = m?.[1]?.split(/[\s,]+/).filter((r) => r !== '') ?? [];
  if (reason === '') return { ignores: [], faults: [{ at: range[0], message: 'a savy-ignore without a reason is not honoured', hint: HINT, warning: true }] };
  return { ignores: [{ rules: rules.length === 0 ? ['*'] : rules, reason, range }], faults: [] };
}

/** Does the comment speak to savy at all? */
export function isIgnore(comment: Traced): boolean {
  return comment.text.trimStart().startsWith(MARK);
}

/** @param comment without its marks, one for which `isIgnore` holds */
export function ignoreOfComment(comment: Traced): Ignores {
  const text = comment.text.trim();
  return said(text.slice(MARK.length), extentOf(comment));
}

/**
 * The fields of a record: `savy_ignore: "rule/id: reason"` or a list of such, `savy: {ignore: [rule/id], reason: …}`.
 * @param names other names of the `savy_ignore` field
 */
export function ignoresOfFields(record: Tree, ...names: readonly string[]): Ignores {
  const out: { ignores: Ignore[]; faults: Fault[] } = { ignores: [], faults: [] };
  const add = ({ ignores, faults }: Ignores): void => {
    out.ignores.push(...ignores);
    out.faults.push(...faults);
  };
  const lines = field(record, ...names, 'savy_ignore', 'savy-ignore', 'savyIgnore');
  if (lines !== undefined) {
    for (const line of lines.kind === 'list' ? lines.items : [lines]) {
      const text = scalar(line);
      if (text !== undefined && text.trim() !== '') add(said(` ${text.trim()}`, line.range));
    }
  }
  const savy = field(record, 'savy');
  const ignore = field(savy, 'ignore');
  if (ignore !== undefined) {
    const rules = (ignore.kind === 'list' ? items(ignore) : [ignore]).flatMap((r) => scalar(r)?.trim() || []);
    add(said(` ${rules.join(', ')}: ${scalar(field(savy, 'reason')) ?? ''}`, ignore.range));
  }
  return out;
}
