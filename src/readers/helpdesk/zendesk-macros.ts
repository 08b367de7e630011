/** Zendesk: macros, whose text is an action among others, from the API or as a table with the actions in a cell (as JSON, or as lines). */
import { field, hasFields, isMap, items, scalarField, textField, type Tree, type TreeEntry, type TreeMap } from '../../text/tree.js';
import type { Channel } from '../../types.js';
import { parseJson } from '../parse/json.js';
import { isLiteral, jsonOf } from '../parse/literal.js';
import { type Finds, helpdesk } from './helpdesk.js';
import { at, isOff } from './records.js';
import { actionsIn, TEXTS } from './zendesk-actions.js';

const ACTIONS = ['actions_json', 'actions', 'action', 'macro_actions'] as const;
/** Columns that hold a macro's text where its actions have columns of their own. */
const COMMENTS = ['comment_value_html', 'comment_value', 'comment_html', 'comment', 'comment_description', 'comment_body', 'public_reply'] as const;
const PUBLIC = ['comment_mode_is_public', 'public', 'is_public', 'comment_mode'] as const;
/** Variables that only Zendesk has. */
const VARIABLE = /\{\{\s*(?:ticket\.(?:requester\.first_name|requester\.last_name|assignee\.|ticket_field|latest_|comments)|current_user\.(?:first_name|last_name)|agent\.signature|dc\.)/;
const CHANNELS: Readonly<Record<string, Channel>> = { web: 'email', email: 'email', chat: 'chat', native_messaging: 'chat', twitter: 'social', facebook: 'social' };

/** Triggers and automations have actions too, and conditions. */
const isMacro = (record: TreeMap): boolean => hasFields(record, 'title', 'actions') && !hasFields(record, 'conditions') && items(field(record, 'actions')).some((a) => hasFields(a, 'field', 'value'));
const isRow = (record: TreeMap): boolean => {
  const cell = textField(record, ...ACTIONS);
  return actionsIn(cell) !== undefined || record.entries.some((e) => PART.test(e.key)) || hasFields(record, 'comment_value') || hasFields(record, 'comment_value_html') || (hasFields(record, 'title') && VARIABLE.test((cell ?? textField(record, ...COMMENTS))?.text ?? ''));
};

export const readMacros = helpdesk({
  name: 'zendesk',
  title: 'Zendesk macros (JSON, CSV)',
  paths: ['macros', 'macro', 'results'],
  csv: true,
  sure: 0.95,
  own: (record) => isMacro(record) || isRow(record),
  each(finds, record, i, { written }) {
    if (written === 'csv') row(finds, record, i);
    else macro(finds, record, i, field(record, 'actions'));
  },
});

/** The texts of a macro's actions: each is a reply, or a note when the macro's comments are private. */
function macro(finds: Finds, record: TreeMap, i: number, actions: Tree | undefined): void {
  if (actions?.kind !== 'list') return finds.fault(actions ?? record, actions === undefined ? 'has no “actions”' : '“actions” must be a list');
  const named = (name: string): Tree | undefined => actions.items.find((a) => scalarField(a, 'field') === name);
  const note = isOff(field(named('comment_mode_is_public'), 'value')) || isOff(field(record, 'active'));
  // One text once: the plain one is the twin of that in HTML.
  const wanted = TEXTS.find((name) => named(name) !== undefined);
  for (const action of actions.items) {
    if (!isMap(action)) finds.fault(action, 'is no action: a map with “field” and “value” was expected');
    else if (wanted !== undefined && scalarField(action, 'field') === wanted) said(finds, record, i, action, { as: wanted === 'comment_value_html' ? 'html' : 'text', note });
  }
}

/** The value is the text, or a channel and the text for it. */
function said(finds: Finds, record: TreeMap, i: number, action: Tree, more: Readonly<{ as: 'html' | 'text'; note: boolean }>): void {
  const [channel, own] = items(field(action, 'value'));
  if (channel === undefined || own === undefined) {
    const text = finds.body(action, 'value');
    if (text !== undefined) finds.add(record, i, text, more);
    return;
  }
  if (own.kind !== 'text') return finds.fault(own, 'the text of a comment must be a text');
  const name = channel.kind === 'text' ? (/^channel:\s*(\w+)$/.exec(channel.value.text)?.[1] ?? '') : '';
  finds.add(record, i, own.value, { ...more, channel: Object.hasOwn(CHANNELS, name) ? CHANNELS[name] : undefined });
}

/** Columns for each action's parts, as whoever flattens JSON into a table calls them: `actions.0.field`, `actions/0/value`. */
const PART = /^actions[._[]+(\d{1,3})[\]._]+(field|value)$/;

function actionsAside(record: TreeMap): Tree | undefined {
  const actions = new Map<string, TreeEntry[]>();
  for (const { key, keyRange, value } of record.entries) {
    const [, number, part] = PART.exec(key) ?? [];
    if (number === undefined || part === undefined) continue;
    const action = actions.get(number) ?? [];
    actions.set(number, action);
    action.push({ key: part, keyRange, value });
  }
  return actions.size === 0 ? undefined : { kind: 'list', range: record.range, items: [...actions.values()].map((entries): Tree => ({ kind: 'map', range: record.range, entries })) };
}

function row(finds: Finds, record: TreeMap, i: number): void {
  const aside = actionsAside(record);
  if (aside !== undefined) return macro(finds, record, i, aside);
  const cell = textField(record, ...ACTIONS);
  if (cell !== undefined && /^\s*[[{]/.test(cell.text)) {
    const { root, flaws } = parseJson(isLiteral(cell.text) ? jsonOf(cell) : cell);
    const told = flaws[0];
    if (told !== undefined) finds.fault({ range: [told.at, told.at] }, `“actions”: ${told.message}`, { hint: 'export the actions as JSON' });
    return macro(finds, record, i, actionsOf(root));
  }
  const lines = actionsIn(cell);
  const text = lines?.text ?? cell ?? finds.body(record, ...COMMENTS);
  if (text === undefined) return;
  const hidden = isOff(field(record, ...PUBLIC)) || scalarField(record, ...PUBLIC)?.toLowerCase() === 'private';
  finds.add(record, i, text, { note: lines?.note === true || hidden || isOff(field(record, 'active', 'status')) });
}

/** A list of actions, or what holds one. */
function actionsOf(root: Tree | undefined): Tree | undefined {
  return root?.kind === 'map' ? (at(root, 'actions') ?? at(root, 'macro.actions') ?? { kind: 'list', range: root.range, items: [root] }) : root;
}
