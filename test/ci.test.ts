import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { ROOT, savy } from './drive.js';
import { type Scratch, scratch } from './scratch.js';

vi.setConfig({ testTimeout: 60_000 });
const reply = (text: string): string => JSON.stringify(`Hi {{customer.name}}! ${text} A new pair in the right size left our shop this morning.`);
const HOLLOW = `- key: sent\n  reply: ${reply('We apologise for any inconvenience caused.')}\n`;
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Runs the Action's script as its step does. */
function action(s: Scratch, inputs: Readonly<Record<string, string>>): { status: number | null; stdout: string; output: string; summary: string } {
  const { inputs: known, runs } = parse(read('action.yml')) as { inputs: Record<string, { default: string }>; runs: { steps: { env: Record<string, string> }[] } };
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: join(s.dir, '.out'), GITHUB_STEP_SUMMARY: join(s.dir, '.summary') };
  for (const [name, from] of Object.entries(runs.steps[0]?.env ?? {})) {
    const key = /inputs\.([\w-]+)/.exec(from)?.[1];
    env[name] = key === undefined ? ROOT : (inputs[key] ?? (known[key] as { default: string }).default);
  }
  const { status, stdout } = spawnSync('bash', [join(ROOT, 'integrations/github/scan.sh')], { cwd: s.dir, env, encoding: 'utf8' });
  const text = (name: string): string => (existsSync(join(s.dir, name)) ? readFileSync(join(s.dir, name), 'utf8') : '');
  return { status, stdout, output: text('.out'), summary: text('.summary') };
}

describe('the GitHub Action', () => {
  it('marks findings, sums up, tells the exit code', () => {
    const s = scratch({ 'my replies/a.yml': HOLLOW });
    const ran = action(s, { paths: 'my replies\n' });
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/^::warning file=my replies\/a\.yml,line=2,.*title=apology\/hollow \(sent\)::/);
    expect(ran.output).toBe('exit-code=1\nreport=\n');
    expect(ran.summary).toMatch(/^### savy: replies: 1,/);
    expect(action(s, { paths: 'my replies', 'fail-on': 'error', format: 'sarif', output: 'a.sarif' }).output).toContain('exit-code=0\nreport=a.sarif\n');
  });
  it('takes nothing that an input says for a command or an option', () => {
    const s = scratch({ 'a.yml': HOLLOW });
    expect(action(s, { paths: '$(touch owned)\n`touch owned`', args: '; touch owned' }).status).toBe(2);
    expect(action(s, { paths: '--output=owned' }).status).toBe(2);
    expect(action(s, { version: '1; touch owned' }).status).toBe(2);
    expect(existsSync(join(s.dir, 'owned'))).toBe(false);
  });
});

it('hooks and the GitLab file name options that there are', async () => {
  const { out } = await savy(['scan', '--help']);
  const said = [...[read('.pre-commit-hooks.yaml'), read('integrations/gitlab/savy.gitlab-ci.yml'), read('integrations/github/scan.sh')].join('\n').matchAll(/savy"? scan .*|options\+=\(.*/g)].flatMap(([line]) => line.match(/--[a-z][a-z-]*/g) ?? []);
  expect(said.length).toBeGreaterThan(5);
  for (const option of new Set(said)) expect(out, option).toContain(option);
});

describe('threads', () => {
  it('make no difference to the report', () => {
    const library = Array.from({ length: 400 }, (_, i) => `- key: k${i}\n  reply: ${reply(i % 3 === 0 ? `We are sorry if box ${i} upset you.` : `Box ${i} goes out tomorrow.`)}\n`).join('');
    const s = scratch({ 'a.yml': library, 'b/c.yml': HOLLOW });
    const scan = (...argv: string[]) => spawnSync(process.execPath, [join(ROOT, 'bin/savy.js'), 'scan', '--no-config', '--format', 'json', ...argv], { cwd: s.dir, encoding: 'utf8', maxBuffer: 1 << 28 });
    const one = scan('--jobs', '1');
    const three = scan('--jobs', '3');
    expect(one.stderr).toBe('');
    expect(three).toMatchObject({ status: one.status, stderr: '' });
    expect(three.stdout === one.stdout).toBe(true);
    expect(scan('--jobs', '0')).toMatchObject({ status: 2, stderr: expect.stringContaining('--jobs') as string });
  });
});

describe('savy check in formats of libraries', () => {
  const check = (...argv: string[]) => savy(['check', '-', '--no-config', ...argv], { stdin: 'Hi Anna!\n\nWe apologise for any inconvenience caused.\n\nBest,\nEve' });
  it.each(['github', 'sarif', 'gitlab', 'junit', 'checkstyle', 'markdown', 'ndjson'])('%s', async (format) => {
    const { out, err } = await check('--format', format);
    expect(err).toBe('');
    expect(out).toContain('apology/hollow');
    if (format === 'ndjson') expect(JSON.parse(out)).toEqual(JSON.parse((await check('--format', 'json')).out));
  });
  it('marks lines in GitHub Actions by itself', async () => {
    const given = { stdin: 'Hi Anna!\n\nWe apologise for any inconvenience caused.\n\nBest,\nEve', env: { GITHUB_ACTIONS: 'true' } };
    expect((await savy(['check', '-', '--no-config'], given)).out).toMatch(/^::warning line=3,/);
    expect((await savy(['check', '-', '--no-config', '--format', 'compact'], given)).out).toMatch(/^-:3:/);
  });
});
