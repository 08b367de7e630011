import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from './yaml.js';
import { LARVA, savy } from './drive.js';

function project(config: string, name = '.savyrc.yaml'): string {
  const dir = mkdtempSync(join(tmpdir(), 'savy-'));
  writeFileSync(join(dir, name), config);
  return dir;
}

const larva = LARVA.filter((a) => a !== '--no-config');
const rulesOf = (out: string): string[] => (JSON.parse(out) as { findings: { rule: string }[] }).findings.map((f) => f.rule);

describe('config', () => {
  it('is found upwards, and left alone with --no-config', async () => {
    const dir = project('rules:\n  apology/hollow: off\n');
    const deep = join(dir, 'a', 'b');
    mkdirSync(deep, { recursive: true });
    expect(rulesOf((await savy(['check', ...larva, '--format', 'json'], { cwd: deep })).out)).not.toContain('apology/hollow');
    expect(rulesOf((await savy(['check', ...LARVA, '--format', 'json'], { cwd: deep })).out)).toContain('apology/hollow');
  });
  it('stops looking at the top of a repository', async () => {
    const dir = project('channel: nonsense\n');
    const inner = join(dir, 'repo');
    mkdirSync(join(inner, '.git'), { recursive: true });
    expect((await savy(['check', ...larva], { cwd: inner })).code).toBe(1);
  });
  it('sets level and points, in YAML and in JSON', async () => {
    for (const dir of [project('rules:\n  apology/hollow: {level: error, points: 2}\n'), project('{"rules": {"apology/hollow": {"level": "error", "points": 2}}}', '.savyrc.json')]) {
      const { out } = await savy(['check', ...larva, '--format', 'json'], { cwd: dir });
      expect((JSON.parse(out) as { findings: object[] }).findings).toContainEqual(expect.objectContaining({ rule: 'apology/hollow', level: 'error', cost: 2 }));
    }
  });
  it('gives way to options', async () => {
    const dir = project('channel: email\nui: en\nfail-on: error\n');
    expect((await savy(['check', ...larva, '--format', 'json'], { cwd: dir })).out).toContain('"channel": "email"');
    expect((await savy(['check', ...larva, '--format', 'json', '--channel', 'chat'], { cwd: dir })).out).toContain('"channel": "chat"');
    expect((await savy(['check', ...larva], { cwd: dir })).out).toMatch(/^Grade/m);
  });
  it('brings own phrases, in the phrase language', async () => {
    const dir = project('phrases:\n  apology.real:\n    - (koodisana | tunnussana) ...2 banaani*\n');
    const apology = async (cwd: string, reply: string): Promise<unknown> => (JSON.parse((await savy(['check', '--format', 'json', '--lang', 'fi'], { cwd, stdin: reply })).out) as { facts: { apology: string } }).facts.apology;
    expect(await apology(dir, 'Koodisana on banaanit. Leena')).toBe('real');
    expect(await apology(dir, 'Koodisana on omena. Leena')).toBe('none');
    expect(await apology(project(''), 'Koodisana on banaanit. Leena')).toBe('none');
  });
  it('knows its brands and agents by name', async () => {
    const reply = 'Hei! Tilauksesi lähti tänään.\n\nTerveisin\nXyrtti';
    const signed = async (config: string): Promise<unknown> => (JSON.parse((await savy(['check', '--format', 'json'], { cwd: project(config), stdin: reply })).out) as { facts: { signed: boolean } }).facts.signed;
    expect(await signed('agents: [Xyrtti]\n')).toBe(true);
    expect(await signed('brands: [Xyrtti]\n')).toBe(false);
  });
  it('tells mistakes with their place', async () => {
    const told = async (config: string): Promise<string> => {
      const { code, err } = await savy(['check', ...larva], { cwd: project(config) });
      expect(code).toBe(2);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
      return err;
    };
    expect(await told('chanel: email\n')).toMatch(/^savy: \.savyrc\.yaml:1:1: unknown key “chanel”, did you mean “channel”\?: accepted: channel, /);
    expect(await told('channel: fax\n')).toMatch(/\.savyrc\.yaml:1:10: “channel” must be one of social, email/);
    expect(await told('rules:\n  apology/holow: off\n')).toMatch(/\.savyrc\.yaml:2:3: unknown rule “apology\/holow”, did you mean “apology\/hollow”/);
    expect(await told('rules:\n  apology/hollow: loud\n')).toMatch(/\.savyrc\.yaml:2:19: /);
    expect(await told('min-grade: 12\n')).toMatch(/\.savyrc\.yaml:1:1: “12” is no grade/);
    expect(await told('phrases:\n  stok.value: [foo]\n')).toMatch(/\.savyrc\.yaml:2:3: unknown cue “stok\.value”, did you mean “stock\.value”/);
    expect(await told('x: 1\n')).toMatch(/unknown key “x”: accepted/);
    expect(await told('phrases:\n  stock.other:\n    - "(open"\n')).toMatch(/\.savyrc\.yaml:3:7: phrase “\(open”/);
    expect(await told('a: [\n')).toMatch(/\.savyrc\.yaml:\d+:\d+: not valid YAML/);
  });
  it('is printed with where each part came from', async () => {
    const dir = project('channel: email\nrules:\n  apology/hollow: off\n');
    const { out, code } = await savy(['check', '--print-config', '--fail-on', 'error'], { cwd: dir });
    expect(code).toBe(0);
    expect(out).toMatch(/^channel: "email" +# \.savyrc\.yaml:1:1$/m);
    expect(out).toMatch(/^fail-on: "error" +# --fail-on$/m);
    expect(parse(out)).toMatchObject({ channel: 'email', rules: { 'apology/hollow': { level: 'off' } } });
    expect((await savy(['check', '--config', 'nowhere.yaml'], { stdin: 'Hei', cwd: dir })).err).toMatch(/nowhere\.yaml: no such file/);
  });
});
