/** What nobody should hand over, handed over: never a stack trace, a hang, a lost file, or a control character at a terminal. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { SCAN_FORMATS } from '../src/commands/scan-formats.js';
import { FORMATS } from '../src/readers/library.js';
import type { Case } from '../tools/fuzz/cases.js';
import { WHOLES } from '../tools/fuzz/hostile.js';
import { Dice } from '../tools/fuzz/random.js';
import { ranCase } from '../tools/fuzz/run.js';
import { LARVA, ROOT, savy } from './drive.js';

const HOSTILE = join(ROOT, 'fixtures/hostile');
const names = readdirSync(HOSTILE).filter((f) => !f.startsWith('.')).sort();
const scratch = mkdtempSync(join(tmpdir(), 'savy-hostile-'));
const BIN = join(ROOT, 'bin/savy.js');

/** What is wrong with how a run went, by the fuzzer's own measure. */
async function faults(argv: readonly string[], files: Readonly<Record<string, Buffer>>, stdin?: Buffer): Promise<readonly string[]> {
  const given: Case = { seed: 0, argv, files, stdin, terminal: true, writes: ['.savy-baseline.json', '.savy-cache.json'] };
  return (await ranCase(given, join(scratch, 'case'))).faults;
}

describe('fixtures/hostile', () => {
  it.each(names)('%s', async (name) => {
    const bytes = readFileSync(join(HOSTILE, name));
    const files = { [name]: bytes };
    const said: string[] = [];
    // Formats take turns; the fuzzer tries all with all.
    const turn = names.indexOf(name);
    for (const format of ['pretty', SCAN_FORMATS[turn % SCAN_FORMATS.length] as string]) {
      said.push(...(await faults(['check', name, '--format', format, '--no-config'], files)));
      said.push(...(await faults(['scan', name, '--format', format, '--no-config'], files)));
    }
    for (let i = 0; i < 3; i++) said.push(...(await faults(['scan', name, '--from', FORMATS[(3 * turn + i) % FORMATS.length] as string, '--format', 'compact', '--no-config'], files)));
    for (const how of [['--diff'], ['--draft', '--json']]) said.push(...(await faults(['fix', name, ...how, '--no-config'], files)));
    const reply = { 'reply.txt': Buffer.from('Hi Anna! We are on it. -Nora') };
    said.push(...(await faults(['check', 'reply.txt', '-c', name, '--no-config'], { ...files, ...reply })));
    said.push(...(await faults(['brief', '-c', name, '--no-config'], files)));
    said.push(...(await faults(['stream', '--no-config'], {}, bytes)));
    // As settings, a baseline, a cache, a list of what is passed over, and a rule pack.
    said.push(...(await faults(['check', 'reply.txt', '--config', name], { ...files, ...reply })));
    for (const own of ['.savyrc.yaml', 'package.json', '.savyignore']) said.push(...(await faults(['scan', 'reply.txt'], { [own]: bytes, ...reply })));
    said.push(...(await faults(['scan', 'reply.txt', '--no-config'], { '.savy-baseline.json': bytes, ...reply })));
    said.push(...(await faults(['scan', 'reply.txt', '--no-config', '--cache'], { '.savy-cache.json': bytes, ...reply })));
    for (const part of ['pack.yml', 'rules/a.yml', 'en/cues/a.yml']) said.push(...(await faults(['rules', 'test', 'p'], { 'p/pack.yml': Buffer.from('name: p\nlanguages: [fi, en]\n'), [`p/${part}`]: bytes })));
    expect(said).toEqual([]);
  }, 120_000);
});

describe('time grows with the text, and no faster', () => {
  const SIZE = 30_000;
  it.each(WHOLES.map(([name, make]) => [name, make] as const))('%s', async (_, make) => {
    const text = Buffer.from(make(SIZE, new Dice(1)).slice(0, SIZE).replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', ' '));
    const files = { 'a.txt': text };
    expect([
      ...(await faults(['check', 'a.txt', '-c', 'a.txt', '--no-config', '--format', 'compact'], files)),
      ...(await faults(['scan', 'a.txt', '--no-config', '--format', 'compact'], files)),
    ]).toEqual([]);
  }, 120_000);
});

describe('files and folders', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(scratch, 'd'));
    writeFileSync(join(dir, 'a.md'), '# Late\n\nSorry for any inconvenience this may have caused.\n');
  });

  it('reads a folder with links that go round in circles, once', async () => {
    mkdirSync(join(dir, 'sub'));
    symlinkSync(dir, join(dir, 'sub/round'));
    symlinkSync('self', join(dir, 'self'));
    symlinkSync('nowhere.md', join(dir, 'gone.md'));
    const { code, out } = await savy(['scan', '.', '--format', 'json', '--no-config'], { cwd: dir });
    const { results, problems } = JSON.parse(out) as { results: unknown[]; problems: { message: string }[] };
    expect(results).toHaveLength(1);
    expect(problems.map((p) => p.message)).toEqual(['is a link to nothing']);
    expect(code).toBe(2);
    for (const name of ['self', 'x'.repeat(5_000)]) expect((await savy(['scan', name, '--no-config'], { cwd: dir })).out).toContain('no such file');
  }, 60_000);

  it('reads a pack whose folders are files, and settings that name what can’t be', async () => {
    mkdirSync(join(dir, 'p'));
    writeFileSync(join(dir, 'p/pack.yml'), 'name: p\n');
    for (const part of ['rules', 'cues', 'en']) writeFileSync(join(dir, 'p', part), 'x');
    expect((await savy(['rules', 'test', 'p'], { cwd: dir })).err.split('\n').length).toBeLessThanOrEqual(2);
    for (const key of ['extends', 'packs']) {
      writeFileSync(join(dir, '.savyrc.yaml'), `${key}: ["./a\\0b", "${'x'.repeat(5_000)}", "/etc/passwd", "../.."]\n`);
      const { code, err } = await savy(['check', 'a.md'], { cwd: dir });
      expect([code, err.split('\n').length]).toEqual([2, 2]);
    }
  }, 60_000);

  it.each(['../*.md', '**/../../*.md', `${'*a'.repeat(40)}.md`, '{a,{b,{c,{d,e}}}}.md', '@(a|b)*.md', '*'.repeat(500)])('refuses or bounds the glob %s', async (glob) => {
    const began = Date.now();
    const { code, err } = await savy(['scan', glob, '--format', 'compact', '--no-config'], { cwd: dir });
    expect(code).toBe(2);
    expect(err.split('\n').length).toBeLessThanOrEqual(2);
    expect(Date.now() - began).toBeLessThan(5_000);
  }, 60_000);

  it.skipIf(process.platform === 'win32')('does not wait for a FIFO in a folder', async () => {
    spawnSync('mkfifo', [join(dir, 'pipe.md')]);
    for (const path of ['.', 'pipe.md']) {
      const { code, out } = await savy(['scan', path, '--format', 'json', '--no-config'], { cwd: dir });
      expect(JSON.stringify(JSON.parse(out).problems)).toContain('is no plain file');
      expect(code).toBe(2);
    }
    spawnSync('mkfifo', [join(dir, '.savyrc.yaml')]);
    expect((await savy(['check', 'a.md'], { cwd: dir })).err).toMatch(/^savy: \.savyrc\.yaml: is no file/);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('tells of what it may not read', async () => {
    chmodSync(join(dir, 'a.md'), 0);
    expect((await savy(['check', 'a.md', '--no-config'], { cwd: dir })).err).toMatch(/^savy: a\.md: may not be read/);
    expect((await savy(['scan', '.', '--no-config'], { cwd: dir })).code).toBe(2);
  });

  it.skipIf(!existsSync('/dev/full'))('says so when there is no room, and leaves nothing beside', async () => {
    const { code, err } = await savy(['check', 'a.md', '-o', '/dev/full', '--no-config'], { cwd: dir });
    expect([code, err]).toEqual([2, expect.stringMatching(/^savy: \/dev\/full: no room on the disk/)]);
    // No file may grow beyond some blocks: as if the disk were full.
    writeFileSync(join(dir, 'many.md'), Array.from({ length: 200 }, (_, i) => `# Late ${i}\n\nSorry for any inconvenience in case ${i}.\n\n`).join(''));
    writeFileSync(join(dir, '.savy-baseline.json'), '{"savy-baseline": 1, "scope": "", "findings": {}}');
    const { status, stderr } = spawnSync('sh', ['-c', `trap '' XFSZ; ulimit -f 4; exec "${process.execPath}" "${BIN}" scan many.md --update-baseline --no-config > /dev/null`], { cwd: dir, encoding: 'utf8' });
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
    expect(readFileSync(join(dir, '.savy-baseline.json'), 'utf8')).toContain('"scope": ""');
    expect(readdirSync(dir).sort()).toEqual(['.savy-baseline.json', 'a.md', 'many.md']);
  });
});

describe.skipIf(process.platform === 'win32')('the program itself', () => {
  const shell = (line: string, input = ''): { status: number | null; stdout: string; stderr: string } => spawnSync('bash', ['-c', line], { cwd: ROOT, input, encoding: 'utf8' });
  const run = `"${process.execPath}" "${BIN}"`;

  it.each(['check fixtures/exchanges/fi-larva-template/reply.txt --format json', 'scan fixtures/libraries --format ndjson --no-config', 'rules', 'explain apology/hollow', '--help'])('ends quietly when nobody reads on: %s', (command) => {
    const { stderr } = shell(`${run} ${command} | head -c 1 > /dev/null`);
    expect(stderr).toBe('');
  });

  it('ends quietly when nobody hears what it has to say', () => {
    const { stdout } = shell(`{ ${run} check nowhere.txt; echo $? >&3; } 3>&1 2> >(exec 0<&-)`);
    expect(stdout.trim()).toBe('2');
  });

  it('finishes a file that it is writing before a signal ends it', async () => {
    const dir = mkdtempSync(join(scratch, 's'));
    writeFileSync(join(dir, 'a.txt'), 'old');
    const script = join(dir, 'w.mts');
    writeFileSync(script, `import * as disk from 'node:fs';\nimport { writeBack } from ${JSON.stringify(join(ROOT, 'src/commands/write.ts'))};\nwriteBack(${JSON.stringify(dir)}, 'a.txt', 'old', 'new', { ...disk, fsyncSync: (fd) => { process.kill(process.pid, 'SIGINT'); disk.fsyncSync(fd); } });\nsetTimeout(() => console.log('alive'), 3000);\n`);
    const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (d) => (out += String(d)));
    const [, signal] = await new Promise<[number | null, string | null]>((go) => child.once('close', (code, s) => go([code, s])));
    expect([signal, out, readFileSync(join(dir, 'a.txt'), 'utf8')]).toEqual(['SIGINT', '', 'new']);
    expect(readdirSync(dir).sort()).toEqual(['a.txt', 'w.mts']);
  }, 30_000);

  it('is gone at once on Ctrl-C in a scan, threads and all, and leaves nothing', async () => {
    const dir = mkdtempSync(join(scratch, 'c'));
    writeFileSync(join(dir, 'l.ndjson'), Array.from({ length: 20_000 }, (_, i) => `{"reply":"Hi! Sorry for any inconvenience in case ${i}, we will look into it shortly."}\n`).join(''));
    const child = spawn(process.execPath, [BIN, 'scan', 'l.ndjson', '--jobs', '2', '--cache', '--update-baseline', '--no-config'], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (d) => (err += String(d)));
    await new Promise((go) => setTimeout(go, 700));
    const began = Date.now();
    child.kill('SIGINT');
    const [, signal] = await new Promise<[number | null, string | null]>((go) => child.once('close', (code, s) => go([code, s])));
    expect([signal, err]).toEqual(['SIGINT', '']);
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(readdirSync(dir)).toEqual(['l.ndjson']);
  }, 30_000);
});

it('half a megabyte on one line, and a hundred thousand levels of quotation', async () => {
  const line = Buffer.from('sorry for the trouble '.repeat(20_000));
  expect(await faults(['check', 'a.txt', '--no-config', '--format', 'compact'], { 'a.txt': line })).toEqual([]);
  expect(await faults(['check', 'a.txt', '--no-config'], { 'a.txt': Buffer.from(`Hi!\n${'>'.repeat(100_000)} x`) })).toEqual([]);
  expect(await faults(['stream', '--no-config'], {}, Buffer.from(`{"reply":"Hi","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`))).toEqual([]);
}, 300_000);

it('the same as ever, between all this', async () => {
  expect((await savy(['check', ...LARVA])).code).toBe(1);
});
