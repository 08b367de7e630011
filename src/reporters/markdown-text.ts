/** Text as Markdown and HTML show it: whatever it says, it stays text. */
import { wellFormed } from '../text/wellformed.js';
import { visible } from './width.js';

/** Marks of Markdown, of HTML, and of what GitHub adds: tables, formulas, short names of emoji, addresses that become links. */
const MARKS = /[\\`*_{}[\]<>()#+!|~@:$&=^"-]/g;
/** Where a mention, the number of an issue, or an address begins: these are looked for once Markdown has become HTML. */
const LINKS = /[@#](?=[\p{L}\p{N}_])|:(?=\/\/)|(?<=www)(?=\.)/giu;
/** Stands between what would become a link. */
const APART = '\u200b';

/** On one line. References to characters work in Markdown and in HTML alike, and nothing makes structure of them. */
export function markdownText(text: string): string {
  return visible(wellFormed(text))
    .replace(LINKS, `$&${APART}`)
    .replace(MARKS, (c) => `&#${c.charCodeAt(0)};`);
}
