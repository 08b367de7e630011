/** Several configs → one: what comes later wins, lists grow, maps merge key by key. Pure. */
import type { FileConfig } from './config.js';
import type { Path } from './yaml.js';

export type Said = Readonly<{ config: FileConfig; placeOf: (path: Path) => string }>;

/** `origin`: `file:line:column` of whoever set the value last; of all who added to it where they are several, by comma; undefined when nobody did. */
export type Merged = Readonly<{ config: FileConfig; origin: (path: Path) => string | undefined }>;

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function both(under: unknown, over: unknown): unknown {
  if (over === undefined) return under;
  if (Array.isArray(under) && Array.isArray(over)) return [...new Set([...(under as unknown[]), ...(over as unknown[])])];
  if (!isMap(under) || !isMap(over)) return over;
  const out = new Map<string, unknown>(Object.entries(under));
  for (const [key, value] of Object.entries(over)) out.set(key, both(out.get(key), value));
  return Object.fromEntries(out);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((v, key) => (isMap(v) && Object.hasOwn(v, key) ? v[String(key)] : undefined), value);
}

/** @param layers the farthest first */
export function merge(layers: readonly Said[]): Merged {
  return {
    config: layers.reduce<unknown>((config, layer) => both(config, layer.config), {}) as FileConfig,
    origin: (path) => {
      const those = layers.map((layer) => ({ value: at(layer.config, path), layer })).filter(({ value }) => value !== undefined);
      const last = those.at(-1);
      if (last === undefined) return undefined;
      return typeof last.value === 'object' ? [...new Set(those.map(({ layer }) => layer.placeOf(path)))].join(', ') : last.layer.placeOf(path);
    },
  };
}
