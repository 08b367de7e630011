/** Freshdesk and Freshservice: canned responses, alone or in their folders. The HTML is read, its plain twin left alone. */
import { field, hasFields, items, textField, type Tree } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';

/** The responses of a list in which some stand in folders, and folders in folders. */
function unfold(trees: readonly Tree[], into: Tree[] = []): Tree[] {
  for (const tree of trees) {
    const inside = field(tree, 'canned_responses', 'responses');
    if (inside?.kind === 'list') unfold([...items(inside), ...items(field(tree, 'folders'))], into);
    else into.push(tree);
  }
  return into;
}

export const readFreshdesk = helpdesk({
  name: 'freshdesk',
  title: 'Freshdesk canned responses (JSON, CSV)',
  paths: ['canned_response_folders', 'folders', 'canned_responses', 'canned_response'],
  unfold,
  csv: true,
  sure: 0.95,
  own: (record) => hasFields(record, 'title') && (hasFields(record, 'content_html') || hasFields(record, 'content', 'folder_id')),
  each(finds, record, i) {
    // A folder without what is in it.
    if (hasFields(record, 'name', 'responses_count')) return;
    const text = finds.body(record, 'content_html', 'content');
    if (text !== undefined) finds.add(record, i, text, { as: text === textField(record, 'content_html') ? 'html' : 'text' });
  },
});
