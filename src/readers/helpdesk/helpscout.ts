/**
 * Help Scout: saved replies, `name` and `text` in HTML. The text for chats is a twin of the other and read only where it stands alone.
 * The list that the API gives holds previews; a dump of an account may call the fields `title` and `content`.
 */
import { hasFields, textField, type TreeMap } from '../../text/tree.js';
import type { Reader } from '../reader.js';
import { type Helpdesk, helpdesk } from './helpdesk.js';
import { claim, probeOf, recordsOf } from './records.js';

const TEXT = ['text', 'content'] as const;
const VARIABLE = /\{%\s*(?:customer|user|mailbox|conversation)\.\w+/;
/** A few replies greet by name, most don't: one variable among so many records is enough for some certainty. */
const PROBE = 200;

const data: Helpdesk = {
  name: 'helpscout',
  title: 'Help Scout saved replies (JSON, CSV)',
  paths: ['_embedded.replies', '_embedded.savedReplies', '_embedded.saved-replies', 'savedReplies', 'saved_replies', 'replies', 'items'],
  csv: true,
  sure: 0.9,
  own: (record) => hasFields(record, 'name') && (hasFields(record, 'chatText') || hasFields(record, 'preview')),
  each(finds, record, i) {
    const chat = textField(record, ...TEXT) === undefined ? textField(record, 'chatText') : undefined;
    if (chat !== undefined) return finds.add(record, i, chat, { channel: 'chat', as: 'text' });
    if (!TEXT.some((key) => hasFields(record, key)) && hasFields(record, 'preview')) {
      return finds.fault(record, 'a saved reply comes as a preview, without its text', { hint: 'fetch each saved reply by its id', warning: true });
    }
    const text = finds.body(record, ...TEXT);
    if (text !== undefined) finds.add(record, i, text);
  },
};

const plain = (record: TreeMap): boolean => hasFields(record, 'name', 'text') || hasFields(record, 'title', 'content');
const reader = helpdesk(data);

export const readHelpScout: Reader = {
  ...reader,
  claims(source) {
    const sure = reader.claims(source);
    const found = sure > 0 ? undefined : recordsOf(source, data);
    return probeOf(found, PROBE).some((r) => VARIABLE.test(textField(r, ...TEXT)?.text ?? '')) ? claim(found, plain, 0.7) : sure;
  },
};
