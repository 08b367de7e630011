/** One judged draft as a library of one, for the formats that only libraries have. */
import { fingerprint } from '../library/fingerprint.js';
import type { Report } from '../reporters/report.js';
import { Lines } from '../text/edits.js';
import type { Entry, LibraryReport, Place } from '../types.js';
import { shortDigest } from './digest.js';

export function libraryOf({ file, reply, outcome, linesAbove = 0 }: Report): LibraryReport {
  const entry: Entry = { file, key: '', lang: outcome.lang, channel: outcome.channel, reply, stretches: [], format: 'text', suppressions: [] };
  const lines = new Lines(reply);
  const place = (start: number, end: number): Place => {
    const from = lines.at(start);
    const to = lines.at(end);
    return { file, line: from.line + linesAbove, column: from.column, endLine: to.line + linesAbove, endColumn: to.column };
  };
  const findings = outcome.findings.map((finding) => ({ finding, place: place(finding.start, finding.end), fingerprint: fingerprint(shortDigest, finding.rule, entry, [finding.start, finding.end]), related: [] }));
  return { results: [{ entry, place: place(0, reply.length), result: outcome, findings }], problems: [] };
}
