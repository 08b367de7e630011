/** What holds of every mended reply: its fixes are proved, and nothing that nobody faulted has changed. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fixed, fixReply, type FixOptions } from '../src/fixing.js';
import { lint, understand } from '../src/lint.js';
import { outcomeOf } from '../src/outcome.js';
import { readYaml } from '../src/rules/yaml.js';
import { sourceEngine } from '../src/source.js';
import { applyEdits } from '../src/text/edits.js';
import { blanksIn } from '../src/text/placeholders.js';
import { CHANNELS, type Exchange, type Finding, type Result } from '../src/types.js';
import { dev, exchangeOf } from '../tools/eval/data.js';

const engine = sourceEngine();
const fix = (exchange: Exchange, options: FixOptions = {}): Fixed => fixReply(exchange, engine, options);
const count = (findings: readonly Finding[], rule: string): number => findings.filter((f) => f.rule === rule).length;

/** A result without its fixes: which of those are proved, only a mended reply tells. */
const told = (result: Result): object => ({ ...result, findings: result.findings.map((f) => ({ ...f, fixes: [] })) });

const FOLDER = 'fixtures/exchanges';
const written: Exchange[] = readdirSync(FOLDER).sort().map((name) => {
  const text = (file: string): string => readFileSync(`${FOLDER}/${name}/${file}`, 'utf8');
  const { channel, lang, customer, agent, message_at, reply_at } = readYaml(text('exchange.yml'), name).value as Exchange;
  return { id: name, message: text('message.txt'), reply: text('reply.txt'), channel, lang, customer, agent, message_at, reply_at };
});
const shared = ['fi', 'en'].flatMap((lang) => (dev(lang) ?? []).map(exchangeOf));
const examples = engine.rules.filter((r) => r.scope === undefined).flatMap((r) => [...r.examples.bad, ...r.examples.good]);

/** All that must hold of one mended exchange. */
function proved(exchange: Exchange, options: FixOptions = {}): Fixed {
  const mended = fix(exchange, options);
  const { reply } = exchange;
  const { before, after, edits, fixed } = mended;
  // Edits are by place, apart, inside the reply; they make the mended text, and so nothing else has changed.
  edits.forEach((e, i) => {
    expect(e.start).toBeGreaterThanOrEqual(i === 0 ? 0 : (edits[i - 1]?.end ?? 0) + 1);
    expect(e.end).toBeGreaterThanOrEqual(e.start);
    expect(e.end).toBeLessThanOrEqual(reply.length);
  });
  expect(applyEdits(reply, edits).text).toBe(fixed);
  const whole = understand(exchange, engine, options).reading.reply;
  const graphemes = new Set([...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(reply)].map((s) => s.index).concat(reply.length));
  for (const { start, end } of edits) {
    expect(graphemes.has(start) && graphemes.has(end), `splits a character of ${JSON.stringify(reply)}`).toBe(true);
    for (const [s, e] of whole.anatomy.placeholders) expect((start > s && start < e) || (end > s && end < e), 'splits a placeholder').toBe(false);
    for (const [s, e] of whole.anatomy.quoted) expect(start < e && end > s, 'touches quoted text').toBe(false);
  }
  // Fixing twice is fixing once.
  expect(fix({ ...exchange, reply: fixed }, options).fixed, `twice: ${JSON.stringify(exchange)}`).toBe(fixed);
  if (options.draft !== true) {
    for (const { rule, fixes } of after.findings) {
      expect(count(after.findings, rule), `${rule} is new in ${JSON.stringify(exchange)}`).toBeLessThanOrEqual(count(before.findings, rule));
      expect(fixes.some((x) => x.safe), `${rule} has a safe fix left in ${JSON.stringify(exchange)}`).toBe(false);
    }
    expect(after.findings.length).toBeLessThanOrEqual(before.findings.length);
    expect(after.grade).toBeGreaterThanOrEqual(before.grade);
    expect(told(after)).toEqual(told(lint({ ...exchange, reply: fixed }, engine, options)));
  }
  return mended;
}

const PIECES = [
  'Hei', 'Hei ,', 'Hei Anna!', 'Hi Anna, ', 'Anna', ' Pahoittelemme mahdollista häiriötä.', ' Palautteesi on meille tärkeää.', ' Sorry for any inconvenience.', ' We value your feedback!', 'Kiitos palautteestasi. ', ' Miksi?', ' 😂', '👩‍👩‍👧', '🎉', 'e\u0301',
  '\n', '\n\n', '\r\n', '\n> ', '{{name}}', '[your name]', '”', '"', '\nTerveisin', '\nTerveisin Asiakaspalvelu', ' -JK', ' -Anna', '\nKind regards,\n', '\u001b[31m', '\u202e', '\ud83d', ' Toukka Tellervo', ' Mukavaa viikonloppua!', ' I will SUE you', ' My son was taken to hospital',
  ' Voit noutaa paketin huomenna. Olemme teille pahoillamme.', ' Your order went out today.', ' On 3 May 2024 at 10:42, A <a@b.fi> wrote:\n', ' https://a.fi', ' ', '⟨nimesi⟩',
];
const text = fc.oneof({ weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((x) => x.join('')) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) });
const name = fc.option(fc.oneof(fc.constantFrom('Anna', 'Noora', 'Fatima Warsame', '{agent}', '$&', 'A\nB', '⟨x⟩'), fc.string({ maxLength: 8 })), { nil: undefined });
const exchange: fc.Arbitrary<Exchange> = fc.record({
  reply: text,
  message: fc.option(text, { nil: undefined }),
  channel: fc.constantFrom(...CHANNELS),
  lang: fc.constantFrom('fi', 'en', undefined),
  customer: name,
  agent: name,
  message_at: fc.constantFrom('2024-03-04T10:00:00Z', undefined),
  reply_at: fc.constantFrom('2024-03-07T10:00:00Z', undefined),
});

describe('fixes are proved', () => {
  it('on the exchanges and examples of the project', () => {
    for (const x of [...written, ...examples]) for (const agent of [undefined, 'Noora']) proved({ ...x, agent: x.agent ?? agent });
  }, 60_000);

  it.skipIf(shared.length === 0)('on the shared ones', () => {
    for (const x of shared) proved({ ...x, agent: 'Noora' });
  }, 120_000);

  it('on drafts made of anything', () => {
    fc.assert(fc.property(exchange, (x) => void proved(x)), { numRuns: 400 });
  }, 120_000);

  it('with blanks put in, too', () => {
    for (const x of written) proved(x, { draft: true });
    fc.assert(fc.property(exchange, (x) => void proved(x, { draft: true })), { numRuns: 100 });
  }, 120_000);

  it('and are what a program gets', () => {
    for (const x of written) {
      const { fixed, edits } = fix(x);
      expect(outcomeOf(x, engine).fixed).toBe(edits.length === 0 ? undefined : fixed);
    }
  });
});

describe('safe fixes read on', () => {
  const cases: readonly [about: string, given: Exchange, wanted: string][] = [
    ['a greeting in line', { reply: 'Tilauksesi lähti varastolta tänään aamulla ja se tulee perille todennäköisesti ylihuomenna, viimeistään perjantaina. -Noora', customer: 'Anna Virtanen' }, 'Hei Anna! Tilauksesi lähti varastolta tänään aamulla ja se tulee perille todennäköisesti ylihuomenna, viimeistään perjantaina. -Noora'],
    ['a greeting above a letter', { reply: 'Your order left our warehouse this morning and should be with you the day after tomorrow.\r\n\r\nKind regards,\r\nNora', customer: 'Sam Reed' }, 'Hi Sam,\r\n\r\nYour order left our warehouse this morning and should be with you the day after tomorrow.\r\n\r\nKind regards,\r\nNora'],
    ['a name behind a note', { reply: 'Hei Anna! Tilauksesi lähti tänään.', agent: 'Noora' }, 'Hei Anna! Tilauksesi lähti tänään. -Noora'],
    ['a name under a bare sign-off', { reply: 'Hei Anna!\n\nTilauksesi lähti tänään.\n\nTerveisin\n', agent: 'Noora' }, 'Hei Anna!\n\nTilauksesi lähti tänään.\n\nTerveisin\nNoora\n'],
    ['a name under a letter', { reply: 'Hi Anna,\n\nYour order went out today.', agent: 'Nora', channel: 'email' }, 'Hi Anna,\n\nYour order went out today.\n\nKind regards,\nNora'],
    ['a name above the unit', { reply: 'Hei Anna!\n\nTilauksesi lähti tänään.\n\nTerveisin\nAsiakaspalvelu', agent: 'Noora' }, 'Hei Anna!\n\nTilauksesi lähti tänään.\n\nTerveisin\nNoora\nAsiakaspalvelu'],
    ['a name above both lines of a unit', { reply: 'Hei Anna!\n\nTilauksesi lähti tänään.\n\nVesikosken kaupunki\nLiikuntapalvelut', agent: 'Noora' }, 'Hei Anna!\n\nTilauksesi lähti tänään.\n\nNoora\nVesikosken kaupunki\nLiikuntapalvelut'],
    ['no name in front of a sentence', { reply: 'Hi Anna, your order went out today. This guide may also help the team: https://a.example/x', agent: 'Nora' }, 'Hi Anna, your order went out today. This guide may also help the team: https://a.example/x -Nora'],
    ['the right name', { message: 'When does my booking start?', reply: 'Dear Mr Smith, your booking starts on Friday at 3 pm. -Nora', customer: 'Fatima Warsame' }, 'Dear Fatima, your booking starts on Friday at 3 pm. -Nora'],
    ['one greeting of two', { reply: 'Hei! Hei, kiitos kuvasta. Tilauksesi lähti tänään. -Noora' }, 'Hei! Kiitos kuvasta. Tilauksesi lähti tänään. -Noora'],
    ['one name of two', { reply: 'Hi Anna, your order went out today.\n\nKind regards,\nNora\n\nKind regards,\nNora' }, 'Hi Anna, your order went out today.\n\nKind regards,\nNora'],
  ];
  it.each(cases)('%s', (_, given, wanted) => {
    expect(fix(given).fixed).toBe(wanted);
  });

  const stock: readonly [about: string, given: Exchange, wanted: string][] = [
    ['with the greeting closed before a capital', { lang: 'fi', message: 'Ihan mälsä juttu, sukat reikiä täynnä ja harmittaa koko homma.', reply: 'Hei, kiitos yhteydenotostasi. Palautteesi on meille tärkeää. Kaupassamme on palautuspiste. -Noora' }, 'Hei! Kaupassamme on palautuspiste. -Noora'],
    ['as a sentence, a lead to one, a clause of one', { lang: 'en', message: 'The socks had a hole in them on the first day.', reply: 'Hi Sam! Your feedback is important to us and we always strive to improve our service. Please note that returns go to the store. Thank you for your patience and we hope to see you again soon. -Nora' }, 'Hi Sam! Returns go to the store. We hope to see you again soon. -Nora'],
  ];
  it.each(stock)('stock goes %s', (_, given, wanted) => {
    expect(fix(given).fixed).toBe(wanted);
  });

  it('what costs nothing beside another rule names one that there is', () => {
    for (const r of engine.rules) for (const other of r.beside ?? []) expect(engine.rules.map((o) => o.id), r.id).toContain(other);
  });

  it('never leave an empty reply', () => {
    const { fixed } = fix({ message: 'Thank you for the lovely service yesterday, the girl at the counter was so kind and patient with my son!', reply: 'Hi, we apologise for the inconvenience. -Will' });
    expect(fixed.replace(/[\s,]|Hi|-Will/g, '').length).toBeGreaterThan(10);
  });

  it('take the cheer out of an answer to a serious message, and leave the rest', () => {
    const { fixed } = fix({ message: 'My daughter had an allergic reaction to your cake and went to hospital in an ambulance. The label said nothing about nuts.', reply: 'Hi! The cake is off our shelves. Hope she feels better soon! 🎉 Have a great weekend! -Nora' });
    expect(fixed).toBe('Hi! The cake is off our shelves. Hope she feels better soon! -Nora');
  });
});

describe('drafts', () => {
  const given: Exchange = { message: 'Keitto oli kylmää ja tarjoilija tiuski. Miksi kukaan ei vastannut puhelimeen?', reply: 'Hei! Palautteesi on kirjattu. Asiakaspalvelu', channel: 'social' };

  it('ask for each thing once, and are refused as they stand', () => {
    const { fixed, drafts, after } = fix(given, { draft: true });
    const blanks = blanksIn(fixed);
    expect(drafts.length).toBeGreaterThan(1);
    expect(new Set(blanks).size).toBe(blanks.length);
    expect(count(after.findings, 'template/unfilled')).toBe(blanks.length);
    expect(after.findings.some((f) => f.level === 'error')).toBe(true);
  });

  it('say nothing in their blanks', () => {
    const of = (reply: string): readonly string[] => lint({ message: 'Arvoisa yritys, tuomanne kaappi oli rikki. Tulisitteko korjaamaan sen?', reply, lang: 'fi' }, engine).findings.map((f) => f.rule);
    const rest = 'Arvoisa asiakas, olen pahoillani rikkinäisestä kaapista. Korjaajamme tulee teille huomenna, ja soitan teille tänään.';
    const blank = '⟨lause, jossa mainitset: ”Pahoittelemme mahdollista häiriötä, mokasit itse 😂 Terveisin Ville”⟩';
    expect(of(`${rest} ${blank} -Noora`)).toEqual([...of(`${rest} -Noora`), 'template/unfilled']);
    expect(of(`${rest} -⟨nimesi⟩`)).toEqual([...of(`${rest} -Noora`), 'template/unfilled']);
  });

  it('come only when asked for', () => {
    expect(blanksIn(fix(given).fixed)).toEqual([]);
    expect(fix(given).drafts).toEqual([]);
  });
});
