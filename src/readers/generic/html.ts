/** An HTML file is one reply: a mail template, an article. */
import { traced } from '../../text/traced.js';
import { parseHtml } from '../parse/html.js';
import type { Reader } from '../reader.js';
import { keyOfFile } from './keys.js';

const TITLE = /<title[^<>]{0,200}>([^<]{1,300})<\/title>/i;

export const readHtml: Reader = {
  name: 'html',
  title: 'HTML, one reply to a file',
  extensions: ['.html', '.htm', '.xhtml'],
  claims(source) {
    if (['.html', '.htm', '.xhtml'].includes(source.extension)) return 0.4;
    return /^\s*(?:<!doctype\s|<html[\s>]|<(?:p|div|table|h[1-6])[\s>])/i.test(source.text.slice(0, 2_000)) ? 0.35 : 0;
  },
  read(source) {
    const { text, comments } = parseHtml(source.whole);
    const title = TITLE.exec(source.text)?.[1];
    return { entries: [{ key: keyOfFile(source), title: title === undefined ? undefined : parseHtml(traced(title)).text.text, text, comments }] };
  },
};
