/** Values of options, read strictly: what is not understood is said, with what would have been. */
import { CHANNELS, type Channel, type Columns, type Lang, LEVELS, type Level, ROLES, UserError } from '../types.js';
import { channelNamed, isTime } from '../readers/json.js';
import { nearest } from '../rules/nearest.js';
import { SCAN_FORMATS, type ScanFormat } from './scan-formats.js';

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

/** Formats of lists: rules, and what their examples show. */
const FORMATS = ['pretty', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export function format(given: string): Format {
  if (!(FORMATS as readonly string[]).includes(given)) throw unknown('format', given, FORMATS);
  return given as Format;
}

export function scanFormat(given: string): ScanFormat {
  if (!(SCAN_FORMATS as readonly string[]).includes(given)) throw unknown('format', given, SCAN_FORMATS);
  return given as ScanFormat;
}

export function briefFormat(given: string): 'text' | 'json' {
  if (given !== 'text' && given !== 'json') throw unknown('format', given, ['text', 'json']);
  return given;
}

/** A whole number from 0 up. */
export function count(given: string): number {
  if (!/^\d{1,9}$/.test(given.trim())) throw new UserError(`“${given}” is no number`, undefined, 'write it as 0, 10, 250');
  return Number(given);
}

/** `reply=Vastaus,title=2`: what columns hold, by name or number from 1; the same again: several. */
export function columns(given: string, before: Columns = {}): Columns {
  const out: Record<string, string[]> = Object.fromEntries(Object.entries(before).map(([role, names]) => [role, names as string[]]));
  for (const part of given.split(',')) {
    const at = part.indexOf('=');
    const role = part.slice(0, Math.max(0, at)).trim();
    const name = part.slice(at + 1).trim();
    if (!(ROLES as readonly string[]).includes(role)) throw unknown('role of a column', role || part.trim(), ROLES);
    if (name === '') throw new UserError(`“${role}” names no column`, undefined, `write ${role}=NAME or ${role}=2`);
    (out[role] ??= []).push(name);
  }
  return out;
}

/** How many threads. */
export function jobs(given: string): number {
  const n = count(given);
  if (n < 1 || n > 256) throw new UserError(`“${given}” are no threads to work with`, undefined, 'from 1 to 256');
  return n;
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
