/** Plain text: a file is a reply. Front matter may stand on top; lines of `===` between blank lines, or several of `---`, part replies. */
import { cut, type Traced, Weaver } from '../../text/traced.js';
import { metaOf } from '../fields.js';
import { bodyText } from '../parse/body.js';
import { frontMatter } from '../parse/frontmatter.js';
import type { Draft, Reader } from '../reader.js';
import { keyOfFile } from './keys.js';

const PART = /(?<=\n[ \t]*\r?\n)(={3,}|-{3,})[ \t]*\r?\n(?=[ \t]*\r?\n)/g;
/** What a mail is about, above its text. */
const SUBJECT = /^subject:[ \t]*([^\r\n]{1,300})\r?\n[ \t]*\r?\n/i;
/** One rule of hyphens stands above a signature as often as between replies. */
const HYPHENS_MIN = 2;
/** A line that speaks to savy: `# savy-ignore rule/id: reason`. */
const HASH = /^[ \t]*(?:#|\/\/)[ \t]*(savy-ignore[^\n]*)(?:\n|$)/gm;

export const readPlain: Reader = {
  name: 'text',
  title: 'plain text, one reply to a file',
  extensions: ['.txt', '.text', '.j2', '.jinja', '.liquid', '.mustache', '.tmpl', '.tpl', '.template'],
  claims: (source) => (source.text.length > 0 ? 0.1 : 0),
  read(source) {
    const front = frontMatter(source.whole);
    const meta = metaOf(front?.parsed.root);
    const subject = front === undefined ? SUBJECT.exec(source.text) : null;
    const body = cut(source.whole, front?.end ?? subject?.[0].length ?? 0, source.text.length);
    const parts = partsOf(body);
    const key = meta.key ?? keyOfFile(source);
    const entries = parts.map((part, i): Draft => {
      const { text, comments } = bodyText(part);
      const { kept, hashes } = withoutHashes(text);
      return { ...meta.draft, title: meta.draft.title ?? subject?.[1], key: parts.length === 1 ? key : `${key}.${i + 1}`, text: kept, comments: [...comments, ...hashes] };
    });
    return { entries, faults: [...(front?.parsed.flaws ?? []), ...meta.faults], comments: front?.parsed.comments };
  },
};

function partsOf(body: Traced): Traced[] {
  const marks = [...body.text.matchAll(PART)];
  const rules = marks.some((m) => m[0].startsWith('=')) ? marks.filter((m) => m[0].startsWith('=')) : marks.length >= HYPHENS_MIN ? marks : [];
  const parts: Traced[] = [];
  let at = 0;
  for (const m of rules) {
    parts.push(cut(body, at, m.index));
    at = m.index + m[0].length;
  }
  return [...parts, cut(body, at, body.text.length)].filter((p) => p.text.trim() !== '');
}

function withoutHashes(text: Traced): { kept: Traced; hashes: Traced[] } {
  const weaver = new Weaver(text);
  const hashes: Traced[] = [];
  let at = 0;
  for (const m of text.text.matchAll(HASH)) {
    const start = m.index + m[0].indexOf(m[1] as string);
    hashes.push(cut(text, start, start + (m[1] as string).length));
    weaver.copy(at, m.index);
    at = m.index + m[0].length;
    // Of the blank lines around it one is enough.
    if (/(?:^|\n)[ \t]*\r?\n$/.test(text.text.slice(Math.max(0, m.index - 100), m.index))) at += /^[ \t]*\r?\n/.exec(text.text.slice(at, at + 100))?.[0].length ?? 0;
  }
  return at === 0 ? { kept: text, hashes } : { kept: weaver.copy(at, text.text.length).done(), hashes };
}
