/** Whether a report is coloured: NO_COLOR, FORCE_COLOR, and whether anybody is looking. */
import { PLAIN, type Style } from '../reporters/report.js';
import type { Sink } from './surroundings.js';

type Depth = 0 | 1 | 2 | 3;

function depth(sink: Sink, env: Readonly<Record<string, string | undefined>>): Depth {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) {
    if (forced === '0' || forced === 'false') return 0;
    return forced === '2' || forced === '3' ? (Number(forced) as Depth) : 1;
  }
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb' || sink.isTTY !== true) return 0;
  return 1;
}

export async function styleFor(sink: Sink, env: Readonly<Record<string, string | undefined>>): Promise<Style> {
  const level = depth(sink, env);
  return level === 0 ? PLAIN : (await import('./colour.js')).coloured(level);
}

export function columnsOf(sink: Sink, env: Readonly<Record<string, string | undefined>>): number {
  const said = Number(env['COLUMNS']);
  return sink.columns ?? (Number.isInteger(said) && said > 0 ? said : 80);
}
