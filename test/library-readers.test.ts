import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { FORMATS, type LibraryFile, readLibrary } from '../src/readers/library.js';
import { decodeAny } from '../src/readers/text.js';
import { placeIn } from '../src/text/traced.js';
import { ROOT } from './drive.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (file: string, text: string, options = {}): LibraryFile => readLibrary(file, bytes(text), options);
const fixture = (path: string, options = {}): LibraryFile => readLibrary(path, readFileSync(join(ROOT, 'fixtures/libraries', path)), options);
/** key, language and text of each reply. */
const told = ({ entries }: LibraryFile): string[] => entries.map((e) => `${e.key}${e.lang === undefined ? '' : ` [${e.lang}]`}: ${e.reply.replace(/\n/g, '⏎')}`);
const ignored = ({ entries }: LibraryFile): string[] => entries.flatMap((e) => e.suppressions.map((s) => `${e.key}: ${s.rules.join('+')} since ${s.reason}`));

/** Every stretch of equal length is a copy, and stretches are in order. */
function placed(text: string, { entries }: LibraryFile): void {
  for (const { reply, stretches } of entries) {
    let [end, to] = [0, 0];
    for (const s of stretches) {
      expect(s.start).toBeGreaterThanOrEqual(end);
      expect(s.from).toBeGreaterThanOrEqual(to);
      expect(s.to).toBeLessThanOrEqual(text.length);
      [end, to] = [s.end, s.to];
      if (s.end - s.start === s.to - s.from) expect(text.slice(s.from, s.to)).toBe(reply.slice(s.start, s.end));
    }
    expect(end).toBeLessThanOrEqual(reply.length);
  }
}

describe('the fixtures', () => {
  const files = readdirSync(join(ROOT, 'fixtures/libraries'), { recursive: true, encoding: 'utf8' }).filter((f) => /\.[a-z]+$/.test(f)).sort();
  it.each(files)('%s has its places', (file) => {
    const raw = readFileSync(join(ROOT, 'fixtures/libraries', file));
    const { text } = decodeAny(raw, file);
    const found = readLibrary(file, raw);
    placed(text, found);
    expect(found.entries.length).toBeGreaterThan(0);
    expect(new Set(found.entries.map((e) => `${e.lang}/${e.key}`)).size).toBe(found.entries.length);
  });
});

describe('plain text', () => {
  it('is one reply, with front matter and a comment', () => {
    const found = fixture('text/viivastys.fi.txt');
    expect(found.entries).toMatchObject([{ key: 'viivastys', title: 'Toimitus viivästyy', shortcut: 'viive', lang: 'fi', for: 'complaint', complaint: expect.stringMatching(/^Tilasin/), format: 'text' }]);
    expect(found.entries[0]?.reply).toMatch(/iltana\.\n\nTerveisin\n\[nimesi\]$/);
    expect(ignored(found)).toEqual(['viivastys: person/signature since allekirjoitus tulee järjestelmästä']);
    expect(found.entries[0]?.suppressions[0]?.place).toMatchObject({ line: 11, column: 3 });
  });

  it('is several where lines of === part them, and one where --- stands over a signature', () => {
    expect(fixture('text/several.en.txt').entries.map((e) => e.key)).toEqual(['several.1', 'several.2', 'several.3']);
    expect(read('a.txt', 'Hei,\n\nlamppu lähti.\n\n---\n\nLamppukauppa').entries).toHaveLength(1);
  });

  it('takes the language from names and folders, and the key from what is left', () => {
    const names = ['x/late.fi.txt', 'x/late-sv.txt', 'en-late.txt', 'locales/fi_FI/late.txt', 'fi/4.txt', 'how-to.txt', 'cs-late.txt', 'late.txt'];
    expect(names.map((n) => read(n, 'Hei vaan sinne').entries[0]).map((e) => `${e?.key} ${e?.lang}`)).toEqual(['late fi', 'late sv', 'late en', 'late fi', 'fi fi', 'how-to undefined', 'cs-late undefined', 'late undefined']);
  });
});

describe('Markdown', () => {
  it('with front matter is one reply, without its marks', () => {
    const found = fixture('markdown/refund.md');
    expect(found.entries).toMatchObject([{ key: 'refund', title: 'Refund sent', lang: 'en', channel: 'email' }]);
    expect(found.entries[0]?.reply).toBe('Hi %{customer_name},\n\nwe sent € 25 back to your card today. Your bank shows it in three days.\n\nOrder no: _____\n\nKind regards\nAino & the lamp shop');
    expect(ignored(found).sort()).toEqual(['refund: apology/missing since nothing went wrong here', 'refund: template/boilerplate since legal wants these words']);
  });

  it('holds one reply under each heading, and a comment above a heading is about what stands below', () => {
    const found = fixture('markdown/headings.fi.md');
    expect(found.entries.map((e) => [e.key, e.title])).toEqual([['Palautukset / Palautus saapui', 'Palautus saapui'], ['Palautukset / Palautus puuttuu', 'Palautus puuttuu'], ['Takuu', 'Takuu']]);
    expect(ignored(found)).toEqual(['Takuu: * since tämä odottaa kirjoittajaa']);
  });

  it('holds one reply in each fenced block where the text around them only explains', () => {
    expect(told(fixture('markdown/fenced.en.md', { from: 'markdown' }))).toEqual([
      'Deliveries / Parcel is late [en]: Hi {{contact.name}},⏎⏎I am sorry that your lamp is late. It leaves us tomorrow.',
      'Deliveries / Parcel is lost [en]: Hi {{contact.name}},⏎⏎the carrier has lost your lamp. A new one is on its way.',
    ]);
  });

  it('is one reply when a block only shows what to type', () => {
    const found = read('reset.md', '# Reset\n\nHi {{name}},\n\nplease open a terminal on your own computer and type these words, then wait until it has ended:\n\n```\nlamp reset now\n```\n\nBest wishes\nAino');
    expect(found.entries).toMatchObject([{ title: 'Reset', reply: expect.stringMatching(/^Hi[^]*lamp reset now[^]*Aino$/) }]);
  });

  it('keeps a greeting in large type, and questions in bold part their answers', () => {
    expect(read('hei.md', '# Hei {{ user.first_name }},\n\nlamppusi lähti tänään.').entries[0]?.reply).toBe('Hei {{ user.first_name }},\n\nlamppusi lähti tänään.');
    expect(told(read('faq.md', '## Hours\n\n**Q: When are you open?**\nA: From nine to five.\n\n**Q: And on Sundays?**\nA: We are closed then.'))).toEqual(['Q: When are you open?: From nine to five.', 'Q: And on Sundays?: We are closed then.']);
  });

  it.each([
    ['a **b** _c_ `d_e` f_g_h', 'a b c d_e f_g_h'],
    ['[a](b(c) "d") [e] [f](g h) ![i](j)', 'a [e] [f](g h) '],
    ['a [b][c] [d][e]\n\n[c]: https://x.example', 'a b [d][e]\n'],
    ['2 * 3 * 4 \\* ____ &auml; <br>x', '2 * 3 * 4 * ____ ä\nx'],
    ['{{a_b_c}} %{d_e_f} <%= g_h %> {% if a_b %}*x*{% endif %}', '{{a_b_c}} %{d_e_f} <%= g_h %> {% if a_b %}x{% endif %}'],
    ['> a\n> b <https://x.example/a_b_c> <name>', 'a\nb https://x.example/a_b_c <name>'],
  ])('%j reads as %j', (source, text) => {
    expect(read('a.md', source).entries[0]?.reply).toBe(text.trim());
  });
});

describe('YAML', () => {
  it('is keys with texts, records, and one text per language', () => {
    const found = fixture('yaml/replies.yml');
    expect(told(found)).toEqual([
      'late [fi]: Hei {{customer.name}},⏎⏎olen pahoillani viiveestä. Lamppusi lähtee huomenna.',
      'late [en]: Hi {{customer.name}},⏎⏎I am sorry about the delay. Your lamp leaves us tomorrow.',
      'warranty: Hei, takuu korvaa lampun.⏎Lähetämme uuden huomenna, ja ”vanha” jää sinulle.',
      "thanks: It's good to hear that the lamp arrived, and that you like it.",
    ]);
    expect(found.entries.map((e) => e.for)).toEqual(['angry', 'angry', undefined, undefined]);
    expect(ignored(found)).toEqual(['warranty: template/boilerplate since the law wants these words', 'thanks: * since praise needs no more']);
  });

  it('finds letters in a locale file and leaves labels alone', () => {
    expect(told(fixture('yaml/locale.fi.yml', { from: 'yaml' }))).toEqual(['mailer.welcome [fi]: Hei %{username},⏎⏎tervetuloa Lamppukaupan asiakkaaksi.', 'mailer.goodbye [fi]: Hei %{username},⏎⏎tilisi on poistettu pyynnöstäsi.']);
    expect(read('en.yml', 'en:\n  save: Save\n  cancel: Cancel the order\n  sign_in: Sign in\n  hello: Hello\n').entries).toEqual([]);
  });

  it('that is broken is told, and what can be read is', () => {
    const { entries, problems } = read('a.yml', 'late: Hi, your lamp is late.\nlost: "Hi, your\nfound: Hi, your lamp was found.\n');
    expect(problems).toMatchObject([{ file: 'a.yml', line: 2, message: expect.stringMatching(/^not valid YAML: / ) }]);
    expect(entries[0]?.reply).toBe('Hi, your lamp is late.');
  });
});

describe('JSON', () => {
  it('is records: HTML before its plain twin, notes, suppressions as fields and comments', () => {
    const found = fixture('json/replies.json');
    expect(told(found)).toEqual([
      "late-1: Hi {{customer.name}},⏎⏎I'm sorry that your lamp is late.⏎It leaves us tomorrow.⏎⏎- the lamp⏎- two bulbs",
      'thanks [fi]: Kiitos palautteesta!⏎Kerron terveisesi "Ainolle".',
      'note: Check the stock before you promise anything.',
    ]);
    expect(found.entries.map((e) => e.note)).toEqual([undefined, undefined, true]);
    expect(ignored(found)).toEqual(['late-1: apology/hollow since seen by legal', 'thanks: template/boilerplate since lyhyt on tarkoituksella']);
  });

  it('is one text per language', () => {
    expect(fixture('json/languages.json').entries.map((e) => `${e.key} ${e.lang}`)).toEqual(['late fi', 'late sv', 'late en', 'found fi', 'found en']);
  });

  it('that is broken is told with its place, and what can be read is', () => {
    const { entries, problems } = fixture('json/broken.json');
    expect(problems).toMatchObject([{ line: 3, column: 21, message: 'not valid JSON: unexpected "\\"", expected “,” or “}”' }]);
    expect(entries.map((e) => e.title)).toEqual(['Late', 'Lost', 'Found']);
  });

  it('may carry comments, and one without a reason is not honoured', () => {
    const found = read('a.json', '[\n  // savy-ignore apology/hollow: meant so\n  {"text": "Hi, sorry for any inconvenience."},\n  {"text": "Hi, and good bye."}, // savy-ignore apology/missing\n]');
    expect(ignored(found)).toEqual(['1: apology/hollow since meant so']);
    expect(found.problems).toMatchObject([{ line: 4, warning: true, message: expect.stringMatching(/without a reason/) }]);
  });

  it('knows fields by what is in them when their names say nothing, and by `columns`', () => {
    const rows = '[{"a": "Myöhässä", "b": "Hei, lamppusi lähtee vasta huomenna."}, {"a": "Hukassa", "b": "Hei, lähetämme uuden lampun."}]';
    expect(told(read('a.json', rows))).toEqual(['Myöhässä: Hei, lamppusi lähtee vasta huomenna.', 'Hukassa: Hei, lähetämme uuden lampun.']);
    expect(told(read('a.json', rows, { columns: { reply: 'a', key: 'b' } }))[1]).toBe('Hei, lähetämme uuden lampun.: Hukassa');
  });

  it('lines: a broken one is told, the others go on', () => {
    const found = fixture('ndjson/replies.ndjson');
    expect(found.problems).toMatchObject([{ line: 2, column: 48 }]);
    expect(found.entries).toMatchObject([{ key: 'late', complaint: 'Where is my lamp?' }, { key: 'lost' }, { key: 'found', lang: 'fi' }]);
  });
});

describe('CSV', () => {
  it('has one column per language, quotes doubled, breaks in cells', () => {
    const found = fixture('csv/replies.csv');
    expect(told(found)).toEqual([
      'late [fi]: Hei {nimi},⏎olen pahoillani, että "Kuu" on myöhässä; se lähtee huomenna.',
      'late [en]: Hi {name},⏎I am sorry that "Kuu" is late; it leaves tomorrow.',
      'thanks [fi]: Kiitos, hienoa kuulla.',
      'thanks [en]: Thank you, good to hear.',
      'found [fi]: Lamppusi löytyi.',
    ]);
    expect(found.entries[0]).toMatchObject({ shortcut: 'late', title: 'Myöhässä', format: 'csv' });
    expect(ignored(found)).toEqual(['thanks: template/boilerplate since lyhyt on tarkoituksella', 'thanks: template/boilerplate since lyhyt on tarkoituksella']);
  });

  it('with quotes that are not doubled or not closed is mended and told', () => {
    const found = fixture('csv/odd.csv');
    expect(told(found)).toEqual(['Myöhässä: Hei, olen pahoillani, että lamppusi on "myöhässä".', 'Hukassa: Hei, lamppusi on hukassa, ja lähetämme uuden.', 'Löytyi: Hei, lamppusi löytyi ja lähtee tänään.']);
    expect(found.problems).toMatchObject([{ line: 2, column: 54, warning: true }, { line: 3, column: 13 }]);
  });

  it('is read by `columns`, by name or number, without a header too', () => {
    expect(told(read('a.csv', 'x,y,z\nLate,Your lamp is late.,fi\n', { columns: { reply: 'y', title: 1, key: '1', lang: 'z' } }))).toEqual(['Late [fi]: Your lamp is late.']);
    expect(told(read('a.csv', '1;Hei, lamppusi on myöhässä ja lähtee huomenna.\n2;Hei, lamppusi löytyi ja lähtee tänään.\n'))).toEqual(['1: Hei, lamppusi on myöhässä ja lähtee huomenna.', '2: Hei, lamppusi löytyi ja lähtee tänään.']);
  });
});

describe('HTML', () => {
  it('is the text that a customer sees, with every hole that a helpdesk fills', () => {
    const found = fixture('html/late-fi.html');
    expect(found.entries).toMatchObject([
      { key: 'late', lang: 'fi', reply: 'Hei {{ customer.first_name | default: "<b>" }},\n\nolen pahoillani, että lamppusi on myöhässä.\nTilausnumero on <OTRS_TICKET_TicketNumber>, koodi <koodi>.\n\n- lamppu\n- kaksi polttimoa\n\nTerveisin\n{% if agent %}{{ agent.name }}{% endif %}' },
    ]);
    expect(ignored(found)).toEqual(['late: apology/hollow since nähty']);
  });

  it('shows a finding its place: a word, and one that holds an entity', () => {
    const text = '<p>Hei,</p><p>lamppu on my&ouml;h&auml;ss&auml; nyt</p>';
    const { reply = '', stretches = [] } = read('a.html', text).entries[0] ?? {};
    const at = (word: string): string => text.slice(...placeIn(stretches, [reply.indexOf(word), reply.indexOf(word) + word.length]));
    expect([at('lamppu'), at('myöhässä'), at('nyt'), at('Hei,\n\nlamppu')]).toEqual(['lamppu', 'my&ouml;h&auml;ss&auml;', 'nyt', 'Hei,</p><p>lamppu']);
  });
});

describe('character sets', () => {
  const text = 'title,reply\nMyöhässä,"Hei, lamppusi on myöhässä, € 5."\n';
  const utf16 = (little: boolean, mark: boolean): Uint8Array => {
    const units = [...(mark ? [0xfeff] : []), ...[...text].map((c) => c.charCodeAt(0))];
    return Uint8Array.from(units.flatMap((u) => (little ? [u & 255, u >> 8] : [u >> 8, u & 255])));
  };
  const latin = Uint8Array.from([...text].map((c) => (c === '€' ? 0x80 : c.charCodeAt(0))));
  it.each([
    ['UTF-8', bytes(text)],
    ['UTF-8 with a mark', bytes(`\ufeff${text}`)],
    ['UTF-16', utf16(true, true)],
    ['UTF-16, the other way', utf16(false, true)],
    ['UTF-16 without a mark', utf16(true, false)],
    ['Windows-1252', latin],
  ])('%s is read', (_, raw) => {
    expect(told(readLibrary('a.csv', raw))).toEqual(['Myöhässä: Hei, lamppusi on myöhässä, € 5.']);
  });

  it('damaged UTF-8 is told by its line, other bytes are no text', () => {
    expect(readLibrary('a.txt', Uint8Array.from([...bytes('Hyvää päivää\nlamppu on '), 0xe4, ...bytes(' täällä')])).problems).toMatchObject([{ line: 2 }]);
    expect(readLibrary('a.txt', Uint8Array.from([1, 0, 0, 7])).problems).toMatchObject([{ message: 'holds binary data, not text' }]);
  });
});

describe('what is written is read back', () => {
  /** At least three words, so that a key says nothing of it. */
  const word = fc.stringMatching(/^[a-zåäö]{2,8}$/);
  const punctuation = fc.constantFrom(' ', ' ', ', ', '. ', '\n', '\n\n', ' "', '\' ', ' {{x.y}} ', ' %{z} ', ' & ', ' # ', ': ', ' ;', ' €', ' 🎉 ', ' \\ ', ' - ');
  const reply = fc.tuple(word, fc.array(fc.tuple(punctuation, word), { minLength: 3, maxLength: 12 })).map(([first, rest]) => `${first}${rest.map(([p, w]) => `${p}${w}`).join('')}`);
  const records = fc.array(fc.record({ title: word, reply }), { minLength: 1, maxLength: 5 });

  it.each([
    ['a.json', (rs: unknown) => JSON.stringify(rs, null, 2)],
    ['a.json', (rs: unknown) => JSON.stringify(rs).replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)],
    ['a.ndjson', (rs: unknown) => (rs as unknown[]).map((r) => JSON.stringify(r)).join('\n')],
    ['a.yml', (rs: unknown) => stringify(rs)],
    ['a.yml', (rs: unknown) => stringify(rs, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 30 })],
    ['a.yml', (rs: unknown) => stringify(rs, { defaultStringType: 'QUOTE_SINGLE', lineWidth: 30 })],
    ['a.yml', (rs: unknown) => stringify(rs, { defaultStringType: 'BLOCK_FOLDED', lineWidth: 30 })],
    ['a.yml', (rs: unknown) => stringify(rs, { defaultStringType: 'BLOCK_LITERAL' })],
    ['a.csv', (rs: unknown) => ['title;reply', ...(rs as { title: string; reply: string }[]).map((r) => `${r.title};"${r.reply.replaceAll('"', '""')}"`)].join('\r\n')],
  ])('%s (%#)', (file, write) => {
    fc.assert(
      fc.property(records, (rs) => {
        const text = write(rs);
        const found = read(file, text);
        expect(found.problems).toEqual([]);
        expect(found.entries.map((e) => [e.title, e.reply])).toEqual(rs.map((r) => [r.title, r.reply.trim()]));
        placed(text, found);
        // Nearly every letter has a place of its own.
        for (const e of found.entries) expect(e.stretches.reduce((n, s) => n + s.end - s.start, 0)).toBeGreaterThan(e.reply.length / 2);
      }),
      { numRuns: 150 },
    );
  });

  it('HTML', () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 }), fc.constantFrom('&auml;', '&#228;', '&#xe4;', 'ä'), (paragraphs, a) => {
        const text = `<div>${paragraphs.map((p) => `<p>\n  ${p.map((w, i) => (i % 2 === 1 ? `<b>${w.replaceAll('ä', a)}</b>` : w.replaceAll('ä', a))).join(i0(p))}</p>`).join('')}`;
        const found = read('a.html', text);
        expect(found.entries.map((e) => e.reply)).toEqual([paragraphs.map((p) => p.join(' ')).join('\n\n')]);
        placed(text, found);
      }),
    );
  });
  const i0 = (p: readonly string[]): string => (p.length % 2 === 0 ? '\n ' : ' ');
});

describe('hostile input', () => {
  const FILES = ['a.txt', 'a.md', 'a.html', 'a.json', 'a.yml', 'a.csv', 'a.ndjson', 'a'];

  it('that stops inside a tag loses the tag', () => {
    expect(read('a.txt', 'It is here. <b/').entries[0]?.reply).toBe('It is here.');
  });

  it('never throws, whatever the bytes and the format', () => {
    const marks = fc.string({ unit: fc.constantFrom(...'{}[]":,\'\\<>/&;#*_`-|%=!()~ \n\t\rab1ä'), maxLength: 300 }).map(bytes);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), marks), fc.constantFrom(...FILES), fc.option(fc.constantFrom(...FORMATS), { nil: undefined }), (raw, file, from) => {
        const found = readLibrary(file, raw, { from });
        if (found.entries.length > 0) placed(decodeAny(raw, file).text, found);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads files that end too early', () => {
    for (const path of ['json/replies.json', 'yaml/replies.yml', 'csv/replies.csv', 'html/late-fi.html', 'markdown/fenced.en.md']) {
      const raw = readFileSync(join(ROOT, 'fixtures/libraries', path));
      for (let n = 1; n < raw.length; n += 37) expect(() => readLibrary(path, raw.subarray(0, n))).not.toThrow();
    }
  });

  it.each([
    ['a.json', '['.repeat(1_000)],
    ['a.json', '{"a":'.repeat(100_000)],
    ['a.yml', '['.repeat(10_000)],
    ['a.yml', '- '.repeat(5_000)],
    ['a.yml', Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('tells nesting that is too deep: %s', (file, text) => {
    expect(read(file, text).problems[0]?.message).toMatch(/nest/);
  });

  it('is not blown up by aliases', () => {
    const bomb = `a: &a ["Hei vaan sinne."]\n${[...'bcdefghij'].map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]},`.repeat(9)}]`).join('\n')}\n`;
    expect(read('a.yml', bomb).entries).toHaveLength(1);
  });

  it.each(['<div>', '</b><i>', '<b_c>', '&am', '{{ a ', '{% ', '[a](', '](', '**a ', '` `` ', '<!-- ', '```\n', '"a,', '"a"b\n', '- a\n', '# a\nb c d\n', 'a: b\n', '{"a": 1}\n', '\n\n===\n\n'])('takes time that grows with its length: %j', (piece) => {
    for (const file of ['a.md', 'a.html', 'a.csv', 'a.yml', 'a.txt', 'a.json']) {
      const time = (n: number): number => {
        const raw = bytes(piece.repeat(Math.ceil(n / piece.length)));
        const before = performance.now();
        readLibrary(file, raw);
        return performance.now() - before;
      };
      time(5_000);
      const [short, long] = [Math.max(20, time(10_000)), time(80_000)];
      // Eight times the length: quadratic would be sixty-four.
      expect(long / short, file).toBeLessThan(40);
    }
  }, 60_000);

  it('reads a line of ten megabytes', () => {
    const line = 'Hei, kiitos viestistäsi. '.repeat(400_000);
    for (const file of ['a.md', 'a.html', 'a.csv']) expect(read(file, line).problems).toEqual([]);
    expect(read('a.json', JSON.stringify({ reply: line })).entries).toHaveLength(1);
  }, 60_000);
});
