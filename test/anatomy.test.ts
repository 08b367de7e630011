import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.js';
import { loadSource } from '../src/rules/load.js';
import { analyse } from '../src/text/document.js';
import type { Document, Range } from '../src/types.js';

const engine = new Engine(loadSource(fileURLToPath(new URL('../rules', import.meta.url))));
const doc = (lang: string, text: string, message?: string): Document =>
  analyse(text, engine.language(lang), message === undefined ? {} : { message: analyse(message, engine.language(lang)) });
const cut = (d: Document, range: Range | undefined): string | undefined => (range === undefined ? undefined : d.text.slice(...range));

describe('a person signs', () => {
  it.each([
    ['en', 'We have refunded the ticket. ^JK', 'JK'],
    ['en', 'We have refunded the ticket. –jeh', 'jeh'],
    ['en', 'Could you send us the booking reference? /LS', 'LS'],
    ['en', 'It is open until nine 🎉^E https://ex.am/ple', 'E'],
    ['en', 'Please try the link again https://ex.am/ple TJ', 'TJ'],
    ['en', 'Have you tried another cable? CO', 'CO'],
    ['en', 'The lift is running again, and I am sorry about the stairs. -Wilhelmina 2/2', 'Wilhelmina'],
    ['en', 'The parcel left this morning.\n\nRosalind K.\nTrundle Support', 'Rosalind K'],
    ['en', 'Thank you for staying.\n\nSincerely, Edwin Marsh General Manager', 'Edwin Marsh'],
    ['en', 'See the steps here: https://ex.am/ple Thanks Nadia-QX Social Media Support', 'Nadia'],
    ['en', 'Tell us the version, please. Thanks, Mel @ Quill App', 'Mel'],
    ['en', 'The tap was mine. Next one is free. Bríd (I pour them)', 'Bríd'],
    ['en', 'The box went to the wrong shed, and a new one is on its way. Monty, Clogwell Veg', 'Monty'],
    ['en', 'It is back on the shelf on Friday. Winnie x', 'Winnie'],
    ['en', 'There is no date for the blue one yet, have a lovely weekend Adam', 'Adam'],
    ['en', 'The key is at the bar. Quillon at the desk', 'Quillon'],
    ['en', 'It never happened on my watch before. Dr. Oswin Thackeray', 'Oswin Thackeray'],
    ['fi', 'Hyvitys lähti äsken. ^mk', 'mk'],
    ['fi', 'Hyvitys lähti äsken.\n\nTerveisin Hjördis', 'Hjördis'],
    ['fi', 'Uusi kannu tulee huomenna.\n\nMikael\nverkkokaupan asiakastuki', 'Mikael'],
    ['fi', 'Lukko on vaihdettu.\n\nHarri Lampinen\nleikkipaikkavastaava', 'Harri Lampinen'],
    ['fi', 'Kiitos, välitin kehut keittiöön. Eija maaliosastolta', 'Eija'],
    ['fi', 'Varasin sinulle uuden ajan. Palvelupäällikkö K. Jauhiainen', 'K. Jauhiainen'],
    ['fi', 'Ihania hetkiä uuden lelun parissa toivottaa Nea', 'Nea'],
    ['fi', 'Hinta on oikaistu, ero palautuu tänään. M.L.', 'M.L'],
    ['fi', 'Moi, Topi täältä laskutuksesta! Palautin maksun.', 'Topi'],
    ['fi', 'Penkki on korjattu.\n\nLämpimin terveisin pajalta\nTiina Kolehmainen\nmyymäläpäällikkö', 'Tiina Kolehmainen'],
  ])('%s: %s', (lang, text, name) => {
    const { signature } = doc(lang, text).anatomy;
    expect(signature).toMatchObject({ kind: 'person', name });
  });

  it('although the customer named the clerk first', () => {
    expect(doc('fi', 'Laskunne on maksettu.\n\nVesanen', 'Hyvä herra Vesanen, onko laskuni maksettu?').anatomy.signature.name).toBe('Vesanen');
  });
});

describe('nobody signs', () => {
  it.each([
    ['en', 'Thank you, Bob! We appreciate it.'],
    ['en', 'So glad it fits. Thanks, Petra!'],
    ['en', 'We will put this right.\n\nKind regards,\nThe Support Team'],
    ['en', 'We will put this right. -Team Trundle'],
    ['en', 'Follow the steps. * Select the product type. 1/2'],
    ['en', 'Thank you so much! We are open again from 21.05.2021'],
    ['en', 'Please write to head office for your NOC.'],
    ['en', 'The terrace is open. Tell your friend to ask for Denise.'],
    ['en', 'It leaves at seven. Updates: https://ex.am/ple'],
    ['fi', 'Kiitos palautteestasi. Ystävällisin terveisin Asiakaspalvelu'],
    ['fi', 'Lisätietoja verkkosivuilla.\n\nTekninen keskus\nTalvihoito'],
    ['fi', 'Aukeaa maanantaina. Kirjasto'],
    ['fi', 'Seinän nimi on Tauno.'],
    ['fi', ''],
  ])('%s: %s', (lang, text) => {
    expect(doc(lang, text).anatomy.signature.kind).not.toBe('person');
  });

  it.each([
    ['en', 'Your parcel left today.\n\nThe library closes at eight', 'none'],
    ['en', 'Your parcel left today.\n\nThe office is closed on Monday', 'none'],
    ['en', 'Your parcel left today.\n\nContact our support team if it stays dark.', 'none'],
    ['en', 'Your parcel left today.\n\nRead more: Help Centre', 'none'],
    ['en', 'Your parcel left today.\n\nCustomer service: 09 123 4567', 'none'],
    ['fi', 'Pakettisi lähti tänään.\n\nKirjasto sulkeutuu kahdeksalta', 'none'],
    ['fi', 'Pakettisi lähti tänään.\n\nAsiakaspalvelumme vastaa arkisin yhdeksästä neljään.', 'none'],
    ['en', 'Your parcel left today.\n\nCustomer Service, Trundle Ltd', 'team'],
    ['fi', 'Pakettisi lähti tänään.\n\nTrundlen asiakaspalvelu', 'team'],
  ])('a unit only where the line is nothing but its name: %s: %s', (lang, text, kind) => {
    expect(doc(lang, text).anatomy.signature.kind).toBe(kind);
  });

  it('where a brand stands that the customer named', () => {
    expect(doc('en', 'We are on it.\n\nRegards,\nZorblat', 'Why is Zorblat down again?').anatomy.signature.kind).toBe('team');
  });
});

describe('the customer signs', () => {
  it.each([
    ['fi', 'Milloin ne tulevat? T. Aarne V.', 'Aarne V'],
    ['fi', 'Kuka tästä vastaa. / Marjatta Holopainen', 'Marjatta Holopainen'],
    ['fi', 'JA RAHAT EDELLEEN TEILLÄ. HUIJAREITA', undefined],
    ['en', 'He is six. / Mrs D. Farrow', 'D. Farrow'],
    ['en', '@Trundle Play Station 3', undefined],
    ['en', 'My latency is 50-450~ms', undefined],
  ])('%s: %s', (lang, text, name) => {
    expect(doc(lang, text).anatomy.signature.name).toBe(name);
  });
});

describe('greeting and body', () => {
  it.each([
    ['en', 'Hi Anna, the tap is fixed.', 'Anna'],
    ['en', '@user Hi Justin, the tap is fixed.', 'Justin'],
    ['en', 'Dear Mr. Okafor,\n\nthe tap is fixed.', 'Okafor'],
    ['en', 'Thanks for reaching out, Jennifer. The tap is fixed.', 'Jennifer'],
    ['en', 'Good morning Robert, the tap is fixed.', 'Robert'],
    ['en', 'Hi there! The tap is fixed.', undefined],
    ['fi', 'Hei Kari-Pekka\n\nHana on korjattu.', 'Kari-Pekka'],
    ['fi', 'Hei Reijo Sundström\nHana on korjattu.', 'Reijo Sundström'],
    ['fi', 'Kunnianarvoisa Herra Vuorinen, hana on korjattu.', 'Vuorinen'],
    ['fi', 'Hei! Hana on korjattu.', undefined],
    ['fi', 'Hei Kiitos viestistä, hana on korjattu.', undefined],
  ])('%s: %s', (lang, text, name) => {
    const { anatomy } = doc(lang, text);
    expect(anatomy.greeted).toBe(true);
    expect(anatomy.greeting?.name?.text).toBe(name);
  });

  it.each([
    ['fi', 'Hyvä, että kerroit tästä.'],
    ['en', 'That should not happen.'],
  ])('%s greets nobody: %s', (lang, text) => {
    expect(doc(lang, text).anatomy).toMatchObject({ greeted: false });
  });

  it('leaves the body between them', () => {
    const d = doc('en', 'Hi Anna,\n\nthe tap is fixed.\n\nKind regards,\nMarkus\nWorkshop');
    expect(cut(d, d.anatomy.body)?.trim()).toBe('the tap is fixed.');
    expect(cut(d, d.anatomy.signOff)).toBe('Kind regards');
    expect(cut(d, d.anatomy.signature.range)).toBe('Markus\nWorkshop');
  });

  it('shows what was never filled in', () => {
    const slots = (text: string): (string | undefined)[] => {
      const d = doc('en', text);
      return d.anatomy.placeholders.map((r) => cut(d, r));
    };
    expect(slots('Hi {{name}}, your order [order number] left. ⟨date⟩ XXX')).toEqual(['{{name}}', '[order number]', '⟨date⟩', 'XXX']);
    expect(slots('Hi , it left.')).toEqual([' ,']);
    expect(slots('It left [see above](https://ex.am/ple).')).toEqual([]);
  });
});

const pieces = fc.array(fc.oneof(fc.constantFrom('\n', ' ', '-', '^', '/', '. ', '! ', '> ', 'Hei ', 'Anna', 'JK', '😀', '👨‍👩‍👧', '\ud83d', '{{', '}}', 'Terveisin ', 'Kind regards, ', '(', ')', '@a', 'https://a.fi ', '4/4', 'T. '), fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 30 }).map((x) => x.join(''));

function splitsPair(text: string, at: number): boolean {
  return at > 0 && at < text.length && /[\ud800-\udbff]/.test(text[at - 1] as string) && /[\udc00-\udfff]/.test(text[at] as string);
}

describe('any text', () => {
  it('is taken apart without a throw, into ranges within it that split no character', () => {
    fc.assert(
      fc.property(fc.constantFrom('fi', 'en'), pieces, pieces, (lang, text, message) => {
        const { anatomy, hits } = doc(lang, text, message);
        const ranges = [anatomy.body, ...anatomy.quoted, ...anatomy.placeholders, ...hits.map((h): Range => [h.start, h.end])];
        for (const r of [anatomy.signOff, anatomy.signature.range, anatomy.greeting?.range, anatomy.greeting?.name?.range]) if (r !== undefined) ranges.push(r);
        for (const [start, end] of ranges) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(splitsPair(text, start) || splitsPair(text, end)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([['words', 'Anna ja Ville. '], ['brackets', '('], ['dashes', '-'], ['quotation levels', '>'], ['marks', ' -A'], ['one word', 'a'], ['sign-offs', 'Terveisin Anna\n'], ['quotations', '> a\nb\n']])('takes time linear in its length: %s', (_, unit) => {
    const time = (length: number): number => {
      const text = unit.repeat(length / unit.length);
      const start = performance.now();
      doc('fi', text);
      return performance.now() - start;
    };
    time(50_000);
    // Eight times the text: were it quadratic, sixty-four times the time. The rest is for a busy machine.
    expect(time(400_000)).toBeLessThan(30 * Math.max(time(50_000), 10));
  });
});
