/** Intercom: macros from the API, `body` in HTML (with `<attribute …/>` for variables) or `body_text`. */
import { field, hasFields, scalarField, textField, type TreeMap } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';

const isNull = (record: TreeMap, key: string): boolean => {
  const found = field(record, key);
  return found?.kind === 'other' && found.value === null;
};

export const readIntercom = helpdesk({
  name: 'intercom',
  title: 'Intercom macros (JSON, CSV)',
  paths: ['data', 'macros', 'saved_replies'],
  csv: true,
  sure: 0.95,
  own: (record) => hasFields(record, 'name') && (scalarField(record, 'type') === 'macro' || hasFields(record, 'body', 'body_text')),
  each(finds, record, i) {
    // Long lists come without their texts.
    if (isNull(record, 'body') && isNull(record, 'body_text')) return finds.fault(record, 'a macro comes without its text', { hint: 'fetch each macro by its id', warning: true });
    const text = finds.body(record, 'body', 'body_text');
    if (text !== undefined) finds.add(record, i, text, { as: text === textField(record, 'body') ? 'html' : 'text' });
  },
});
