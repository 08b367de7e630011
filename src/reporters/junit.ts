/** JUnit's XML: a suite for each file, a test case for each reply. It fails when a finding reaches the threshold. */
import type { EntryResult, LibraryReport, Problem } from '../types.js';
import { levelOf, type LibraryView, pathOf, problemText, rank } from './library.js';
import { element, HEADER } from './xml.js';

type Case = Readonly<{ xml: string; outcome: 'passed' | 'failures' | 'errors' | 'skipped' }>;

/** Times would differ from run to run. */
const TIME = '0';

function listed({ findings }: EntryResult, view: LibraryView, failing: boolean): string[] {
  return findings.filter(({ finding }) => rank(finding.level) >= rank(view.failOn) === failing).map(({ finding, place }) => `${pathOf(place.file, view)}:${place.line}:${place.column}: ${finding.level} ${finding.rule} ${finding.message}`);
}

function testCase(result: EntryResult, view: LibraryView): Case {
  const { entry, place } = result;
  const file = pathOf(place.file, view);
  const name = entry.key.trim() === '' ? file : entry.key;
  const failed = listed(result, view, true);
  const noted = listed(result, view, false);
  const first = result.findings.find(({ finding }) => rank(finding.level) >= rank(view.failOn))?.finding;
  const skipped = result.result === undefined && failed.length === 0;
  const xml = element('testcase', { name: entry.lang === undefined ? name : `${name} (${entry.lang})`, classname: file, file, line: place.line, time: TIME }, [
    ...(first === undefined ? [] : [element('failure', { message: first.message, type: first.rule }, failed.join('\n'))]),
    ...(skipped ? [element('skipped', {})] : []),
    ...(noted.length === 0 ? [] : [element('system-out', {}, noted.join('\n'))]),
  ]);
  return { xml, outcome: first !== undefined ? 'failures' : skipped ? 'skipped' : 'passed' };
}

function unreadable(problem: Problem, view: LibraryView): Case {
  const file = pathOf(problem.file, view);
  const error = levelOf(problem) === 'error';
  const told = error ? element('error', { message: problemText(problem), type: 'unreadable' }) : element('system-out', {}, problemText(problem));
  return { xml: element('testcase', { name: file, classname: file, file, line: problem.line, time: TIME }, [told]), outcome: error ? 'errors' : 'passed' };
}

function totals(cases: readonly Case[]): Record<string, number | string> {
  const of = (outcome: Case['outcome']): number => cases.filter((c) => c.outcome === outcome).length;
  return { tests: cases.length, failures: of('failures'), errors: of('errors'), skipped: of('skipped'), time: TIME };
}

export function junitReport(report: LibraryReport, view: LibraryView): string {
  const suites = new Map<string, Case[]>();
  const add = (file: string, one: Case): void => void (suites.get(file) ?? suites.set(file, []).get(file))?.push(one);
  for (const problem of report.problems) add(problem.file, unreadable(problem, view));
  for (const result of report.results) add(result.place.file, testCase(result, view));
  const inside = [...suites].map(([file, cases]) => element('testsuite', { name: pathOf(file, view), ...totals(cases) }, cases.map((c) => c.xml)));
  return HEADER + element('testsuites', { name: 'savy', ...totals([...suites.values()].flat()) }, inside);
}
