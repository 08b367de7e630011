/**
 * osTicket: canned responses, from the YAML that it ships or its database; and the letters that it ships beside them, `subject` and
 * `body`. Bodies are HTML.
 */
import { field, hasFields, scalarField, type TreeMap } from '../../text/tree.js';
import type { Reader } from '../reader.js';
import { helpdesk } from './helpdesk.js';
import { isOff } from './records.js';

const VARIABLE = /%\{\w+(?:\.\w+)*\}/;
/** Letters to the staff. */
const STAFF = /(?:\balert|\boverdue|\bstaff)\.ya?ml$/;
const MARKS = ['isenabled', 'canned_id', 'attachments'];

/** One letter in a file: nothing else has this trio and these variables. */
const isLetter = (record: TreeMap): boolean => hasFields(record, 'notes', 'body') && (hasFields(record, 'subject') || hasFields(record, 'name')) && VARIABLE.test(scalarField(record, 'body') ?? '');

const reader = helpdesk({
  name: 'osticket',
  title: 'osTicket canned responses and letters (YAML, JSON, CSV)',
  paths: ['canned', 'canned_responses'],
  csv: true,
  sure: 0.9,
  own: (record) => (hasFields(record, 'title', 'response') && MARKS.some((key) => hasFields(record, key))) || isLetter(record),
  each(finds, record, i) {
    const letter = isLetter(record);
    const text = finds.body(record, letter ? 'body' : 'response');
    // Its database says so of every response that nobody gave another language.
    const unsaid = scalarField(record, 'lang') === 'en_US' ? { lang: undefined } : {};
    if (text !== undefined) finds.add(record, i, text, { key: scalarField(record, 'canned_id'), note: isOff(field(record, 'isenabled')), ...unsaid });
  },
});

export const readOsTicket: Reader = {
  ...reader,
  read(source, options) {
    const found = reader.read(source, options);
    return STAFF.test(source.base) ? { ...found, entries: found.entries.map((entry) => ({ ...entry, note: true })) } : found;
  },
};
