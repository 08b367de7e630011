/** Actions of a Zendesk macro written as lines in a cell: `status: pending`, `comment_value: Hi …`, which goes on until the next action. */
import { cut, type Traced } from '../../text/traced.js';

/** Actions that hold a reply, the better first. */
export const TEXTS = ['comment_value_html', 'comment_value'] as const;

const TEXT = /(?:^|[\n;|])[ \t]*(?:comment_value_html|comment_value)[ \t]*[:=][ \t]*/;
const NEXT = /[\n;|][ \t]*(?:status|priority|type|subject|group_id|assignee_id|brand_id|ticket_form_id|follower|set_tags|current_tags|remove_tags|comment_mode_is_public|custom_fields_\d+)[ \t]*[:=]/;
const PRIVATE = /(?:^|[\n;|])[ \t]*comment_mode_is_public[ \t]*[:=][ \t]*(?:false|0|no)\b/i;

/** @returns undefined when the cell is not written so; a cell of JSON has no text here */
export function actionsIn(cell: Traced | undefined): { text: Traced | undefined; note: boolean } | undefined {
  if (cell === undefined) return undefined;
  const { text } = cell;
  if (/^\s*[[{]/.test(text)) return text.includes('"field"') && text.includes('"value"') ? { text: undefined, note: false } : undefined;
  const begun = TEXT.exec(text);
  if (begun === null) return undefined;
  const start = begun.index + begun[0].length;
  const end = NEXT.exec(text.slice(start));
  return { text: cut(cell, start, end === null ? text.length : start + end.index), note: PRIVATE.test(text) };
}
