/** A field that holds a reply: HTML when it looks like it, else text as it stands, with comments to savy taken out. */
import { cut, type Traced, Weaver } from '../../text/traced.js';
import { isIgnore } from '../ignore.js';
import { looksLikeHtml, parseHtml, type Plain } from './html.js';

const COMMENT = /[ \t]*<!--([\s\S]{0,2000}?)-->[ \t]*\n?/g;

/** @param html true when the format says that it is HTML, false that it is not; else by looking */
export function bodyText(field: Traced, html?: boolean): Plain {
  return (html ?? looksLikeHtml(field.text)) ? parseHtml(field) : withoutComments(field);
}

/** Text as it stands; comments that speak to savy go, others (`<!-- TODO -->`) stay. */
export function withoutComments(field: Traced): Plain {
  if (!field.text.includes('<!--')) return { text: field, comments: [] };
  const weaver = new Weaver(field);
  const comments: Traced[] = [];
  let at = 0;
  for (const m of field.text.matchAll(COMMENT)) {
    const inside = field.text.indexOf('<!--', m.index) + 4;
    const comment = cut(field, inside, inside + (m[1] as string).length);
    if (!isIgnore(comment)) continue;
    comments.push(comment);
    weaver.copy(at, m.index);
    at = m.index + m[0].length;
  }
  return { text: weaver.copy(at, field.text.length).done(), comments };
}
