/** YAML with places: what is wrong in a rule or config file is told as `file:line:column`. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import { UserError } from '../types.js';
import { nearest } from './nearest.js';

export type Path = readonly (string | number)[];

/** A parsed file: its plain value, and where each part of it stands. */
export type Parsed = Readonly<{ value: unknown; file: string; place: (path: Path) => string; keyPlace: (path: Path) => string }>;

/** Enough for any rule file, and the end of a “billion laughs”. */
const ALIASES_MAX = 100;

/** @throws UserError when the text is no YAML */
export function readYaml(text: string, file: string): Parsed {
  const counter = new LineCounter();
  const doc = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const error = doc.errors[0];
  if (error !== undefined) throw new UserError(`not valid ${/\.json$/i.test(file) ? 'JSON' : 'YAML'}: ${error.message.split('\n')[0]}`, at(error.pos[0]), 'mend the line and run again');
  const node = (path: Path): Node | undefined => {
    let current: unknown = doc.contents;
    for (const key of path) {
      if (isMap(current)) current = current.get(key, true);
      else if (isSeq(current)) current = current.get(Number(key), true);
      else return undefined;
    }
    return current as Node | undefined;
  };
  const place = (path: Path): string => {
    for (let n = path.length; n >= 0; n--) {
      const offset = node(path.slice(0, n))?.range?.[0];
      if (offset !== undefined) return at(offset);
    }
    return file;
  };
  const keyPlace = (path: Path): string => {
    const parent = node(path.slice(0, -1));
    const last = path[path.length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
      const offset = (pair?.key as Node | undefined)?.range?.[0];
      if (offset !== undefined) return at(offset);
    }
    return place(path);
  };
  let value: unknown;
  try {
    value = doc.toJS({ maxAliasCount: ALIASES_MAX });
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
