/** Zammad: text modules, from the API, its import table or the YAML that it ships. */
import { field, hasFields } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';
import { isOff } from './records.js';

export const readZammad = helpdesk({
  name: 'zammad',
  title: 'Zammad text modules (JSON, YAML, CSV)',
  paths: ['assets.TextModule', 'text_modules'],
  csv: true,
  sure: 0.9,
  own: (record) => hasFields(record, 'name', 'keywords', 'content'),
  each(finds, record, i) {
    const text = finds.body(record, 'content');
    // Its note is about the module, not for a ticket; its keywords are what it is searched by.
    if (text !== undefined) finds.add(record, i, text, { note: isOff(field(record, 'active')) });
  },
});
