/** A library of canned replies: what is judged in each, and what is found between them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeEntry } from '../src/library/judge.js';
import { type Item, libraryReport } from '../src/library/library.js';
import { Variables } from '../src/library/variables.js';
import { sourceEngine } from '../src/source.js';
import { clusters } from '../src/text/clusters.js';
import { Lines } from '../src/text/edits.js';
import { areAlike } from '../src/text/words.js';
import type { Entry, LibraryReport } from '../src/types.js';

const engine = sourceEngine();
const variables = new Variables(engine.formats());
const hash = (text: string): string => text;

function entry(reply: string, more: Partial<Entry> = {}): Entry {
  return { file: 'a.md', key: 'a', reply, stretches: [{ start: 0, end: reply.length, from: 0, to: reply.length }], format: 'markdown', suppressions: [], ...more };
}

function report(entries: readonly Entry[]): LibraryReport {
  return libraryReport(entries.map((e): Item => ({ entry: e, judged: judgeEntry(e, engine, variables), lines: new Lines(e.reply) })), [], engine, { hash });
}

const rulesOf = (e: Entry): string[] => report([e]).results.flatMap((r) => r.findings.map((f) => f.finding.rule));

describe('variables', () => {
  it.each([
    ['zendesk', 'Hi {{ticket.requester.first_name}}, {% if ticket.tags contains "vip" %}welcome{% endif %} order #{{ticket.id}}', ['{{ticket.requester.first_name}}', '{% if ticket.tags contains "vip" %}', '{% endif %}', '{{ticket.id}}']],
    ['gorgias', 'It ships {{ticket.customer.integrations.shopify.orders[0].created_at|datetime_format("MMM Do YY")}}.', ['{{ticket.customer.integrations.shopify.orders[0].created_at|datetime_format("MMM Do YY")}}']],
    ['zammad', 'At #{dt(ticket.updated_at, "%A %H:%M", "Europe/Berlin")}, #{user.firstname}', ['#{dt(ticket.updated_at, "%A %H:%M", "Europe/Berlin")}', '#{user.firstname}']],
    ['osticket', 'Dear %{ticket.name.first}, see https://x.example/view?id=%7Bticket.number%7D', ['%{ticket.name.first}', '%7Bticket.number%7D']],
    ['znuny', 'Dear <OTRS_CUSTOMER_DATA_UserFirstname> &lt;OTRS_TICKET_TicketNumber&gt;', ['<OTRS_CUSTOMER_DATA_UserFirstname>', '&lt;OTRS_TICKET_TicketNumber&gt;']],
    ['intercom', 'Hi <attribute key="user.first_name" default="there"/>!', ['<attribute key="user.first_name" default="there"/>']],
    ['markdown', 'Use `a { display: none !important; }` and [the page](https://x.example/{id}), 100 % sure', ['{id}']],
  ])('of %s: %s', (format, reply, found) => {
    expect(variables.find(reply, format).map((h) => reply.slice(h.start, h.end))).toEqual(found);
  });

  it.each([
    ['gorgias', 'Hi {{ticket.customer.firstname}}, hello', true],
    ['intercom', 'Hi {{user.first_name|fallback:"there"}}, hello', false],
    ['helpscout', 'Hi {%customer.firstName,fallback=there%}, hello', false],
    ['helpscout', 'Hi {%customer.firstName,fallback=%}, hello', true],
    ['discourse', 'Hi %{reply_to_name,fallback:there}, hello', false],
    ['chatwoot', "Hi {{ contact.first_name || 'there' }}, hello", false],
    ['zendesk', 'Hi {{ticket.requester.first_name}}, hello', false],
  ])('%s leaves a hole in %s: %s', (format, reply, blank) => {
    expect(variables.find(reply, format).map((h) => h.blank)).toEqual([blank]);
  });

  it('greet, sign, and are never reported', () => {
    const reply = 'Hi {{customer.name}},\n\nyour lamp left our warehouse this morning, and the courier will ring you before [time].\n\nBest,\n{{agent.name}}\nThe Lamp Shop';
    const { result } = judgeEntry(entry(reply), engine, variables);
    expect(result?.findings).toEqual([]);
    expect(result?.facts.signed).toBe(true);
  });
});

describe('library mode', () => {
  const hollow = 'Your lamp left our warehouse a week late. We apologise for any inconvenience caused. It will be with you on Friday, and the courier rings first.';

  it('passes over notes and texts in no language that savy knows', () => {
    expect(judgeEntry(entry(hollow, { note: true }), engine, variables)).toEqual({});
    const swedish = 'Hej! Vi har tagit emot din retur och pengarna kommer till ditt konto inom fem arbetsdagar. Du behöver inte göra någonting mer.';
    expect(judgeEntry(entry(swedish), engine, variables).result).toBeUndefined();
    expect(judgeEntry(entry(swedish, { lang: 'sv' }), engine, variables).result).toBeUndefined();
    expect(rulesOf(entry(hollow))).toEqual(['apology/hollow']);
  });

  it('takes an account for the sender’s own and a card for one to try things with, and an identity code for a customer’s', () => {
    expect(rulesOf(entry('Maksa lasku tilille FI21 1234 5600 0007 85 viimeistään {{invoice.due}}, viite on {{invoice.reference}}.', { lang: 'fi' }))).toEqual([]);
    expect(rulesOf(entry('You can try it with the card 4111 1111 1111 1111, any date and any code. No money moves.'))).toEqual([]);
    expect(rulesOf(entry('Löysin sinut tunnuksella 131052-308T, ja lasku on korjattu.', { lang: 'fi' }))).toEqual(['channel/personal-data']);
  });

  it('says of blame what can be said without a message, as a hint', () => {
    const { findings } = report([entry('You must have entered the wrong address. Next time please read the instructions more carefully.')]).results[0] as LibraryReport['results'][number];
    expect(findings.map((f) => `${f.finding.rule} ${f.finding.level}`)).toEqual(['blame/customer hint']);
  });

  it('says nothing of a whole message about a fragment', () => {
    expect(rulesOf(entry('Thank you for contacting us. Your feedback is important to us.'))).toEqual([]);
  });

  it('takes `for` for the message’s mood, and an example for the message', () => {
    const cheerful = entry('Oops, that got a little hot 😂 Send us a photo so that we can all have a laugh! Have a great weekend!', { for: 'serious' });
    expect(rulesOf(cheerful)).toContain('tone/humour-risky');
    const plain = 'Hi! You can place a new order in our shop, and we will deliver it within a week or two, as always.';
    expect(rulesOf(entry(plain))).toEqual([]);
    expect(rulesOf(entry(plain, { complaint: 'My lamp arrived broken for the second time, there is glass all over the box!' }))).toContain('apology/missing');
  });

  it('places findings in the file', () => {
    const reply = `Hi!\n\n${hollow}`;
    const at = entry(reply, { stretches: [{ start: 0, end: 3, from: 10, to: 13 }, { start: 5, end: reply.length, from: 20, to: 15 + reply.length }] });
    const file = `${'\n'.repeat(10)}Hi!<br><p>${hollow}`;
    const found = libraryReport([{ entry: at, judged: judgeEntry(at, engine, variables), lines: new Lines(file) }], [], engine, { hash }).results[0]?.findings[0];
    expect(found?.finding.rule).toBe('apology/hollow');
    const start = found?.finding.start ?? 0;
    const words = reply.slice(start, found?.finding.end).toLowerCase();
    expect(words).toContain('apologise for any inconvenience');
    expect(found?.place).toMatchObject({ file: 'a.md', line: 11, column: 11 + start - 5, endColumn: 11 + start - 5 + words.length });
    expect(found?.fingerprint).toBe(`apology/hollow\0a\0${words}`);
  });
});

describe('between replies', () => {
  const many = Array.from({ length: 40 }, (_, i) => entry(`Hi! Your order ${i} from ${['Derby', 'Leeds', 'York'][i % 3]} is packed and waits for you at the desk until ${i + 1} May, bring the code with you.`, { file: `${i}.md`, key: String(i) }));

  it('the same whatever order the files come in', () => {
    const other = entry('Hello, we are open from nine to five on all days but Sunday, and the car park behind the house is free of charge.', { file: 'x.md' });
    const there = report([...many, other]);
    expect(report([other, ...[...many].reverse()])).toEqual(there);
    const found = there.results.flatMap((r) => r.findings);
    expect(found.map((f) => [f.finding.rule, f.place.file, f.related.length])).toEqual([['template/copy-paste', '0.md', 39]]);
    expect(found[0]?.related[0]?.text).toBe('1, 0 → 1, Derby → Leeds, 1 → 2');
  });

  it('a note may have the name of the reply that it goes with', () => {
    const reply = entry('Your lamp is in our shop, and the desk is open until six.', { title: 'Lamp' });
    expect(report([reply, entry('Ask for the code first.', { key: 'b', title: 'Lamp', note: true })]).results.flatMap((r) => r.findings)).toEqual([]);
    expect(report([reply, entry('Your lamp is lost.', { key: 'b', title: 'Lamp' })]).results.flatMap((r) => r.findings.map((f) => f.finding.rule))).toEqual(['library/key']);
  });

  it('copies are found as comparing each with each would find them', () => {
    const set = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 4, maxLength: 30 }).map((list) => Uint32Array.from(list).sort());
    fc.assert(
      fc.property(fc.array(set, { maxLength: 12 }), (sets) => {
        for (const group of clusters(sets, 0.9)) for (const i of group) expect(group.some((j) => j !== i && areAlike(sets[i] as Uint32Array, sets[j] as Uint32Array, 0.9))).toBe(true);
        const twins = [...sets, ...sets];
        for (const [i] of sets.entries()) expect(clusters(twins, 0.9).some((g) => g.includes(i) && g.includes(i + sets.length))).toBe(true);
      }),
    );
  });
});
