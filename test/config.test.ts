import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from './yaml.js';
import { LARVA, savy, store } from './drive.js';

// Read once, before any test is timed.
store();

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

/** A repository with these files in it. */
function repository(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'savy-'));
  for (const [name, text] of Object.entries({ '.git/HEAD': 'ref: refs/heads/main\n', ...files })) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

type Printed = { channel: string; 'fail-on': string; brands: string[]; agents: string[]; rules?: Record<string, unknown>; phrases?: Record<string, unknown> };
const printed = async (cwd: string, file?: string): Promise<Printed & { text: string }> => {
  const { out, err, code } = await savy(['check', ...(file === undefined ? [] : [file]), '--print-config'], { cwd });
  expect([code, err]).toEqual([0, '']);
  return { ...(parse(out) as Printed), text: out };
};
const refused = async (cwd: string): Promise<string> => {
  const { code, err } = await savy(['check'], { cwd, stdin: 'Hi' });
  expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1]);
  return err;
};

describe('configs of several folders', () => {
  const dir = repository({
    '.savyrc.yaml': 'channel: email\nfail-on: error\nbrands: [Kuura]\nrules:\n  apology/hollow: {level: error, points: 2}\n  answer/late: off\n',
    'a/package.json': '{\n  "name": "a",\n  "savy": { "channel": "chat", "brands": ["Routa"], "rules": { "apology/hollow": "hint" } }\n}\n',
    'a/draft.txt': 'Hi',
    'a/b/.savyrc.json': '{"root": true, "agents": ["Outi"]}',
  });
  it('merge, the nearest over those above it', async () => {
    const { text, ...all } = await printed(join(dir, 'a'));
    expect(all).toMatchObject({ channel: 'chat', 'fail-on': 'error', brands: ['Kuura', 'Routa'], rules: { 'apology/hollow': { level: 'hint', points: 2 }, 'answer/late': { level: 'off' } } });
    expect(text).toMatch(/^channel: "chat" +# package\.json:3:13$/m);
    expect(text).toMatch(/^fail-on: "error" +# \.\.\/\.savyrc\.yaml:2:1$/m);
    expect(text).toMatch(/^brands: .* +# \.\.\/\.savyrc\.yaml:3:1, package\.json:3:32$/m);
  });
  it('are those of the draft’s folder, when it lies under ours', async () => {
    expect((await printed(dir, 'a/draft.txt')).channel).toBe('chat');
    expect((await printed(dir)).channel).toBe('email');
  });
  it('stop at root: true', async () => {
    expect(await printed(join(dir, 'a', 'b'))).toMatchObject({ channel: 'social', brands: [], agents: ['Outi'] });
  });
  it('say where a mistake in package.json stands', async () => {
    expect(await refused(repository({ 'package.json': '{\n  "savy": {"chanel": "chat"}\n}\n' }))).toMatch(/^savy: package\.json:2:12: unknown key “chanel”, did you mean “channel”/);
  });
});

describe('overrides', () => {
  const dir = repository({
    '.savyrc.yaml': 'channel: social\noverrides:\n  - files: "*.email.txt"\n    channel: email\n    min-grade: 8-\n  - files: [mail/**, "!mail/old/**"]\n    rules: {answer/late: off}\n    phrases: {apology.real: [banaania]}\n',
  });
  it('hold for the files that their globs name', async () => {
    expect(await printed(dir, 'x/y.email.txt')).toMatchObject({ channel: 'email', 'min-grade': 7.75 });
    expect(await printed(dir, 'x/y.txt')).toMatchObject({ channel: 'social' });
    expect((await printed(dir, 'mail/a/b.txt')).rules).toEqual({ 'answer/late': { level: 'off' } });
    expect((await printed(dir, 'mail/old/b.txt')).rules).toBeUndefined();
    expect((await printed(dir, 'mail/x.email.txt')).text).toMatch(/^channel: "email" +# \.savyrc\.yaml:4:5$/m);
  });
  it('are asked file by file, cheaply', async () => {
    const { settler } = await import('../src/commands/settings.js');
    const of = await settler({}, { argv: [], stdin: { async *[Symbol.asyncIterator]() {} }, stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: dir }, store());
    expect(of('a.txt')).toBe(of('b/c.txt'.slice(2)));
    expect(of('mail/x.txt').engine).toBe(of('mail/y.txt').engine);
    expect(of('mail/x.txt').engine).not.toBe(of('a.txt').engine);
    expect(of('x.email.txt').engine).toBe(of('a.txt').engine);
  });
  it('take no glob that leaves the folder or could take for ever', async () => {
    const told = async (glob: string): Promise<string> => refused(repository({ '.savyrc.yaml': `overrides:\n  - files: [${JSON.stringify(glob)}]\n` }));
    expect(await told('../x')).toMatch(/\.savyrc\.yaml:2:13: “\.\.\/x” leaves the folder/);
    for (const glob of ['*a*a*a*a*a*b', '*a*a/*a*a/b']) expect(await told(glob)).toMatch(/has too many stars/);
    for (const glob of ['+(a|a)*', '(a*)*b', '{a,aa}+b', '[a-z]+[a-z]+b']) expect(await told(glob)).toMatch(/holds a pattern in brackets/);
    expect(await told('{a,aa}'.repeat(20))).toMatch(/has too many braces/);
    expect(await told('')).toMatch(/is no glob/);
  });
});

describe('.savyignore', () => {
  it('is written like .gitignore, and holds no pattern that could take for ever', async () => {
    const { ignoredIn } = await import('../src/commands/ignore-file.js');
    const ignored = ignoredIn(repository({ '.savyignore': '# old ones\narchive/\n*.draft.md\n!kept.draft.md\n' }));
    expect(['archive/', 'archive/x.md', 'a/b.draft.md', 'kept.draft.md', 'a/b.md', '../x.draft.md'].map(ignored)).toEqual([true, true, true, false, false, false]);
    expect(() => ignoredIn(repository({ '.savyignore': 'a\n*a*a*a*a*a*b\n' }))).toThrow(expect.objectContaining({ place: '.savyignore:2:1' }));
  });
});

describe('extends', () => {
  const shared = { 'node_modules/@acme/savy/package.json': '{"savy": {"extends": "./base.yml", "rules": {"answer/late": "off"}}}', 'node_modules/@acme/savy/base.yml': 'channel: review\nfail-on: hint\n' };
  it('takes paths and packages, each below what extends it', async () => {
    const dir = repository({ ...shared, '.savyrc.yaml': 'extends: ["@acme/savy", ./more.yml]\nchannel: chat\n', 'more.yml': 'fail-on: error\n' });
    expect(await printed(dir)).toMatchObject({ channel: 'chat', 'fail-on': 'error', rules: { 'answer/late': { level: 'off' } } });
    expect(await printed(repository({ ...shared, 'a/.savyrc.yaml': 'extends: "@acme/savy/base.yml"\n' }))).toMatchObject({ channel: 'social' });
    const inner = repository({ ...shared, 'a/.savyrc.yaml': 'extends: "@acme/savy/base.yml"\n' });
    expect((await printed(join(inner, 'a'))).channel).toBe('review');
  });
  it('takes a package with savy.yml, and a pack', async () => {
    const dir = repository({ 'node_modules/house/savy.yml': 'packs: [./pack]\n', 'node_modules/house/pack/pack.yml': 'name: house\nbrands: [Kuura]\n', '.savyrc.yaml': 'extends: house\n' });
    expect(await printed(dir)).toMatchObject({ brands: ['Kuura'], packs: { house: '' } });
    const bare = repository({ 'node_modules/house/pack.yml': 'name: house\nbrands: [Kuura]\n', '.savyrc.yaml': 'extends: house\n' });
    expect(await printed(bare)).toMatchObject({ brands: ['Kuura'] });
  });
  it('never leaves the project or the package', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'savy-'));
    writeFileSync(join(outside, 'x.yml'), 'channel: chat\n');
    expect(await refused(repository({ '.savyrc.yaml': `extends: ${join(outside, 'x.yml')}\n` }))).toMatch(/\.savyrc\.yaml:1:10: “.*x\.yml” lies outside \./);
    const linked = repository({ '.savyrc.yaml': 'extends: ./in.yml\n' });
    symlinkSync(join(outside, 'x.yml'), join(linked, 'in.yml'));
    expect(await refused(linked)).toMatch(/“\.\/in\.yml” lies outside/);
    const dir = repository({ 'node_modules/house/savy.yml': 'extends: ../../secret.yml\n', 'secret.yml': 'channel: chat\n', '.savyrc.yaml': 'extends: house\n' });
    expect(await refused(dir)).toMatch(/node_modules\/house\/savy\.yml:1:10: “\.\.\/\.\.\/secret\.yml” lies outside node_modules\/house/);
    const link = repository({ '.savyrc.yaml': 'extends: house\n', 'node_modules/x/package.json': '{}' });
    symlinkSync(outside, join(link, 'node_modules', 'house'));
    expect(await refused(link)).toMatch(/“house” is a link out of/);
    expect(await refused(repository({ '.savyrc.yaml': 'packs: [/etc]\n' }))).toMatch(/“\/etc” lies outside/);
    expect(await refused(repository({ '.savyrc.yaml': 'extends: house/../../../etc/x.yml\n', 'node_modules/house/savy.yml': '{}' }))).toMatch(/is not there|lies outside/);
  });
  it('says what goes round in circles, what is missing, and what never ends', async () => {
    expect(await refused(repository({ '.savyrc.yaml': 'extends: ./a.yml\n', 'a.yml': 'extends: ./b.yml\n', 'b.yml': 'extends: ./a.yml\n' }))).toMatch(/b\.yml:1:10: extends itself: a\.yml → b\.yml → a\.yml/);
    expect(await refused(repository({ '.savyrc.yaml': 'extends: nowhere\n' }))).toMatch(/there is no package “nowhere”: npm install/);
    expect(await refused(repository({ '.savyrc.yaml': 'extends: ./nowhere.yml\n' }))).toMatch(/\.savyrc\.yaml:1:10: “\.\/nowhere\.yml” is not there/);
    const long = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`c${i}.yml`, `extends: ./c${i + 1}.yml\n`]));
    expect(await refused(repository({ '.savyrc.yaml': 'extends: ./c0.yml\n', ...long }))).toMatch(/more than 12 settings, each of which extends the next/);
    const wide = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`c${i}.yml`, `extends: [${Array.from({ length: 8 }, () => `./c${i + 1}.yml`).join(', ')}]\n`]));
    expect(await refused(repository({ '.savyrc.yaml': 'extends: ./c0.yml\n', ...wide, 'c6.yml': '{}' }))).toMatch(/more than 100 files of settings/);
  });
  it('reads plain files only', async () => {
    const dir = repository({ '.savyrc.yaml': 'extends: ./x.yml\n' });
    execFileSync('mkfifo', [join(dir, 'x.yml')]);
    expect(await refused(dir)).toMatch(/x\.yml: is no file/);
  });
});

describe('anything may be in a config', () => {
  const KEYS = ['channel', 'lang', 'ui', 'agent', 'brands', 'agents', 'fail-on', 'min-grade', 'rules', 'phrases', 'packs', 'root', 'extends', 'overrides'];
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('..', '/', '.', '', '*', '__proto__', 'apology/hollow'), fc.dictionary(fc.constantFrom('apology/hollow', 'stock.value', '__proto__', 'files', '0'), fc.jsonValue({ maxDepth: 1 })));
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.dictionary(fc.constantFrom(...KEYS), value, { maxKeys: 3 }).map((o) => JSON.stringify(o)), fc.constantFrom('&a [*a]', 'x: &x {y: *x}', '\u0000', '---\na: 1\n---\nb: 2', '? [a]\n: b', '!!js/function x', '- '.repeat(500)));
  it('and no stack trace comes of it', async () => {
    const dir = repository({});
    await fc.assert(fc.asyncProperty(text, fc.constantFrom('.savyrc.yaml', '.savyrc.json'), async (config, name) => {
      rmSync(join(dir, '.savyrc.yaml'), { force: true });
      rmSync(join(dir, '.savyrc.json'), { force: true });
      writeFileSync(join(dir, name), config);
      const { code, out, err } = await savy(['check', 'x.txt', '--print-config'], { cwd: dir });
      expect([0, 2]).toContain(code);
      if (code === 2) expect(err).toMatch(/^savy: [^\n]+\n$/);
      expect(out + err).not.toMatch(/\n {4}at |[\u0000-\u0008\u001b]/);
    }), { numRuns: 150 });
  }, 60_000);
});
