/** JSON with places, and as much as can be read of broken JSON. Comments and a comma too many are let pass. */
import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser';
import { cut, placeIn, type Traced, Weaver } from '../../text/traced.js';
import { DEPTH_MAX, type Flaw, type Parsed, type Tree, type TreeEntry } from '../../text/tree.js';
import type { Range } from '../../types.js';
import { fault } from '../json.js';

type Open = { kind: 'map'; start: number; entries: TreeEntry[]; key?: { key: string; keyRange: Range } } | { kind: 'list'; start: number; items: Tree[] };

/** What is read of one text: places are the file's, whatever the text was cut out of. */
export function parseJson(source: Traced): Parsed {
  const text = withBreaks(source.text);
  if (tooDeep(text)) return { root: undefined, flaws: [{ at: placeIn(source.stretches, [0, 0])[0], message: `nested deeper than ${DEPTH_MAX} levels` }], comments: [] };
  const place = (start: number, end: number): Range => placeIn(source.stretches, [start, end]);
  const comments: Traced[] = [];
  const stack: Open[] = [];
  const roots: Tree[] = [];
  let first: { at: number; message: string } | undefined;
  /** Where the value that is read begins, and where it ended. */
  let base = 0;
  let ended = -1;
  const add = (tree: Tree): void => {
    const open = stack[stack.length - 1];
    if (open === undefined) roots.push(tree);
    else if (open.kind === 'list') open.items.push(tree);
    else if (open.key !== undefined) {
      open.entries.push({ ...open.key, value: tree });
      delete open.key;
    }
  };
  const close = (end: number): void => {
    const open = stack.pop();
    if (open?.kind === 'map') add({ kind: 'map', range: place(open.start, end), entries: open.entries });
    if (open?.kind === 'list') add({ kind: 'list', range: place(open.start, end), items: open.items });
    if (stack.length === 0) ended = end;
  };
  const visitor: JSONVisitor = {
    onObjectBegin: (at) => void stack.push({ kind: 'map', start: base + at, entries: [] }),
    onArrayBegin: (at) => void stack.push({ kind: 'list', start: base + at, items: [] }),
    onObjectEnd: (at, length) => close(base + at + length),
    onArrayEnd: (at, length) => close(base + at + length),
    onObjectProperty: (key, at, length) => {
      const open = stack[stack.length - 1];
      if (open?.kind === 'map') open.key = { key, keyRange: place(base + at, base + at + length) };
    },
    onLiteralValue: (value: unknown, offset, length) => {
      const at = base + offset;
      const range = place(at, at + length);
      if (typeof value === 'string') add({ kind: 'text', range, value: unescaped(source, at + 1, at + length, value) });
      else add({ kind: 'other', range, value: typeof value === 'number' || typeof value === 'boolean' ? value : null });
    },
    onComment: (offset, length) => {
      const at = base + offset;
      const block = text.startsWith('/*', at);
      comments.push(cut(source, at + 2, at + length - (block ? 2 : 0)));
    },
    onError: (code, at) => {
      // One value behind another is what tools print that work on streams.
      if (ended < 0 || stack.length > 0 || base + at < ended) first ??= { at: base + at, message: printParseErrorCode(code) };
    },
  };
  for (let more = true; more; ) {
    ended = -1;
    visit(text.slice(base), visitor, { allowTrailingComma: true });
    const next = ended < 0 ? null : VALUE.exec(text.slice(ended, ended + GAP_MAX));
    more = next !== null;
    if (next !== null) base = ended + next[0].length - 1;
    else if (ended >= 0 && text.slice(ended).trim() !== '' && !text.slice(ended).trim().startsWith('/')) first ??= { at: ended + text.slice(ended).search(/\S/), message: 'something stands behind the end' };
  }
  // A text that ends too early: what was open is taken as it stands.
  while (stack.length > 0) close(text.length);
  const flaws: Flaw[] = [];
  if (first !== undefined || text !== source.text) {
    // Said in the same words as everywhere; they know nothing of comments, and of streams too much.
    const told = (comments.length === 0 && roots.length < 2) || first === undefined ? fault(source.text) : { offset: first.at, what: first.message };
    flaws.push({ at: place(told.offset, told.offset)[0], message: `not valid JSON: ${told.what.split(' (')[0] ?? ''}` });
  }
  const [root] = roots;
  return { root: roots.length > 1 ? { kind: 'list', range: place(0, text.length), items: roots } : root, flaws, comments };
}

/** The start of the next value behind one. */
const VALUE = /^\s*[{[]/;
const GAP_MAX = 1_000;

/** Stands for a break of line in a string, where JSON allows none. */
const BREAK = '\ue001';

/** Breaks of line inside strings masked: a string goes on behind one when the next quote ends a value or a key. */
function withBreaks(text: string): string {
  const found: number[] = [];
  let next = -1;
  const quoteFrom = (i: number): number => (next >= i ? next : (next = text.indexOf('"', i)) < 0 ? (next = text.length) : next);
  for (let i = text.indexOf('"'); i >= 0 && i < text.length; i = text.indexOf('"', i + 1)) {
    const pending: number[] = [];
    for (i++; i < text.length && text.charCodeAt(i) !== 34; i++) {
      const c = text.charCodeAt(i);
      if (c === 92) i++;
      else if (c === 10 || c === 13) {
        const close = quoteFrom(i);
        if (close >= text.length || !/^\s*[,}\]:]/.test(text.slice(close + 1, close + 60))) break;
        pending.push(i);
      }
    }
    if (text.charCodeAt(i) === 34) found.push(...pending);
  }
  if (found.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (const i of found) {
    parts.push(text.slice(at, i), BREAK);
    at = i + 1;
  }
  return parts.join('') + text.slice(at);
}

/** Brackets outside strings, counted before a parser recurses into them. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34) {
      for (i++; i < text.length && text.charCodeAt(i) !== 34 && text.charCodeAt(i) !== 10; i++) if (text.charCodeAt(i) === 92) i++;
    } else if (c === 123 || c === 91) {
      if (++depth > DEPTH_MAX) return true;
    } else if (c === 125 || c === 93) depth--;
  }
  return false;
}

/** The value of a string literal whose inside begins at `start`; `end` is behind the closing quote. */
function unescaped(source: Traced, start: number, end: number, value: string): Traced {
  const { text } = source;
  if (text.charCodeAt(end - 1) === 34 && end - 1 - start === value.length) return cut(source, start, end - 1);
  const weaver = new Weaver(source);
  let at = start;
  for (let j = 0; j < value.length; ) {
    let k = at;
    while (k < end && text.charCodeAt(k) !== 92 && j + (k - at) < value.length) k++;
    weaver.copy(at, k);
    j += k - at;
    at = k;
    if (j >= value.length || at >= end) break;
    const length = text[at + 1] === 'u' ? 6 : 2;
    weaver.put(value[j] as string, at, Math.min(end, at + length));
    at += length;
    j++;
  }
  const done = weaver.done();
  // A broken escape: the literal's place is the best there is.
  return same(done.text, value) ? done : new Weaver(source).put(value, start, end).done();
}

/** The same but for breaks of line that were masked. */
function same(text: string, value: string): boolean {
  return text === value || (text.length === value.length && value.includes(BREAK) && text.replace(/[\r\n]/g, BREAK) === value.replace(/[\r\n]/g, BREAK));
}
