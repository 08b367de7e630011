/** YAML with places: what is wrong in a rule or config file is told as `file:line:column`. */
import { Lines } from '../text/edits.js';
import type { Tree } from '../text/tree.js';
import { parseYaml } from '../text/yaml.js';
import { UserError } from '../types.js';
import { nearest } from './nearest.js';

export type Path = readonly (string | number)[];

/** A parsed file: its plain value, and where each part of it stands. */
export type Parsed = Readonly<{ value: unknown; file: string; place: (path: Path) => string; keyPlace: (path: Path) => string }>;

/** @throws UserError when the text is no YAML */
export function readYaml(text: string, file: string): Parsed {
  const { root, flaws, documents, value: plain } = parseYaml(text);
  const lines = new Lines(text);
  const at = (offset: number): string => {
    const { line, column } = lines.at(offset);
    return `${file}:${line}:${column}`;
  };
  const [flaw] = flaws;
  if (flaw !== undefined) throw new UserError(`not valid ${/\.json$/i.test(file) ? 'JSON' : 'YAML'}: ${flaw.message}`, at(flaw.at), 'mend the line and run again');
  if (documents > 1) throw new UserError('not valid YAML: it holds several documents', file, 'take out the lines of ---');
  const entry = (tree: Tree | undefined, key: string | number) => (tree?.kind === 'map' ? tree.entries.find((e) => e.key === String(key)) : undefined);
  const node = (path: Path): Tree | undefined => path.reduce<Tree | undefined>((tree, key) => (tree?.kind === 'list' ? tree.items[Number(key)] : entry(tree, key)?.value), root);
  const place = (path: Path): string => {
    for (let n = path.length; n >= 0; n--) {
      const found = node(path.slice(0, n));
      if (found !== undefined) return at(found.range[0]);
    }
    return file;
  };
  const keyPlace = (path: Path): string => {
    const found = path.length === 0 ? undefined : entry(node(path.slice(0, -1)), path[path.length - 1] as string | number);
    return found === undefined ? place(path) : at(found.keyRange[0]);
  };
  let value: unknown;
  try {
    value = plain();
  } catch (error) {
    throw new UserError(`not usable YAML: ${(error as Error).message}`, file, 'write the values out instead of repeating aliases');
  }
  return { value, file, place, keyPlace };
}

/** What a value must be: a word for a scalar, a list of words, or a shape. */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | 'any'
  | Readonly<{ oneOf: readonly (string | number | boolean)[] }>
  | Readonly<{ listOf: Shape }>
  | Readonly<{ mapOf: Shape; keys?: readonly string[] }>
  | Readonly<{ fields: Readonly<Record<string, Shape>>; required?: readonly string[] }>
  | Readonly<{ either: readonly Shape[]; name: string }>;

function describe(shape: Shape): string {
  if (typeof shape === 'string') return shape === 'any' ? 'a value' : `a ${shape}`;
  if ('oneOf' in shape) return `one of ${shape.oneOf.join(', ')}`;
  if ('listOf' in shape) return 'a list';
  if ('either' in shape) return shape.name;
  return 'a map';
}

function fits(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return shape === 'any' || typeof value === shape;
  if ('oneOf' in shape) return shape.oneOf.includes(value as string);
  if ('listOf' in shape) return Array.isArray(value);
  if ('either' in shape) return shape.either.some((s) => fits(value, s));
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks a parsed file against a shape; the first mistake is thrown with its place and the accepted values.
 * @throws UserError
 */
export function expectShape(parsed: Parsed, shape: Shape, path: Path = [], value: unknown = parsed.value): void {
  const name = path.length > 0 ? `“${path.join('.')}”` : 'the file';
  if (!fits(value, shape)) throw new UserError(`${name} must be ${describe(shape)}`, parsed.place(path));
  if (typeof shape === 'string' || 'oneOf' in shape) return;
  if ('listOf' in shape) {
    (value as unknown[]).forEach((item, i) => expectShape(parsed, shape.listOf, [...path, i], item));
    return;
  }
  if ('either' in shape) {
    expectShape(parsed, shape.either.find((s) => fits(value, s)) as Shape, path, value);
    return;
  }
  const map = value as Record<string, unknown>;
  const accepted = 'fields' in shape ? Object.keys(shape.fields) : shape.keys;
  for (const key of Object.keys(map)) {
    const at = [...path, key];
    if (accepted !== undefined && !accepted.includes(key)) {
      const guess = nearest(key, accepted);
      throw new UserError(`unknown key “${key}”${guess === undefined ? '' : `, did you mean “${guess}”?`}`, parsed.keyPlace(at), `accepted: ${accepted.join(', ')}`);
    }
    expectShape(parsed, 'fields' in shape ? (shape.fields[key] as Shape) : shape.mapOf, at, map[key]);
  }
  if ('fields' in shape) {
    for (const key of shape.required ?? []) if (!Object.hasOwn(map, key)) throw new UserError(`“${[...path, key].join('.')}” is missing`, parsed.place(path));
  }
}
