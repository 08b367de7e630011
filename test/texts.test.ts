/** What savy writes into a reply: sentences made from this exchange, in flawless Finnish or English, or none. */
import { describe, expect, it } from 'vitest';
import { fixReply } from '../src/fixing.js';
import { lint, understand } from '../src/lint.js';
import { retell } from '../src/retell.js';
import { slotsOf } from '../src/slots.js';
import { sourceEngine } from '../src/source.js';
import type { Exchange } from '../src/types.js';

const engine = sourceEngine();
const told = (message: string, lang: string, to: 'sina' | 'te' = 'sina'): string | undefined => retell(understand({ message, reply: '', lang }, engine).reading, to);

describe('a clause of the customer’s, said back', () => {
  it.each([
    ['Ostin teiltä pussin. Mustikkapussissa oli toukka.', 'että mustikkapussissa oli toukka'],
    ['Pesukone tuli eilen kolme päivää myöhässä.', 'että pesukone tuli kolme päivää myöhässä'],
    ['Keitto oli kylmää ja tarjoilija tiuski.', 'että keitto oli kylmää'],
    ['Paketti ei saapunut perjantaina.', 'että paketti ei saapunut perjantaina'],
    ['Nettiyhteys poikki kolmatta päivää Vesalantiellä.', 'että nettiyhteys on poikki kolmatta päivää Vesalantiellä'],
    ['Lielahden salin suihkut ovat olleet kylmänä viikon.', 'että Lielahden salin suihkut ovat olleet kylmänä viikon'],
  ])('%s', (message, clause) => expect(told(message, 'fi')).toBe(clause));

  it.each([
    ['Jouduin odottamaan tunnin.', 'että jouduit odottamaan tunnin', 'että jouduitte odottamaan tunnin'],
    ['En saanut pakettiani.', 'ettet saanut pakettiasi', 'ettette saanut pakettianne'],
    ['Korttini lakkasi toimimasta kassalla.', 'että korttisi lakkasi toimimasta kassalla', 'että korttinne lakkasi toimimasta kassalla'],
    ['Sain väärän paketin.', 'että sait väärän paketin', 'että saitte väärän paketin'],
    ['Jouduimme odottamaan tunnin.', 'että jouduitte odottamaan tunnin', 'että jouduitte odottamaan tunnin'],
  ])('with its person turned: %s', (message, one, several) => {
    expect(told(message, 'fi')).toBe(one);
    expect(told(message, 'fi', 'te')).toBe(several);
  });

  it.each([
    ['My parcel never arrived.', 'that your parcel never arrived'],
    ['I waited an hour because nobody came.', 'that you waited an hour'],
    ['The zip on the tent broke the first night, and we slept in the rain.', 'that the zip on the tent broke the first night'],
    ["I can't log in to my account.", "that you can't log in to your account"],
    ['cant log in to my account', "that you can't log in to your account"],
    ['@acme Toaster came with a bent lever.', 'that the toaster came with a bent lever'],
    ['Charged twice for one ticket.', 'that you were charged twice for one ticket'],
    ['No hot water in 308 since Monday.', "that you've had no hot water"],
    ['Lovely staff, but the app keeps asking me for a selfie.', 'that the app keeps asking you for a selfie'],
  ])('%s', (message, clause) => expect(told(message, 'en')).toBe(clause));

  it.each([
    ['fi', 'Kuljettajanne oli töykeä ja idiootti.'],
    ['fi', 'TAAS KERRAN LASKU ON VÄÄRIN!!!'],
    ['fi', 'Onko pesukone rikki?'],
    ['fi', 'Se oli rikki.'],
    ['fi', 'Verhot ei sulkeudu.'],
    ['fi', 'mun paketti ei oo tullu vieläkää'],
    ['fi', 'Söin salaattianne ja jouduin sairaalaan, salaatissa oli lasinsiruja.'],
    ['en', 'Your driver left it in the rain.'],
    ['en', 'I had no trouble with the app.'],
    ['en', 'I was late and lost a bet.'],
    ['en', "I didn't got an answer."],
    ['en', 'If the app crashed, and the site was down, I would call.'],
    ['en', 'im so angry my order is not hear'],
    ['en', 'This is the worst hotel and it is always broken.'],
    ['en', 'Which is wrong and the and broken.'],
  ])('never one that is unsure, rude, or somebody’s blame (%s): %s', (lang, message) => expect(slotsOf(...both(message, lang))['told']).toBeUndefined());
});

describe('a name for what went wrong, where no clause can be said back', () => {
  const about = (message: string, lang: string): string | undefined => slotsOf(...both(message, lang))['about'];
  it.each([
    ['en', 'Cold soup, rude waiter.', 'about the cold soup'],
    ['en', 'Flight cancelled by text at 4 in the morning.', 'about the cancelled flight'],
    ['en', 'Still no word about this delay.', 'about the delay'],
    ['fi', 'Kylmää kahvia ja vanha pulla.', 'kylmästä kahvista'],
    ['fi', 'Kolmas peruutus tässä kuussa.', 'peruutuksesta'],
  ])('%s: %s', (lang, message, said) => expect(about(message, lang)).toBe(said));

  it.each([
    ['en', 'My refund for the broken kettle was promised on the 3rd.'],
    ['en', 'There was no delay at all.'],
    ['en', 'I claimed with Delay Repay.'],
    ['fi', 'Meillä ei ole kylmää kahvia.'],
  ])('none where it is not the matter (%s): %s', (lang, message) => expect(about(message, lang)).toBeUndefined());
});

function both(message: string, lang: string): Parameters<typeof slotsOf> {
  const { reading, signals } = understand({ message, reply: '', lang }, engine);
  return [reading, signals];
}

const EXCHANGES: readonly (readonly [Exchange, string])[] = [
  [{ lang: 'fi', message: 'Ostin teiltä marjoja. Mustikkapussissa oli toukka.', reply: 'Hei! Pahoittelemme mahdollista häiriötä. Hyvitämme pussin. -Noora' }, 'Hei! Olemme pahoillamme, että mustikkapussissa oli toukka. Hyvitämme pussin. -Noora'],
  [{ lang: 'fi', message: 'Jouduin odottamaan tunnin.', reply: 'Hei! Pahoittelen aiheutunutta vaivaa. Varasin sinulle uuden ajan. -Noora' }, 'Hei! Olen pahoillani, että jouduit odottamaan tunnin. Varasin sinulle uuden ajan. -Noora'],
  [{ lang: 'fi', message: 'Ihan mälsä juttu koko homma, harmittaa.', reply: 'Hei! Pahoittelen aiheutunutta vaivaa. Varasin sinulle uuden ajan. -Noora' }, 'Hei! Olen pahoillani tästä. Varasin sinulle uuden ajan. -Noora'],
  [{ lang: 'en', message: 'My parcel never arrived.', reply: 'Hi Ben, sorry for the inconvenience and thanks for waiting. I have sent a new one today. -Nora', customer: 'Ben' }, "Hi Ben, I'm sorry that your parcel never arrived, and thanks for waiting. I have sent a new one today. -Nora"],
  [{ lang: 'en', message: 'The kettle leaked on the first day.', reply: 'Hi! We apologise for any inconvenience caused. We will send you a new kettle today. -Nora' }, "Hi! We're sorry that the kettle leaked on the first day. We will send you a new kettle today. -Nora"],
];

describe('a hollow apology', () => {
  it.each(EXCHANGES.map(([exchange, mended]) => [exchange.reply, exchange, mended] as const))('%s', (_, exchange, mended) => {
    expect(fixReply(exchange, engine).fixed).toBe(mended);
    expect(lint({ ...exchange, reply: mended }, engine).findings.filter((f) => f.rule === 'apology/hollow')).toEqual([]);
  });

  it('keeps the sorrow for a late answer', () => {
    const exchange = { lang: 'fi', message: 'Suihkuista tulee vain haaleaa vettä.', reply: 'Hei! Pahoittelut, että vastauksemme on viipynyt. Huolto tulee huomenna. -Noora' };
    expect(fixReply(exchange, engine).fixed).toContain('vastauksemme on viipynyt');
  });
});

describe('every example of every rule, mended', () => {
  const examples = engine.rules.flatMap((r) => [...r.examples.bad, ...r.examples.good]);

  it('reads on: no doubled space, no sentence in small letters, no comma left over', () => {
    for (const e of examples) {
      const { fixed, edits } = fixReply({ agent: 'Anna', ...e }, engine);
      if (edits.length === 0) continue;
      const own = (pattern: RegExp): number => fixed.match(pattern)?.length ?? 0;
      const had = (pattern: RegExp): number => e.reply.match(pattern)?.length ?? 0;
      for (const wrong of [/ {2,}/g, /[.!?] \p{Ll}/gu, /, ?[.!?,]/g, / [.,!?](?:\s|$)/g, /⟨/g]) expect(own(wrong), `${String(wrong)} in ${fixed}`).toBeLessThanOrEqual(had(wrong));
    }
  });
});

describe('openings for a missed joke', () => {
  const game = 'Hei! Leipäpussista löytyi muovinen tonttu. Annoimme hänelle nimeksi Urpo, ja hän on nyt vallannut sohvan ja vaatii glögiä 😂 Terveisin Urpon alaiset';
  const openings = (exchange: Exchange): string[] => lint(exchange, engine).findings.filter((f) => f.rule === 'tone/humour-missed').flatMap((f) => f.fixes.filter((x) => x.edits.length === 0).map((x) => x.title));

  it('use the customer’s name for the thing, and are never put in', () => {
    const reply = 'Hei. Kiitos palautteestanne. Olemme välittäneet viestinne eteenpäin. Asiakaspalvelu';
    const offered = openings({ message: game, reply, lang: 'fi' });
    expect(offered.length).toBeGreaterThanOrEqual(2);
    expect(offered.join()).toContain('Urpo');
    expect(fixReply({ message: game, reply, lang: 'fi' }, engine).fixed).not.toContain('Urpo');
  });

  it('are not offered on a serious matter', () => {
    const message = 'Tyttäreni sai teidän kakustanne allergisen reaktion ja jouduimme ambulanssilla sairaalaan. Annoimme kakulle nimeksi Urpo.';
    expect(openings({ message, reply: 'Hei. Kiitos palautteestanne.', lang: 'fi' })).toEqual([]);
  });
});
