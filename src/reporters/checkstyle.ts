/** Checkstyle's XML, which most CI servers and reviewdog read: a `file` for each file, an `error` for each finding. */
import type { Level, LibraryReport } from '../types.js';
import { findingsOf, levelOf, type LibraryView, pathOf, problemText } from './library.js';
import { element, HEADER } from './xml.js';

const SEVERITIES: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', hint: 'info' };
/** The version of Checkstyle whose report this is. */
const VERSION = '4.3';

export function checkstyleReport(report: LibraryReport, view: LibraryView): string {
  const files = new Map<string, string[]>(report.results.map((r) => [r.place.file, []]));
  const add = (file: string, error: string): void => void (files.get(file) ?? files.set(file, []).get(file))?.push(error);
  for (const p of report.problems) add(p.file, element('error', { line: p.line ?? 1, column: p.column, severity: levelOf(p), message: problemText(p), source: 'savy.unreadable' }));
  for (const { found: { finding, place } } of findingsOf(report)) {
    add(place.file, element('error', { line: place.line, column: place.column, severity: SEVERITIES[finding.level], message: finding.message, source: `savy.${finding.rule}` }));
  }
  return HEADER + element('checkstyle', { version: VERSION }, [...files].map(([file, errors]) => element('file', { name: pathOf(file, view) }, errors)));
}
