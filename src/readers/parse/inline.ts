/**
 * Markdown → the text that a reader sees: marks of headings, emphasis, links, quotations and code go, what they mark stays. Written out
 * here since the text must be read in time that grows with its length, whatever it holds.
 */
import { type Traced, Weaver } from '../../text/traced.js';
import type { Block } from './markdown.js';
import { blocksOf } from './markdown.js';
import { maskHoles } from './holes.js';
import { looksLikeHtml, parseHtml, type Plain } from './html.js';

type Change = { start: number; end: number; text: string };

/** What may be a mark: an escape, a run of marks, an end of a link, a bracket, an address in angles. */
const MARK = /\\[!-/:-@[-`{-~]|`+|\*+|_+|~~|!?\[|\]\(|\]\[[^\][\n]{0,100}\]|\]|<(?:https?:\/\/|mailto:)[^\s<>]{1,500}>/g;
const REFERENCE = /^ {0,3}\[([^\]\n]{1,100})\]:[ \t]*\S.{0,1000}$/gm;
const LINE_MARK = /^(?: {0,3}#{1,6}[ \t]+| {0,3}(?:>[ \t]?)+)/;
/** A longer name of a reference is none, as the pattern says. */
const REFERENCE_MAX = 100;
/** A longer address is none. */
const ADDRESS_MAX = 2_000;
const WORD = /[\p{L}\p{N}]/u;

/** @param source Markdown without front matter */
export function plainMarkdown(source: Traced): Plain {
  const masked = maskHoles(source.text);
  const references = new Set([...masked.matchAll(REFERENCE)].map((m) => (m[1] as string).toLowerCase()));
  const changes: Change[] = [];
  for (const block of blocksOf({ text: masked, stretches: source.stretches })) change(block, masked, references, changes);
  changes.sort((a, b) => a.start - b.start || b.end - a.end);
  const weaver = new Weaver(source);
  let at = 0;
  for (const { start, end, text } of changes) {
    if (start < at) continue;
    weaver.copy(at, start).put(text, start, end);
    at = end;
  }
  const stripped = weaver.copy(at, source.text.length).done();
  return looksLikeHtml(stripped.text) || stripped.text.includes('<!--') ? parseHtml(stripped, { keepBreaks: true }) : { text: stripped, comments: [] };
}

function change(block: Block, text: string, references: ReadonlySet<string>, changes: Change[]): void {
  const gone = (start: number, end: number): void => void (end > start && changes.push({ start, end, text: '' }));
  /** With the break of line behind it. */
  const line = (start: number, end: number): void => gone(start, text[end] === '\r' ? end + 2 : text[end] === '\n' ? end + 1 : end);
  if (block.kind === 'rule') return line(block.start, block.end);
  if (block.kind === 'fence') {
    line(block.start, block.from - 1 > block.start ? block.from - 1 : block.end);
    // The closing line, with the break before it.
    if (block.end > block.to) gone(Math.max(block.from, block.to), block.end);
    return;
  }
  if (block.kind === 'comment') return;
  const inside: Change[] = [];
  for (let at = block.start; at < block.end; ) {
    const next = text.indexOf('\n', at);
    const end = next < 0 || next > block.end ? block.end : next;
    const marked = LINE_MARK.exec(text.slice(at, Math.min(end, at + 100)));
    if (marked !== null) gone(at, at + marked[0].length);
    at = end + 1;
  }
  if (block.kind === 'heading') {
    const tail = /[ \t]+#+[ \t]*$|\r?\n {0,3}(?:=+|-+)[ \t]*$/.exec(text.slice(Math.max(block.start, block.end - 300), block.end));
    if (tail !== null) gone(block.end - tail[0].length, block.end);
  }
  for (const m of text.slice(block.start, block.end).matchAll(REFERENCE)) line(block.start + m.index, block.start + m.index + m[0].length);
  inline(text, block.start, block.end, references, inside);
  changes.push(...inside);
}

/** Marks that open wait for one that closes; at the block's end those that are left are letters like others. */
function inline(text: string, from: number, to: number, references: ReadonlySet<string>, changes: Change[]): void {
  const piece = text.slice(from, to);
  const brackets: Change[] = [];
  const waiting = new Map<string, Change>();
  const code = codeSpans(piece);
  let skip = 0;
  for (const m of piece.matchAll(MARK)) {
    if (m.index < skip) continue;
    const mark = m[0];
    const length = mark === '](' ? addressEnd(piece, m.index + 2) - m.index : mark.length;
    const here: Change = { start: from + m.index, end: from + m.index + length, text: '' };
    if (mark.startsWith('\\')) changes.push({ ...here, text: mark.slice(1) });
    else if (mark.startsWith('`')) {
      const close = code.get(m.index);
      if (close === undefined) continue;
      changes.push(here, { start: from + close, end: from + close + mark.length, text: '' });
      skip = close + mark.length;
    } else if (mark.startsWith('<')) changes.push({ ...here, text: mark.slice(1, -1).replace(/^mailto:/, '') });
    else if (mark === '[' || mark === '![') brackets.push(here);
    else if (mark.startsWith(']')) {
      const open = brackets.pop();
      const shown = piece.slice((open?.end ?? from) - from, Math.min(m.index, (open?.end ?? from) - from + REFERENCE_MAX + 1));
      const reference = mark.startsWith('][') ? references.has((mark.slice(2, -1) || shown).toLowerCase()) : mark === ']' && open !== undefined && references.has(shown.toLowerCase());
      if (open === undefined || !(mark === '](' ? length > 2 : reference)) continue;
      skip = m.index + length;
      // A picture shows no words.
      if (piece.startsWith('![', open.start - from)) changes.push({ start: open.start, end: here.end, text: '' });
      else changes.push(open, here);
    } else emphasis(piece, m.index, mark, here, waiting, changes);
  }
}

/** Behind the parenthesis that closes a link's address and title; where the address starts when none does. */
function addressEnd(piece: string, start: number): number {
  let depth = 1;
  let titled = false;
  for (let i = start; i < piece.length && i < start + ADDRESS_MAX; i++) {
    const c = piece[i] as string;
    if (c === '\n') break;
    if (titled) titled = c !== '"';
    else if (c === '"') titled = true;
    else if (c === '(') depth++;
    else if (c === ')' && --depth === 0) return i + 1;
    // Words in parentheses are no address, unless they are its title.
    else if (c === ' ' && piece[i + 1] !== '"' && piece[i + 1] !== ')') break;
  }
  return start;
}

function emphasis(piece: string, at: number, mark: string, here: Change, waiting: Map<string, Change>, changes: Change[]): void {
  // A row of underscores is a slot to be filled in.
  if (mark.length > 3 || (mark[0] === '_' && mark.length > 2)) return;
  const before = piece[at - 1] ?? ' ';
  const after = piece[at + mark.length] ?? ' ';
  const open = waiting.get(mark);
  const intraword = mark[0] === '_' && WORD.test(before) && WORD.test(after);
  if (open !== undefined && !/\s/.test(before) && !intraword) {
    changes.push(open, here);
    waiting.delete(mark);
  } else if (!/\s/.test(after) && !intraword && !(mark[0] === '_' && WORD.test(before))) waiting.set(mark, here);
}

/** Where each run of backticks that opens a span of code is closed. */
function codeSpans(piece: string): ReadonlyMap<number, number> {
  const runs = [...piece.matchAll(/`+/g)].map((m) => ({ at: m.index, length: m[0].length }));
  const next = new Map<number, number>();
  const spans = new Map<number, number>();
  for (let i = runs.length - 1; i >= 0; i--) {
    const { at, length } = runs[i] as { at: number; length: number };
    const close = next.get(length);
    if (close !== undefined) spans.set(at, close);
    next.set(length, at);
  }
  return spans;
}
