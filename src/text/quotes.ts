/**
 * The customer's text quoted inside a mail: lines behind `>`, and whatever follows a mail program's heading. Headings are known by their
 * form alone (a line that ends in a colon and holds an address or a time; three or more lines “Word: value”), so any language will do.
 */
import type { Range } from '../types.js';

const HEADING = /^[^\n]{0,300}(?:<[^<>\s]+@[^<>\s]+>|\([^()\s]+@[^()\s]+\)|\d{1,2}[.:]\d{2}\b)[^\n]{0,200}:\s*$/u;
const RULE = /^\s*(?:-{3,}|_{3,})\s*\p{L}[^\n]{0,60}?(?:-{3,}|_{3,})\s*$/u;
const FIELD = /^\s*[*]?\p{Lu}[\p{L} -]{1,24}[*]?:[*]?\s+\S/u;
const QUOTED = /^\s{0,3}>/u;

type Line = Readonly<{ start: number; end: number; text: string }>;

function* lines(text: string): Generator<Line> {
  let start = 0;
  while (start <= text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    yield { start, end, text: text.slice(start, Math.min(end, start + 600)) };
    start = end + 1;
  }
}

/** Ranges of quotation, by place, not overlapping. Headings belong to them. */
export function quotations(text: string): Range[] {
  if (!text.includes('>') && !text.includes(':') && !text.includes('---') && !text.includes('___')) return [];
  const all = [...lines(text)];
  const out: [number, number][] = [];
  const add = (start: number, end: number): void => {
    const last = out[out.length - 1];
    if (last !== undefined && last[1] >= start - 1) last[1] = end;
    else out.push([start, end]);
  };
  let fields = 0;
  /** Does one of the fields hold an address or a year? */
  let dated = false;
  for (let i = 0; i < all.length; i++) {
    const line = all[i] as Line;
    if (QUOTED.test(line.text)) {
      // A heading right above, blank lines apart, goes with the quotation.
      let above = i - 1;
      while (above >= 0 && (all[above] as Line).text.trim() === '') above--;
      const heading = all[above];
      if (heading !== undefined && heading.text.trimEnd().endsWith(':') && (i - above === 1 || HEADING.test(heading.text))) {
        // A long heading wraps: its first line holds the date.
        const first = all[above - 1];
        const wrapped = first !== undefined && /\d/u.test(first.text) && /[\p{L}\d,<]\s*$/u.test(first.text) && HEADING.test(`${first.text} ${heading.text}`);
        add((wrapped ? first : heading).start, heading.end);
      }
      add(line.start, line.end);
      fields = 0;
      continue;
    }
    fields = FIELD.test(line.text) ? fields + 1 : 0;
    dated = fields > 0 && ((fields > 1 && dated) || /@|\d{4}/u.test(line.text));
    const block = fields >= 3 && dated;
    if (RULE.test(line.text) || block || (HEADING.test(line.text) && i > 0 && all.slice(i + 1).some((l) => l.text.trim() !== ''))) {
      const first = all[block ? i - fields + 1 : i] as Line;
      add(first.start, text.length);
      break;
    }
  }
  return out;
}

/** The text without its quotations: the writer's own words. */
export function unquoted(text: string, ranges: readonly Range[] = quotations(text)): string {
  let out = '';
  let at = 0;
  for (const [start, end] of ranges) {
    out += text.slice(at, start);
    at = end;
  }
  return at === 0 ? text : out + text.slice(at);
}

/** The words behind the marks, with heading lines left out: what the customer wrote. */
export function unquote(text: string, ranges: readonly Range[]): string {
  const kept: string[] = [];
  for (const [start, end] of ranges) {
    let heading = true;
    for (const { text: line } of lines(text.slice(start, end))) {
      if (QUOTED.test(line)) {
        heading = false;
        kept.push(line.replace(/^\s{0,3}(?:>\s?)+/u, ''));
      } else if (heading && (HEADING.test(line) || RULE.test(line) || FIELD.test(line) || line.trimEnd().endsWith(':'))) continue;
      else {
        if (line.trim() !== '') heading = false;
        kept.push(line);
      }
    }
  }
  return kept.join('\n').trim();
}

const MARKED = /["“”»«][^"“”»«\n]{1,400}["“”»«]/gu;

/** What stands in quotation marks, with them. */
export function marked(text: string): Range[] {
  return [...text.matchAll(MARKED)].map((m): Range => [m.index, m.index + m[0].length]);
}
