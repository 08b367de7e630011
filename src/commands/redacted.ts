/** `--redact` at the edge: what is handed to a reporter, without names and numbers. */
import type { LintOptions } from '../lint.js';
import { Redactor } from '../redact.js';
import type { Report } from '../reporters/report.js';
import type { Exchange, LibraryReport } from '../types.js';
import type { Settings } from './settings.js';

type Known = Pick<Settings, 'engine' | 'lint'>;

export const redactorOf = ({ engine, lint }: Known, exchange: Exchange, more: LintOptions = {}): Redactor => new Redactor(engine, { ...lint, ...more }).learn(exchange);

export function redactedReport(report: Report, exchange: Exchange, known: Known): Report {
  const redactor = redactorOf(known, exchange);
  return { ...report, reply: redactor.mask(report.reply), outcome: redactor.masked(report.outcome) };
}

/** A name that one reply gives away is masked in all of them. */
export function redactedLibrary(report: LibraryReport, { engine, lint: { lang: _, ...lint } }: Known): LibraryReport {
  const redactor = new Redactor(engine, { ...lint, library: true });
  for (const { entry } of report.results) redactor.learn({ reply: entry.reply, message: entry.complaint });
  return redactor.masked(report);
}
