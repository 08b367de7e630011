/** Chatwoot: canned responses, `short_code` and `content`, from the API or its database. */
import { hasFields, scalarField } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';

export const readChatwoot = helpdesk({
  name: 'chatwoot',
  title: 'Chatwoot canned responses (JSON, CSV)',
  paths: ['payload', 'canned_responses', 'data.payload', 'canned_response'],
  csv: true,
  sure: 0.95,
  own: (record) => hasFields(record, 'short_code', 'content'),
  each(finds, record, i) {
    const text = finds.body(record, 'content');
    if (text !== undefined) finds.add(record, i, text, { as: 'markdown', key: scalarField(record, 'short_code') });
  },
});
