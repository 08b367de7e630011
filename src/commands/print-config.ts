/** `--print-config`: the settings in force, as YAML, each with where it came from. */
import { visible } from '../reporters/width.js';
import type { Settings } from './settings.js';

/** JSON is YAML: a value on one line needs no other form. */
function written(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}

export function printConfig({ entries }: Settings): string {
  const lines: [string, string][] = [];
  const groups = new Map<string, [string, unknown, string][]>();
  for (const [key, value, from] of entries) {
    const dot = key.indexOf('.');
    if (dot < 0) lines.push([`${key}: ${written(value)}`, value === undefined ? `${from}: not set` : from]);
    else groups.set(key.slice(0, dot), [...(groups.get(key.slice(0, dot)) ?? []), [key.slice(dot + 1), value, from]]);
  }
  for (const [group, list] of groups) {
    lines.push([`${group}:`, '']);
    for (const [key, value, from] of list) lines.push([`  ${written(key)}: ${written(value)}`, from]);
  }
  const width = Math.max(...lines.map(([l]) => l.length));
  return lines.map(([l, from]) => `${visible(from === '' ? l : `${l.padEnd(width)}  # ${from}`)}\n`).join('');
}
