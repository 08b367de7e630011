import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Variables } from '../src/library/variables.js';
import { type LibraryFile, readLibrary } from '../src/readers/library.js';
import { decodeAny } from '../src/readers/text.js';
import { masked } from '../src/text/holes.js';
import { placeIn } from '../src/text/traced.js';
import { readFormats } from '../src/rules/formats.js';
import type { Entry } from '../src/types.js';
import { ROOT } from './drive.js';

const HELPDESKS = ['zendesk', 'freshdesk', 'intercom', 'gorgias', 'chatwoot', 'zammad', 'osticket', 'rocketchat', 'freescout', 'helpscout', 'discourse', 'livehelperchat', 'znuny', 'front', 'github'];
const FOLDER = join(ROOT, 'fixtures', 'libraries');
const fixtures = HELPDESKS.flatMap((format) => readdirSync(join(FOLDER, format)).map((name) => ({ format, file: `${format}/${name}`, bytes: readFileSync(join(FOLDER, format, name)) })));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const fixture = (file: string): LibraryFile => readLibrary(file, readFileSync(join(FOLDER, file)));
const json = (value: unknown, file = 'x.json'): LibraryFile => readLibrary(file, utf8(JSON.stringify(value, null, 1)));
const head = (e: Entry): string => `${e.key}${e.lang === undefined ? '' : ` ${e.lang}`}${e.note === true ? ' note' : ''}: ${e.reply.split('\n')[0]}`;

describe('replies of each helpdesk', () => {
  it.each<[file: string, heads: string[]]>([
    ['zendesk/macros.json', ['36010001: Hei {{ticket.requester.first_name}},', '36010002: Hi {{ticket.requester.first_name}},', '36010003 note: Taustaa: asiakas on soittanut kahdesti. Katso lokista, ennen kuin vastaat.', '36010004 note: Hei, kevään "siemenpussi kaupan päälle" päättyi 31.5.', '36010006: {{dc.refund_sent}}']],
    ['zendesk/macros.csv', ['Toimitus - Seuranta: Hei {{ticket.requester.first_name}},', 'Damage - Photo: Hi {{ticket.requester.first_name}},', 'Hand over note: Tell the night shift what you promised.']],
    ['zendesk/macros-text.csv', ['9001: Hei {{ticket.requester.first_name}},', '9002: Hi {{ticket.requester.first_name}}, the van broke down, so you get the plants on {{ticket.due_date}}.', '9003 note: Check the fridge first.']],
    ['zendesk/dynamic-content.json', ['refund_sent.1: Hi {{ticket.requester.first_name}}, your money is on its way and should show by Friday.', 'refund_sent.84: Hei {{ticket.requester.first_name}}, rahat ovat matkalla ja näkyvät tilillä perjantaihin mennessä.']],
    ['freshdesk/canned-responses.json', ['55001: Hei {{ticket.requester.firstname}},', '55002: Hi {{ticket.requester.firstname}}, dry them with newspaper, never on a radiator.']],
    ['freshdesk/folders.json', ['55010: Hei {{ticket.requester.firstname}}!']],
    ['intercom/macros.json', ['801: Hi <attribute key="user.first_name" default="there"/>,', '802: Moi <attribute key="user.first_name" default=""/>,', '803: Thanks {{user.first_name}}, I am on it and write back before lunch.']],
    ['gorgias/macros.json', ['31 en: Hi {{ticket.customer.firstname}},', '32 fi: Hei {{ticket.customer.firstname}},', '33 en note: The sale is over.', '35 en note: Pack with two layers.']],
    ['gorgias/macros.csv', ['Missing screws en: Hi {{ticket.customer.firstname}},', 'Ruuvit puuttuvat fi: Hei {{ticket.customer.firstname}},']],
    ['chatwoot/canned-responses.json', ['aukiolo: Hei {{contact.first_name}}! Olemme auki arkisin 9–17. 🙂', "hours: Hi {{ contact.first_name || 'there' }}, we are open 9–5 on weekdays."]],
    ['zammad/text-modules.json', ['11 fi: Hei #{ticket.customer.firstname},', '12 en: Hello #{ticket.customer.firstname},', '13 note: Katko kestää kello kolmeen.']],
    ['zammad/text-modules.csv', ['21: Ystävällisin terveisin', '22: Dear #{ticket.customer.lastname},', '23 note: Ei enää käytössä.']],
    ['zammad/text_modules.yml', ['hei - Hei #{ticket.customer.firstname},: Hei #{ticket.customer.firstname},', 'lo - The line is open again: The line is open again. Should it drop once more, write here and you get me, not a queue.', 'kat - Katko alueella: Alueellasi on katko. Korjaaja on paikalla ja arvio on kello #{config.fqdn}.']],
    ['osticket/premade.yaml', ['Avain hukassa: Hei %{ticket.name.first},', 'Where to pick up (sample): Hi %{ticket.name.first},', 'Vanha ohje note: Hae avain kioskilta.']],
    ['osticket/canned.json', ['4: Hi %{ticket.name.first},', '5 fi: Hei %{ticket.name.first},']],
    ['rocketchat/canned-responses.json', ['tervetuloa: Hei {{contact.name}}! Täällä {{agent.name}}. Missä lipussa on vikaa?', 'refund-ticket: Hi {{contact.name}},']],
    ['freescout/saved-replies.json', ['2: Hei {%customer.firstName%},', '4: Hi {%customer.firstName,fallback=there%},']],
    ['helpscout/saved-replies.json', ['234567: Hei {%customer.firstName,fallback=%},', '234568: Hi {%customer.firstName,fallback=there%},', '234569: Hetki, katson sen heti.']],
    ['helpscout/dump.json', ['301: Hi {%customer.firstName,fallback=there%},']],
    ['discourse/templates.json', ['501: Hei %{reply_to_name,fallback:sinä},', '502: Hi %{reply_to_name},']],
    ['discourse/server.fi.yml', ['flags_dispositions.agreed fi: Kiitos ilmoituksesta. Olemme samaa mieltä ja puutuimme asiaan.', 'flags_dispositions.disagreed fi: Kiitos ilmoituksesta. Katsoimme viestin, eikä siinä ollut moitittavaa.', 'system_messages.post_hidden fi: Hei %{username},']],
    ['livehelperchat/canned.csv', ['1: Hi {nick}, {operator} here. What does the error say?', '1 fi: Hei {nick}, {operator} täällä. Mitä virhe sanoo?', '2: The sauna is warm at six, "bring a towel".', '3 note: Closed for the summer.']],
    ['livehelperchat/canned.json', ['7: Hei {nick}, olemme kiinni heinäkuun.', '7 en: Hi {nick}, we are closed in “July”.']],
    ['znuny/Export_StandardTemplate.yml', ['24: Hei <OTRS_CUSTOMER_DATA_UserFirstname>,', '25 note: Ring the customer before you go.', '26: Hi <OTRS_CUSTOMER_DATA_UserFirstname>,', '28 note: Tätä ei enää käytetä.']],
    ['znuny/templates.json', ['31: Hei <OTOBO_CUSTOMER_DATA_UserFirstname>,']],
    ['front/message-templates.json', ['rsp_3: Hei {{recipient.first_name}},', 'rsp_4: Hi {{recipient.first_name}},']],
    ['github/saved-replies.json', ['SR_kw1: Thanks @USER, I can see it breaks.', 'SR_kw2: Kiitos! Tästä on jo tiketti, jatketaan siellä.']],
  ])('%s', (file, heads) => {
    const found = fixture(file);
    expect(found.entries.map(head)).toEqual(heads);
    expect(found.problems.filter((p) => p.warning !== true)).toEqual([]);
  });

  it('GitHub’s in Markdown', () => {
    const { format, entries } = fixture('github/SAVED_REPLIES.md');
    expect([format, ...entries.map((e) => e.title)]).toEqual(['github', 'Issue: cannot reproduce (v1)', 'Issue: korjattu jo (v2)']);
  });

  it('every fixture is looked at', () => expect(fixtures).toHaveLength(28));

  it('bodies in HTML are read as a customer reads them', () => {
    expect(fixture('freshdesk/canned-responses.json').entries[0]?.reply).toBe('Hei {{ticket.requester.firstname}},\n\nsaappaat saa vaihtaa 60 päivän ajan.\n\n- laita ne laatikkoon\n- liimaa tarra "{{ticket.id}}" kanteen\n\nT. {{ticket.agent.name}}');
  });

  it('title, shortcut, channel', () => {
    expect(fixture('zendesk/macros.json').entries[1]).toMatchObject({ title: 'Returns::Pot arrived cracked', channel: undefined });
    expect(fixture('chatwoot/canned-responses.json').entries[0]).toMatchObject({ shortcut: 'aukiolo', title: undefined });
    expect(fixture('helpscout/saved-replies.json').entries[2]).toMatchObject({ title: 'Vain chattiin', channel: 'chat' });
    expect(json({ macros: [{ title: 'T', actions: [{ field: 'comment_value', value: ['channel:twitter', 'We are on it.'] }] }] }).entries[0]?.channel).toBe('social');
  });

  it('what a record says to savy', () => {
    const { entries } = json([{ name: 'N', keywords: '', content: 'Anteeksi odotus.', for: 'angry', complaint: 'Missä taimet?', savy_ignore: 'apology/hollow: it is short on purpose' }]);
    expect(entries[0]).toMatchObject({ format: 'zammad', for: 'angry', complaint: 'Missä taimet?', suppressions: [{ rules: ['apology/hollow'], reason: 'it is short on purpose' }] });
  });
});

describe('a helpdesk is known by what is in the file', () => {
  it.each(fixtures.filter((f) => !f.file.endsWith('.md')))('$file under any name', ({ format, bytes, file }) => {
    const { entries } = readLibrary(file, bytes);
    // Only YAML is never looked for in files of another name.
    for (const name of /ya?ml$/.test(file) ? ['library.txt', 'library'] : ['library.txt', 'library.json', 'library', 'export.csv.bak']) {
      const found = readLibrary(name, bytes);
      expect([name, found.format, found.entries.length]).toEqual([name, format, entries.length]);
    }
  });

  it.each<[what: string, name: string, text: string]>([
    ['triggers of Zendesk', 'triggers.json', JSON.stringify({ triggers: [{ title: 'Notify', actions: [{ field: 'notification_user', value: ['requester_id', 'Subject', 'Your ticket {{ticket.id}} was received.'] }], conditions: { all: [] } }] })],
    ['automations in a list', 'automations.json', JSON.stringify([{ title: 'Close', actions: [{ field: 'status', value: 'closed' }], conditions: { all: [] } }])],
    ['contacts of Intercom', 'contacts.json', JSON.stringify({ type: 'list', data: [{ type: 'contact', id: '1', name: 'Venla', email: 'venla@example.com' }] })],
    ['tickets of Freshdesk', 'tickets.json', JSON.stringify([{ id: 1, subject: 'Saappaat', description: '<p>Saappaat vuotavat.</p>', status: 2 }])],
    ['tags of Front', 'tags.json', JSON.stringify({ _results: [{ id: 'tag_1', name: 'Kiire' }] })],
    ['issues of GitHub', 'issues.json', JSON.stringify([{ number: 1, title: 'It breaks', body: 'I press the button and it breaks.', html_url: 'https://github.com/example/example/issues/1' }])],
    ['posts', 'posts.json', JSON.stringify([{ title: 'A day at sea', body: 'We left the harbour at six in the morning.' }])],
    ['products', 'products.csv', 'id,name,active,description\n1,Lamp,true,"A lamp, warm light"\n2,Rug,true,"A rug, wool"\n'],
    ['a translation', 'fi.yml', 'fi:\n  save: "Tallenna"\n  cancel: "Peruuta"\n'],
    ['a package', 'package.json', JSON.stringify({ name: 'x', version: '1.0.0', scripts: { test: 'vitest' } })],
    ['a pipeline', 'ci.yml', '- name: Build\n  run: npm ci\n- name: Test\n  run: npm test\n'],
  ])('%s are none', (_, name, text) => {
    expect(HELPDESKS).not.toContain(readLibrary(name, utf8(text)).format);
  });

  const macro = { id: 1, title: 'A', actions: [{ field: 'comment_value', value: 'Your plants are on their way.' }] };
  it.each<[what: string, name: string, text: string, format: string, heads: string[]]>([
    ['one macro alone', 'm.json', JSON.stringify({ macro }), 'zendesk', ['1: Your plants are on their way.']],
    ['one on each line', 'm.jsonl', [macro, { ...macro, id: 2 }].map((m) => JSON.stringify(m)).join('\n'), 'zendesk', ['1: Your plants are on their way.', '2: Your plants are on their way.']],
    ['a dump of tables', 'dump.json', JSON.stringify([{ type: 'header' }, { type: 'table', name: 'ost_canned_response', data: [{ canned_id: '4', title: 'T', response: '<p>Avain löytyi.</p>', isenabled: '1' }] }]), 'osticket', ['4: Avain löytyi.']],
    ['records by their ids', 'z.json', JSON.stringify({ assets: { TextModule: { 7: { id: 7, name: 'N', keywords: '', content: 'Katko<br>ohi.' } } } }), 'zammad', ['7: Katko']],
    ['semicolons', 'm.csv', 'Title;Active;Comment\nA;true;"Hei {{ticket.requester.first_name}}, tulossa; huomenna."\n', 'zendesk', ['A: Hei {{ticket.requester.first_name}}, tulossa; huomenna.']],
    ['a topic', 't.json', JSON.stringify({ id: 5, title: 'T', post_stream: { posts: [{ id: 1, cooked: '<p>Hei &amp; <b>hoi</b></p>' }, { id: 2, cooked: '<p>Ei</p>' }] } }), 'discourse', ['5: Hei & hoi']],
    ['a dump with other names', 'h.json', JSON.stringify([{ title: 'T', content: 'Hei {%customer.firstName%},<br>tulossa.' }, { title: 'U', content: 'Kaikki kunnossa.' }]), 'helpscout', ['T: Hei {%customer.firstName%},', 'U: Kaikki kunnossa.']],
  ])('%s', (_, name, text, format, heads) => {
    const found = readLibrary(name, utf8(text));
    expect([found.format, ...found.entries.map(head)]).toEqual([format, ...heads]);
    expect(found.problems).toEqual([]);
  });

  it('can be said', () => {
    expect(readLibrary('x.json', utf8('[{"name": "N", "text": "Hello there, all is well."}]'), { from: 'freescout' })).toMatchObject({ format: 'freescout', entries: [{ key: 'N' }] });
    expect(readLibrary('x.csv', utf8('nothing'), { from: 'front' })).toMatchObject({ entries: [], problems: [{ message: 'holds no replies in this format', line: 1 }] });
  });
});

describe('what is broken is said with its place, and the others go on', () => {
  const good = { title: 'Good', actions: [{ field: 'comment_value', value: 'Your plants are on their way.' }] };
  it.each<[what: string, text: string, problems: string[], keys: string[]]>([
    ['no text', '[{"short_code": "a", "content": "One two three."},\n {"short_code": "b"}]', ['2:2 has no “content”'], ['a']],
    ['null', '[{"short_code": "a", "content": "One two three."},\n {"short_code": "b", "content": null}]', ['2:2 has no “content”'], ['a']],
    ['another kind', '[{"short_code": "a", "content": "One two three."},\n {"short_code": "b", "content": ["x"]}]', ['2:33 “content” must be a text'], ['a']],
    ['no record', '[{"short_code": "a", "content": "One two three."},\n "b"]', ['2:2 is no reply: a map of fields was expected'], ['a']],
    ['an empty text is no mistake', '[{"short_code": "a", "content": "One two three."},\n {"short_code": "b", "content": ""}]', [], ['a']],
    ['actions that are none', `{"macros": [${JSON.stringify(good)},\n{"title": "Bad", "actions": "x"},\n{"title": "Worse", "actions": [3]}]}`, ['2:29 “actions” must be a list', '3:32 is no action: a map with “field” and “value” was expected'], ['Good']],
    ['a value that is no text', `{"macros": [${JSON.stringify(good)},\n{"title": "Bad", "actions": [{"field": "comment_value", "value": 7}]}]}`, ['2:66 “value” must be a text'], ['Good']],
    ['the end cut off', `{"macros": [${JSON.stringify(good)},\n{"title": "Next", "actions": [{"field": "comment_value", "value": "Cut of`, ['2:74 not valid JSON: a string is not closed'], ['Good', 'Next']],
    ['JSON in a cell', 'title,actions\nA,"[{""field"": ""comment_value"", ""value"": ""One two three.""}]"\nB,"[{""field"": ""comment_value"" ""value"": ""Four five.""}]"\n', ['3:35 “actions”: not valid JSON: unexpected "\\"", expected “,” or “}”'], ['A', 'B']],
  ])('%s', (_, text, problems, keys) => {
    const found = readLibrary('x.txt', utf8(text));
    expect(found.problems.map((p) => `${p.line}:${p.column} ${p.message}`)).toEqual(problems);
    expect(found.entries.map((e) => e.key)).toEqual(keys);
  });

  it('a text that the export leaves out is said, and how to get it', () => {
    expect(fixture('helpscout/dump.json').problems).toMatchObject([{ line: 10, warning: true, hint: 'fetch each saved reply by its id' }]);
    expect(json({ type: 'list', data: [{ type: 'macro', id: '1', name: 'N', body: null, body_text: null }] }).problems).toMatchObject([{ line: 4, warning: true }]);
  });
});

describe('actions as lines in a cell', () => {
  const table = (cell: string): LibraryFile => readLibrary('m.csv', utf8(`Title,Actions\nLate,"${cell.replaceAll('"', '""')}"\n`));
  it('the text ends where the next action begins', () => {
    expect(table('status: pending\ncomment_value: Hi {{ticket.requester.first_name}},\nnote: it rains.\ncomment_mode_is_public: true').entries.map(head)).toEqual(['Late: Hi {{ticket.requester.first_name}},']);
    expect(table('comment_value: Hi,\nnote: it rains.\nstatus: open').entries[0]?.reply).toBe('Hi,\nnote: it rains.');
  });
  it('private ones are notes', () => expect(table('comment_mode_is_public: false\ncomment_value: Call them.').entries[0]?.note).toBe(true));
  it('a cell may be nothing but the text', () => expect(table('Hi {{ticket.requester.first_name}}, it rains.').entries.map(head)).toEqual(['Late: Hi {{ticket.requester.first_name}}, it rains.']));
});

describe('places', () => {
  const sourceOf = (file: string, key: string, words: string): string => {
    const bytes = readFileSync(join(FOLDER, file));
    const entry = readLibrary(file, bytes).entries.find((e) => e.key === key) as Entry;
    const at = entry.reply.indexOf(words);
    expect(at).toBeGreaterThanOrEqual(0);
    return decodeAny(bytes, file).text.slice(...placeIn(entry.stretches, [at, at + words.length]));
  };
  it.each([
    ['zendesk/macros.json', '36010001', 'lähetys lähtee', 'l&auml;hetys l&auml;htee'],
    ['zendesk/macros.json', '36010001', 'Anteeksi.\nUusi', 'Anteeksi.<br>Uusi'],
    ['zendesk/macros.csv', 'Toimitus - Seuranta', 'on "matkalla"', 'on \\""matkalla\\""'],
    ['zendesk/macros.csv', 'Damage - Photo', 'photo & we', 'photo &amp; we'],
    ['zendesk/dynamic-content.json', 'refund_sent.84', 'näkyvät', 'n\\u00e4kyv\\u00e4t'],
    ['chatwoot/canned-responses.json', 'aukiolo', '9–17. 🙂', '9\\u201317. \\ud83d\\ude42'],
    ['livehelperchat/canned.json', '7', 'heinäkuun', 'heinäkuun'],
    ['osticket/premade.yaml', 'Avain hukassa', 'numero #%', 'numero\n    #%'],
    ['znuny/Export_StandardTemplate.yml', '24', '45 €', '45 &euro;'],
    ['rocketchat/canned-responses.json', 'tervetuloa', 'lipussa', 'lipussa'],
  ])('%s, %s: %s', (file, key, words, source) => expect(sourceOf(file, key, words)).toBe(source));

  const sound = (file: string, bytes: Uint8Array): void => {
    const found = readLibrary(file, bytes);
    let text: string;
    try {
      text = decodeAny(bytes, file).text;
    } catch {
      return;
    }
    for (const { reply, stretches } of found.entries) {
      let [end, to] = [0, 0];
      for (const s of stretches) {
        if (s.start < end || s.end < s.start || s.from < to || s.to < s.from || s.to > text.length || s.end > reply.length) throw new Error(`out of order: ${JSON.stringify(s)}`);
        if (s.end - s.start === s.to - s.from && text.slice(s.from, s.to) !== reply.slice(s.start, s.end)) throw new Error(`“${text.slice(s.from, s.to)}” is not “${reply.slice(s.start, s.end)}”`);
        [end, to] = [s.end, s.to];
      }
    }
    for (const p of found.problems) if (/^could not be read/.test(p.message)) throw new Error(p.message);
  };

  it('hold for every fixture', () => fixtures.forEach(({ file, bytes }) => sound(file, bytes)));

  const change = fc.record({ at: fc.nat(), drop: fc.integer({ min: 0, max: 40 }), add: fc.oneof(fc.constantFrom('"', '""', '\\', '\\u00e4', '<', '<br>', '&auml;', '{{', ']', '}', ',', '\n', ': ', '- ', '\r\n', '\t', 'null', '\0'), fc.string({ maxLength: 4 })) });
  it.each(fixtures)('hold for $file, whatever is cut, put in or left out', ({ file, bytes }) => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), (changes, cutOff) => {
        let now = Buffer.from(bytes);
        for (const { at, drop, add } of changes) {
          const from = at % (now.length + 1);
          now = Buffer.concat([now.subarray(0, from), utf8(add), now.subarray(cutOff && drop > 35 ? now.length : Math.min(now.length, from + drop))]);
        }
        sound(file, now);
      }),
      { numRuns: 40 },
    );
  });
});

describe('variables', () => {
  const path = join(ROOT, 'rules', 'library', 'formats.yml');
  const variables = new Variables(readFormats(readFileSync(path, 'utf8'), path));
  it.each(fixtures)('none of $file is left over', ({ file, bytes }) => {
    for (const { reply, format } of readLibrary(file, bytes).entries) expect(masked(reply, variables.find(reply, format))).not.toMatch(/[{}]|<OT|<attribute/);
  });
});
