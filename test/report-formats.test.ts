import { readFileSync } from 'node:fs';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import MarkdownIt from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { checkstyleReport } from '../src/reporters/checkstyle.js';
import { compactLibrary } from '../src/reporters/compact-library.js';
import { githubReport } from '../src/reporters/github.js';
import { gitlabReport } from '../src/reporters/gitlab.js';
import { jsonLibrary, ndjsonLibrary } from '../src/reporters/json-library.js';
import { junitReport } from '../src/reporters/junit.js';
import type { LibraryView } from '../src/reporters/library.js';
import { markdownReport } from '../src/reporters/markdown.js';
import { sarifReport } from '../src/reporters/sarif.js';
import { visible } from '../src/reporters/width.js';
import { wellFormed } from '../src/text/wellformed.js';
import type { EntryFinding, EntryResult, Level, LibraryReport, Place, Result } from '../src/types.js';
import { ROOT, store } from './drive.js';

const view: LibraryView = {
  words: store().ui('en') ?? {},
  rules: [{ id: 'template/boilerplate', level: 'warning', about: 'The reply leans on stock phrases.', why: 'The same text could go to a hundred others.', source: 'A study' }],
  version: '1.2.3',
  failOn: 'warning',
};

const at = (file: string, line: number, column = 1, endLine = line, endColumn = column + 4): Place => ({ file, line, column, endLine, endColumn });

function found(place: Place, message: string, more: { level?: Level; rule?: string; fix?: string; fingerprint?: string; related?: EntryFinding['related'] } = {}): EntryFinding {
  const { level = 'warning', rule = 'template/boilerplate' } = more;
  return {
    finding: { rule, level, start: 0, end: 4, line: 1, column: 1, message, why: 'Because.', evidence: [], confidence: 'certain', cost: 0.5, fixes: more.fix === undefined ? [] : [{ title: more.fix, safe: false, edits: [] }] },
    place,
    fingerprint: more.fingerprint ?? 'a1b2c3',
    related: more.related ?? [],
  };
}

function reply(file: string, key: string, findings: readonly EntryFinding[], more: Partial<EntryResult['entry']> = {}): EntryResult {
  const result: Result = { lang: 'en', channel: 'email', grade: 9.5, gradeText: '9½', facts: {} as Result['facts'], findings: findings.map((f) => f.finding) };
  const entry = { file, key, reply: 'Text', stretches: [], format: 'markdown', suppressions: [], ...more };
  return { entry, place: at(file, 3, 1, 9), ...(more.note === true ? {} : { result }), findings };
}

const LIBRARY: LibraryReport = {
  results: [
    reply('replies/a b,c.md', 'refund', [found(at('replies/a b,c.md', 4, 5), 'Stock phrase: “thank you”.', { fix: 'Say it\nyourself', related: [{ place: at('replies/ä.md', 7), text: 'The same here' }] }), found(at('replies/a b,c.md', 5, 2, 6, 3), 'A hint', { level: 'hint', rule: 'tone/cold' })]),
    reply('replies/a b,c.md', 'late', [], { lang: 'en' }),
    reply('replies/ä.md', 'internal', [], { note: true }),
    reply('replies/ä.md', 'blame', [found(at('replies/ä.md', 8), '100 % your fault\n::error::no', { level: 'error', rule: 'blame/customer' })]),
  ],
  problems: [{ file: 'replies/broken.csv', line: 12, message: 'a quote is not closed', hint: 'close it' }],
};

const sarifSchema = (() => {
  const ajv = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv as never);
  return ajv.compile(JSON.parse(readFileSync(`${ROOT}/fixtures/schemas/sarif-2.1.0-rtm.5.json`, 'utf8')));
})();
const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false, parseTagValue: false, trimValues: false, htmlEntities: true, isArray: (name) => ['file', 'error', 'testsuite', 'testcase'].includes(name) });

/** As GitHub's runner reads a line: command, properties, data. */
function command(line: string): { name: string; properties: Record<string, string>; data: string } | undefined {
  const m = /^\s*::([a-z-]+)(?: ([^:]*))?::(.*)$/su.exec(line);
  const undo = (text: string): string => text.replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%0D/g, '\r').replace(/%0A/g, '\n').replace(/%25/g, '%');
  if (m === null) return undefined;
  return { name: m[1] as string, properties: Object.fromEntries((m[2] ?? '').split(',').map((p) => [p.slice(0, p.indexOf('=')), undo(p.slice(p.indexOf('=') + 1))])), data: undo(m[3] as string) };
}

describe('github', () => {
  it('annotates, gravest first, and sums up', () => {
    expect(githubReport(LIBRARY, view)).toBe(
      [
        '::error file=replies/broken.csv,line=12,title=savy::a quote is not closed: close it',
        '::error file=replies/ä.md,line=8,col=1,endLine=8,endColumn=5,title=blame/customer (blame)::100 %25 your fault%0A::error::no',
        '::warning file=replies/a b%2Cc.md,line=4,col=5,endLine=4,endColumn=9,title=template/boilerplate (refund)::Stock phrase: “thank you”.%0AFix: Say it%0Ayourself',
        '::notice file=replies/a b%2Cc.md,line=5,endLine=6,title=tone/cold (refund)::A hint',
        'savy: replies: 4, errors: 1, warnings: 1, hints: 1, unreadable files: 1.',
        '',
      ].join('\n'),
    );
  });
  it('says how many the diff will not show', () => {
    const many = reply('a.md', 'a', Array.from({ length: 14 }, () => found(at('a.md', 1), 'x')));
    expect(githubReport({ results: [many], problems: [] }, view)).toMatch(/warnings: 14, hints: 0\. GitHub shows ten .*: 4\.\n$/);
  });
  it('names files from the top of the repository', () => {
    expect(githubReport(LIBRARY, { ...view, path: (f) => `docs/${f}` })).toContain('file=docs/replies/ä.md');
  });
});

describe('sarif', () => {
  const log = JSON.parse(sarifReport(LIBRARY, view));
  it('is valid', () => {
    expect(sarifSchema(log), JSON.stringify(sarifSchema.errors)).toBe(true);
  });
  it('holds rules, places, fingerprints, and what could not be read', () => {
    const [run] = log.runs;
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.tool.driver.rules.map((r: { id: string }) => r.id)).toEqual(['blame/customer', 'template/boilerplate', 'tone/cold']);
    expect(run.tool.driver.rules[1].help.text).toContain('a hundred others');
    const [first, hint] = run.results;
    expect(first).toMatchObject({ ruleId: 'template/boilerplate', ruleIndex: 1, level: 'warning', partialFingerprints: { 'savy/v1': 'a1b2c3' } });
    expect(first.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'replies/a%20b%2Cc.md' }, region: { startLine: 4, startColumn: 5, endLine: 4, endColumn: 9 } });
    expect(first.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe('replies/%C3%A4.md');
    expect(hint.level).toBe('note');
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: false, toolExecutionNotifications: [{ message: { text: 'a quote is not closed: close it' } }] });
  });
});

it('gitlab: what GitLab documents, each fingerprint once', () => {
  const twice: LibraryReport = { ...LIBRARY, results: [...LIBRARY.results, ...LIBRARY.results] };
  const issues = JSON.parse(gitlabReport(twice, view));
  for (const issue of issues) {
    expect(Object.keys(issue)).toEqual(['description', 'check_name', 'fingerprint', 'severity', 'location']);
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(issue.severity);
  }
  expect(new Set(issues.map((i: { fingerprint: string }) => i.fingerprint)).size).toBe(issues.length);
  expect(issues[1]).toEqual({ description: 'Stock phrase: “thank you”.', check_name: 'template/boilerplate', fingerprint: 'a1b2c3', severity: 'minor', location: { path: 'replies/a b,c.md', lines: { begin: 4, end: 4 } } });
});

it('junit: a case for each reply, failing from the threshold on', () => {
  const text = junitReport(LIBRARY, view);
  expect(XMLValidator.validate(text)).toBe(true);
  const { testsuites } = xml.parse(text);
  expect(testsuites).toMatchObject({ tests: '5', failures: '2', errors: '1', skipped: '1' });
  const cases = testsuites.testsuite.flatMap((s: { testcase: unknown[] }) => s.testcase);
  expect(cases.map((c: { name: string }) => c.name)).toEqual(['replies/broken.csv', 'refund', 'late (en)', 'internal', 'blame']);
  expect(cases[1].failure).toEqual({ message: 'Stock phrase: “thank you”.', type: 'template/boilerplate', '#text': 'replies/a b,c.md:4:5: warning template/boilerplate Stock phrase: “thank you”.' });
  expect(cases[1]['system-out']).toBe('replies/a b,c.md:5:2: hint tone/cold A hint');
  expect(xml.parse(junitReport(LIBRARY, { ...view, failOn: 'error' })).testsuites).toMatchObject({ failures: '1' });
});

it('checkstyle: every file, clean ones too', () => {
  const text = checkstyleReport({ ...LIBRARY, results: [...LIBRARY.results, reply('clean.md', 'x', [])] }, view);
  expect(XMLValidator.validate(text)).toBe(true);
  const { checkstyle } = xml.parse(text);
  expect(checkstyle.file.map((f: { name: string; error?: unknown[] }) => [f.name, f.error?.length ?? 0])).toEqual([['replies/a b,c.md', 2], ['replies/ä.md', 1], ['clean.md', 0], ['replies/broken.csv', 1]]);
  expect(checkstyle.file[0].error[1]).toMatchObject({ line: '5', column: '2', severity: 'info', source: 'savy.tone/cold' });
});

it('json and ndjson: an entry for each reply, clean ones too', () => {
  const { results, problems } = JSON.parse(jsonLibrary(LIBRARY));
  expect(results.map((r: { file: string; line: number; key: string; language: string; judged: boolean }) => [r.file, r.line, r.key, r.language, r.judged])).toEqual([
    ['replies/a b,c.md', 3, 'refund', 'en', true], ['replies/a b,c.md', 3, 'late', 'en', true], ['replies/ä.md', 3, 'internal', null, false], ['replies/ä.md', 3, 'blame', 'en', true],
  ]);
  expect(results[0]).toMatchObject({ grade: 9.5, gradeText: '9½', format: 'markdown', reply: 'Text' });
  expect(results[0].findings[0]).toMatchObject({ rule: 'template/boilerplate', line: 4, column: 5, endColumn: 9, fingerprint: 'a1b2c3', related: [{ text: 'The same here' }] });
  expect(problems).toHaveLength(1);
  const lines = ndjsonLibrary(LIBRARY).trimEnd().split('\n').map((l) => JSON.parse(l));
  expect(lines).toEqual([...results, { problem: problems[0] }]);
});

it('compact: places that editors jump to', () => {
  expect(compactLibrary(LIBRARY).split('\n').slice(0, 2)).toEqual(['replies/broken.csv:12:1: error a quote is not closed: close it', 'replies/a b,c.md:4:5: warning template/boilerplate Stock phrase: “thank you”.']);
});

const markdown = new MarkdownIt({ html: true, linkify: true });
// On GitHub `reply.md` alone is no link.
markdown.linkify.set({ fuzzyLink: false });
const tagsOf = (text: string): string[] => [...new Set([...markdown.render(text).matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map((m) => (m[1] as string).toLowerCase()))].sort();
const MARKDOWN_TAGS = ['details', 'em', 'h3', 'h4', 'li', 'p', 'strong', 'summary', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'];

describe('markdown', () => {
  it('sums up, names the worst, folds the rest away', () => {
    const text = markdownReport(LIBRARY, view);
    const html = markdown.render(text);
    expect(html).toContain('<td style="text-align:right">4</td>');
    expect(html.indexOf('blame')).toBeLessThan(html.indexOf('refund'));
    expect(html.match(/<details>/g)).toHaveLength(2);
    expect(html).toContain('replies/broken.csv 12 a quote is not closed: close it');
    expect(tagsOf(text).filter((t) => !MARKDOWN_TAGS.includes(t))).toEqual([]);
  });
  it('fits into a comment, whatever the library', () => {
    const results = Array.from({ length: 3000 }, (_, i) => reply(`f${i}.md`, `reply ${i}`, Array.from({ length: 30 }, () => found(at('f.md', 1), '|*'.repeat(800)))));
    const problems = Array.from({ length: 3000 }, (_, i) => ({ file: `p${i}`, message: 'no '.repeat(100) }));
    const text = markdownReport({ results, problems }, view);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/Files not shown: \d+\./);
    expect(text).toMatch(/Replies not shown: \d+\.\n$/);
  });
  it('mentions nobody and links nowhere', () => {
    const text = markdownReport({ results: [reply('a.md', '@octocat #12 https://x.example www.x.example me@x.example :smile: $x$', [found(at('a.md', 1), '@team/x [a](b) ![c](d) <img src=x> `e`')])], problems: [] }, view);
    expect(tagsOf(text).filter((t) => !MARKDOWN_TAGS.includes(t))).toEqual([]);
    expect(markdown.render(text)).not.toMatch(/(?<!&)[@#][\p{L}\p{N}]/u);
  });
});

const NASTY = ['::error ::x', '\n::add-mask::y', '\r::debug::', '##[error]', ']]>', '<script>', '</details>', '&#0;', '&amp;', '--><b>', '`', '```\n', '](http://x)', '|', '\u0000', '\ud800', '\udfff', '%0A', '%', ',', ':', '\u2028', '@octocat', '#12', 'https://x.example', '\n\n# x', '\u001b[31m', '\u009b2J', '\ufeff', '\ufffe', '"', "'", '\\', '\\ud800', '\u202e', '../', '🙂', 'ä', ' ', '\t', '*', '_', '\n- x', '~~', '$$'];
const text = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NASTY) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) }), { maxLength: 8 }).map((parts) => parts.join(''));
const place = fc.record({ file: text, line: fc.integer({ min: 1, max: 9 }), column: fc.integer({ min: 1, max: 9 }), rows: fc.integer({ min: 0, max: 2 }), wide: fc.integer({ min: 0, max: 9 }) }).map((p) => at(p.file, p.line, p.column, p.line + p.rows, p.column + p.wide));
const finding = fc.record({ place, message: text, level: fc.constantFrom<Level>('hint', 'warning', 'error'), rule: fc.constantFrom('a/b', 'template/boilerplate', 'x/y'), fix: text, related: fc.array(fc.record({ place, text }), { maxLength: 2 }) }).map((f) => found(f.place, f.message, f));
const entry = fc.record({ file: text, key: text, title: text, lang: fc.option(text, { nil: undefined }), findings: fc.array(finding, { maxLength: 3 }) }).map((e) => reply(e.file, e.key, e.findings, { title: e.title, ...(e.lang === undefined ? {} : { lang: e.lang }) }));
const report: fc.Arbitrary<LibraryReport> = fc.record({ results: fc.array(entry, { maxLength: 4 }), problems: fc.array(fc.record({ file: text, message: text }), { maxLength: 2 }) });
const hostile: fc.Arbitrary<LibraryView> = fc.record({ about: text, why: text, source: text, prefix: text }).map(({ prefix, ...rule }) => ({ ...view, rules: [{ id: 'a/b', level: 'hint', ...rule }], path: (f) => prefix + f }));

/** Sent to a terminal as they are, or taken for commands by GitHub's runner. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}|##\[/u;
const commands = (out: string): string[] => out.split(/\r\n|\r|\n/).filter((l) => l.trimStart().startsWith('::'));

describe('whatever the library says', () => {
  const all = (check: (r: LibraryReport, v: LibraryView) => void): void => fc.assert(fc.property(report, hostile, check), { numRuns: 300 });

  it('GitHub gets the commands that were meant, and no others', () => {
    all((r, v) => {
      const lines = githubReport(r, v).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.pop()).toMatch(/^savy: replies: /);
      const findings = r.results.flatMap((e) => e.findings);
      const read = lines.map(command);
      expect(read).toHaveLength(findings.length + r.problems.length);
      const tame = (s: string): string => wellFormed(s).split(/(\r|\n)/).map((p) => (/[\r\n]/.test(p) ? p : visible(p))).join('');
      for (const c of read) {
        expect(['error', 'warning', 'notice']).toContain(c?.name);
        for (const key of Object.keys(c?.properties ?? {})) expect(['file', 'line', 'endLine', 'col', 'endColumn', 'title']).toContain(key);
      }
      expect(read.map((c) => c?.properties['file']).sort()).toEqual([...r.problems.map((p) => p.file), ...findings.map((f) => f.place.file)].map((f) => tame(v.path?.(f) ?? f)).sort());
      expect(githubReport(r, v)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f]|\p{Surrogate}/u);
    });
  });
  it('SARIF stays valid', () => {
    all((r, v) => {
      const out = sarifReport(r, v);
      const log = JSON.parse(out);
      expect(sarifSchema(log), JSON.stringify(sarifSchema.errors)).toBe(true);
      expect(out).not.toMatch(UNSAFE);
      for (const result of log.runs[0].results) expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(/^(?:file:\/\/)?[A-Za-z0-9%/._~!*'()-]*$/);
    });
  });
  it('XML stays well-formed and says the same', () => {
    all((r, v) => {
      for (const out of [junitReport(r, v), checkstyleReport(r, v)]) {
        expect(XMLValidator.validate(out)).toBe(true);
        expect(out).not.toMatch(UNSAFE);
        expect(commands(out)).toEqual([]);
      }
      const listed = xml.parse(checkstyleReport(r, v)).checkstyle.file ?? [];
      const errors = listed.flatMap((f: { error?: { message: string }[] }) => f.error ?? []);
      expect(errors).toHaveLength(r.problems.length + r.results.flatMap((e) => e.findings).length);
    });
  });
  it('JSON stays whole', () => {
    all((r, v) => {
      for (const out of [jsonLibrary(r), ndjsonLibrary(r), gitlabReport(r, v)]) {
        expect(out).not.toMatch(UNSAFE);
        expect(commands(out)).toEqual([]);
      }
      expect(JSON.parse(jsonLibrary(r)).results.map((e: { key: string }) => e.key)).toEqual(r.results.map((e) => wellFormed(e.entry.key)));
      for (const line of ndjsonLibrary(r).split('\n').slice(0, -1)) JSON.parse(line);
      const prints = JSON.parse(gitlabReport(r, v)).map((i: { fingerprint: string }) => i.fingerprint);
      expect(new Set(prints).size).toBe(prints.length);
    });
  });
  it('Markdown shows it as text', () => {
    all((r, v) => {
      const out = markdownReport(r, v);
      expect(out).not.toMatch(UNSAFE);
      expect(commands(out)).toEqual([]);
      expect(tagsOf(out).filter((t) => !MARKDOWN_TAGS.includes(t))).toEqual([]);
      expect(markdown.render(out).match(/<details>/g)?.length ?? 0).toBe(r.results.filter((e) => e.findings.length > 0).length);
    });
  });
  it('compact keeps a finding on its line', () => {
    all((r) => {
      const out = compactLibrary(r);
      expect(out.split('\n')).toHaveLength(r.problems.length + r.results.flatMap((e) => e.findings).length + 1);
      expect(out).not.toMatch(UNSAFE);
      expect(commands(out)).toEqual([]);
    });
  });
});
