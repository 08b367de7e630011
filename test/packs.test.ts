/** Own packs: what they bring to savy, what `rules test` says of them, and that anything may be in them. */
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from './yaml.js';
import { ROOT, savy, store } from './drive.js';

// Read once, before any test is timed.
store();

const KAHVILA = join(ROOT, 'integrations', 'packs', 'kahvila');

/** A folder with these files in it. */
function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'savy-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

const RULE = {
  id: 'house/tea',
  level: 'warning',
  points: 0.5,
  when: { 'cue:house.tea': '>=1' } as Record<string, unknown>,
  at: 'cue:house.tea',
  message: { fi: 'Teetä: {quotes}.', en: 'Tea: {quotes}.' } as Record<string, string>,
  why: { fi: 'Kahvila.', en: 'A café.' } as Record<string, string>,
  source: 'house style',
  fixes: [{ do: 'advise', title: { fi: 'Keitä kahvia', en: 'Brew coffee' } }] as object[],
  examples: { bad: [{ lang: 'en', reply: 'We have tea for you. -Nora' }] as object[], good: [{ lang: 'en', reply: 'We have coffee for you. -Nora' }] as object[] },
};

type Rule = typeof RULE;

/** A pack of one rule, changed as wanted. JSON is YAML too. */
function pack(change: Partial<Rule> = {}, files: Readonly<Record<string, string>> = {}): string {
  return folder({ 'pack.yml': 'name: house\n', 'cues/house.yml': 'house.tea: [tea]\n', 'rules/house.yml': JSON.stringify([{ ...RULE, ...change }], null, 2), ...files });
}

const tested = async (dir: string): Promise<{ code: number; kinds: string[]; err: string; out: string }> => {
  const { code, out, err } = await savy(['rules', 'test', dir, '--format', 'json']);
  return { code, err, out, kinds: code === 2 ? [] : (JSON.parse(out) as { troubles: { kind: string }[] }).troubles.map((t) => t.kind) };
};

type Found = { findings: { rule: string; level: string; cost: number; evidence: string[]; message: string; fixes: { safe: boolean; edits: { text: string }[] }[] }[]; facts: { signed: boolean } };
const checked = async (cwd: string, reply: string, ...more: string[]): Promise<Found> => JSON.parse((await savy(['check', '--format', 'json', ...more], { cwd, stdin: reply })).out) as Found;

describe('a pack', () => {
  const dir = folder({ '.savyrc.yaml': 'packs: [kahvila]\n' });
  cpSync(KAHVILA, join(dir, 'kahvila'), { recursive: true });

  it('brings rules over its own cues, with what they rest on and a fix', async () => {
    const { findings } = await checked(dir, 'Hi! We give every customer a bun. -Nora', '--lang', 'en');
    const guest = findings.find((f) => f.rule === 'kahvila/guest');
    expect(guest).toMatchObject({ level: 'hint', evidence: ['customer'], fixes: [{ safe: true, edits: [{ text: 'guest' }] }, { safe: false }].slice(0, 1) });
    expect(guest?.message).toContain('customer');
  });
  it('brings brands, names, phrases for savy’s own cues, and levels', async () => {
    expect((await checked(dir, 'Hei! Kakku on valmis.\n\nTerveisin\nKaneliina')).facts.signed).toBe(true);
    expect((await checked(dir, 'Hei! Kakku on valmis.\n\nTerveisin\nKorvapuusti')).facts.signed).toBe(false);
    const { out } = await savy(['check', '--print-config'], { cwd: dir });
    expect(parse(out)).toMatchObject({ packs: { kahvila: expect.any(String) as string }, rules: { 'template/boilerplate': { level: 'error', points: 1 } } });
    expect(out).toMatch(/"template\/boilerplate": .*# kahvila\/pack\.yml:\d+:\d+/);
  });
  it('gives way to the settings that load it', async () => {
    const strict = folder({ '.savyrc.yaml': 'packs: [kahvila]\nrules:\n  kahvila/guest: {level: error, points: 2}\n  kahvila/signature: off\n' });
    cpSync(KAHVILA, join(strict, 'kahvila'), { recursive: true });
    const { findings } = await checked(strict, 'Hi! We give every customer a bun. -Nora', '--lang', 'en', '--channel', 'email');
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'kahvila/guest', level: 'error', cost: 2 }));
    expect(findings.map((f) => f.rule)).not.toContain('kahvila/signature');
  });
  it('is listed and explained', async () => {
    expect((await savy(['rules'], { cwd: dir })).out).toContain('kahvila/guest');
    expect((await savy(['rules', '--no-config'], { cwd: dir })).out).not.toContain('kahvila/guest');
    expect((await savy(['explain', 'kahvila/forbidden', '--ui', 'fi'], { cwd: dir })).out).toContain('Kiire ja työnjako');
  });
  it('speaks of replies in its languages only, and in its own words elsewhere', async () => {
    const only = { message: { fi: 'Teetä puuttuu.' }, why: { fi: 'Kahvila.' }, when: { 'cue:house.tea': 0 }, at: 'end', fixes: [{ do: 'advise', title: { fi: 'Tarjoa teetä' } }], examples: { bad: [{ lang: 'fi', reply: 'Hei! Kahvia saa. -Noora' }], good: [{ lang: 'fi', reply: 'Hei! Teetä saa. -Noora' }] } };
    const at = pack(only, { 'pack.yml': 'name: house\nlanguages: [fi]\n', 'cues/house.yml': 'house.tea: [teetä]\n', '.savyrc.yaml': 'packs: ["."]\n' });
    const of = async (reply: string, lang: string, ...more: string[]): Promise<Found['findings']> => (await checked(at, reply, '--lang', lang, ...more)).findings.filter((f) => f.rule === 'house/tea');
    expect(await of('Hi! Coffee is ready. -Nora', 'en')).toEqual([]);
    expect(await of('Hei! Kahvi on valmista. -Noora', 'fi', '--ui', 'en')).toEqual([expect.objectContaining({ message: 'Teetä puuttuu.' })]);
    expect((await tested(at)).kinds).toEqual([]);
  });
  it('counts cues in the message too', async () => {
    const when = { 'message-cue:house.tea': '>=1', 'cue:house.tea': 0 };
    const dir = pack({ when, at: 'body', examples: { bad: [{ lang: 'en', message: 'Do you have tea?', reply: 'Hi! Yes. -Nora' }], good: [{ lang: 'en', message: 'Do you have tea?', reply: 'Hi! Tea, yes. -Nora' }, { lang: 'en', reply: 'Hi! -Nora' }] } });
    expect(await tested(dir)).toMatchObject({ code: 0, kinds: [] });
  });
});

describe('savy rules test', () => {
  it('finds nothing wrong with the example pack and with savy’s own rules', async () => {
    expect((await savy(['rules', 'test', KAHVILA])).out).toBe('3 rules, 14 examples: all as they should be\n');
    const { code, out } = await savy(['rules', 'test']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+ rules, \d+ examples: all as they should be\n$/)]);
  });
  it.each<[string, Partial<Rule>]>([
    ['noisy', { examples: { bad: RULE.examples.bad, good: RULE.examples.bad.map((e) => ({ ...e, channel: 'chat' })) } }],
    ['missing', { examples: { bad: [{ lang: 'en', reply: 'We have cocoa. -Nora' }], good: RULE.examples.good } }],
    ['wrong', { examples: { bad: [{ lang: 'en', reply: 'We have tea. -Nora', at: 'We' }], good: RULE.examples.good } }],
    ['wrong', { examples: { bad: [{ lang: 'en', reply: 'We have tea. -Nora', finds: ['coffee'] }], good: RULE.examples.good } }],
    ['unfixed', { fixes: [{ do: 'replace', at: 'cue:house.tea', safe: true, title: RULE.message, text: { en: 'green tea' } }] }],
    ['bare', { source: undefined as unknown as string }],
    ['bare', { examples: { bad: RULE.examples.bad, good: [] } }],
    ['twice', { examples: { bad: [...RULE.examples.bad, ...RULE.examples.bad], good: RULE.examples.good } }],
  ])('says %s, with the place', async (kind, change) => {
    const dir = pack(change);
    const { code, kinds } = await tested(dir);
    expect([code, kinds]).toEqual([1, [kind]]);
    expect((await savy(['rules', 'test', dir])).out).toMatch(new RegExp(`rules/house\\.yml:\\d+:\\d+: ${kind} house/tea: `));
  });
  it('says twice of a phrase and of a rule', async () => {
    expect((await tested(pack({}, { 'cues/more.yml': 'house.tea: [Tea]\n' }))).kinds).toEqual(['twice']);
    expect((await tested(pack({}, { 'rules/more.yml': JSON.stringify([RULE]) }))).kinds).toEqual(['twice']);
  });
});

describe('mistakes in a pack are told with their place', () => {
  it.each<[RegExp, Partial<Rule>, Record<string, string>]>([
    [/rules\/house\.yml:\d+:\d+: unknown signal “cue:house\.teas”, did you mean “cue:house\.tea”/, { when: { 'cue:house.teas': '>=1' } }, {}],
    [/unknown signal “cue:house\.tee”, did you mean/, { at: 'cue:house.tee' }, {}],
    [/“>= x” compares with no number/, { when: { 'cue:house.tea': '>= x' } }, {}],
    [/“cue:house\.tea” counts, and “true” is no number/, { when: { 'cue:house.tea': true } }, {}],
    [/its name does not begin with the pack’s: call it house\/tea/, { id: 'teahouse/tea' }, {}],
    [/unknown slot “custmer”, did you mean “customer”/, { why: { fi: 'x {custmer}', en: 'x' } }, {}],
    [/“0\.message” has no sentence in “fi”/, { message: { en: 'Tea.' } }, {}],
    [/cues\/house\.yml:1:15: unknown cue “stok\.value”, did you mean “stock\.value”/, {}, { 'cues/house.yml': 'stok.value: [ "tea" ]\n' }],
    [/cues\/house\.yml:1:13: phrase “\(tea”: “\(” is never closed/, {}, { 'cues/house.yml': 'house.tea: ["(tea"]\n' }],
    [/pack\.yml:1:7: “Tea House” can’t name a pack/, {}, { 'pack.yml': 'name: Tea House\n' }],
    [/pack\.yml:1:7: “apology” is a name of savy’s own/, {}, { 'pack.yml': 'name: apology\n' }],
    [/pack\.yml:3:3: unknown rule “house\/te”, did you mean “house\/tea”/, {}, { 'pack.yml': 'name: house\nrules:\n  house/te: off\n' }],
    [/savy does not know the language “xx”/, {}, { 'xx/names.yml': '- a\n' }],
  ])('%s', async (told, change, files) => {
    const { code, err } = await savy(['rules', 'test', pack(change, files)]);
    expect(err).toMatch(told);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
  });
  it('a rule without both kinds of example does not load', async () => {
    const dir = pack({ examples: { bad: RULE.examples.bad, good: [] } }, { '.savyrc.yaml': 'packs: ["."]\n' });
    expect(await savy(['check'], { cwd: dir, stdin: 'Hi' })).toMatchObject({ code: 2, err: expect.stringMatching(/rules\/house\.yml:2:3: rule house\/tea has no good example/) as string });
  });
  it('a link out of the pack is refused', async () => {
    const dir = pack();
    symlinkSync('/etc/hostname', join(dir, 'rules', 'z.yml'));
    expect((await savy(['rules', 'test', dir])).err).toMatch(/rules\/z\.yml: is a link out of the pack/);
  });
});

describe('anything may be in a pack', () => {
  const file = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.json({ maxDepth: 4 }), fc.constantFrom('[', '{a: &a [*a]}', '- - - -', '? ? ?', '\u0000', '&a *a', '!!binary x', '<<: {a: 1}', '__proto__: [a]', '1: [2]'));
  const judged = async (files: Record<string, string>): Promise<void> => {
    const { code, out, err } = await savy(['rules', 'test', folder({ 'pack.yml': 'name: house\n', ...files })]);
    expect([0, 1, 2]).toContain(code);
    if (code === 2) expect(err).toMatch(/^savy: [^\n]+\n$/);
    expect(out + err).not.toMatch(/\n {4}at |[\u0000-\u0008\u001b\u009b]/);
  };
  it('and no stack trace comes of it', async () => {
    await fc.assert(fc.asyncProperty(file, file, file, async (manifest, cues, rules) => {
      await judged({ 'cues/a.yml': cues });
      await judged({ 'rules/a.yml': rules });
      await judged({ 'pack.yml': manifest });
    }), { numRuns: 40 });
  }, 60_000);
  it('in a rule that is nearly right, too', async () => {
    const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', '>=1', '{quotes}', '{', 'cue:', 'cue:house', 'x'.repeat(500)));
    const key = fc.constantFrom(...(Object.keys(RULE) as (keyof Rule)[]));
    await fc.assert(fc.asyncProperty(key, odd, async (k, value) => judged({ 'cues/a.yml': 'house.tea: [tea]\n', 'rules/a.yml': JSON.stringify([{ ...RULE, [k]: value }]) })), { numRuns: 120 });
  }, 60_000);
  it('and a phrase can neither blow up nor be endless', async () => {
    const told = async (phrase: string): Promise<string> => (await savy(['rules', 'test', pack({}, { 'cues/house.yml': JSON.stringify({ 'house.tea': ['tea', phrase] }) })])).err;
    expect(await told(Array.from({ length: 400 }, (_, i) => `(a${i})?`).join(' '))).toMatch(/too many optional parts/);
    expect(await told('tea '.repeat(2_000))).toMatch(/a phrase may have 4000 characters/);
    expect(await told('('.repeat(300))).toMatch(/brackets nest too deep/);
  });
  it('and no file is too large to be refused', async () => {
    expect((await savy(['rules', 'test', pack({}, { 'cues/house.yml': `house.tea: [${'tea, '.repeat(250_000)}]` })])).err).toMatch(/cues\/house\.yml: is larger than 1 MB: split it/);
    expect((await savy(['rules', 'test', pack({}, { 'pack.yml': 'a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n' })])).err).toMatch(/pack\.yml.*(?:alias|unknown key)/);
  });
  it('a pack of ten thousand phrases judges as fast as a small one', async () => {
    const many = pack({}, { '.savyrc.yaml': 'packs: ["."]\n', 'cues/house.yml': JSON.stringify({ 'house.tea': Array.from({ length: 10_000 }, (_, i) => `tea${i} (with | without)? ...3 sugar${i % 50}`).concat('tea') }) });
    const start = performance.now();
    expect((await checked(many, 'Hi! We have tea for you. -Nora', '--lang', 'en')).findings.map((f) => f.rule)).toContain('house/tea');
    expect(performance.now() - start).toBeLessThan(10_000);
  }, 20_000);
});
