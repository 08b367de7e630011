/** The contract for programs (docs/contract.md) of a library: one entry for each reply, clean ones too. */
import type { EntryFinding, EntryResult, LibraryReport } from '../types.js';
import { jsonText } from './json-text.js';

function findingData({ finding, place, fingerprint, related }: EntryFinding): object {
  const { line, column, endLine, endColumn } = place;
  const { rule, level, start, end, ...rest } = finding;
  return { rule, level, start, end, ...rest, line, column, endLine, endColumn, fingerprint, ...(related.length === 0 ? {} : { related }) };
}

function entryData({ entry, place, result, findings }: EntryResult): object {
  const optional = { title: entry.title, shortcut: entry.shortcut, for: entry.for };
  return {
    file: place.file,
    line: place.line,
    column: place.column,
    endLine: place.endLine,
    endColumn: place.endColumn,
    key: entry.key,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    format: entry.format,
    language: result?.lang ?? entry.lang ?? null,
    ...(entry.note === true ? { note: true } : {}),
    reply: entry.reply,
    ...(result === undefined ? { judged: false } : { judged: true, channel: result.channel, grade: result.grade, gradeText: result.gradeText, facts: result.facts }),
    ...(result?.kept === undefined ? {} : { kept: result.kept }),
    ...(result?.left_out === undefined ? {} : { left_out: result.left_out }),
    findings: findings.map(findingData),
  };
}

export function jsonLibrary({ results, problems, stats }: LibraryReport): string {
  return `${jsonText({ results: results.map(entryData), problems, ...(stats === undefined ? {} : { stats }) }, 2)}\n`;
}

/** The same, an object on each line; what could not be read comes last, as `{"problem": …}`. */
export function ndjsonLibrary({ results, problems }: LibraryReport): string {
  return [...results.map(entryData), ...problems.map((problem) => ({ problem }))].map((value) => `${jsonText(value)}\n`).join('');
}
