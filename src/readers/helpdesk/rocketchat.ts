/** Rocket.Chat: canned responses, `shortcut` and `text` in Markdown. */
import { hasFields, scalarField } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';

const MARKS = ['scope', 'departmentId', 'createdBy', '_createdAt'];

export const readRocketChat = helpdesk({
  name: 'rocketchat',
  title: 'Rocket.Chat canned responses (JSON, CSV)',
  paths: ['cannedResponses', 'cannedResponse'],
  csv: true,
  sure: 0.95,
  own: (record) => hasFields(record, 'shortcut', 'text') && MARKS.some((key) => hasFields(record, key)),
  each(finds, record, i) {
    const text = finds.body(record, 'text');
    if (text !== undefined) finds.add(record, i, text, { as: 'markdown', key: scalarField(record, 'shortcut') });
  },
});
