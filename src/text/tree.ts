/** What JSON and YAML have in common: maps, lists and scalars, each with its range in the file. */
import type { Range } from '../types.js';
import type { Traced } from './traced.js';

export type TreeMap = Readonly<{ kind: 'map'; range: Range; entries: readonly TreeEntry[] }>;
export type TreeEntry = Readonly<{ key: string; keyRange: Range; value: Tree }>;
export type TreeList = Readonly<{ kind: 'list'; range: Range; items: readonly Tree[] }>;
export type TreeText = Readonly<{ kind: 'text'; range: Range; value: Traced }>;
/** A number, true, false, nothing; in YAML also what only repeats something else. */
export type TreeOther = Readonly<{ kind: 'other'; range: Range; value: number | boolean | null }>;
export type Tree = TreeMap | TreeList | TreeText | TreeOther;

/** What is wrong with a text, and where in the file. */
export type Flaw = Readonly<{ at: number; message: string }>;

/** A parsed text: what could be read of it, what was wrong, the comments in it (without their marks). */
export type Parsed = Readonly<{ root: Tree | undefined; flaws: readonly Flaw[]; comments: readonly Traced[] }>;

/** No library nests deeper; a text that does is an attack or a mistake. */
export const DEPTH_MAX = 200;

/** The first of these keys that the map has; undefined when it has none or is no map. */
export function field(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  if (tree?.kind !== 'map') return undefined;
  for (const key of keys) {
    const found = tree.entries.find((e) => e.key === key);
    if (found !== undefined) return found.value;
  }
  return undefined;
}

/** The text under the first of these keys that holds one. */
export function textField(tree: Tree | undefined, ...keys: readonly string[]): Traced | undefined {
  for (const key of keys) {
    const found = field(tree, key);
    if (found?.kind === 'text' && found.value.text.trim() !== '') return found.value;
  }
  return undefined;
}

/** A scalar as a string: text, number, true, false. */
export function scalar(tree: Tree | undefined): string | undefined {
  if (tree?.kind === 'text') return tree.value.text;
  return tree?.kind === 'other' && tree.value !== null ? String(tree.value) : undefined;
}

/** The scalar under the first of these keys that holds one that is not blank. */
export function scalarField(tree: Tree | undefined, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const found = scalar(field(tree, key))?.trim();
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

/** A list's items, or nothing. */
export function items(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === 'list' ? tree.items : [];
}

export const isMap = (tree: Tree | undefined): tree is TreeMap => tree?.kind === 'map';

/** Has the map all of these keys? */
export function hasFields(tree: Tree | undefined, ...keys: readonly string[]): tree is TreeMap {
  return isMap(tree) && keys.every((key) => tree.entries.some((e) => e.key === key));
}
