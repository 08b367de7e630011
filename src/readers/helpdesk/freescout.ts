/** FreeScout: saved replies as its database holds them, `name` and `text` in HTML. One without a text is a folder of others. */
import { field, hasFields } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';

const MARKS = ['mailbox_id', 'parent_saved_reply_id', 'sort_order'];

export const readFreeScout = helpdesk({
  name: 'freescout',
  title: 'FreeScout saved replies (JSON, CSV)',
  paths: ['saved_replies', 'savedReplies', 'data'],
  csv: true,
  sure: 0.9,
  own: (record) => hasFields(record, 'name', 'text') && MARKS.some((key) => hasFields(record, key)),
  each(finds, record, i) {
    const stored = field(record, 'text');
    // A folder's may be null.
    if (stored?.kind === 'other' && stored.value === null) return;
    const text = finds.body(record, 'text');
    if (text !== undefined) finds.add(record, i, text);
  },
});
