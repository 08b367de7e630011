/** SARIF 2.1.0, for GitHub code scanning, Azure DevOps and editors: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
import { wellFormed } from '../text/wellformed.js';
import type { EntryFinding, EntryResult, Level, LibraryReport, Place, Problem } from '../types.js';
import { jsonText } from './json-text.js';
import { findingsOf, levelOf, type LibraryView, pathOf, problemText, type RuleText } from './library.js';
import { markdownText } from './markdown-text.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const LEVELS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', hint: 'note' };
/** The name under which a result is found again; its number rises when fingerprints are made in another way. */
const FINGERPRINT = 'savy/v1';

/** A file's name as a URI: relative where it is, every part percent-encoded. */
export function uriOf(path: string): string {
  const slashed = wellFormed(path).replace(/^([A-Za-z]):[\\/]/, '/$1:/');
  const encoded = slashed.split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

function location(place: Place, view: LibraryView): object {
  const { line, column, endLine, endColumn } = place;
  return { physicalLocation: { artifactLocation: { uri: uriOf(pathOf(place.file, view)) }, region: { startLine: line, startColumn: column, endLine, endColumn } } };
}

function ruleData(id: string, rule: RuleText | undefined): object {
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: rule.about },
    fullDescription: { text: rule.why },
    help: { text: [rule.why, rule.source].filter((t) => t !== undefined).join('\n\n'), markdown: [rule.why, rule.source].filter((t) => t !== undefined).map(markdownText).join('\n\n') },
    defaultConfiguration: { level: LEVELS[rule.level] },
    properties: { tags: [id.slice(0, Math.max(0, id.indexOf('/'))) || id] },
  };
}

function resultData({ entry, result }: EntryResult, { finding, place, fingerprint, related }: EntryFinding, ruleIndex: number, view: LibraryView): object {
  const key = entry.key.trim() === '' ? [] : [{ fullyQualifiedName: entry.key, kind: 'element' }];
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: LEVELS[finding.level],
    message: { text: finding.message },
    locations: [{ ...location(place, view), ...(key.length === 0 ? {} : { logicalLocations: key }) }],
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(related.length === 0 ? {} : { relatedLocations: related.map((r, id) => ({ id, ...location(r.place, view), message: { text: r.text } })) }),
    properties: { confidence: finding.confidence, cost: finding.cost, ...(result === undefined ? {} : { grade: result.grade, language: result.lang }) },
  };
}

function notification(problem: Problem, view: LibraryView): object {
  const region = problem.line === undefined ? {} : { region: { startLine: problem.line, ...(problem.column === undefined ? {} : { startColumn: problem.column }) } };
  return { level: levelOf(problem), message: { text: problemText(problem) }, locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(pathOf(problem.file, view)) }, ...region } }] };
}

export function sarifReport(report: LibraryReport, view: LibraryView): string {
  const texts = new Map(view.rules.map((r) => [r.id, r]));
  const found = [...findingsOf(report)];
  const ids = [...new Set(found.map(({ found: { finding } }) => finding.rule))].sort();
  const indexes = new Map(ids.map((id, i) => [id, i]));
  const run = {
    tool: { driver: { name: 'savy', version: view.version, semanticVersion: view.version, rules: ids.map((id) => ruleData(id, texts.get(id))) } },
    invocations: [{ executionSuccessful: report.problems.every((p) => levelOf(p) !== 'error'), ...(report.problems.length === 0 ? {} : { toolExecutionNotifications: report.problems.map((p) => notification(p, view)) }) }],
    columnKind: 'utf16CodeUnits',
    results: found.map(({ result, found: one }) => resultData(result, one, indexes.get(one.finding.rule) ?? -1, view)),
  };
  return `${jsonText({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, 2)}\n`;
}
