/** The parts of a Markdown text: headings, fenced blocks and what stands between them. Inside them nothing is looked at. */
import { cut, type Traced } from '../../text/traced.js';

/** Offsets are into the source's text; `end` is behind the last line's text, before its break. */
export type Block = Readonly<
  | { kind: 'heading'; level: number; title: string; start: number; end: number }
  /** A line that is a title in all but name: bold and nothing else. */
  | { kind: 'bold'; title: string; start: number; end: number }
  | { kind: 'fence'; info: string; indent: number; start: number; end: number; from: number; to: number }
  | { kind: 'text'; start: number; end: number }
  | { kind: 'rule'; start: number; end: number }
  | { kind: 'comment'; start: number; end: number; comment: Traced }
>;

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const FENCE = /^([ \t]*)(`{3,}|~{3,})([^`]*)$/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const BOLD = /^[ \t]*(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+)?(?:\*\*([^*]{1,200})\*\*|__([^_]{1,200})__):?[ \t]*$/;
const COMMENT_LINES = 200;

/** In order, without overlap; blank lines belong to none. */
export function blocksOf(source: Traced): Block[] {
  const { text } = source;
  const lines: { start: number; end: number; text: string }[] = [];
  for (let at = 0; at <= text.length; ) {
    const next = text.indexOf('\n', at);
    const stop = next < 0 ? text.length : next;
    const end = stop > at && text[stop - 1] === '\r' ? stop - 1 : stop;
    lines.push({ start: at, end, text: text.slice(at, end) });
    at = stop + 1;
  }
  const blocks: Block[] = [];
  let open: { start: number; end: number; lines: number } | undefined;
  const flush = (): void => {
    if (open !== undefined) blocks.push({ kind: 'text', start: open.start, end: open.end });
    open = undefined;
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as (typeof lines)[number];
    const { start, end } = line;
    // A line of a megabyte is text, and no pattern need look at it.
    const short = line.text.length < 2_000 ? line.text : ' x';
    if (short.trim() === '') {
      flush();
      continue;
    }
    const fence = FENCE.exec(short);
    if (fence !== null) {
      flush();
      const mark = fence[2] as string;
      let last = i + 1;
      while (last < lines.length && !closes((lines[last] as typeof line).text, mark)) last++;
      const first = lines[i + 1];
      const close = lines[last];
      const from = first?.start ?? end;
      blocks.push({ kind: 'fence', info: (fence[3] as string).trim(), indent: (fence[1] as string).length, start, end: close?.end ?? text.length, from, to: last === i + 1 ? from : (lines[last - 1]?.end ?? from) });
      i = last;
      continue;
    }
    const heading = HEADING.exec(short);
    if (heading !== null) {
      flush();
      blocks.push({ kind: 'heading', level: (heading[1] as string).length, title: (heading[2] ?? '').trim(), start, end });
      continue;
    }
    const underline = UNDERLINE.exec(short);
    if (underline !== null && open?.lines === 1 && open.end - open.start < 200) {
      const title = text.slice(open.start, open.end).trim();
      blocks.push({ kind: 'heading', level: (underline[1] as string).startsWith('=') ? 1 : 2, title, start: open.start, end });
      open = undefined;
      continue;
    }
    if (RULE.test(short)) {
      flush();
      blocks.push({ kind: 'rule', start, end });
      continue;
    }
    if (short.trimStart().startsWith('<!--') && open === undefined) {
      let last = i;
      while (last < lines.length - 1 && last < i + COMMENT_LINES && !(lines[last] as typeof line).text.includes('-->')) last++;
      const closing = lines[last] as typeof line;
      const inside = start + short.indexOf('<!--') + 4;
      const stop = text.indexOf('-->', inside);
      if (stop >= 0 && stop < closing.end && text.slice(stop + 3, closing.end).trim() === '') {
        blocks.push({ kind: 'comment', start, end: closing.end, comment: cut(source, inside, stop) });
        i = last;
        continue;
      }
    }
    const bold = BOLD.exec(short);
    if (bold !== null && open === undefined) {
      blocks.push({ kind: 'bold', title: (bold[1] ?? bold[2] ?? '').trim(), start, end });
      continue;
    }
    if (open === undefined) open = { start, end, lines: 1 };
    else open = { start: open.start, end, lines: open.lines + 1 };
  }
  flush();
  return blocks;
}

function closes(line: string, mark: string): boolean {
  const trimmed = line.length < 200 ? line.trim() : '';
  return trimmed.length >= mark.length && trimmed === (mark[0] as string).repeat(trimmed.length);
}
