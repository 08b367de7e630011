/** YAML with places: the one file that knows the `yaml` package. Never throws; what is wrong is listed. */
import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, type Node, Parser, type Scalar, visit } from 'yaml';
import type { Range } from '../types.js';
import { cut, placeIn, type Traced, traced, Weaver } from './traced.js';
import { DEPTH_MAX, type Flaw, type Parsed, type Tree, type TreeEntry } from './tree.js';

/** Enough for any file of people, and the end of a “billion laughs”. */
const ALIASES_MAX = 100;
const MERGE = '<<';
/** A text that is no YAML has as many faults as lines. */
const FLAWS_MAX = 50;

export type YamlText = Parsed &
  Readonly<{
    documents: number;
    /** The plain value of the first document. @throws Error when aliases are piled on aliases */
    value: () => unknown;
  }>;

/** Several documents in one text are a list of them. */
export function parseYaml(source: string | Traced): YamlText {
  const given = typeof source === 'string' ? traced(source) : source;
  const { text } = given;
  const at = (offset: number): number => placeIn(given.stretches, [Math.min(offset, text.length), Math.min(offset, text.length)])[0];
  let documents: Document[];
  try {
    const tokens = [...new Parser().parse(text)];
    // The composer calls itself for every level, and a stack that is full may end the process instead of throwing.
    if (tokens.some(nestsTooDeep)) throw new RangeError();
    documents = [...new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'error' }).compose(tokens)];
  } catch (error) {
    return { root: undefined, flaws: [{ at: at(0), message: told(error as Error) }], comments: [], documents: 0, value: () => null };
  }
  const flaws: Flaw[] = documents.flatMap((doc) => doc.errors.slice(0, FLAWS_MAX).map((e) => ({ at: at(e.pos[0]), message: told(e) })));
  const comments: Traced[] = [];
  const roots = documents.flatMap((doc) => {
    const tree = treeOf(doc, given, flaws);
    return tree === undefined ? [] : [tree];
  });
  for (const [start, end] of commentsIn(text, documents)) comments.push(cut(given, start, end));
  const [first] = roots;
  const root: Tree | undefined = roots.length > 1 ? { kind: 'list', range: [first?.range[0] ?? 0, roots[roots.length - 1]?.range[1] ?? 0], items: roots } : first;
  return { root, flaws, comments, documents: documents.length, value: () => (documents[0] === undefined ? null : documents[0].toJS({ maxAliasCount: ALIASES_MAX })) };
}

function nestsTooDeep(token: CST.Token): boolean {
  let level: unknown[] = [token];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return true;
    const below: unknown[] = [];
    for (const parent of level) {
      const { value, items } = parent as { value?: unknown; items?: readonly { key?: unknown; value?: unknown }[] };
      if (typeof value === 'object' && value !== null) below.push(value);
      for (const item of items ?? []) for (const child of [item.key, item.value]) if (typeof child === 'object' && child !== null) below.push(child);
    }
    level = below;
  }
  return false;
}

function told(error: Error): string {
  return error instanceof RangeError ? 'it nests too deep' : (error.message.split('\n')[0] ?? '');
}

function treeOf(doc: Document, source: Traced, flaws: Flaw[]): Tree | undefined {
  const anchors = new Map<string, Node>();
  const place = (node: Node): Range => placeIn(source.stretches, node.range == null ? [0, 0] : [node.range[0], node.range[1]]);
  const convert = (node: unknown, depth: number): Tree | undefined => {
    if (depth > DEPTH_MAX) {
      flaws.push({ at: place(node as Node)[0], message: 'it nests too deep' });
      return undefined;
    }
    if (isAlias(node)) {
      // A text may be used twice. A map that is was read where it stands.
      const target = anchors.get(node.source);
      return isScalar(target) ? convert(target, depth + 1) : { kind: 'other', range: place(node), value: null };
    }
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchors.set(anchor, node as Node);
    if (isMap(node)) {
      const entries: TreeEntry[] = [];
      // The package would compare each key with all before it.
      const seen = new Set<string>();
      for (const pair of node.items) {
        const key = pair.key;
        if (!isScalar(key)) continue;
        const name = String(key.value ?? '');
        const keyRange = place(key);
        if (seen.has(name) && name !== MERGE) flaws.push({ at: keyRange[0], message: `the key “${name.slice(0, 60)}” stands twice` });
        seen.add(name);
        const value = convert(pair.value, depth + 1);
        if (value !== undefined) entries.push({ key: name, keyRange, value });
      }
      return { kind: 'map', range: place(node), entries };
    }
    if (isSeq(node)) return { kind: 'list', range: place(node), items: node.items.flatMap((item) => convert(item, depth + 1) ?? []) };
    if (!isScalar(node)) return undefined;
    if (typeof node.value === 'string') return { kind: 'text', range: place(node), value: textOf(node as Scalar<string>, source) };
    // Dates and big numbers are nothing that anybody reads.
    return { kind: 'other', range: place(node), value: typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : null };
  };
  return convert(doc.contents, 0);
}

/** Where comments stand: a `#` at a line's start or behind a blank, outside every scalar. Behind the mark, to the line's end. */
function commentsIn(text: string, documents: readonly Document[]): Range[] {
  const scalars: Range[] = [];
  for (const doc of documents) {
    visit(doc, {
      Scalar: (_, node) => {
        if (node.range != null) scalars.push([node.range[0], node.range[1]]);
      },
    });
  }
  scalars.sort((a, b) => a[0] - b[0]);
  const out: Range[] = [];
  let next = 0;
  for (let hash = text.indexOf('#'); hash >= 0; ) {
    while (next < scalars.length && (scalars[next] as Range)[1] <= hash) next++;
    const inside = scalars[next];
    if (inside !== undefined && inside[0] <= hash) {
      // The header of a block text (`|  # so`) belongs to the scalar's range, and nobody writes a comment there.
      hash = text.indexOf('#', inside[1]);
      continue;
    }
    const end = lineEnd(text, hash);
    if (hash === 0 || /\s/.test(text[hash - 1] as string)) out.push([hash + 1, end]);
    hash = text.indexOf('#', out[out.length - 1]?.[1] === end ? end : hash + 1);
  }
  return out;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/** A scalar's text with the place of each character: quotes, escapes, indentation and folding undone. */
function textOf(node: Scalar<string>, source: Traced): Traced {
  const { value } = node;
  const [start, end] = node.range ?? [0, 0];
  const whole = (): Traced => new Weaver(source).put(value, start, end).done();
  const woven = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? blockText(value, source, start, end) : flowText(value, source, start, end, node.type);
  return woven.text === value ? woven : whole();
}

/** Plain and quoted scalars: a break of line with the blanks around it is one space, or the breaks that it holds beyond the first. */
function flowText(value: string, source: Traced, start: number, end: number, type: string | undefined): Traced {
  const { text } = source;
  const weaver = new Weaver(source);
  const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
  let i = quoted ? start + 1 : start;
  const stop = quoted ? end - 1 : end;
  let j = 0;
  while (i < stop && j < value.length) {
    let run = i;
    while (run < stop && j + (run - i) < value.length && text[run] === value[j + (run - i)] && text[run] !== '\n' && text[run] !== '\r' && !(type === 'QUOTE_DOUBLE' && text[run] === '\\') && !(type === 'QUOTE_SINGLE' && text[run] === "'")) run++;
    if (run > i) {
      // Blanks before a break of line belong to the break.
      while (run > i && isBlank(text[run - 1]) && breaksAt(text, run, stop)) run--;
      weaver.copy(i, run);
      j += run - i;
      i = run;
    }
    if (i >= stop || j >= value.length) break;
    if (breaksAt(text, i, stop)) {
      let after = i;
      while (after < stop && (isBlank(text[after]) || text[after] === '\n' || text[after] === '\r')) after++;
      let k = j;
      if (value[k] === ' ') k++;
      else while (value[k] === '\n') k++;
      if (k === j) break;
      weaver.put(value.slice(j, k), i, after);
      j = k;
      i = after;
    } else if (type === 'QUOTE_SINGLE' && text.startsWith("''", i)) {
      weaver.put("'", i, i + 2);
      i += 2;
      j++;
    } else if (type === 'QUOTE_DOUBLE' && text[i] === '\\') {
      const mark = text[i + 1] as string;
      if (mark === '\n' || mark === '\r') {
        // An escaped break of line stands for nothing, nor do the blanks behind it.
        i += 2;
        while (i < stop && (isBlank(text[i]) || text[i] === '\n')) i++;
        continue;
      }
      const length = mark === 'x' ? 4 : mark === 'u' ? 6 : mark === 'U' ? 10 : 2;
      const size = mark === 'U' && (value.codePointAt(j) as number) > 0xffff ? 2 : 1;
      weaver.put(value.slice(j, j + size), i, Math.min(stop, i + length));
      i += length;
      j += size;
    } else break;
  }
  return weaver.done();
}

function isBlank(c: string | undefined): boolean {
  return c === ' ' || c === '\t';
}

/** Do blanks from here lead to a break of line? */
function breaksAt(text: string, from: number, stop: number): boolean {
  let i = from;
  while (i < stop && isBlank(text[i])) i++;
  return i < stop && (text[i] === '\n' || text[i] === '\r');
}

/** `|` and `>`: each line without its indentation; breaks of line are what the value has of them. */
function blockText(value: string, source: Traced, start: number, end: number): Traced {
  const { text } = source;
  const weaver = new Weaver(source);
  let i = lineEnd(text, start);
  const skip = (from: number): number => (text[from] === '\r' ? from + 2 : from + 1);
  const indent = indentOf(text, i, end);
  let j = 0;
  let gap = i;
  while (i < end && j < value.length) {
    // Empty lines, and the indentation of the next that is not.
    gap = i;
    while (i < end && (text[i] === '\n' || text[i] === '\r')) {
      const line = skip(i);
      let inside = line;
      while (inside < line + indent && text[inside] === ' ') inside++;
      i = inside;
    }
    let k = j;
    while (value[k] === '\n') k++;
    if (k === j && gap > 0 && j > 0 && value[k] === ' ' && text[i] !== ' ') k++;
    if (k > j) weaver.put(value.slice(j, k), gap, i);
    j = k;
    if (j >= value.length) break;
    const stop = lineEnd(text, i);
    const length = Math.min(stop, end) - i;
    if (length <= 0 || text.slice(i, i + length) !== value.slice(j, j + length)) break;
    weaver.copy(i, i + length);
    j += length;
    i += length;
  }
  // Trailing breaks that chomping kept.
  if (j < value.length && /^\n+$/.test(value.slice(j))) weaver.text(value.slice(j));
  return weaver.done();
}

/** Of the first line that holds something. */
function indentOf(text: string, from: number, end: number): number {
  for (let i = from; i < end; ) {
    const line = text[i] === '\r' ? i + 2 : i + 1;
    let inside = line;
    while (text[inside] === ' ') inside++;
    if (inside < end && text[inside] !== '\n' && text[inside] !== '\r') return inside - line;
    if (inside >= end) return 0;
    i = inside;
  }
  return 0;
}
