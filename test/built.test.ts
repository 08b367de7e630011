/** What the build made says what the source says. `npm test` builds first; alone, run `npm run build` before. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.js';
import { outcomeOf } from '../src/outcome.js';
import { loadBuilt } from '../src/rules/load.js';
import { CASE, LARVA, ROOT, savy, store } from './drive.js';

const program = (args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [join(ROOT, 'bin', 'savy.js'), ...args], { cwd: ROOT, input, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });

describe('dist/', () => {
  it('judges every fixture as the source does', () => {
    const built = new Engine(loadBuilt(join(ROOT, 'dist', 'rules')));
    const source = new Engine(store());
    const dir = join(ROOT, 'fixtures', 'exchanges');
    for (const name of readdirSync(dir)) {
      const exchange = { message: readFileSync(join(dir, name, 'message.txt'), 'utf8'), reply: readFileSync(join(dir, name, 'reply.txt'), 'utf8') };
      expect(outcomeOf(exchange, built), name).toEqual(outcomeOf(exchange, source));
    }
  });

  it('runs as a program: the report and nothing else, and the exit code', async () => {
    const here = await savy(['check', ...LARVA, '--format', 'json']);
    const there = program(['check', ...LARVA, '--format', 'json']);
    expect(there).toMatchObject({ status: here.code, stdout: here.out, stderr: '' });
  });

  it('reads pipes and ends with 2 on what it can’t read', () => {
    expect(program(['check', '--format', 'compact', '--no-config'], 'Hei ,\n\nkiitos palautteestasi.').stdout).toMatch(/^-:1:/m);
    expect(program(['check', 'nowhere.txt'])).toMatchObject({ status: 2, stdout: '', stderr: 'savy: nowhere.txt: no such file: check the name\n' });
    expect(program(['stream', '--no-config'], '{"reply":"Hei"}\n{').status).toBe(2);
  });

  it('is quiet when its reader goes away', () => {
    const lines = '{"reply":"Hei vain, Maija tässä."}\n'.repeat(3000);
    const { stderr } = spawnSync('sh', ['-c', `"${process.execPath}" bin/savy.js stream --no-config | head -1`], { cwd: ROOT, input: lines, encoding: 'utf8' });
    expect(stderr).toBe('');
  });

  it.skipIf(process.platform !== 'linux')('says so in one line when there is no room for its report', () => {
    for (const command of ['rules', '--help', 'stream']) {
      const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" bin/savy.js ${command} > /dev/full`], { cwd: ROOT, input: '{"reply":"Hei"}\n', encoding: 'utf8' });
      expect(status).toBe(2);
      expect(stderr).toMatch(/^savy: standard output: can’t be written to \(ENOSPC\)[^\n]*\n$/);
    }
  });

  it('has a public API on the same path', async () => {
    const { check } = (await import(pathToFileURL(join(ROOT, 'dist', 'index.js')).href)) as typeof import('../src/index.js');
    const exchange = { message: readFileSync(`${CASE}/message.txt`, 'utf8'), reply: readFileSync(`${CASE}/reply.txt`, 'utf8') };
    expect(check(exchange)).toEqual(outcomeOf(exchange, new Engine(store())));
    expect(check({ reply: 'Hello!' }, { channel: 'email' }).channel).toBe('email');
  });
});
