/** The phrase language: what each operator matches, what is refused, and the automaton against a naive matcher. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../src/cues/automaton.js';
import { Matcher } from '../src/cues/match.js';
import { parsePhrase, PatternError } from '../src/cues/pattern.js';
import { Engine } from '../src/engine.js';
import { analyse } from '../src/text/document.js';
import { segment } from '../src/text/tokens.js';
import { store } from './drive.js';
import { matches, OPENERS, phrase, takesAWord, type Unit, VOCABULARY, written } from './naive.js';

const NAMES = new Set(['anna']);
const expand = (word: string): readonly string[] => (word === "we're" ? ['we', 'are'] : [word]);
/** Words meet that begin with the same three letters. */
const stem = (word: string): string => word.slice(0, 3);

/** What of the text each hit covers, by place. */
function found(phrases: string | readonly string[], text: string): string[] {
  const list = typeof phrases === 'string' ? [phrases] : phrases;
  const matcher = new Matcher(compile(list.map((p) => ({ cue: 'x', text: p })), { expand, stem }), { openers: OPENERS, expand, stem, names: NAMES });
  const { tokens, sentences } = segment(text);
  return matcher.find(tokens, sentences).map((h) => text.slice(h.start, h.end));
}

describe('a phrase', () => {
  it.each<[string, string, string[]]>([
    ['we are sorry', 'Well, WE ARE  sorry.', ['WE ARE  sorry']],
    ['we are', "We're late", ["We're"]],
    ["we're", 'We are late', ['We are']],
    ['we are', 'We. Are', []],
    ['sor*', 'sorrow and a sore', ['sorrow', 'sore']],
    ['sor*', 'a resort', []],
    ['*nne', 'tuotteenne', ['tuotteenne']],
    ['*nne', 'nnea', []],
    ['~toukka', 'toukat toivo', ['toukat']],
    ['(we | all of us) care', 'we care, all of us care, us care', ['we care', 'all of us care']],
    ['so (very)? sorry', 'so sorry, so very sorry, so sad sorry', ['so sorry', 'so very sorry']],
    ['so (very | (really)? truly)? sorry', 'so really truly sorry', ['so really truly sorry']],
    ['not ... good', 'not one two three four five six good', ['not one two three four five six good']],
    ['not ... good', 'not one two three four five six seven good', []],
    ['not ...2 good', 'not good, not a good, not a very good, not such a very good', ['not good', 'not a good', 'not a very good']],
    ['not ...1 ...1 good', 'not a very good', ['not a very good']],
    ['^ sorry', 'Sorry. So sorry. But sorry', ['Sorry', 'sorry']],
    ['^ ...1 sorry', 'So sorry. So very sorry', ['sorry']],
    ['sorry $', 'Sorry we are. We are sorry.', ['sorry']],
    ['why?', 'Why? Why. Why not? Why!', ['Why']],
    ['wow!', 'Wow! Wow. Wow?', ['Wow']],
    ['is it ...2 ?', 'Is it so? Is it so or not so?', ['Is it so']],
    ['# days', '3 days, three days', ['3 days']],
    ['<emoji>', 'Great 😂 and so', ['😂']],
    ['😂', '😂 🎉', ['😂']],
    ['dear <name>', 'Dear Anna, dear anna, dear Sir', ['Dear Anna']],
    ['<mention> | <url> | <email> | <hashtag>', '@me www.ex.am #tag a@ex.am word', ['@me', 'www.ex.am', '#tag', 'a@ex.am']],
    ['follow-up', 'a follow-up, a follow up', ['follow-up', 'follow up']],
  ])('%s in “%s”', (phrase, text, hits) => {
    expect(found(phrase, text)).toEqual(hits);
  });

  it('gives of overlapping hits of one cue the widest', () => {
    expect(found(['sorry', 'so sorry', 'sorry about that'], 'so sorry, sorry about that')).toEqual(['so sorry', 'sorry about that']);
  });

  it('is matched without umlauts in a text that has none', () => {
    const matcher = new Matcher(compile([{ cue: 'x', text: 'hyvää päiv*' }], { expand, stem }), { openers: OPENERS, expand, stem, names: NAMES });
    const { tokens, sentences } = segment('hyvaa paivaa');
    expect(matcher.find(tokens, sentences, true)).toHaveLength(1);
    expect(matcher.find(tokens, sentences)).toEqual([]);
  });
});

describe('what is no phrase', () => {
  it.each<[string, RegExp, number]>([
    ['so (sorry', /never closed/, 3],
    ['so) sorry', /closes nothing/, 2],
    ['so )? sorry', /closes nothing/, 3],
    ['so (a | ) b', /empty alternative/, 8],
    ['', /empty alternative/, 0],
    ['so ...13 b', /1 to 12 words/, 3],
    ['so ...0 b', /1 to 12 words/, 3],
    ['so a*b', /begin or end/, 3],
    ['so *ab*', /one end/, 3],
    ['so a*', /two letters/, 3],
    ['so ~', /whole word/, 3],
    ['so ~ab*', /whole word/, 3],
    ['so <smile>', /unknown kind/, 3],
    [`${'('.repeat(12)}a${')'.repeat(12)}`, /too deep/, 9],
  ])('%s', (phrase, message, at) => {
    const error = (() => {
      try {
        parsePhrase(phrase, expand);
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })();
    expect(error).toBeInstanceOf(PatternError);
    expect((error as PatternError).message).toMatch(message);
    expect((error as PatternError).at).toBe(at);
  });

  it.each(['(so)?', '(so)? (very)?', '...'])('%s, which nothing at all would match', (phrase) => {
    expect(() => compile([{ cue: 'x', text: phrase }], { expand, stem })).toThrow(/nothing at all/);
  });
});

describe('the automaton', () => {
  it('finds what a naive matcher finds', () => {
    const text = fc.tuple(fc.array(fc.constantFrom(...VOCABULARY, 'x'), { minLength: 1, maxLength: 9 }), fc.constantFrom<'' | '.' | '?' | '!'>('', '.', '?', '!'));
    let compared = 0;
    fc.assert(
      fc.property(fc.array(phrase, { minLength: 1, maxLength: 3 }), text, (phrases, [words, mark]) => {
        const said = words.join(' ') + mark;
        const { tokens, sentences } = segment(said);
        fc.pre(tokens.length === words.length && sentences.length === 1);
        const units: Unit[] = [...words.map((w) => ({ word: w })), { word: '', end: mark }];
        for (const p of phrases) fc.pre(takesAWord(p));
        // A gap right behind “^” does not begin anew behind an opener.
        fc.pre(!phrases.some((p) => written(p).startsWith('^') && written(p).includes('...')) || !units.some((u) => OPENERS.has(u.word) || u.word === '😂'));
        const matcher = new Matcher(compile(phrases.map((p, i) => ({ cue: String(i), text: written(p) })), { expand, stem }), { openers: OPENERS, expand, stem, names: NAMES });
        const hits = matcher.find(tokens, sentences);
        const start = (i: number): number => (i < tokens.length ? tokens[i]?.start : tokens[tokens.length - 1]?.end) as number;
        const end = (i: number): number => tokens[Math.min(i, tokens.length - 1)]?.end as number;
        phrases.forEach((p, i) => {
          const expected = matches(p, units).map(([from, to]) => [start(from), end(to)] as const);
          const mine = hits.filter((h) => h.cue === String(i));
          for (const h of mine) expect(expected, written(p)).toContainEqual([h.start, h.end]);
          // A hit may begin at the latest place that leads to its end; one inside another is left out.
          for (const [, to] of expected) {
            const latest = Math.max(...expected.filter((e) => e[1] === to).map((e) => e[0]));
            expect(mine.some((h) => h.start <= latest && h.end >= to), `${written(p)} up to ${to} in ${said}`).toBe(true);
          }
          if (expected.length > 0) compared++;
        });
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(200);
  }, 60_000);
});

describe('cues of the rules', () => {
  const engine = new Engine(store());
  const cuesOf = (lang: string, text: string): string[] => analyse(text, engine.language(lang)).hits.map((h) => h.cue).filter((c) => !c.startsWith('anatomy.'));

  it('are masked by their look-alikes, and by nothing else', () => {
    expect(cuesOf('en', 'Please send us your password.')).toContain('data.secret');
    expect(cuesOf('en', 'Please do not send us your password.')).not.toContain('data.secret');
    expect(cuesOf('fi', 'Pahoittelemme mahdollista häiriötä.')).toContain('apology.hollow');
    expect(cuesOf('en', 'We are sorry for any inconvenience.')).toContain('apology.hollow');
  });

  it('of one language say nothing of another', () => {
    const replies = {
      fi: 'Pahoittelemme aiheutunutta mielipahaa. Palautteenne on meille tärkeää ja se on välitetty eteenpäin. Kehitämme toimintaamme jatkuvasti.',
      en: 'We apologise for any inconvenience caused. We value your feedback and have passed it on to the relevant team. Rest assured that we strive to improve.',
    };
    expect(cuesOf('en', replies.fi)).toEqual([]);
    expect(cuesOf('fi', replies.en)).toEqual([]);
    expect(cuesOf('fi', replies.fi).length).toBeGreaterThan(3);
    expect(cuesOf('en', replies.en).length).toBeGreaterThan(3);
  });
});
