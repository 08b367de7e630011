/** Gorgias: macros, whose text is an action among others; as a table, one row each. */
import type { Traced } from '../../text/traced.js';
import { field, hasFields, items, scalarField, textField, type Tree, type TreeMap } from '../../text/tree.js';
import { parseJson } from '../parse/json.js';
import { isLiteral, jsonOf } from '../parse/literal.js';
import { helpdesk } from './helpdesk.js';
import { isSet } from './records.js';

const SAYS = 'setResponseText';
const NOTES = 'addInternalNote';
const HTML = ['body_html', 'response_html'] as const;
const TEXT = [...HTML, 'body_text', 'response_text'] as const;
/** Variables that only Gorgias has. */
const VARIABLE = /\{\{\s*(?:ticket\.customer\.|current_user\.(?:first|last)?name\b)/;

const isMacro = (record: TreeMap): boolean => hasFields(record, 'name') && items(field(record, 'actions')).some((action) => hasFields(action, 'name', 'arguments'));
const cellOf = (record: TreeMap): Traced | undefined => textField(record, 'actions');
const isRow = (record: TreeMap): boolean => VARIABLE.test(textField(record, ...TEXT)?.text ?? '') || cellOf(record)?.text.includes(SAYS) === true;

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
    const cell = written === 'csv' ? cellOf(record) : undefined;
    if (written === 'csv' && cell === undefined) return add(record, false);
    const { root: actions, flaws } = cell === undefined ? { root: field(record, 'actions'), flaws: [] } : parseJson(isLiteral(cell.text) ? jsonOf(cell) : cell);
    for (const flaw of flaws.slice(0, 1)) finds.fault({ range: [flaw.at, flaw.at] }, `“actions”: ${flaw.message}`);
    if (actions?.kind !== 'list') return finds.fault(actions ?? record, actions === undefined ? 'has no “actions”' : '“actions” must be a list');
    for (const action of actions.items) {
      const name = scalarField(action, 'name');
      if (name === SAYS || name === NOTES) add(field(action, 'arguments') ?? action, name === NOTES);
    }
  },
});
