/** GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
import type { Level, LibraryReport } from '../types.js';
import { jsonText } from './json-text.js';
import { findingsOf, levelOf, type LibraryView, pathOf, problemText } from './library.js';

const SEVERITIES: Readonly<Record<Level, string>> = { error: 'major', warning: 'minor', hint: 'info' };

type Issue = Readonly<{ description: string; check_name: string; fingerprint: string; severity: string; location: Readonly<{ path: string; lines: Readonly<{ begin: number; end: number }> }> }>;

/** GitLab wants paths from the top, without `./`. */
const relative = (path: string): string => path.replace(/^(?:\.\/)+/, '');

export function gitlabReport(report: LibraryReport, view: LibraryView): string {
  const seen = new Map<string, number>();
  /** GitLab drops all but one of the issues that share a fingerprint. */
  const own = (fingerprint: string): string => {
    const times = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, times);
    return times === 1 ? fingerprint : `${fingerprint}-${times}`;
  };
  const issues: Issue[] = report.problems.map((problem) => {
    const path = relative(pathOf(problem.file, view));
    const line = problem.line ?? 1;
    return { description: problemText(problem), check_name: 'unreadable', fingerprint: own(`unreadable ${path}`), severity: levelOf(problem) === 'error' ? 'blocker' : SEVERITIES.warning, location: { path, lines: { begin: line, end: line } } };
  });
  for (const { found: { finding, place, fingerprint } } of findingsOf(report)) {
    issues.push({
      description: finding.message,
      check_name: finding.rule,
      fingerprint: own(fingerprint),
      severity: SEVERITIES[finding.level],
      location: { path: relative(pathOf(place.file, view)), lines: { begin: place.line, end: Math.max(place.line, place.endLine) } },
    });
  }
  return `${jsonText(issues, 2)}\n`;
}
