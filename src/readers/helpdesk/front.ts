/** Front: message templates from the API, `name` and `body` in HTML. */
import { hasFields, scalarField } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';

const MARKS = ['is_available_for_all_inboxes', 'is_available_for_all_teammates', 'inbox_ids'];

export const readFront = helpdesk({
  name: 'front',
  title: 'Front message templates (JSON, CSV)',
  paths: ['_results', 'message_templates'],
  csv: true,
  sure: 0.95,
  own: (record) => hasFields(record, 'name', 'body') && (MARKS.some((key) => hasFields(record, key)) || scalarField(record, 'id')?.startsWith('rsp_') === true),
  each(finds, record, i) {
    const text = finds.body(record, 'body');
    if (text !== undefined) finds.add(record, i, text);
  },
});
