/** One form of address through a whole reply: every pair reads both ways round, and what is doubtful stays as it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.js';
import { addressed } from '../src/facts/address.js';
import { align } from '../src/facts/align.js';
import { understand } from '../src/lint.js';
import { fixReply } from '../src/fixing.js';
import { readForms } from '../src/rules/forms.js';
import { applyEdits } from '../src/text/edits.js';
import { type Form, Forms, verbOf } from '../src/text/forms.js';
import { UserError } from '../src/types.js';
import { store } from './drive.js';

const engine = new Engine(store());
const reading = (reply: string, message?: string) => understand({ reply, lang: 'fi', ...(message === undefined ? {} : { message }) }, engine).reading;
const turn = (reply: string, form: Form, message?: string): string | undefined => {
  const edits = align(reading(reply, message), form);
  return edits === undefined ? undefined : applyEdits(reply, edits).text;
};

/** sinä, te: each is turned into the other. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['Kiitos palautteestasi.', 'Kiitos palautteestanne.'],
  ['Palautteesi auttaa meitä.', 'Palautteenne auttaa meitä.'],
  ['Voitko lähettää kuitin?', 'Voitteko lähettää kuitin?'],
  ['Lähetämme sinulle uuden laskun.', 'Lähetämme teille uuden laskun.'],
  ['Sinun laskusi on maksettu.', 'Teidän laskunne on maksettu.'],
  ['Pyydämme sinulta anteeksi.', 'Pyydämme teiltä anteeksi.'],
  ['Toivotamme sinut tervetulleeksi.', 'Toivotamme teidät tervetulleeksi.'],
  ['Olet oikeassa, ja olemme siitä pahoillamme.', 'Olette oikeassa, ja olemme siitä pahoillamme.'],
  ['Anteeksi, että jouduit odottamaan.', 'Anteeksi, että jouduitte odottamaan.'],
  ['Kiitos, että lähetit kuvat heti.', 'Kiitos, että lähetitte kuvat heti.'],
  ['Voisitko vielä tarkistaa osoitteesi?', 'Voisitteko vielä tarkistaa osoitteenne?'],
  ['Ota yhteyttä, niin sovitaan aika.', 'Ottakaa yhteyttä, niin sovitaan aika.'],
  ['Kerro tilausnumero, niin haen tiedot.', 'Kertokaa tilausnumero, niin haen tiedot.'],
  ['Lähetä kuitti tähän osoitteeseen.', 'Lähettäkää kuitti tähän osoitteeseen.'],
  ['Älä heitä pakkausta pois.', 'Älkää heittäkö pakkausta pois.'],
  ['Älä epäröi kysyä lisää.', 'Älkää epäröikö kysyä lisää.'],
  ['Ole hyvä ja soita numeroon 010 123.', 'Olkaa hyvä ja soittakaa numeroon 010 123.'],
  ['Et ole tehnyt mitään väärää.', 'Ette ole tehnyt mitään väärää.'],
  ['Ethän maksa vanhaa laskua.', 'Ettehän maksa vanhaa laskua.'],
  ['Ellet saa vahvistusta, vastaa tähän viestiin.', 'Ellette saa vahvistusta, vastatkaa tähän viestiin.'],
  ['Saamasi lasku oli väärä.', 'Saamanne lasku oli väärä.'],
  ['Haluamasi koko on loppunut.', 'Haluamanne koko on loppunut.'],
  ['Tullessasi myymälään kysy Liisaa.', 'Tullessanne myymälään kysykää Liisaa.'],
  ['Maksettuasi laskun saat kuitin.', 'Maksettuanne laskun saatte kuitin.'],
  ['Myös sinulla on oikeus hyvitykseen.', 'Myös teillä on oikeus hyvitykseen.'],
  ['Mukavaa viikonloppua sinullekin!', 'Mukavaa viikonloppua teillekin!'],
  ['Sinäkin saat hyvityksen.', 'Tekin saatte hyvityksen.'],
  ['Emme unohtaneet sinuakaan.', 'Emme unohtaneet teitäkään.'],
  ['Sinähän tilasit sinisen.', 'Tehän tilasitte sinisen.'],
  ['Luotamme sinuun.', 'Luotamme teihin.'],
  ['Tulkitsin viestisi väärin.', 'Tulkitsin viestinne väärin.'],
  ['Löysimme laukkusi junasta.', 'Löysimme laukkunne junasta.'],
  ['Avaa sovellus ja valitse asetukset.', 'Avatkaa sovellus ja valitkaa asetukset.'],
  ['Jos haluat, soitan sinulle huomenna.', 'Jos haluatte, soitan teille huomenna.'],
  ['Hyvitimme summan tilillesi.', 'Hyvitimme summan tilillenne.'],
  ['Harmittaa, että kaaduit portaissamme.', 'Harmittaa, että kaaduitte portaissamme.'],
  ['Kiitos kärsivällisyydestäsi.', 'Kiitos kärsivällisyydestänne.'],
  ['Pidä kuitti tallessa.', 'Pitäkää kuitti tallessa.'],
  ['Sinun ei tarvitse palauttaa rikkinäistä lamppua.', 'Teidän ei tarvitse palauttaa rikkinäistä lamppua.'],
  ['Tarkistathan vielä numerosi.', 'Tarkistattehan vielä numeronne.'],
  ['Tiedät varmasti, mistä puhun.', 'Tiedätte varmasti, mistä puhun.'],
  ['Olisit ansainnut paremman vastauksen.', 'Olisitte ansainnut paremman vastauksen.'],
  ['Kuulimme sinusta hyvää.', 'Kuulimme teistä hyvää.'],
  ['Lue ohje ja toimi sen mukaan.', 'Lukekaa ohje ja toimikaa sen mukaan.'],
  ['Irrota laite, tyhjennä säiliö ja käynnistä laite uudelleen.', 'Irrottakaa laite, tyhjentäkää säiliö ja käynnistäkää laite uudelleen.'],
  ['Itse päätät, mitä teet.', 'Itse päätätte, mitä teette.'],
];

/** Only in this direction: the other one has more than one right answer. */
const ONE_WAY: readonly (readonly [Form, string, string])[] = [
  ['te', 'Laitetaan sulle uusi tulemaan.', 'Laitetaan teille uusi tulemaan.'],
  ['te', 'Moi! Sä saat rahat takaisin.', 'Moi! Te saatte rahat takaisin.'],
  ['te', 'Näetkö säkin sen?', 'Näettekö tekin sen?'],
  ['sina', 'Kiitos, että Te kirjoititte.', 'Kiitos, että sinä kirjoitit.'],
  ['sina', 'Hei Anna! Olette saaneet väärän paketin.', 'Hei Anna! Olet saanut väärän paketin.'],
  ['sina', 'Hei Anna! Ette ole vielä nähneet uutta myymälää.', 'Hei Anna! Et ole vielä nähnyt uutta myymälää.'],
  ['sina', 'Hei Anna! Toivotamme teidät tervetulleiksi.', 'Hei Anna! Toivotamme sinut tervetulleeksi.'],
  ['sina', 'Näin viestinnekin vasta nyt.', 'Näin viestisikin vasta nyt.'],
  ['sina', 'Palautteennekin auttaa.', 'Palautteesikin auttaa.'],
];

const UNTOUCHED: readonly (readonly [why: string, form: Form, reply: string, message?: string])[] = [
  ['several', 'sina', 'Kiitos teille kaikille palautteesta.'],
  ['several', 'sina', 'Pyydämme anteeksi teiltä molemmilta.'],
  ['several', 'sina', 'Hei kaikki! Saatte hyvityksen huomenna.'],
  ['several', 'sina', 'Hei Anna ja Pekka! Saatte hyvityksen huomenna.'],
  ['several', 'sina', 'Hyvät asukkaat, kiitos palautteestanne.'],
  ['several', 'sina', 'Olette aina lämpimästi tervetulleita.'],
  ['several', 'sina', 'Ette ole vastuussa siitä keskenänne.'],
  ['several', 'sina', 'Menkää ulos kaikki.'],
  ['several', 'sina', 'Joku teistä on voittanut palkinnon.'],
  ['a family', 'sina', 'Toivottavasti teidän perheenne viihtyi.'],
  ['written as we', 'sina', 'Anteeksi, että jouduitte odottamaan.', 'Olimme ravintolassanne ja odotimme tunnin.'],
  ['written as we', 'sina', 'Anteeksi, että jouduitte odottamaan.', 'Kävin teillä perheeni kanssa, ja ruoka oli kylmää.'],
  ['participle in the plural, to nobody known', 'sina', 'Olette tilanneet väärän koon.'],
  ['a home', 'sina', 'Asentaja on teillä tunnin sisällä.'],
  ['a home', 'sina', 'Huoltomies tulee teille huomenna.'],
  ['roads', 'sina', 'Liukkailla teillä voi sattua.'],
  ['an office', 'sina', 'Lisätietoja saa TE-toimistosta.'],
  ['title and name', 'sina', 'Hyvä herra Virtanen, laskunne on maksettu.'],
  ['no possessives', 'sina', 'Tilanne on hankala, ja asiakas tuli tänne rinteeltä.'],
  ['nobody is spoken to', 'sina', 'Toimitus lähtee huomenna.'],
  ['no possessives', 'te', 'Uusi kausi alkoi, ja kuusi lasia maksoi viisi euroa.'],
  ['no possessives', 'te', 'Tämä on lisäksi esimerkki siitä, miten hän vastasi ja mitä se maksaisi.'],
  ['that night', 'te', 'Bussi ajoi ohi juuri sinä yönä.'],
  ['a possessive that no list knows', 'te', 'Kiitos palautteestasi, välitin sen härvelösi tekijälle.'],
  ['a genitive without its possessive', 'te', 'Sun lasku on maksettu.'],
  ['speech', 'te', 'Kuitti on sähköpostissas, voit katsoa sen sieltä.'],
  ['a button', 'te', 'Valitse kohta Profiili ja paina siitä Päivitä.'],
  ['a command or the third person', 'te', 'Hei! Pääset sisään, avaa ovi ja kirjaudu.'],
  ['a verb that no list knows', 'te', 'Kiitos viestistäsi, tiedämme miten töhertät.'],
  ['quoted', 'sina', 'Kirjoititte: ”Ette vastanneet teille lähetettyyn viestiin.”'],
  ['already so', 'sina', 'Kiitos viestistäsi, voit noutaa paketin.'],
  ['already so', 'te', 'Kiitos viestistänne, voitte noutaa paketin.'],
];

describe('sinä and te', () => {
  it.each(PAIRS)('%s ↔ %s', (one, several) => {
    expect(turn(one, 'te')).toBe(several);
    expect(turn(several, 'sina')).toBe(one);
  });

  it.each(ONE_WAY)('→ %s: %s', (form, before, after) => expect(turn(before, form)).toBe(after));

  it.each(UNTOUCHED.map(([why, form, reply, message]) => ({ why, form, reply, message })))('$why (→ $form): $reply', ({ form, reply, message }) => expect(turn(reply, form, message)).toBeUndefined());

  it('reads as one form afterwards, and has nothing more to turn', () => {
    for (const [one, several] of PAIRS) {
      for (const [text, form] of [[turn(one, 'te'), 'te'], [turn(several, 'sina'), 'sina']] as const) {
        const after = reading(text ?? '');
        expect(addressed(after).evidence[form === 'te' ? 'sina' : 'te'], text).toEqual([]);
        expect(align(after, form), text).toBeUndefined();
      }
    }
  });

  it('leaves placeholders, links, quoted mail and the signature alone', () => {
    const reply = 'Hei Anna!\n\nKiitos viestistänne {{ticket.id}}, katsokaa https://example.fi/teille/palautteenne.\n\nTerveisin\nSanna Rinne\n\n> Te lupasitte palauttaa rahani.\n';
    expect(turn(reply, 'sina')).toBe(reply.replace('viestistänne', 'viestistäsi').replace('katsokaa', 'katso'));
  });

  it('holds of any sentences put together', () => {
    const several = fc.array(fc.constantFrom(...PAIRS), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(several, (pairs) => {
        const [one, many] = [0, 1].map((side) => ['Hyvää päivää!', ...pairs.map((p) => p[side])].join(' ')) as [string, string];
        expect(turn(one, 'te')).toBe(many);
        expect(turn(many, 'sina')).toBe(one);
      }),
      { numRuns: 60 },
    );
  });
});

describe('as a fix', () => {
  const fixed = (reply: string, message?: string): string => fixReply({ reply, lang: 'fi', ...(message === undefined ? {} : { message }) }, engine, { agent: 'Noora' }).fixed;

  it('follows the customer', () => {
    const message = 'Arvoisa asiakaspalvelija, olisitteko ystävällinen ja kertoisitte, missä lähetykseni on?';
    expect(fixed('Hei! Lähetyksesi on Turussa, ja saat sen huomenna. -Noora', message)).toBe('Hei! Lähetyksenne on Turussa, ja saatte sen huomenna. -Noora');
  });

  it('follows the greater part of a mixture, and neither half of an even one', () => {
    const mixed = 'Hei Anna! Voit noutaa paketin huomenna, ja saat siitä viestin. Pahoittelen, että jouduitte odottamaan laskuanne. -Noora';
    expect(align(reading(mixed))).toBeUndefined();
    expect(fixed('Hei Anna! Voit noutaa paketin huomenna, saat siitä viestin ja maksat vasta laskun saatuasi. Pahoittelen, että jouduitte odottamaan laskuanne. -Noora')).toContain('että jouduit odottamaan laskuasi');
  });
});

describe('address.yml', () => {
  const spec = store().address('fi') as NonNullable<ReturnType<ReturnType<typeof store>['address']>>;
  const forms = new Forms(spec);

  it('turns every listed verb there and back', () => {
    for (const line of Object.values(spec.verbs)) {
      const verb = verbOf(line, spec);
      for (const form of [verb?.present, verb?.past] as string[]) expect(forms.toOne(`${form}te`)?.to, line).toBe(form);
      if (verb?.command === undefined) continue;
      const one = forms.toOne(verb.command)?.to as string;
      expect(`${one}t`, line).toBe(verb.present);
    }
  });

  it('is what the cues know, too: they find no other form in what it makes', () => {
    const missed = Object.values(spec.verbs).filter((line) => addressed(reading(`Kiitos, että ${line.split(' ')[0]}te sen.`)).evidence.te.length === 0);
    expect(missed).toEqual([]);
  });

  it('says where it is wrong', () => {
    const broken = (text: string): unknown => {
      try {
        return readForms({ file: 'address.yml', text });
      } catch (error) {
        return error instanceof UserError ? `${error.place}: ${error.message}` : error;
      }
    };
    expect(broken('finite: [t, tte]\nfinnite: [t]')).toMatch(/^address\.yml:2:1: unknown key “finnite”, did you mean “finite”/);
    expect(broken('finite: 3')).toMatch(/^address\.yml:1:9: “finite” must be a list/);
  });
});
