import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { filesOf, hunksOf, touched } from '../src/commands/diff.js';
import { savy, store } from './drive.js';
import { type Scratch, scratch } from './scratch.js';

vi.setConfig({ testTimeout: 60_000 });
// Loaded once, and on nobody's time.
store();
const HOLLOW = 'We apologise for any inconvenience caused by this.';
const reply = (key: string, text = HOLLOW): string => `- key: ${key}\n  reply: ${JSON.stringify(`Hi {{customer.name}}! ${text} A new pair in the ${key} size left our shop this morning.`)}\n`;

/** Files and lines of the findings. */
async function told(s: Scratch, argv: readonly string[] = [], env: Record<string, string> = {}): Promise<string[]> {
  const { out, err, code } = await savy(['scan', '.', '--no-config', '--format', 'compact', '--changed', ...argv], { cwd: s.dir, env: { PATH: process.env['PATH'] ?? '', ...env } });
  expect(err).toBe('');
  expect(code).toBe(out === '' ? 0 : 1);
  return [...new Set(out.split('\n').filter((l) => l.includes('apology/hollow')).map((l) => l.split(':').slice(0, 2).join(':')))];
}

function repository(files: Readonly<Record<string, string>>): Scratch {
  const s = scratch(files);
  s.git('init', '-q');
  s.git('add', '-A');
  s.git('commit', '-qm', 'first');
  return s;
}

describe('--changed', () => {
  it('judges what the branch, the work tree and files unknown to git bring', async () => {
    const s = repository({ 'a.yml': reply('one') + reply('two') + reply('three'), 'deep/ä b.yml': reply('old') });
    expect(await told(s)).toEqual([]);
    s.git('checkout', '-qb', 'topic');
    s.write('a.yml', reply('one') + reply('two', `${HOLLOW} Thank you.`) + reply('three'));
    s.git('commit', '-qam', 'second');
    expect(await told(s)).toEqual(['a.yml:4']);
    s.write('deep/ä b.yml', `${reply('old')}${reply('new')}`);
    s.write('x\ny,%.yml', reply('untracked'));
    expect(await told(s)).toEqual(['a.yml:4', 'deep/ä b.yml:4', 'x y,%.yml:2']);
    expect(await told(s, ['HEAD'])).toEqual(['deep/ä b.yml:4', 'x y,%.yml:2']);
  });

  it('finds a moved reply unchanged, and its neighbours too when one is taken out', async () => {
    const s = repository({ 'a.yml': reply('one') + reply('two') + reply('three') });
    s.git('mv', 'a.yml', 'b.yml');
    expect(await told(s)).toEqual([]);
    s.write('b.yml', reply('one') + reply('three'));
    expect(await told(s)).toEqual([]);
  });

  it('tells of an old reply that a new one copies', async () => {
    const text = 'Your parcel waits for you at the pick-up point at the station, and it is kept there for seven days. Take a proof of identity along.';
    const s = repository({ 'a.yml': `- key: one\n  reply: "Hi! ${text}"\n` });
    s.write('b.yml', `- key: two\n  reply: "Hi! ${text}"\n`);
    const { out } = await savy(['scan', '--no-config', '--format', 'compact', '--changed'], { cwd: s.dir, env: { PATH: process.env['PATH'] ?? '' } });
    expect(out).toContain('template/copy-paste');
  });

  it('works below the top, in a repository without commits, and with a branch of CI', async () => {
    const s = repository({ 'sub/a.yml': reply('one') });
    s.write('sub/b.yml', reply('two'));
    expect(await told({ ...s, dir: `${s.dir}/sub` })).toEqual(['b.yml:2']);
    const fresh = scratch({ 'a.yml': reply('one') });
    fresh.git('init', '-q');
    expect(await told(fresh)).toEqual(['a.yml:2']);
    s.git('update-ref', 'refs/remotes/origin/release', 'HEAD');
    s.git('add', '-A');
    s.git('commit', '-qm', 'second');
    expect(await told(s, [], { GITHUB_BASE_REF: 'release' })).toEqual(['sub/b.yml:2']);
    expect(await savy(['scan', '--changed'], { cwd: s.dir, env: { PATH: process.env['PATH'] ?? '', GITHUB_BASE_REF: 'gone' } })).toMatchObject({ code: 2, err: expect.stringContaining('fetch-depth: 0') as string });
  });

  it.each([
    [['--changed=--output=/tmp/x'], 'is no branch'],
    [['--changed=nowhere'], 'git knows no “nowhere”'],
    [['--changed', '--update-baseline'], 'with --changed only a part is judged'],
  ])('%j is refused', async (argv, said) => {
    const s = repository({ 'a.yml': reply('one') });
    const { code, err } = await savy(['scan', '.', '--no-config', ...argv], { cwd: s.dir, env: { PATH: process.env['PATH'] ?? '' } });
    expect(code).toBe(2);
    expect(err).toContain(said);
    expect(err.trimEnd()).not.toContain('\n');
  });

  it('says so outside a repository, and without git', async () => {
    const s = scratch({ 'a.yml': reply('one') });
    expect(await savy(['scan', '--changed'], { cwd: s.dir, env: { PATH: process.env['PATH'] ?? '', GIT_CEILING_DIRECTORIES: '/' } })).toMatchObject({ code: 2, err: expect.stringContaining('no git repository') as string });
    expect(await savy(['scan', '--changed'], { cwd: s.dir, env: { PATH: '/nowhere' } })).toMatchObject({ code: 2, err: expect.stringContaining('git was not found') as string });
  });
});

describe('a diff', () => {
  it('is read by its counts, whatever the lines look like', () => {
    const patch = ['diff --git a/x b/x', '--- a/x', '+++ b/x\t', '@@ -1,2 +1,2 @@', '--- a/y', '-@@ -9 +9 @@', '+++ b/z', '+diff --git', '\\ No newline at end of file', '@@ -8,0 +9 @@', '+x', '@@ -20,3 +20,0 @@', '-a', '-b', '-c', 'diff --git "a/\\303\\244\\t.md" "b/\\303\\244\\t.md"', '--- /dev/null', '+++ "b/\\303\\244\\t.md"', '@@ -0,0 +1,2 @@', '+a', '+b', ''].join('\n');
    expect([...hunksOf(patch)]).toEqual([['x', [{ from: 1, to: 2 }, { from: 9, to: 9 }, { from: 21, to: 20 }]], ['ä\t.md', [{ from: 1, to: 2 }]]]);
  });
  it('touches lines that came, and those from among which some went', () => {
    const hunks = [{ from: 3, to: 4 }, { from: 11, to: 10 }];
    expect([[1, 2], [2, 3], [4, 9], [5, 10], [10, 11], [11, 12]].map(([a, b]) => touched(hunks, a as number, b as number))).toEqual([false, true, true, false, true, false]);
  });
  it('names files as they are', () => {
    expect(filesOf('1\t0\ta\tb\n.md\0-\t-\tpic.png\x000\t0\t\0old\0new\0')).toEqual([{ name: 'a\tb\n.md', binary: false }, { name: 'pic.png', binary: true }, { name: 'new', binary: false }]);
  });
  it('of any text is read to its end', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('diff --git ', '+++ ', '"b/\\3', '@@ -1 +1 @@', '@@ -1,99999 +1,9 @@', '\n', 'x', '\\')), (parts) => void hunksOf(parts.join(''))));
  });
});
