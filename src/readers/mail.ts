/**
 * A mail as a program saves it: header lines, a blank line, the text. The text goes on as the reply; the customer's words quoted under
 * it are found by lint itself. A mail without headers is plain text and is left as it is.
 */
import { type Exchange, UserError } from '../types.js';

const HEADER = /^(?:From|To|Cc|Bcc|Subject|Date|Reply-To|Message-ID|In-Reply-To|References|MIME-Version|Content-[A-Za-z-]+|Return-Path|Received|Delivered-To|X-[A-Za-z0-9-]+):/i;
const FOLDED = /^[ \t]+\S/;
const ENOUGH = 2;

/** @returns undefined when the text has no mail headers */
export function readMail(text: string, place: string): Exchange | undefined {
  if (!HEADER.test(text)) return undefined;
  const headers = new Map<string, string>();
  let at = 0;
  let last = '';
  for (;;) {
    const end = text.indexOf('\n', at);
    if (end < 0) return undefined;
    const line = text.slice(at, end).replace(/\r$/, '');
    at = end + 1;
    if (line === '') break;
    if (FOLDED.test(line) && last !== '') headers.set(last, `${headers.get(last) ?? ''} ${line.trim()}`);
    else if (HEADER.test(line)) {
      last = line.slice(0, line.indexOf(':')).toLowerCase();
      headers.set(last, line.slice(last.length + 1).trim());
    } else return undefined;
  }
  if (headers.size < ENOUGH) return undefined;
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase() ?? '';
  const type = headers.get('content-type')?.toLowerCase() ?? '';
  if (encoding === 'base64' || encoding === 'quoted-printable' || type.startsWith('multipart/') || type.startsWith('text/html')) {
    throw new UserError('is a mail in transport form', place, 'save it as plain text and run again');
  }
  return { reply: text.slice(at), offset: at, channel: 'email' };
}
