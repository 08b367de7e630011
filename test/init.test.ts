/** `savy init`: what it finds, what it writes, and what it leaves alone. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { savy, store } from './drive.js';
import { schemas } from '../tools/build/schema.js';
import { parse } from './yaml.js';

// Read once, before any test is timed.
store();

const REPLIES = {
  'replies/refund.fi.md': '# Hyvitys\n\nHei! Kiitos yhteydenotostasi. Pahoittelemme mahdollista häiriötä ja aiheutunutta mielipahaa. Palautteesi on meille tärkeää.\n\nYstävällisin terveisin\nAsiakaspalvelu\n',
  'replies/refund.en.md': '# Refund\n\nHi! Thank you for contacting us. We apologise for any inconvenience caused. Your feedback is important to us.\n\nBest regards,\nCustomer Service\n',
};

function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'savy-'));
  for (const [name, text] of Object.entries({ '.git/HEAD': 'ref: refs/heads/main\n', ...files })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

const text = (dir: string, file: string): string => readFileSync(join(dir, file), 'utf8');

describe('savy init', () => {
  it('writes settings, a baseline and a workflow, after which a scan is clean', async () => {
    const dir = project({ ...REPLIES, '.git/config': '[remote "origin"]\n\turl = git@github.com:kuura/replies.git\n' });
    const { code, out, err } = await savy(['init'], { cwd: dir });
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^Found 2 replies \(markdown; en, fi\), with \d+ findings\.$/m);
    for (const file of ['.savyrc.yaml', '.savy-baseline.json', '.github/workflows/savy.yml']) expect(out).toMatch(new RegExp(`^wrote +${file.replaceAll('.', '\\.')}`, 'm'));
    expect(new Ajv({ allowUnionTypes: true }).validate(schemas(store())['config.json'] as object, parse(text(dir, '.savyrc.yaml')))).toBe(true);
    const { jobs } = parse(text(dir, '.github/workflows/savy.yml')) as { jobs: { savy: { steps: { run?: string }[] } } };
    expect(jobs.savy.steps.at(-1)?.run).toMatch(/^npx --yes savy@\S+ scan replies\n$/);
    expect(text(dir, '.savy-baseline.json')).not.toMatch(/Pahoittelemme|apologise/);
    expect((await savy(['scan', 'replies'], { cwd: dir })).code).toBe(0);
    expect((await savy(['scan', 'replies', '--no-baseline'], { cwd: dir })).code).toBe(1);
    expect((await savy(['check', '--print-config'], { cwd: dir })).out).toMatch(/^fail-on: "warning" +# \.savyrc\.yaml:\d+:1$/m);
  });
  it('overwrites nothing unless told to', async () => {
    const dir = project({ ...REPLIES, '.savyrc.yaml': 'fail-on: error\n', '.savy-baseline.json': 'x', '.github/workflows/savy.yml': 'mine\n' });
    const { code, out } = await savy(['init'], { cwd: dir });
    expect(code).toBe(0);
    expect(out.match(/^kept/gm)).toHaveLength(3);
    expect([text(dir, '.savyrc.yaml'), text(dir, '.savy-baseline.json'), text(dir, '.github/workflows/savy.yml')]).toEqual(['fail-on: error\n', 'x', 'mine\n']);
    writeFileSync(join(dir, '.savy-baseline.json'), '');
    expect((await savy(['init', '--force'], { cwd: dir })).out.match(/^wrote/gm)).toHaveLength(3);
    expect(text(dir, '.savyrc.yaml')).toContain('fail-on: warning');
  });
  it('writes nothing with --dry-run, and says what it would', async () => {
    const dir = project({ ...REPLIES, '.github/x': '' });
    const { out } = await savy(['init', '--dry-run'], { cwd: dir });
    expect(out).toMatch(/^would write {2}\.savyrc\.yaml\n {2}\| # yaml-language-server: \$schema=/m);
    expect(out.match(/^would write/gm)).toHaveLength(3);
    expect(['.savyrc.yaml', '.savy-baseline.json', '.github/workflows'].filter((f) => existsSync(join(dir, f)))).toEqual([]);
  });
  it('adds to a pipeline of GitLab’s without touching it', async () => {
    const dir = project({ ...REPLIES, '.gitlab-ci.yml': 'stages: [test]\n' });
    const { out } = await savy(['init'], { cwd: dir });
    expect(text(dir, '.gitlab-ci.yml')).toBe('stages: [test]\n');
    expect(parse(text(dir, '.gitlab/savy.yml'))).toMatchObject({ savy: { artifacts: { reports: { codequality: 'savy-quality.json' } } } });
    expect(out).toContain('include: [{ local: .gitlab/savy.yml }]');
  });
  it('knows settings in package.json, and a savy that is installed', async () => {
    const dir = project({ ...REPLIES, 'package.json': '{"savy": {"fail-on": "error"}}', 'node_modules/savy/package.json': '{}', '.github/x': '' });
    const { out } = await savy(['init'], { cwd: dir });
    expect(out).toMatch(/^kept +package\.json: settings are there already$/m);
    expect(existsSync(join(dir, '.savyrc.yaml'))).toBe(false);
    expect(text(dir, '.github/workflows/savy.yml')).toMatch(/- run: npm ci\n +- run: \|\n +npx savy scan replies\n/);
  });
  it('finds nothing in an empty folder, and writes settings all the same', async () => {
    const dir = project({});
    const { code, out } = await savy(['init'], { cwd: dir });
    expect([code, existsSync(join(dir, '.savyrc.yaml')), existsSync(join(dir, '.savy-baseline.json'))]).toEqual([0, true, false]);
    expect(out).toMatch(/^No canned replies found here\.$/m);
  });
  it('quotes odd names and writes through no link', async () => {
    const dir = project(Object.fromEntries(Object.entries(REPLIES).map(([name, t]) => [name.replace('replies', "it's $(x)"), t])));
    writeFileSync(join(dir, '.gitlab-ci.yml'), '');
    await savy(['init'], { cwd: dir });
    expect((parse(text(dir, '.gitlab/savy.yml')) as { savy: { script: string[] } }).savy.script[0]).toContain(`scan 'it'\\''s $(x)' --format gitlab`);
    const outside = mkdtempSync(join(tmpdir(), 'savy-'));
    const linked = project(REPLIES);
    symlinkSync(outside, join(linked, '.github'));
    expect((await savy(['init'], { cwd: linked })).err).toMatch(/\.github\/workflows\/savy\.yml: lies behind a link out of the project/);
    expect(existsSync(join(outside, 'workflows'))).toBe(false);
  });
});
