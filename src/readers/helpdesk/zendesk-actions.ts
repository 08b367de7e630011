/** Actions of a Zendesk macro written as lines in a cell: `status: pending`, `comment_value: Hi …`, which goes on until the next action. */
import { cut, type Traced } from '../../text/traced.js';

/** Actions that hold a reply, the better first. */
export const TEXTS = ['comment_value_html', 'comment_value'] as const;

/** Actions go by the names of their fields, or by those that its pages show. */
const TEXT = /(?:^|[\n;|])[ \t]*(?:comment_value_html|comment_value|comment\/description|public (?:reply|comment))[ \t]*[:=][ \t]*/i;
const NEXT = /[\n;|][ \t]*(?:status|priority|type|subject|group(?:_id)?|assignee(?:_id)?|brand(?:_id)?|(?:ticket[ _])?form(?:_id)?|follower|(?:set|add|remove|current)[ _]tags|comment[ _]mode(?:_is_public)?|custom_fields_\d+)[ \t]*[:=]/i;
const PRIVATE = /(?:^|[\n;|])[ \t]*comment[ _]mode(?:_is_public)?[ \t]*[:=][ \t]*(?:false|0|no|private)\b/i;

/** @returns undefined when the cell is not written so; a cell of JSON has no text here */
export function actionsIn(cell: Traced | undefined): { text: Traced | undefined; note: boolean } | undefined {
  if (cell === undefined) return undefined;
  const { text } = cell;
  if (/^\s*[[{]/.test(text)) return /["':]field\b/.test(text) && /["':]value\b/.test(text) ? { text: undefined, note: false } : undefined;
  const begun = TEXT.exec(text);
  if (begun === null) return undefined;
  const start = begun.index + begun[0].length;
  const end = NEXT.exec(text.slice(start));
  return { text: cut(cell, start, end === null ? text.length : start + end.index), note: PRIVATE.test(text) };
}
