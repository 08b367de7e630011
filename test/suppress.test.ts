import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.js';
import { judgeEntry } from '../src/library/judge.js';
import { libraryReport } from '../src/library/library.js';
import { silence } from '../src/library/suppress.js';
import { Variables } from '../src/library/variables.js';
import type { LintOptions } from '../src/lint.js';
import { readLibrary } from '../src/readers/library.js';
import { Lines } from '../src/text/edits.js';
import type { Entry, EntryFinding, EntryResult } from '../src/types.js';
import { store } from './drive.js';

const engine = new Engine(store());
const variables = new Variables(engine.formats());
const HOLLOW = 'Hi {{customer.name}}! We apologise for any inconvenience caused by this. A new pair in the right size left our shop this morning.';

function scan(text: string, options: LintOptions = {}): readonly EntryResult[] {
  const { entries, problems } = readLibrary('replies.yml', Buffer.from(text));
  const lines = new Lines(text);
  return libraryReport(entries.map((entry) => ({ entry, judged: judgeEntry(entry, engine, variables, options), lines })), problems, engine, { ...options, hash: (t) => createHash('sha1').update(t).digest('hex') }).results;
}

const rules = (results: readonly EntryResult[]): string[] => results.flatMap((r) => r.findings.map((f) => f.finding.rule));

describe('a suppression', () => {
  it('silences its rules, and the grade forgets them', () => {
    const [loud] = scan(`- title: Sent\n  reply: "${HOLLOW}"\n`);
    const [quiet] = scan(`- title: Sent\n  savy_ignore: "apology/hollow: the lawyers want it so"\n  reply: "${HOLLOW}"\n`);
    expect(rules([loud as EntryResult])).toContain('apology/hollow');
    expect(rules([quiet as EntryResult])).not.toContain('apology/hollow');
    expect(quiet?.result?.findings.map((f) => f.rule)).not.toContain('apology/hollow');
    expect(quiet?.result?.grade).toBeGreaterThan(loud?.result?.grade ?? 10);
  });

  it('that silences nothing is reported where it stands', () => {
    const text = `- title: Sent\n  # savy-ignore apology/hollow, blame/customer: meant so\n  reply: "${HOLLOW}"\n`;
    const [result] = scan(text);
    const unused = result?.findings.filter((f) => f.finding.rule === 'library/unused-suppression') ?? [];
    expect(unused.map((f) => [f.place.line, f.finding.message])).toEqual([[2, 'Nothing here needs this suppression: “blame/customer”.']]);
    expect(rules(scan(text, { certainOnly: true }))).not.toContain('library/unused-suppression');
    expect(rules(scan(text, { rules: { 'blame/customer': { level: 'off' } } }))).not.toContain('library/unused-suppression');
  });

  it('without a reason is not honoured', () => {
    const text = `- title: Sent\n  savy_ignore: "apology/hollow"\n  reply: "${HOLLOW}"\n`;
    expect(rules(scan(text))).toContain('apology/hollow');
    expect(readLibrary('replies.yml', Buffer.from(text)).problems[0]).toMatchObject({ line: 2, warning: true, message: expect.stringContaining('without a reason') as string });
  });
});

describe('silence', () => {
  const place = { file: 'a', line: 1, column: 1, endLine: 1, endColumn: 1 };
  const entry = (...ignored: string[][]): Entry => ({ file: 'a', key: 'k', reply: '', stretches: [], format: '', suppressions: ignored.map((rules) => ({ rules, reason: 'r', place })) });
  const found = (rule: string): EntryFinding => ({ finding: { rule } as EntryFinding['finding'], place, fingerprint: '', related: [] });
  it.each([
    [[['*']], ['a/b', 'c/d'], [], []],
    [[['a/*']], ['a/b', 'c/d'], ['c/d'], []],
    [[['a/b'], ['*']], ['a/b'], [], []],
    [[['a/b', 'x/y']], ['a/b'], [], [['x/y']]],
    [[['*']], [], [], [['*']]],
  ])('%j of %j', (ignored, given, kept, unused) => {
    const said = silence(entry(...ignored), given.map(found));
    expect(said.kept.map((f) => f.finding.rule)).toEqual(kept);
    expect(said.unused.map((u) => u.rules)).toEqual(unused);
  });
});
