/**
 * Live Helper Chat: canned messages, from its table or as records. Other languages stand as JSON in a cell. The fallback message is what
 * is sent when a variable has no value: a twin, read only where it stands alone.
 */
import { type Traced, Weaver } from '../../text/traced.js';
import { field, hasFields, isMap, items, scalar, scalarField, textField, type Tree } from '../../text/tree.js';
import { parseJson } from '../parse/json.js';
import { type Finds, helpdesk } from './helpdesk.js';
import { isOn } from './records.js';

/** BBCode: `[b]`, `[/url]`, `[url=…]`. */
const TAG = /\[\/?(?:b|i|u|s|em|strong|quote|code|url|color|size|fs\d{1,3}|h[1-6]|left|center|right|list|\*|html|level|level-\w{1,20})(?:=[^[\]\n]{0,300})?\]/gi;

export const readLiveHelperChat = helpdesk({
  name: 'livehelperchat',
  title: 'Live Helper Chat canned messages (CSV, JSON)',
  paths: ['canned', 'data', 'list'],
  csv: true,
  sure: 0.95,
  own: (record) => hasFields(record, 'msg', 'fallback_msg') || hasFields(record, 'title', 'msg', 'explain'),
  each(finds, record, i) {
    const note = isOn(field(record, 'disabled'));
    const text = finds.body(record, 'msg', 'fallback_msg');
    if (text !== undefined) finds.add(record, i, withoutTags(text), { note, as: 'text', lang: undefined });
    for (const other of languages(finds, field(record, 'languages'))) {
      const message = textField(other, 'message', 'fallback_message');
      const lang = items(field(other, 'languages')).map(scalar)[0] ?? scalarField(other, 'languages', 'language');
      if (message !== undefined) finds.add(record, i, withoutTags(message), { note, as: 'text', lang });
    }
  },
});

/** A list, or JSON in a text that is one. */
function languages(finds: Finds, tree: Tree | undefined): readonly Tree[] {
  if (tree?.kind !== 'text') return items(tree).filter(isMap);
  if (tree.value.text.trim() === '') return [];
  const { root, flaws } = parseJson(tree.value);
  const told = flaws[0];
  if (told !== undefined) finds.fault({ range: [told.at, told.at] }, `“languages”: ${told.message}`);
  return items(root).filter(isMap);
}

function withoutTags(source: Traced): Traced {
  if (!source.text.includes('[')) return source;
  const weaver = new Weaver(source);
  let at = 0;
  for (const m of source.text.matchAll(TAG)) {
    weaver.copy(at, m.index);
    at = m.index + m[0].length;
  }
  return weaver.copy(at, source.text.length).done();
}
