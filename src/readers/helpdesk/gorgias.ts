/** Gorgias: macros, whose text is an action among others; as a table, one row each. */
import { field, hasFields, items, scalarField, textField, type Tree, type TreeMap } from '../../text/tree.js';
import { helpdesk } from './helpdesk.js';
import { isSet } from './records.js';

const SAYS = 'setResponseText';
const NOTES = 'addInternalNote';
const HTML = ['body_html', 'response_html'] as const;
const TEXT = [...HTML, 'body_text', 'response_text'] as const;
/** Variables that only Gorgias has. */
const VARIABLE = /\{\{\s*(?:ticket\.customer\.|current_user\.(?:first|last)?name\b)/;

const isMacro = (record: TreeMap): boolean => hasFields(record, 'name') && items(field(record, 'actions')).some((action) => hasFields(action, 'name', 'arguments'));
const isRow = (record: TreeMap): boolean => VARIABLE.test(textField(record, ...TEXT)?.text ?? '');

export const readGorgias = helpdesk({
  name: 'gorgias',
  title: 'Gorgias macros (JSON, CSV)',
  paths: ['data', 'macros'],
  csv: true,
  sure: 0.9,
  own: (record) => isMacro(record) || isRow(record),
  each(finds, record, i, { written }) {
    const title = scalarField(record, 'name', 'macro_name', 'title', 'macro');
    const off = isSet(field(record, 'archived_datetime'));
    const add = (holder: Tree, note: boolean): void => {
      const text = finds.body(holder, ...TEXT);
      if (text !== undefined) finds.add(record, i, text, { title, as: text === textField(holder, ...HTML) ? 'html' : 'text', note: note || off });
    };
    if (written === 'csv') return add(record, false);
    const actions = field(record, 'actions');
    if (actions?.kind !== 'list') return finds.fault(actions ?? record, actions === undefined ? 'has no “actions”' : '“actions” must be a list');
    for (const action of actions.items) {
      const name = scalarField(action, 'name');
      if (name === SAYS || name === NOTES) add(field(action, 'arguments') ?? action, name === NOTES);
    }
  },
});
