/** The records of an export, whatever it is written in. */
import type { Traced } from '../../text/traced.js';
import { field, type Flaw, isMap, items, type Parsed, scalar, type Tree, type TreeEntry, type TreeMap } from '../../text/tree.js';
import type { Cell } from '../parse/csv.js';
import type { Source } from '../source.js';

/** The records of a file, in order; what was wrong with the file, and the comments in it. */
export type Records = Readonly<{ items: Iterable<Tree>; root: Tree | undefined; flaws: readonly Flaw[]; comments: readonly Traced[]; written: 'json' | 'ndjson' | 'yaml' | 'csv' | 'sql' }>;

export type Written = Readonly<{
  /** Where the list may stand when the file is no list itself: `data`, `_embedded.replies`. */
  paths?: readonly string[];
  csv?: boolean;
  /** Records that stand in others, taken out of them. */
  unfold?: (items: readonly Tree[]) => readonly Tree[];
}>;

/** So many records tell what a file is. */
const PROBE = 40;

/** @returns undefined when the file is written in none of the ways that this helpdesk exports */
export function recordsOf(source: Source, { paths = [], csv = false, unfold = (all) => all }: Written): Records | undefined {
  const lines = source.ndjson();
  if (lines !== undefined && lines.length > 1) return { items: unfold(pagesOf(source.ndjsonRoots(), paths) ?? source.ndjsonRoots()), root: undefined, flaws: lines.flatMap((l) => l.flaws), comments: [], written: 'ndjson' };
  const sql = source.sql();
  if (sql !== undefined) return { items: unfold(items(sql.root)), root: sql.root, flaws: sql.flaws, comments: sql.comments, written: 'sql' };
  const json = source.json();
  if (json !== undefined) return of(json, paths, unfold, 'json');
  const tree = source.yaml();
  if (tree !== undefined) return of(tree, paths, unfold, 'yaml');
  return csv ? tableOf(source) : undefined;
}

function of(parsed: Parsed, paths: readonly string[], unfold: NonNullable<Written['unfold']>, written: 'json' | 'yaml'): Records {
  return { items: unfold(under(parsed.root, paths)), root: parsed.root, flaws: written === 'yaml' ? yamlFlaws(parsed) : parsed.flaws, comments: parsed.comments, written };
}

/** The parser of JSON says what it is that is broken, that of YAML does not. */
export function yamlFlaws({ flaws }: Parsed): readonly Flaw[] {
  return flaws.map((f) => ({ ...f, message: `not valid YAML: ${f.message}` }));
}

/** Whoever exports by a program of their own wraps what the helpdesk gave them. */
const WRAPPERS_MAX = 3;

function under(root: Tree | undefined, paths: readonly string[]): readonly Tree[] {
  if (root?.kind === 'list') {
    // A dump of database tables, as phpMyAdmin writes it: the rows stand in `data` of what is of type “table”.
    const rows = root.items.filter((item) => scalar(field(item, 'type')) === 'table').flatMap((item) => items(field(item, 'data')));
    return rows.length > 0 ? rows : (pagesOf(root.items, paths) ?? root.items);
  }
  for (const path of paths) {
    const found = at(root, path);
    if (found?.kind === 'list') return found.items;
    // A table of records by their id, or one record alone.
    if (isMap(found)) return found.entries.length > 0 && found.entries.every((e) => isMap(e.value)) ? found.entries.map((e) => e.value) : [found];
  }
  if (root === undefined) return [];
  return wrapped(root, paths, WRAPPERS_MAX) ?? (isMap(root) && root.entries.length > 0 && root.entries.every((e) => isMap(e.value)) ? root.entries.map((e) => e.value) : [root]);
}

/** The list at one of the paths. */
function listAt(tree: Tree, paths: readonly string[]): readonly Tree[] | undefined {
  const found = paths.map((path) => at(tree, path)).find((t) => t?.kind === 'list');
  return found === undefined ? undefined : items(found);
}

/** Answers of the API, page by page, in a list: each holds one, or is one. */
function pagesOf(list: readonly Tree[], paths: readonly string[]): readonly Tree[] | undefined {
  const pages = list.map((item) => (item.kind === 'list' ? item.items : listAt(item, paths)));
  return pages.length > 0 && pages.every((p) => p !== undefined) ? pages.flat() : undefined;
}

function wrapped(tree: Tree, paths: readonly string[], depth: number): readonly Tree[] | undefined {
  if (!isMap(tree) || depth === 0) return undefined;
  for (const { value } of tree.entries) {
    const found = value.kind === 'list' ? pagesOf(value.items, paths) : (listAt(value, paths) ?? wrapped(value, paths, depth - 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What stands at `a.b.c`. */
export function at(tree: Tree | undefined, path: string): Tree | undefined {
  return path.split('.').reduce<Tree | undefined>((found, key) => field(found, key), tree);
}

const EMPTY: Tree = { kind: 'text', range: [0, 0], value: { text: '', stretches: [] } };

/** A table's rows as records, by the names in its first row: lower case, `_` for what stands between words. Made one by one: tables are large. */
function tableOf(source: Source): Records | undefined {
  const csv = source.csv();
  const [head, ...rows] = csv?.rows ?? [];
  if (csv === undefined || head === undefined || rows.length === 0) return undefined;
  // Most cells of a wide table are empty: they share one entry for each column.
  const empty = head.map((cell): TreeEntry => ({ key: cell.text.trim().toLowerCase().replace(/[\s/-]+/g, '_'), keyRange: [cell.from, cell.to], value: EMPTY }));
  const records = {
    *[Symbol.iterator](): Generator<TreeMap> {
      for (const row of rows) {
        const entries: TreeEntry[] = [];
        for (let i = 0; i < row.length && i < empty.length; i++) {
          const cell = row[i] as Cell;
          const column = empty[i] as TreeEntry;
          entries.push(cell.from === cell.to ? column : { key: column.key, keyRange: column.keyRange, value: { kind: 'text', range: [cell.from, cell.to], value: cell } });
        }
        yield { kind: 'map', range: [row[0]?.from ?? 0, row[row.length - 1]?.to ?? 0], entries };
      }
    },
  };
  return { items: records, root: undefined, flaws: csv.flaws, comments: [], written: 'csv' };
}

/** The first of the records. */
export function probeOf(records: Records | undefined, most: number): Tree[] {
  const out: Tree[] = [];
  if (records === undefined) return out;
  for (const item of records.items) {
    if (out.length === most) break;
    out.push(item);
  }
  return out;
}

/** How sure a reader is when some record has the marks of its own and the others are broken. */
const SOME = 0.6;

/** How sure a reader is of records: most of them look like its own, some, or none. */
export function claim(records: Records | undefined, own: (record: TreeMap) => boolean, sure: number): number {
  const probe = probeOf(records, PROBE).filter(isMap);
  const fit = probe.filter(own).length;
  return fit === 0 ? 0 : fit * 2 >= probe.length ? sure : Math.min(sure, SOME);
}

/** A switch that is off: `false`, `0`, `no`. What is not said is on. */
export function isOff(tree: Tree | undefined): boolean {
  return ['false', '0', 'no', 'off', 'inactive', 'invalid', 'disabled'].includes(scalar(tree)?.trim().toLowerCase() ?? '');
}

export function isOn(tree: Tree | undefined): boolean {
  return ['true', '1', 'yes', 'on', 'active'].includes(scalar(tree)?.trim().toLowerCase() ?? '');
}

/** A field that is there and holds something. */
export function isSet(tree: Tree | undefined): boolean {
  return tree !== undefined && (scalar(tree)?.trim() ?? '') !== '';
}
