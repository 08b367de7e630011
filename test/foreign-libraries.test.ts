/** Libraries as other programs really leave them behind: wrapped, cut, in other languages' words, out of a database. */
import { describe, expect, it, vi } from 'vitest';
import { type LibraryFile, readLibrary } from '../src/readers/library.js';
import { placeIn } from '../src/text/traced.js';
import { savy, store } from './drive.js';
import { scratch } from './scratch.js';

vi.setConfig({ testTimeout: 30_000 });

const { headers } = store().formats();
const read = (file: string, text: string, options = {}): LibraryFile => readLibrary(file, new TextEncoder().encode(text), { headers, ...options });
/** Format, then key, title, language and text of each reply. */
const told = ({ format, entries }: LibraryFile): string[] => [format ?? '–', ...entries.map((e) => [e.key, e.title ?? '–', e.lang ?? '–', e.note === true ? 'note' : '', e.reply.replace(/\n/g, '⏎')].filter((x) => x !== '').join(' | '))];
const problems = (found: LibraryFile): string[] => found.problems.map((p) => `${p.line}:${p.column} ${p.message}${p.warning === true ? ' (warning)' : ''}`);

describe('tables', () => {
  it('have columns that are called something in another language', () => {
    expect(told(read('v.csv', 'otsikko;vastaus;kieli;sisäinen\nMyöhässä;Pakettisi on jo matkalla.;fi;ei\nMuistio;Katso varasto ensin.;suomi;kyllä\n'))).toEqual(['csv', 'Myöhässä | Myöhässä | fi | Pakettisi on jo matkalla.', 'Muistio | Muistio | fi | note | Katso varasto ensin.']);
    expect(told(read('v.csv', 'Kategorie;Betreff;Antwort\nVersand;Late;It is on its way.\nVersand;Lost;We look for it.\n'))).toEqual(['csv', 'Late | Late | – | It is on its way.', 'Lost | Lost | – | We look for it.']);
    expect(told(read('v.csv', 'Tunnus;Suomeksi;Englanniksi\nlate;Se on jo matkalla.;It is on its way.\n'))).toEqual(['csv', 'late | late | fi | Se on jo matkalla.', 'late | late | en | It is on its way.']);
    expect(told(read('v.csv', 'Viesti;Vastaus\nMissä se on?;Se on jo matkalla.\n'))).toEqual(['csv', '1 | – | – | Se on jo matkalla.']);
  });

  it.each([
    ['key,English (US),Suomi', 'en fi'],
    ['#,Vastaus englanniksi,Vastaus suomeksi', 'en fi'],
    ['cmd,EN/english,FI/suomi', 'en fi'],
    ['Macro,English text,Finnish text', 'en fi'],
  ])('have a column for each language: %s', (head, langs) => {
    const { entries } = read('v.csv', `${head}\nlate,It is on its way.,Se on jo matkalla.\nlost,We look for it.,Etsimme sitä jo.\n`);
    expect([entries.map((e) => e.lang).join(' '), entries[0]?.key, entries[0]?.reply]).toEqual([`${langs} ${langs}`, 'late', 'It is on its way.']);
  });

  it('name their replies by the column whose texts are short and never the same', () => {
    expect(told(read('v.csv', 'emotion,response\nsadness,"We hear you, and that is sad."\njoy,"Good to hear that from you."\n'))).toEqual(['csv', 'sadness | sadness | – | We hear you, and that is sad.', 'joy | joy | – | Good to hear that from you.']);
    expect(told(read('v.csv', 'team,response\na,"We hear you, and that is sad."\na,"Good to hear that from you."\n')).slice(1).map((t) => t.split(' | ')[1])).toEqual(['–', '–']);
    expect(told(read('v.csv', 'Macro name,Comment text\nLate,It is on its way.\n'))).toEqual(['csv', 'Late | Late | – | It is on its way.']);
  });

  it('may hold the separator in a reply that nobody quoted', () => {
    const found = read('v.csv', 'name,body,lang\nLate,Hello, it is late, we know.,en\n');
    expect(told(found)).toEqual(['csv', 'Late | Late | en | Hello, it is late, we know.']);
    expect(problems(found)).toEqual(['2:24 a row of 5 cells under a header of 3 (warning)']);
  });

  it('are read as the user says, by name or number', async () => {
    const stdin = 'a,b,c\nx,It is on its way to you.,Nobody outside may read this long note of ours.\n';
    const run = async (...columns: string[]): Promise<string[]> => {
      const { out, err } = await savy(['scan', '-', '--from', 'csv', '--no-config', '--format', 'ndjson', ...columns], { stdin });
      return err === '' ? out.trim().split('\n').map((l) => (JSON.parse(l) as { key: string; reply: string })).map((r) => `${r.key}: ${r.reply}`) : [err];
    };
    expect(await run('--columns', 'reply=b,key=1')).toEqual(['x: It is on its way to you.']);
    expect(await run('--columns', 'reply=2', '--columns', 'reply=c,title=a')).toEqual(['x.b: It is on its way to you.', 'x.c: Nobody outside may read this long note of ours.']);
    expect(await run('--columns', 'answer=b')).toEqual([expect.stringContaining('--columns: unknown role of a column “answer”')]);
  });
});

describe('settings', () => {
  const said = (settings: string) => savy(['scan', '--format', 'ndjson', '--fail-on', 'hint'], { cwd: scratch({ '.savyrc.yaml': settings, 'b/v.txt': '# One\n\nWe hope that this helps you.\n\n# Two\n\nIt is here. We hope that this helps you.\n', 'v.csv': 'a,b,c\nx,It is on its way to you.,Nobody outside may read this long note of ours.\n' }).dir });

  it('say what columns hold, what format files have, and how many replies may share a sentence', async () => {
    const { out } = await said('columns: {reply: b, title: 1}\nrules: {library/phrase-worn: {level: warning, most: 1}}\noverrides: [{files: "b/*.txt", from: markdown}]\n');
    const found = out.trim().split('\n').map((l) => JSON.parse(l) as { title: string; reply: string; findings: { rule: string }[] });
    expect(found.map((r) => r.title)).toEqual(['One', 'Two', 'x']);
    expect(found[2]?.reply).toBe('It is on its way to you.');
    expect(found.flatMap((r) => r.findings.map((f) => f.rule))).toEqual(['library/phrase-worn']);
  });

  it.each([
    ['columns: {repl: b}', '1:11: unknown key “repl”, did you mean “reply”?'],
    ['from: nope', '1:1: unknown format “nope”'],
    ['rules: {library/phrase-worn: {most: 0.5}}', '1:37: “most” must be a whole number from 1'],
    ['rules: {library/key: {most: 2}}', '1:29: “most” is for library/phrase-worn alone'],
  ])('%s is told', async (settings, message) => {
    const { code, err } = await said(settings);
    expect(err).toContain(`.savyrc.yaml:${message}`);
    expect(code).toBe(2);
  });
});

describe('JSON', () => {
  const macro = (id: number, said: string): object => ({ id, title: `T${id}`, actions: [{ field: 'comment_value', value: said }] });
  const hidden = { id: 9, title: 'N', actions: [{ field: 'comment_value', value: 'Ask the night shift.' }, { field: 'comment_mode_is_public', value: 'false' }] };
  it.each([
    ['in a wrapper of its own', JSON.stringify({ at: '2026', data: { macros: [macro(1, 'It is on its way.'), hidden] } })],
    ['page by page', JSON.stringify([{ macros: [macro(1, 'It is on its way.')], next_page: 'x' }, { macros: [hidden], next_page: null }])],
    ['one value behind the other', `${JSON.stringify({ macros: [macro(1, 'It is on its way.')] }, null, 2)}\n${JSON.stringify({ macros: [hidden] }, null, 2)}\n`],
  ])('of a helpdesk, %s', (_, text) => {
    const found = read('m.json', text);
    expect(told(found)).toEqual(['zendesk', '1 | T1 | – | It is on its way.', '9 | N | – | note | Ask the night shift.']);
    expect(problems(found)).toEqual([]);
    for (const { reply, stretches } of found.entries) expect(text.slice(...placeIn(stretches, [0, reply.length]))).toBe(reply);
  });

  it('of texts in groups is no list of records', () => {
    expect(told(read('m.json', '{"a": {"late": "Hello, it is on its way to you now.", "lost": "We look for it and write to you."}, "b": {"refund": "The money is on its way to your account."}}')).slice(1).map((t) => t.split(' | ')[0])).toEqual(['a.late', 'a.lost', 'b.refund']);
  });

  it('may call the reply what the record is', () => {
    expect(told(read('m.json', '[{"id": 1, "title": "T", "situation": "Use it when the order is late and the customer asks where it is.", "macro": "It is on its way."}]'))).toEqual(['json', '1 | T | – | It is on its way.']);
  });

  it.each([
    ["{'late': 'It is on its way.'}", "1:2 not valid JSON: unexpected \"'\", expected a key in double quotes"],
    ['<h1>502 Bad Gateway</h1>', '1:1 not valid JSON: it opens with neither “{” nor “[”'],
    ['[{"title": "T", "body": "It is on its way."}] and so on', '1:47 not valid JSON: unexpected "a" behind the object'],
  ])('that is none is told: %s', (text, problem) => {
    expect(problems(read('m.json', text))).toEqual([problem]);
  });
});

describe('dumps of databases', () => {
  const mysql = "CREATE TABLE `ost_canned_attachment` (`canned_id` int, `file_id` int);\nINSERT INTO `ost_canned_attachment` VALUES (1,1);\nCREATE TABLE `ost_canned_response` (\n  `canned_id` int(10) UNSIGNED NOT NULL,\n  `isenabled` tinyint(1) NOT NULL DEFAULT '1',\n  `title` varchar(255) NOT NULL,\n  `response` text,\n  PRIMARY KEY (`canned_id`)\n);\nINSERT INTO `ost_canned_response` VALUES (1,1,'It\\'s late','Hi %{ticket.name},\\r\\nit''s on its way; really.'),(2,0,'Off','Never mind this.');\nINSERT INTO `ost_config` VALUES (1,'We are the help desk of a company.');\n";
  const postgres = 'COPY public.users (id, name) FROM stdin;\n1\tA long sentence about a user\n\\.\n\nCOPY public.canned_responses (id, short_code, content, created_at) FROM stdin;\n1\tlate\tHi {{contact.name}},\\nit is on its way.\t\\N\n\\.\n';
  it.each([
    ['MySQL', mysql, ['osticket', "1 | It's late | – | Hi %{ticket.name},⏎it's on its way; really.", '2 | Off | – | note | Never mind this.']],
    ['PostgreSQL', postgres, ['chatwoot', 'late | – | – | Hi {{contact.name}},⏎it is on its way.']],
    ['SQLite', "CREATE TABLE replies (id integer, title text, body text);\nINSERT INTO replies VALUES(1,'T','It''s on its way.');\n", ['sql', "1 | T | – | It's on its way."]],
  ])('%s', (_, text, expected) => {
    const found = read('dump.sql', text);
    expect(told(found).map((t) => t.replace('\r', ''))).toEqual(expected);
    expect(problems(found)).toEqual([]);
    const { reply, stretches } = found.entries[0] as LibraryFile['entries'][number];
    const start = reply.indexOf('on its way');
    expect(text.slice(...placeIn(stretches, [start, start + 10]))).toBe('on its way');
  });

  it('that end in the middle are told', () => {
    expect(problems(read('dump.sql', "INSERT INTO `macros` (`title`, `body`) VALUES ('T','It is on its way.'),('U','It is"))).toEqual(['1:78 a text in a row is not closed']);
  });
});

describe('exports that somebody put together', () => {
  const macro = '{"id": 1, "title": "T", "active": true, "actions": [{"field": "comment_value", "value": "It is on its way."}]}';
  it.each([
    ['pages that are lists', `[[${macro}], [${macro.replace('"id": 1', '"id": 2')}]]`, 'zendesk', ['1', '2']],
    ['a page on each line', `{"macros": [${macro}]}\n{"macros": [${macro.replace('"id": 1', '"id": 2')}]}\n`, 'zendesk', ['1', '2']],
    ['records by their ids', `{"1": ${macro}, "2": ${macro.replace('"id": 1', '"id": 2')}}`, 'zendesk', ['1', '2']],
    ['a list under a name of its own', '{"replies": [{"id": 1, "name": "T", "text": "<p>Hi {%customer.firstName,fallback=there%}, it is on its way.</p>"}]}', 'helpscout', ['1']],
  ])('%s', (_, text, format, keys) => {
    const found = read('m.json', text);
    expect(problems(found)).toEqual([]);
    expect([found.format, found.entries.map((e) => e.key)]).toEqual([format, keys]);
  });

  it.each([
    ['Python', `"[{'field': 'comment_value', 'value': ""It's on its way.""}, {'field': 'comment_mode_is_public', 'value': True}]"`, 'It\'s on its way.', undefined],
    ['Python, for colleagues', `"[{'field': 'comment_value', 'value': 'Say \\'it\\' is on its way.'}, {'field': 'comment_mode_is_public', 'value': False}]"`, "Say 'it' is on its way.", true],
    ['Ruby', `"[{""field""=>""comment_value"", ""value""=>""It is on its way.""}, {""field""=>""group_id"", ""value""=>nil}]"`, 'It is on its way.', undefined],
    ['the pages of the helpdesk', '"Set tags: late\nComment/description: It is on its way.\nStatus: Pending"', 'It is on its way.', undefined],
    ['the pages, for colleagues', '"Comment mode: Private\nComment/description: It is on its way."', 'It is on its way.', true],
  ])('have the actions of a macro in a cell as %s writes them', (_, cell, reply, note) => {
    const text = `id,title,actions\n1,T,${cell}\n`;
    const found = read('m.csv', text);
    expect([problems(found), found.format, found.entries.map((e) => [e.reply, e.note])]).toEqual([[], 'zendesk', [[reply, note]]]);
    const start = reply.indexOf('on its way');
    expect(text.slice(...placeIn(found.entries[0]?.stretches ?? [], [start, start + 10]))).toBe('on its way');
  });

  it('have several texts in a macro, and its name once', () => {
    const text = (channel: string): string => `{"field": "comment_value", "value": ["channel:${channel}", "It is on its way."]}`;
    expect(told(read('m.json', `{"macros": [{"id": 1, "title": "T", "actions": [${text('web')}, ${text('chat')}]}]}`))).toEqual(['zendesk', '1 | T | – | It is on its way.', '1#2 | – | – | It is on its way.']);
    expect(told(read('m.csv', 'id,name,actions\n1,T,"[{""name"": ""setResponseText"", ""arguments"": {""body_text"": ""It is on its way.""}}]"\n'))).toEqual(['gorgias', '1 | T | – | It is on its way.']);
  });

  it('have the actions of a macro in columns of their own', () => {
    expect(told(read('m.csv', 'id,title,actions/0/field,actions/0/value,actions/1/field,actions/1/value\n1,T,status,open,comment_value,It is on its way.\n'))).toEqual(['zendesk', '1 | T | – | It is on its way.']);
    expect(told(read('m.csv', 'id,title,actions.0.field,actions.0.value\n1,T,comment_value,It is on its way.\n'))).toEqual(['zendesk', '1 | T | – | It is on its way.']);
  });

  it('tables of a helpdesk without its marks are known by its variables', () => {
    expect(told(read('m.csv', 'Name,Text,Mailbox\nLate,"Hi {%customer.firstName,fallback=there%}, it is on its way.",Shop\n'))).toEqual(['helpscout', 'Late | Late | – | Hi {%customer.firstName,fallback=there%}, it is on its way.']);
  });

  it('call every response English that nobody called anything else', () => {
    expect(told(read('m.json', '[{"canned_id": 1, "isenabled": 1, "title": "T", "lang": "en_US", "response": "Pakettisi on jo matkalla."}, {"canned_id": 2, "isenabled": 1, "title": "U", "lang": "fi", "response": "Pakettisi on jo matkalla."}]'))).toEqual(['osticket', '1 | T | – | Pakettisi on jo matkalla.', '2 | U | fi | Pakettisi on jo matkalla.']);
  });

  it('have what the customer wrote in a column beside the reply', () => {
    const found = read('m.csv', 'Title,Customer message,Reply\nLate,Where is it now?,It is on its way.\n');
    expect(told(found)).toEqual(['csv', 'Late | Late | – | It is on its way.']);
    expect(found.entries[0]?.complaint).toBe('Where is it now?');
  });
});

describe('Markdown', () => {
  it('holds replies in the rows of a table', () => {
    const text = '# Replies\n\n| Name | Reply | Used |\n| --- | :-: | --- |\n| Late | Hi [name], it is on its way. | often |\n| Lost | We look \\| search for it.<br>Back soon. | |\n';
    const found = read('m.md', text);
    expect(told(found)).toEqual(['markdown', 'Late | Late | – | Hi [name], it is on its way.', 'Lost | Lost | – | We look \\| search for it.⏎Back soon.']);
    expect(text.slice(...placeIn(found.entries[0]?.stretches ?? [], [3, 9]))).toBe('[name]');
  });

  it('is one text when the table is only a part of it', () => {
    expect(told(read('m.md', 'Hello, here is what we found when we looked at your three orders this morning:\n\n| Order | Answer |\n| --- | --- |\n| 12 | It is on its way. |\n')).length).toBe(2);
  });

  it('holds a reply between each two rules, and one alone stands above a signature', () => {
    expect(told(read('m.md', 'It is on its way.\n\n---\n\n**Lost**\n\nWe look for it.\n\n---\n\nThe money is back.\n'))).toEqual(['markdown', 'm.1 | – | – | It is on its way.', 'm.2 | Lost | – | We look for it.', 'm.3 | – | – | The money is back.']);
    expect(told(read('m.md', 'It is on its way.\n\n---\n\nThe shop on Mill Street\n')).length).toBe(2);
  });

  it('holds no replies where the neighbours are instructions', () => {
    const text = '# Replies\n\n## Parcels\n\n### Late\n\nIt is on its way.\n\n### Lost\n\nWe look for it.\n\n## How to use them\n\n### Steps\n\n1. Copy the text\n2. Paste it\n\n### Order\n\nTake these first:\n1. Late\n2. Lost\n\n### Tips\n\n- Be short\n- Be kind\n';
    expect(told(read('m.md', text)).slice(1).map((t) => t.split(' | ')[1])).toEqual(['Late', 'Lost']);
  });
});

describe('YAML', () => {
  it('goes on in quotation marks on lines that are indented too little', () => {
    const text = 'mails:\n  late:\n      text: "It is\n    on its way,\n\n    really."\n  lost:\n      text: "We look for it."\n';
    const found = read('m.yaml', text);
    expect(problems(found)).toEqual([]);
    expect(told(found).slice(1).map((t) => t.split(' | ').pop())).toEqual(['It is on its way,⏎really.', 'We look for it.']);
    expect(text.slice(...placeIn(found.entries[0]?.stretches ?? [], [6, 16]))).toBe('on its way');
  });
});

describe('other files', () => {
  it('from Windows have front matter that ends in quotation marks', () => {
    const found = read('a.md', '---\r\ntitle: Late\r\nsavy_ignore: "apology/hollow: lawyers"\r\n---\r\n\r\nIt is on its way.\r\n');
    expect(problems(found)).toEqual([]);
    expect(found.entries[0]?.suppressions).toMatchObject([{ rules: ['apology/hollow'], reason: 'lawyers' }]);
  });

  it('say what they are about in a title, or above the text', () => {
    expect(told(read('a.html', '<html><head><title>On its &auml;</title></head><body><p>It is on its way.</p></body></html>'))).toEqual(['html', 'a | On its ä | – | It is on its way.']);
    expect(told(read('a.txt', 'Subject: Late\n\nIt is on its way.\n'))).toEqual(['text', 'a | Late | – | It is on its way.']);
  });

  it('hold tabs where YAML takes blanks', () => {
    expect(problems(read('a.yaml', '- title: T\n\tbody: It is on its way.\n'))).toEqual(['2:1 not valid YAML: a tab indents a line, where only blanks may']);
  });

  it('hold nothing that can be read: then nothing is clean', async () => {
    const { code, out } = await savy(['scan', '-', '--from', 'helpscout', '--no-config', '--format', 'compact'], { stdin: '[{"id": 1, "name": "A", "preview": "Hi there"}]' });
    expect(out).toContain('without its text');
    expect(code).toBe(2);
  });
});
