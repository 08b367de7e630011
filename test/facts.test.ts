/** Facts that rest on whose words they are and where they stand. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lint, understand } from '../src/lint.js';
import { sourceEngine } from '../src/source.js';
import type { Facts } from '../src/types.js';
import { ROOT } from './drive.js';

const engine = sourceEngine();
const facts = (reply: string, message?: string): Facts => understand({ reply, message }, engine).judged.facts;

describe('an apology', () => {
  it.each<[Facts['apology'], string, string]>([
    ['real', 'fi', 'Hei! Olen pahoillani, että keitto oli kylmää. -Noora'],
    ['real', 'en', 'Hi! Sorry the soup was cold. -Nora'],
    ['hollow', 'fi', 'Hei! Pahoittelemme mahdollista häiriötä. -Noora'],
    ['hollow', 'en', 'Hi! We are sorry for any inconvenience. -Nora'],
    ['none', 'fi', 'Hei! Sinun ei tarvitse pahoitella. -Noora'],
    ['none', 'en', 'Hi! There is no need to apologise. -Nora'],
    // Under the signature it still is the reply's own.
    ['real', 'fi', 'Hei! Keitto on huomenna lämmintä.\n\n-Noora\n\nPS. Anteeksi kylmä keitto!'],
    ['real', 'en', 'Hi! The soup will be warm tomorrow.\n\nNora\n\nP.S. I am so sorry about the cold soup.'],
  ])('is %s (%s): %s', (value, _, reply) => {
    expect(facts(reply).apology).toBe(value);
  });
});

describe('the customer’s words in a reply', () => {
  it.each([
    ['Kukaan ei sanonut anteeksi.', 'Hei! Kirjoitit ”kukaan ei sanonut anteeksi”. Keitto on huomenna lämmintä. -Noora'],
    ['The waiter mumbled sorry about that and left.', 'Hi! “Mumbled sorry about that and left” should never happen. The soup will be warm tomorrow. -Nora'],
  ])('are no apology of the reply: %s', (message, reply) => {
    expect(facts(reply, message).apology).toBe('none');
    // Its own are, in the same marks.
    expect(facts(reply, 'Keitto / soup').apology).toBe('real');
  });

  it.each(['> Nobody said sorry!', 'On 3 May 2024 at 10:42, Ann <ann@ex.am> wrote:\nNobody said sorry!\n'])('quoted under it are the message: %s', (quoted) => {
    const { apology, intent } = facts(`Hi! The soup will be warm tomorrow. -Nora\n\n${quoted}`);
    expect(apology).toBe('none');
    expect(intent).toBeDefined();
  });

  it('change no fact of the reply when they are quoted under it', () => {
    const dir = `${ROOT}fixtures/exchanges`;
    for (const name of readdirSync(dir)) {
      const [message, reply] = ['message.txt', 'reply.txt'].map((file) => readFileSync(`${dir}/${name}/${file}`, 'utf8').trimEnd()) as [string, string];
      const quoted = message.split(/\r?\n/).map((line) => `> ${line}`).join('\n');
      const found = (text: string): object => {
        const { facts: said, findings } = lint({ message, reply: text }, engine);
        return { ...said, rules: findings.map((f) => f.rule).sort() };
      };
      expect(found(`${reply}\n\nOn 3 May 2024 at 10:42, Ann <ann@ex.am> wrote:\n${quoted}\n`), name).toEqual(found(reply));
    }
  });
});

describe('an answer', () => {
  it.each([
    ['Onko museo auki juhannuksena?', 'Hei! On, kello 10–16! -Noora'],
    ['Can I bring my dog into the museum?', 'Hi! Yes, you can, as long as it stays on a lead. -Nora'],
  ])('given at once counts, however short: %s', (message, reply) => {
    expect(facts(reply, message)).toMatchObject({ asks: true, answers: 'yes', boilerplate: false });
  });

  it('is none when the question is handed on', () => {
    expect(facts('Hei! Kiitos viestistäsi. Välitämme sen eteenpäin. Mukavaa päivää!', 'Voiko museoon tulla koiran kanssa?').answers).toBe('no');
    expect(facts('Hi! Thanks for your message. We have passed it on to the relevant team.', 'Can I bring my dog into the museum?').answers).toBe('no');
  });

  it('is not asked for where nobody asks', () => {
    expect(facts('Hi! Thank you. -Nora', 'Lovely service in Derby.').answers).toBe('na');
  });
});

describe('without a message', () => {
  it('no fact speaks of it', () => {
    const said = facts('Hei! Paketti on noudettavissa. -Noora');
    for (const name of ['intent', 'humorous', 'angry', 'serious', 'asks', 'specific', 'toneclash', 'answers', 'address_in']) expect(said).not.toHaveProperty(name);
  });
});

describe('a finding stands at what it speaks of', () => {
  const quoted = (rule: string, reply: string, channel?: 'chat'): string[] => lint({ reply, channel }, engine).findings.filter((f) => f.rule === rule).map((f) => reply.slice(f.start, f.end));
  it('an identity code that is shown, not the opening of the reply', () => {
    expect(quoted('channel/personal-data', 'Hei! Löysin sinut tunnuksella 131052-308T, lasku on korjattu. -Noora')).toEqual(['131052-308T']);
  });
  it('a card number asked for in a private channel', () => {
    expect(quoted('channel/personal-data', 'Hi! Please send your full card number and the CVV here. -Nora', 'chat')).toEqual(['send your full card number']);
  });
  it('both sides of a mixed address', () => {
    const [finding] = lint({ reply: 'Hei! Voit noutaa paketin huomenna. Pahoittelemme, että jouduitte odottamaan, ja toivotamme teille mukavaa viikkoa. -Noora' }, engine).findings.filter((f) => f.rule === 'person/register');
    expect(finding?.evidence).toEqual(['Voit', 'jouduitte', 'teille']);
  });
});
