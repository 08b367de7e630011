/** Values of options, read strictly: what is not understood is said, with what would have been. */
import { CHANNELS, type Channel, type Lang, LEVELS, type Level, UserError } from '../types.js';
import { channelNamed, isTime } from '../readers/json.js';
import { nearest } from '../rules/nearest.js';

function unknown(what: string, given: string, known: readonly string[]): UserError {
  const guess = nearest(given, known);
  return new UserError(`unknown ${what} “${given}”${guess === undefined ? '' : `, did you mean “${guess}”?`}`, undefined, `known: ${known.join(', ')}`);
}

export function channel(given: string): Channel {
  const found = channelNamed(given);
  if (found === undefined) throw unknown('channel', given, CHANNELS);
  return found;
}

export function level(given: string): Level {
  if (!(LEVELS as readonly string[]).includes(given)) throw unknown('level', given, LEVELS);
  return given as Level;
}

export const FORMATS = ['pretty', 'compact', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export function format(given: string, known: readonly Format[] = FORMATS): Format {
  if (!(known as readonly string[]).includes(given)) throw unknown('format', given, known);
  return given as Format;
}

export function language(given: Lang, known: readonly Lang[]): Lang {
  if (!known.includes(given)) throw unknown('language', given, known);
  return given;
}

export function time(given: string): string {
  if (!isTime(given)) throw new UserError(`“${given}” is no time`, undefined, 'write it as 2026-03-04T19:10:00+02:00');
  return given;
}

const GRADE = /^(?<whole>\d{1,2})(?:[.,](?<decimals>\d{1,2})|(?<sign>[-+½−–]))?$/u;
const SIGNS: Readonly<Record<string, number>> = { '+': 0.25, '½': 0.5, '-': -0.25, '−': -0.25, '–': -0.25 };

/** `7`, `7.5`, `7,5`, `7½`, `8-`, `9+`. */
export function minGrade(given: string): number {
  const m = GRADE.exec(given.trim());
  const value = m === null ? Number.NaN : Number(m.groups?.['whole']) + (m.groups?.['decimals'] === undefined ? 0 : Number(`0.${m.groups['decimals']}`)) + (SIGNS[m.groups?.['sign'] ?? ''] ?? 0);
  if (!(value >= 4 && value <= 10)) throw new UserError(`“${given}” is no grade`, undefined, 'grades run from 4 to 10, written as 7, 7.5, 7½, 8- or 9+');
  return value;
}
