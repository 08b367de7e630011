import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CASE, LARVA, savy } from './drive.js';

const HOLLOW = 'Hei! Pahoittelemme mahdollista häiriötä. Terveisin Asiakaspalvelu';
let dir = '';
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'savy-'));
});

describe('check', () => {
  it('tells one fault once: what stands beside another finding is for programs, and decides no exit code', async () => {
    type Found = { rule: string; level: string; beside?: string };
    const found = (JSON.parse((await savy(['check', ...LARVA, '--format', 'json'])).out) as { findings: Found[] }).findings;
    const beside = found.filter((f) => f.beside !== undefined);
    expect(beside.map((f) => f.level)).toContain('warning');
    const others = found.filter((f) => f.beside === undefined).map((f) => `  ${f.rule}: hint\n`);
    const { code, out } = await savy(['check', ...LARVA, '--config', file('beside.yml', `rules:\n${others.join('')}`)]);
    expect(code).toBe(0);
    for (const { rule } of beside) expect(out).not.toContain(rule);
  });

  it('prints the reply marked, the findings, the grade and its sum', async () => {
    const { code, out, err } = await savy(['check', ...LARVA]);
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(out).toContain('Pahoittelemme aiheutunutta mielipahaa');
    expect(out).toContain('apology/hollow');
    expect(out).toMatch(/~~~ \d/);
    expect(out).toMatch(/Arvosana \d/);
    expect(out).toMatch(/10 − .* = /);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/\x1b/);
  });

  it('speaks the language of the reply, or the one asked for', async () => {
    expect((await savy(['check', ...LARVA, '--ui', 'en'])).out).toMatch(/^Grade /m);
    expect((await savy(['check', ...LARVA, '--ui', 'fi'])).out).toMatch(/^Arvosana /m);
  });

  it('prints the contract as JSON', async () => {
    const { out } = await savy(['check', ...LARVA, '--format', 'json']);
    const result = JSON.parse(out) as { lang: string; channel: string; grade: number; gradeText: string; facts: object; findings: { rule: string; start: number; end: number; line: number; cost: number }[]; kept: { points: number }[] };
    expect(result).toMatchObject({ lang: 'fi', channel: 'social' });
    expect(result.findings.map((f) => f.rule)).toContain('apology/hollow');
    const reply = readFileSync(`${CASE}/reply.txt`, 'utf8');
    const hollow = result.findings.find((f) => f.rule === 'apology/hollow');
    expect(reply.slice(hollow?.start, hollow?.end)).toContain('Pahoittelemme');
    const left = 10 - result.findings.reduce((sum, f) => sum + f.cost, 0) - result.kept.reduce((sum, k) => sum + k.points, 0);
    expect(result.grade).toBe(Math.round(Math.max(4, left) * 4) / 4);
  });

  it('prints a line for each finding', async () => {
    const { out } = await savy(['check', ...LARVA, '--format', 'compact']);
    for (const line of out.trimEnd().split('\n')) expect(line).toMatch(/^.+reply\.txt:\d+:\d+: (hint|warning|error) \w+\/[\w-]+ \S/);
  });

  it('reads the draft from standard input, with - and without', async () => {
    const named = await savy(['check', '-', '--format', 'compact', '--no-config'], { stdin: HOLLOW });
    const bare = await savy(['check', '--format', 'compact', '--no-config'], { stdin: [HOLLOW.slice(0, 9), Buffer.from(HOLLOW.slice(9))] });
    expect(named.out).toBe(bare.out);
    expect(bare.out).toContain('-:1:6: warning apology/hollow');
  });

  it('reads the message from standard input when the draft is a file', async () => {
    const draft = file('draft.txt', HOLLOW);
    const { out } = await savy(['check', draft, '-c', '-', '--format', 'json'], { stdin: 'Tilaamani tuoli tuli rikki.' });
    expect((JSON.parse(out) as { facts: { intent?: string } }).facts.intent).toBeDefined();
  });

  it('takes one JSON object, from a file and from standard input', async () => {
    const text = JSON.stringify({ id: 7, complaint: 'My chair came broken.', draft: 'Sorry if you feel that way.', channel: 'form' });
    for (const ran of [await savy(['check', '--format', 'json'], { stdin: text }), await savy(['check', file('x.json', text), '--format', 'json'])]) {
      expect(JSON.parse(ran.out)).toMatchObject({ id: '7', channel: 'email', lang: 'en' });
    }
  });

  it('takes a draft that begins with a slot for a draft', async () => {
    expect((await savy(['check', '--format', 'json'], { stdin: '{{name}}, thank you for your message.' })).code).toBe(1);
  });

  it('judges a reply alone and says what was left out', async () => {
    const { out } = await savy(['check', '--no-config'], { stdin: HOLLOW });
    expect(out).toContain('Asiakkaan viestiä ei annettu');
    const { out: json } = await savy(['check', '--no-config', '--format', 'json'], { stdin: HOLLOW });
    expect(JSON.parse(json)).toMatchObject({ left_out: ['no-message'] });
    expect((JSON.parse(json) as { facts: object }).facts).not.toHaveProperty('intent');
  });

  it('takes the quoted part of a mail as the message', async () => {
    const { out } = await savy(['check', 'fixtures/mail/fi-gmail.txt', '--format', 'json', '--no-config']);
    expect((JSON.parse(out) as { facts: { intent?: string } }).facts.intent).toBeDefined();
  });

  it('counts lines from the top of a mail with headers', async () => {
    const { out } = await savy(['check', '-', '--format', 'compact', '--no-config'], { stdin: `From: a@x.example\nTo: b@x.example\nSubject: Vs\n\n${HOLLOW}` });
    expect(out).toContain('-:5:6: warning apology/hollow');
  });

  it('ends by the threshold', async () => {
    const hint = ['check', '--no-config', '--quiet'];
    expect((await savy([...hint, '--fail-on', 'error'], { stdin: HOLLOW })).code).toBe(0);
    expect((await savy([...hint, '--fail-on', 'error', '--min-grade', '9+'], { stdin: HOLLOW })).code).toBe(1);
    expect((await savy([...hint, '--fail-on', 'error', '--min-grade', '4'], { stdin: HOLLOW })).code).toBe(0);
    expect((await savy(hint, { stdin: HOLLOW })).code).toBe(1);
  });

  it('writes the report to a file', async () => {
    const path = join(dir, 'report.txt');
    const { out } = await savy(['check', ...LARVA, '--output', path], { env: { FORCE_COLOR: '1' } });
    expect(out).toBe('');
    // eslint-disable-next-line no-control-regex
    expect(readFileSync(path, 'utf8')).not.toMatch(/\x1b/);
  });

  it('checks a draft of a megabyte', async () => {
    const { code, out } = await savy(['check', '--no-config'], { stdin: `${HOLLOW}\n`.repeat(16_000) });
    expect(code).toBe(1);
    expect(out).toContain('apology/hollow');
  }, 60_000);
});

describe('colour', () => {
  const coloured = async (env: Record<string, string>, outTty: boolean): Promise<boolean> => (await savy(['check', ...LARVA], { env, outTty })).out.includes('\x1b[');
  it('is for terminals, NO_COLOR and FORCE_COLOR permitting', async () => {
    expect(await coloured({}, true)).toBe(true);
    expect(await coloured({}, false)).toBe(false);
    expect(await coloured({ NO_COLOR: '1' }, true)).toBe(false);
    expect(await coloured({ FORCE_COLOR: '1' }, false)).toBe(true);
    expect(await coloured({ FORCE_COLOR: '0' }, true)).toBe(false);
  });
  it('changes no letter', async () => {
    const plain = (await savy(['check', ...LARVA])).out;
    const painted = (await savy(['check', ...LARVA], { env: { FORCE_COLOR: '1' } })).out;
    // eslint-disable-next-line no-control-regex
    expect(painted.replace(/\x1b\[\d+m/g, '')).toBe(plain);
  });
});

describe('what can’t run is one line and exit 2', () => {
  const refused = async (argv: string[], said: RegExp, stdin?: string | Uint8Array): Promise<void> => {
    const { code, out, err } = await savy(argv, stdin === undefined ? {} : { stdin });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(said);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  };

  it('a missing file, a directory', async () => {
    await refused(['check', 'nowhere.txt'], /^savy: nowhere\.txt: no such file/);
    await refused(['check', 'src'], /^savy: src: is a directory/);
    await refused(['check', '-c', 'nowhere.txt'], /nowhere\.txt: no such file/, 'Hei');
  });
  it('binary, bytes that are no UTF-8', async () => {
    await refused(['check', file('b.bin', Buffer.from([72, 0, 105]))], /b\.bin: holds binary data/);
    await refused(['check', file('l.txt', Buffer.from('ok\nHyv\xe4\xe4', 'latin1'))], /l\.txt: is not UTF-8 \(line 2\)/);
  });
  it('an empty draft, an empty message', async () => {
    await refused(['check'], /standard input: the draft is empty/, ' \n');
    await refused(['check', '-c', file('e.txt', '')], /e\.txt: the message is empty/, 'Hei');
    await refused(['check'], /“reply” is empty/, '{"reply": ""}');
    await refused(['check'], /“message” is empty/, '{"reply": "Hei", "message": ""}');
  });
  it('JSON that is none, with its place', async () => {
    await refused(['check'], /^savy: -:2:4: not valid JSON: unexpected "x", expected “,” or “}”/, '{"reply":\n"" x}');
    await refused(['check'], /“reply” is missing/, '{"message": "Hei"}');
    await refused(['check'], /unknown channel “fax”/, '{"reply": "Hei", "channel": "fax"}');
  });
  it('unknown options, commands, values, with a guess', async () => {
    await refused(['check', '--forma', 'json'], /--forma.*Did you mean --format/);
    await refused(['chek'], /chek.*Did you mean check/);
    await refused(['explain', 'apology/holow'], /did you mean “apology\/hollow”/);
    await refused(['check', '--channel', 'emial'], /did you mean “email”/, 'Hei');
    await refused(['check', '--lang', 'xx'], /unknown language “xx”.*known: en, fi/, 'Hei');
    await refused(['check', '--min-grade', '11'], /“11” is no grade/, 'Hei');
    await refused(['check', '--message-at', 'eilen'], /“eilen” is no time/, 'Hei');
    await refused(['check', 'a', 'b'], /too many arguments/);
    await refused(['rules', '--format', 'compact'], /unknown format “compact”.*known: pretty, json/);
  });
  it('a list where one object belongs, a language that nobody taught it, a mail with nothing written yet', async () => {
    await refused(['check'], /^savy: standard input: must be one JSON object .*savy stream/, '[{"reply": "Hei"}]');
    await refused(['check'], /behind the object \(for several, give one on each line to savy stream\)/, '{"reply": "Hei"}\n{"reply": "Moi"}');
    await refused(['check'], /^savy: standard input: unknown language “sv”: known: en, fi/, '{"reply": "Hej", "lang": "sv"}');
    await refused(['check'], /the draft is empty: there is only quoted text/, '4.3.2024 19.10, Maija kirjoitti:\n> Missä paketti on?\n');
    await refused(['check', ''], /the name of a file is empty/, 'Hei');
    await refused(['check', '-c', ''], /the name of a file is empty/, 'Hei');
  });
  it('says what an option wants, and which command has it', async () => {
    await refused(['check', '--channel', 'fax'], /^savy: --channel: unknown channel “fax”: known: social/, 'Hei');
    await refused(['check', '--channel'], /^savy: --channel <channel>: the value is missing/);
    await refused(['stream', '--print-config'], /^savy: unknown option '--print-config': it belongs to savy check$/m);
    await refused(['reply.txt'], /to judge a file: savy check FILE/);
    await refused(['check', '--lang', 'sv'], /^savy: unknown language “sv”: known/, 'Hei');
  });
  it('draft and message both from standard input', async () => {
    await refused(['check', '-', '-c', '-'], /both/, 'Hei');
  });
  it('nothing to read at a terminal: short help', async () => {
    for (const command of ['check', 'stream']) {
      const { code, out, err } = await savy([command], { tty: true });
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toContain(`Usage: savy ${command}`);
    }
    expect((await savy([])).code).toBe(2);
  });
});

describe('help and version', () => {
  it('go to standard output', async () => {
    const help = await savy(['--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('savy check reply.txt -c complaint.txt');
    expect((await savy(['check', '--help'])).out).toContain('--complaint <file>');
    expect((await savy(['--version'])).code).toBe(0);
  });
});

describe('stream', () => {
  const lines = (out: string): { id?: string; error?: { line: number } }[] => out.trimEnd().split('\n').map((l) => JSON.parse(l) as { id?: string });

  it('answers line by line, in order, and goes on after a broken one', async () => {
    const input = ['{"id":"a","reply":"Hei"}', '', '{"id":"b","reply":', '{"id":"c","reply":""}', '{"id":"d","reply":"Hello there, thanks."}'].join('\n');
    const { code, out } = await savy(['stream', '--no-config'], { stdin: input });
    expect(code).toBe(2);
    expect(lines(out).map((l) => l.id ?? l.error?.line)).toEqual(['a', 3, 'c', 'd']);
    expect(lines(out)[2]?.error?.line).toBe(4);
  });
  it('does not care where the pieces of its input end', async () => {
    const bytes = Buffer.from('{"id":"ä","reply":"Hyvää päivää 🙂"}\r\n{"id":"2","reply":"Kiitos!"}\n');
    const whole = await savy(['stream', '--no-config'], { stdin: bytes });
    const cut = await savy(['stream', '--no-config'], { stdin: [...bytes].map((b) => Buffer.from([b])) });
    expect(cut).toEqual(whole);
    expect(whole.code).toBe(0);
  });
  it('gives what check gives', async () => {
    const exchange = { reply: HOLLOW, message: 'Tilaamani tuoli tuli rikki.' };
    const one = await savy(['check', '--format', 'json', '--no-config'], { stdin: JSON.stringify(exchange) });
    const many = await savy(['stream', '--no-config'], { stdin: JSON.stringify(exchange) });
    expect(JSON.parse(many.out)).toEqual(JSON.parse(one.out));
  });
});

describe('fixes', () => {
  type Shown = { rule: string; message: string; evidence: string[]; fixes: { title: string; edits: { text: string }[] }[] };
  const found = async (exchange: object, ...argv: string[]): Promise<Map<string, Shown>> => {
    const { out } = await savy(['check', '--format', 'json', '--no-config', ...argv], { stdin: JSON.stringify(exchange) });
    return new Map((JSON.parse(out) as { findings: Shown[] }).findings.map((f) => [f.rule, f]));
  };

  it('replace the sentence, not a scrap of it', async () => {
    const fix = (await found({ message: 'Your carer shouted at my dad.', reply: 'Hello. We are sorry if you feel the service did not meet your expectations.' })).get('apology/hollow')?.fixes.at(-1);
    expect(fix?.edits).toEqual([{ start: 7, end: 75, text: "We're sorry that ⟨in your own words: “Your carer shouted at my dad”⟩." }]);
  });
  it('quote what happened, never a name, a greeting or a question', async () => {
    const told = (await found({ message: 'Hei, tilaamani lamppu välkkyy koko ajan. Mitä teen lampun kanssa nyt?\nT. Ville Haka', reply: 'Hei! Pahoittelemme mahdollista häiriötä. -Minna' })).get('apology/hollow')?.fixes.at(-1)?.edits[0]?.text ?? '';
    expect(told).toContain('”tilaamani lamppu välkkyy koko ajan”');
  });
  it('name a thing by its plainest form, all of it', async () => {
    const flat = 'Hei! Kiitos palautteestasi. Palautteesi on meille tärkeää. Mukavaa viikkoa!';
    const named = async (message: string): Promise<string> => (await found({ message, reply: flat })).get('answer/specifics-missing')?.fixes[0]?.title ?? '';
    expect(await named('Löysin leivästä ukon ja nimesin hänet Rauniksi. Nyt Rauni pyytää saada jäädä, ja vaadin selitystä.')).toBe('Ota puheeksi ”Rauni”');
    expect(await named('Ostamani Kuura-pyörän poljin irtosi heti ensimmäisellä lenkillä. Todella huono laatu.')).toBe('Ota puheeksi ”Kuura-pyörän”');
  });
  it('show no slot that nothing filled', async () => {
    for (const f of (await found({ message: 'Vuotava astianpesukone tuhosi keittiön lattian. Vaadin korvausta.', reply: 'Hei,\n\nkiitos yhteydenotostanne. Palautteenne on kirjattu.\n\nAsiakaspalvelu' })).values()) {
      for (const fix of f.fixes) expect(fix.title + fix.edits.map((e) => e.text).join('')).not.toMatch(/\{\w+\}/);
    }
  });
  it('greet by the first name, and by none that is only guessed', async () => {
    const greeting = async (exchange: object): Promise<string | undefined> => (await found({ channel: 'email', reply: 'Your parcel went out this morning and it will be with you by noon tomorrow. -Nora', ...exchange })).get('person/greeting-missing')?.fixes[0]?.edits[0]?.text;
    expect(await greeting({ customer: 'Anna Bell', message: 'Where is my parcel?' })).toBe('Hi Anna,\n\n');
    expect(await greeting({ customer: 'Mrs Alder', message: 'Where is my parcel?' })).toBe('Hi Mrs Alder,\n\n');
    expect(await greeting({ message: 'The map does not open.\nPixel 7' })).toBe('Hello,\n\n');
  });
  it('sign above the quoted mail, not under it', async () => {
    const own = 'Hei Maija,\n\nkone lähti väärään osoitteeseen, pahoittelut. Laitoin uuden matkaan tänään.';
    const quoted = 'ma 4. maalisk. 2024 klo 19.10 Maija Virtanen <maija@x.example> kirjoitti:\n> Missä pesukone viipyy?\n';
    const { out } = await savy(['check', '--format', 'json', '--no-config', '--agent', 'Noora'], { stdin: `${own}\n\n${quoted}` });
    expect((JSON.parse(out) as { fixed?: string }).fixed).toBe(`${own}\n\nYstävällisin terveisin\nNoora\n\n${quoted}`);
  });
  it('keep the line ends of the draft', async () => {
    const { out } = await savy(['check', '--format', 'json', '--no-config', '--agent', 'Noora'], { stdin: 'Hei!\r\nPaketti on matkalla ja tulee perille huomenna aamupäivällä.\r\n' });
    expect((JSON.parse(out) as { fixed?: string }).fixed).toBe('Hei!\r\nPaketti on matkalla ja tulee perille huomenna aamupäivällä.\r\n-Noora\r\n');
  });
  it('quote a slot of any length in a line', async () => {
    const { out } = await savy(['check', '--format', 'compact', '--no-config'], { stdin: `Hei ${'_'.repeat(50_000)}, kiitos. -Noora` });
    for (const line of out.split('\n')) expect(line.length).toBeLessThan(400);
  });
  it('go on in lower case behind “Hei,”', async () => {
    const late = { message: 'Missä paketti on?', message_at: '2024-03-04T10:00:00+02:00', reply_at: '2024-03-07T10:00:00+02:00' };
    const edit = async (reply: string): Promise<string | undefined> => (await found({ ...late, reply })).get('answer/late')?.fixes[0]?.edits[0]?.text;
    expect(await edit('Hei,\n\npaketti on noudettavissa. -Noora')).toMatch(/^anteeksi/);
    expect(await edit('Hei!\n\nPaketti on noudettavissa. -Noora')).toMatch(/^Anteeksi/);
  });
  it('quote as the language does, without a second full stop', async () => {
    const exchange = { message: 'Tuoli tuli rikki.', reply: 'Hei! Pahoittelemme mahdollista häiriötä. -Minna' };
    expect((await found(exchange)).get('apology/hollow')?.message).toMatch(/: ”Pahoittelemme[^.]*”\.$/);
    expect((await found(exchange, '--ui', 'en')).get('apology/hollow')?.message).toMatch(/: “Pahoittelemme[^.]*”\.$/);
  });
});

describe('rules and explain', () => {
  it('list and tell, in either language', async () => {
    const { out } = await savy(['rules', '--format', 'json']);
    const rules = JSON.parse(out) as { id: string; message: string }[];
    expect(rules.length).toBeGreaterThan(3);
    expect((await savy(['rules'])).out).toContain('apology/hollow');
    for (const { id } of rules) {
      const { code, out: told } = await savy(['explain', id, '--ui', 'fi']);
      expect(code).toBe(0);
      expect(told).toContain('Näin ei');
    }
  });
});
