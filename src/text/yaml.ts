/** YAML with places: the one file that knows the `yaml` package. Never throws; what is wrong is listed. */
import { Composer, type CST, type Document, isAlias, isMap, isScalar, isSeq, type Node, Parser, visit } from 'yaml';
import type { Range } from '../types.js';
import { lineEnd, scalarText } from './scalars.js';
import { cut, placeIn, type Traced, traced } from './traced.js';
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
  const spans: Range[] = [];
  let parsed = parseOnce(given, text);
  for (let open = parsed.open; open !== undefined && spans.length < REPAIRS; open = parsed.open) {
    const span = goesOnUnindented(text, open);
    if (span === undefined) break;
    spans.push(span);
    parsed = parseOnce(given, masked(text, spans));
  }
  return parsed;
}

/** Repairs of one file. */
const REPAIRS = 20;
/** Stands for a break of line in a quoted text. */
const BREAK = '\ue001';
/** A quoted text that goes on for longer was never closed. */
const QUOTED_MAX = 10_000;

/**
 * A quoted text whose later lines are indented less than YAML wants: other parsers let it pass, and people write it.
 * @param open where the opening quote stands
 * @returns what stands between the quotes; undefined when none closes it at the end of a line, or a line begins at the margin
 */
function goesOnUnindented(text: string, open: number): Range | undefined {
  const mark = text[open] as string;
  for (let i = open + 1; i < text.length && i < open + QUOTED_MAX; i++) {
    const c = text[i];
    if (c === '\n' && !/^(?:[ \t]|\r?\n)/.test(text.slice(i + 1, i + 3))) return undefined;
    if (c === '\\' && mark === '"') i++;
    else if (c === mark && mark === "'" && text[i + 1] === mark) i++;
    else if (c === mark) return /^[ \t]*(?:#|\r?\n|$)/.test(text.slice(i + 1, i + 100)) && text.slice(open, i).includes('\n') ? [open + 1, i] : undefined;
  }
  return undefined;
}

function masked(text: string, spans: readonly Range[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    parts.push(text.slice(at, start), text.slice(start, end).replace(/\n/g, BREAK));
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** What the parser would have made of breaks that were masked: a blank, or the breaks beyond the first. */
function folded(value: string): string {
  return value.includes(BREAK) ? value.replace(/[ \t\r]*\ue001[ \t\r\ue001]*/g, (run) => '\n'.repeat(run.split(BREAK).length - 2) || ' ') : value;
}

/**
 * @param text the source's, breaks of line in quoted texts masked
 * @returns what was read; `open`: where a quoted text begins that seems never to be closed
 */
function parseOnce(given: Traced, text: string): YamlText & Readonly<{ open: number | undefined }> {
  const at = (offset: number): number => placeIn(given.stretches, [Math.min(offset, text.length), Math.min(offset, text.length)])[0];
  let documents: Document[];
  try {
    const tokens = [...new Parser().parse(text)];
    // The composer calls itself for every level, and a stack that is full may end the process instead of throwing.
    if (tokens.some(nestsTooDeep)) throw new RangeError();
    documents = [...new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'error' }).compose(tokens)];
  } catch (error) {
    return { root: undefined, flaws: [{ at: at(0), message: told(error as Error) }], comments: [], documents: 0, value: () => null, open: undefined };
  }
  const flaws: Flaw[] = documents.flatMap((doc) => onePerLine(doc.errors.slice(0, FLAWS_MAX), text).map((e) => ({ at: at(e.code === 'MISSING_CHAR' ? (quoteLeftOpen(doc, e.pos[0]) ?? e.pos[0]) : e.pos[0]), message: told(e) })));
  const open = documents.flatMap((doc) => doc.errors.flatMap((e) => (e.code === 'MISSING_CHAR' ? (quoteLeftOpen(doc, e.pos[0]) ?? []) : [])))[0];
  const comments: Traced[] = [];
  const roots = documents.flatMap((doc) => {
    const tree = treeOf(doc, given, flaws);
    return tree === undefined ? [] : [tree];
  });
  for (const [start, end] of commentsIn(text, documents)) comments.push(cut(given, start, end));
  const [first] = roots;
  const root: Tree | undefined = roots.length > 1 ? { kind: 'list', range: [first?.range[0] ?? 0, roots[roots.length - 1]?.range[1] ?? 0], items: roots } : first;
  return { root, flaws: tabIn(text, flaws, at), comments, documents: documents.length, value: () => (documents[0] === undefined ? null : documents[0].toJS({ maxAliasCount: ALIASES_MAX })), open };
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

/** What is wrong with a line is said once: the parser stumbles over the rest of it. */
function onePerLine<T extends { pos: readonly [number, number] }>(errors: readonly T[], text: string): readonly T[] {
  const lineOf = ({ pos: [start] }: T): number => text.lastIndexOf('\n', start - 1);
  return errors.filter((e, i) => i === 0 || lineOf(errors[i - 1] as T) !== lineOf(e));
}

/** A tab where a line is indented: what the parser says of it is about something else. */
const TAB = /^ *\t[ \t]*[^\s#]/m;

function tabIn(text: string, flaws: readonly Flaw[], at: (offset: number) => number): readonly Flaw[] {
  const tab = flaws.length === 0 ? null : TAB.exec(text);
  if (tab === null) return flaws;
  const place = at(tab.index + tab[0].indexOf('\t'));
  return [{ at: place, message: 'a tab indents a line, where only blanks may' }, ...flaws.filter((f) => f.at < place)];
}

function told(error: Error): string {
  if (error instanceof RangeError) return 'it nests too deep';
  const [said = ''] = error.message.split('\n');
  return said.startsWith('Nested mappings') ? 'a second “: ” stands on the line; put the text in quotation marks' : said;
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
    if (typeof node.value === 'string') return { kind: 'text', range: place(node), value: scalarText(folded(node.value), source, node.range?.[0] ?? 0, node.range?.[1] ?? 0, node.type) };
    // Dates and big numbers are nothing that anybody reads.
    return { kind: 'other', range: place(node), value: typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : null };
  };
  return convert(doc.contents, 0);
}

/** Of a quoted text that is never closed the package tells the end; people look for the start. */
function quoteLeftOpen(doc: Document, end: number): number | undefined {
  let found: number | undefined;
  visit(doc, {
    Scalar: (_, node) => {
      if (node.range == null || (node.type !== 'QUOTE_DOUBLE' && node.type !== 'QUOTE_SINGLE') || node.range[0] >= end || node.range[1] < end) return undefined;
      found = node.range[0];
      return visit.BREAK;
    },
  });
  return found;
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
