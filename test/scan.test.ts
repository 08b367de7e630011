/** `savy scan`: files and folders in, a report and an exit code out. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FORMATS } from '../src/readers/library.js';
import { ROLES } from '../src/types.js';
import { ROOT, savy } from './drive.js';

// The first run reads all rules.
vi.setConfig({ testTimeout: 30_000 });

const LIBRARY = `${ROOT}fixtures/libraries/scan`;
type Reply = { file: string; key: string; line: number; language: string; judged: boolean; findings: { rule: string }[] };
type Report = { results: Reply[]; problems: { file: string; message: string }[] };
const replies = (out: string): Reply[] => (JSON.parse(out) as Report).results;

describe('a library', () => {
  it('shows each finding where the fixture says', async () => {
    const { code, out } = await savy(['scan', LIBRARY, '--no-config', '--format', 'json']);
    expect(code).toBe(1);
    const found = Object.fromEntries(replies(out).filter((r) => r.file.endsWith('fi.yml')).map((r) => [r.key, r.findings.map((f) => f.rule).sort()]));
    expect(found).toEqual({
      clean: ['library/key'],
      'slot-by-hand': [],
      'hard-coded': ['library/agent-hard-coded'],
      team: ['person/team-signature'],
      'copy-one': ['template/copy-paste'],
      'copy-two': [],
      formal: ['library/register'],
      'half-english': ['library/untranslated'],
      'same-name': [],
      'serious-joke': expect.arrayContaining(['apology/missing', 'care/escalate', 'tone/humour-risky']),
      'praise-sorry': expect.arrayContaining(['apology/hollow', 'apology/unneeded']),
      pair: expect.arrayContaining(['apology/missing']),
      fragment: [],
      note: [],
    });
    expect(replies(out).find((r) => r.key === 'note')?.judged).toBe(false);
    expect(replies(out).filter((r) => r.file.endsWith('blanks.json')).map((r) => r.findings.map((f) => f.rule))).toEqual([['library/blank-greeting'], []]);
  });

  it('is told to a person by file and reply, with the sums at the end', async () => {
    const { out } = await savy(['scan', LIBRARY, '--no-config', '--ui', 'en'], { columns: 120 });
    expect(out).toContain('The same reply stands in the library 2 times: “Nouto Kuopio”, “Nouto Lahti”.');
    expect(out).toContain('Nouto Lahti, Kuopiossa → Lahdessa, 7 → 14');
    expect(out).toMatch(/replies: 16, errors: 2, .*\nMean grade \d\.\d\n/);
  });

  it('is explained, with every format and everything that a column may hold', async () => {
    const { out } = await savy(['scan', '--help']);
    const words = new Set(out.split(/[^a-z]+/));
    expect([...FORMATS, ...ROLES].filter((word) => !words.has(word))).toEqual([]);
  });

  it('comes through a pipe', async () => {
    const { code, out } = await savy(['scan', '-', '--from', 'csv', '--no-config', '--format', 'compact'], { stdin: 'title,text\nSorry,"Your lamp left our warehouse a week late. We apologise for any inconvenience caused. It will be with you on Friday, and the courier rings first."\n' });
    expect(out).toMatch(/^-:2:\d+: warning apology\/hollow A hollow apology: .*\n$/);
    expect(code).toBe(1);
  });
});

describe('thresholds', () => {
  const hollow = '[{"title": "Sorry", "text": "Your lamp left our warehouse a week late. We apologise for any inconvenience caused. It will be with you on Friday, and the courier rings first."}]';
  it.each([
    [[], 1],
    [['--fail-on', 'error'], 0],
    [['--max-warnings', '1'], 0],
    [['--max-warnings', '0'], 1],
    [['--fail-on', 'error', '--max-warnings', '0'], 1],
    [['--fail-on', 'error', '--min-grade', '10'], 1],
    [['--max-warnings', 'few'], 2],
    [['--from', 'fax'], 2],
  ])('%j → %i', async (options, code) => {
    expect((await savy(['scan', '-', '--no-config', ...options], { stdin: hollow })).code).toBe(code);
  });
});

describe('files', () => {
  let dir = '';
  const write = (name: string, text: string | Uint8Array): void => {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  };
  const reply = (word: string): string => `Hello! Your ${word} is packed and waits for you at the desk by the front door until Friday evening.\n`;
  const scanned = async (...paths: string[]): Promise<{ code: number; files: string[]; problems: string[] }> => {
    const { code, out, err } = await savy(['scan', ...paths, '--no-config', '--format', 'json'], { cwd: dir });
    if (out === '') return { code, files: [], problems: [err] };
    const report = JSON.parse(out) as Report;
    return { code, files: [...new Set(report.results.map((r) => r.file))], problems: report.problems.map((p) => `${p.file}: ${p.message}`) };
  };

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'savy-scan-'));
    write('replies/lamp.txt', reply('lamp'));
    write('replies/deep/.hidden/chair.txt', reply('chair'));
    write('replies/drafts/sofa.txt', reply('sofa'));
    write('README.txt', reply('readme'));
    write('node_modules/x/a.txt', reply('package'));
    write('.savyignore', 'drafts/\n');
    symlinkSync('..', join(dir, 'replies/deep/loop'));
    symlinkSync('nowhere', join(dir, 'replies/gone.txt'));
    execFileSync('mkfifo', [join(dir, 'replies/pipe.txt')]);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('are found in folders, but for what is ignored; links in a ring, links to nothing and pipes stop nothing', async () => {
    expect(await scanned()).toEqual({ code: 2, files: ['replies/deep/.hidden/chair.txt', 'replies/lamp.txt'], problems: ['replies/gone.txt: is a link to nothing', 'replies/pipe.txt: is no plain file'] });
  });

  it('hold nothing: how many were read and passed over is told', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'savy-'));
    writeFileSync(join(dir, 'a.kt'), 'val late = "It is on its way."');
    writeFileSync(join(dir, 'b.json'), '{}');
    const { code, err } = await savy(['scan', '.'], { cwd: dir });
    expect([code, err.split('\n')[0]]).toEqual([2, 'savy: .: no replies found in 1 file, 1 of other kinds passed over: name the library’s files, or say their format with --from']);
    rmSync(dir, { recursive: true });
  });

  it('are found by glob, and one that is named is read whatever it is called', async () => {
    expect((await scanned('replies/l*.txt')).files).toEqual(['replies/lamp.txt']);
    expect((await scanned('README.txt', 'replies/drafts/sofa.txt')).files).toEqual(['README.txt', 'replies/drafts/sofa.txt']);
  });

  it('that are not there, or broken, are told; the others go on', async () => {
    write('broken.json', '[{"title": "a", "text": "Your lamp is packed and waits for you at the desk."},\n{"title": \n');
    const { code, files, problems } = await scanned('broken.json', 'missing.md', 'replies/lamp.txt');
    expect(code).toBe(2);
    expect(files).toContain('replies/lamp.txt');
    expect(problems.map((p) => p.split(':')[0])).toEqual(expect.arrayContaining(['broken.json', 'missing.md']));
    expect((await scanned('*.fax')).code).toBe(2);
  });
});
