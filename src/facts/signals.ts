/** Everything that rules ask about one exchange: the codebook's facts and the smaller signals beside them, each with its evidence. */
import { isLetter } from '../text/own.js';
import { wordsOf } from '../text/repair.js';
import { firstFrom } from '../text/search.js';
import type { Evidence, Hit, Range, Signal, Signals, Token, Value } from '../types.js';
import type { Judged } from './judge.js';
import { doubled } from './doubled.js';
import { lateness } from './late.js';
import { personalData } from './personal.js';
import { cues, inMessage, inReply, type Reading } from './reading.js';

/** A reply with fewer words of its own is a piece of one. */
const FRAGMENT_WORDS = 12;
/** Words between an apology and what it is made for. */
const SORRY_NEAR = 3;
const PUBLIC = new Set(['social', 'review', 'app']);

/** Names that differ in case, inflection or a title are the same customer: “Hei Anna!” to “Anna Virtanen”. A mere initial differs from nobody. */
function sameName(addressed: string, known: string, key: (w: string) => string): boolean {
  const parts = (s: string): string[] => s.toLowerCase().split(/[\s.]+/u).filter((p) => p.length > 1);
  const theirs = parts(known);
  const ours = parts(addressed);
  return ours.length === 0 || ours.some((a) => theirs.some((t) => a === t || key(a) === key(t) || a.startsWith(t) || t.startsWith(a)));
}

/** What the customer called by name or number: capitalised in mid-sentence or in figures, and neither their own name nor the one greeted. */
function named(reading: Reading): Token[] {
  const { message, echo } = reading;
  if (message === undefined) return [];
  const firsts = new Set(message.sentences.map((s) => message.tokens[s.from]?.start));
  const signature = message.anatomy.signature.range;
  const opening = message.anatomy.greeting?.range;
  const telling = (t: Token): boolean => (t.kind === 'word' && t.upper === 1 && !firsts.has(t.start)) || t.kind === 'number';
  return echo.offered.filter((t) => telling(t) && !(signature !== undefined && t.start >= signature[0]) && !(opening !== undefined && t.start < opening[1] && t.start >= opening[0]));
}

/** In order of place, each place once. */
function byPlace(evidence: readonly Evidence[]): Evidence[] {
  return [...evidence].sort((a, b) => a.range[0] - b.range[0] || b.range[1] - a.range[1]).filter((e, i, all) => i === 0 || e.range[0] >= (all[i - 1] as Evidence).range[1]);
}

/** A cue by its name as a signal: `cue:house.term` counts it in the reply's own words, signature included; `message-cue:…` in the message. */
export const CUE = 'cue:';
export const MESSAGE_CUE = 'message-cue:';

const within = (hit: Hit, cue: string): boolean => hit.cue === cue || hit.cue.startsWith(`${cue}.`);

const GAME = 'game.';

/** The form that shows most often; of equals the first. */
function gameOf(hits: readonly Hit[]): Hit | undefined {
  const times = (cue: string): number => hits.filter((h) => h.cue === cue).length;
  return hits.reduce<Hit | undefined>((best, h) => (best === undefined || times(h.cue) > times(best.cue) ? h : best), undefined);
}

/** Thanks in formula, and stock that says something of whoever writes: “I'd be glad to help you”. */
function courtesies({ reply, language, replyCues }: Reading): Hit[] {
  const { i, we } = language.repair?.writer ?? {};
  const speaks = (h: Hit): boolean => {
    const token = reply.tokens[firstFrom(reply.tokens, h.start)];
    const first = token?.start === h.start ? token.norm : '';
    return wordsOf(i?.words).has(first) || wordsOf(we?.words).has(first);
  };
  return [...cues(replyCues, 'stock.thanks'), ...cues(replyCues, 'stock.closing', 'stock.other').filter(speaks)].sort((a, b) => a.start - b.start);
}

/** Stock that says sorry, or that an apology is made for: “sorry for the poor experience”. */
function sorryFormulas({ reply, replyCues }: Reading): [number, Evidence[]] {
  const { tokens } = reply;
  const near = (a: number, b: number): boolean => {
    const far = tokens[firstFrom(tokens, a) + SORRY_NEAR];
    return far === undefined || far.end > b;
  };
  const apologies = cues(replyCues, 'apology');
  const ranges = cues(replyCues, 'stock').flatMap((h): Range[] => {
    const before = apologies.slice(firstFrom(apologies, reply.sentences[h.sentence]?.start ?? h.start), firstFrom(apologies, h.start + 1));
    const sorry = before.find((a) => a.sentence === h.sentence && near(a.end, h.start));
    return sorry === undefined ? [] : [[sorry.start, Math.max(sorry.end, h.end)]];
  });
  return [ranges.length, byPlace(ranges.map((range) => ({ in: 'reply', range })))];
}

/** @param asked names of cues as signals that rules ask for */
export function signalsOf(reading: Reading, judged: Judged, otherLanguage: boolean, asked: readonly string[] = []): Signals {
  const out = new Map<string, Signal>();
  const put = (name: string, value: Value, evidence: readonly Evidence[] = [], confidence: Signal['confidence'] = 'certain'): void => {
    out.set(name, { value, evidence, confidence });
  };
  const { reply, message, exchange, channel, language } = reading;
  const { facts, verdicts } = judged;
  const { anatomy } = reply;
  const own = (...names: string[]): readonly Hit[] => cues(reading.replyCues, ...names);
  const theirs = (...names: string[]): readonly Hit[] => cues(reading.messageCues, ...names);
  const count = (name: string, hits: readonly Hit[]): void => put(name, hits.length, inReply(hits));
  const flag = (name: string, hits: readonly Hit[]): void => put(name, hits.length > 0, inReply(hits));

  // How probable a fact is, for rules that want to be surer than its threshold.
  for (const [name, v] of verdicts) put(`${name}_p`, v.probability);
  for (const [name, v] of verdicts) {
    const value = (facts as Record<string, Value>)[name] ?? v.value;
    // What another fact has overruled was not so certain after all.
    put(name, value, v.evidence, value === v.value ? v.confidence : 'likely');
  }
  put('praised', facts.intent === 'praise');
  put('apology', facts.apology, judged.apology.evidence);
  put('signed', facts.signed, anatomy.signature.range === undefined ? [] : [{ in: 'reply', range: anatomy.signature.range }]);
  put('lang', reply.lang);
  put('channel', channel);
  put('public', PUBLIC.has(channel));
  put('message', message !== undefined);
  const words = reading.body.filter((t) => t.kind === 'word').length;
  put('words', words);
  // Whatever is said to answer something is meant as a whole.
  put('fragment', words < FRAGMENT_WORDS && message === undefined && exchange.for === undefined);

  put('signature', anatomy.signature.kind, anatomy.signature.range === undefined ? [] : [{ in: 'reply', range: anatomy.signature.range }]);
  const name = anatomy.greeting?.name;
  put('greeting', name === undefined ? (anatomy.greeted ? 'plain' : 'none') : 'name', name === undefined ? [] : [{ in: 'reply', range: name.range }]);
  const known = exchange.customer ?? message?.anatomy.signature.name;
  const sure = exchange.customer !== undefined || message?.anatomy.signature.kind === 'person';
  const inText = name !== undefined && message?.tokens.some((t) => sameName(name.text, t.norm, language.forms.key)) === true;
  const wrong = name !== undefined && known !== undefined && sure && !inText && known.length > 1 && !sameName(name.text, known, language.forms.key);
  // “Mr Smith” is wrong with his title.
  const title = name === undefined ? undefined : reply.hits.find((h) => h.cue === 'anatomy.title' && h.start >= (anatomy.greeting?.range[0] ?? 0) && h.end <= name.range[0]);
  put('wrong_name', wrong, wrong && name !== undefined ? [{ in: 'reply', range: [title?.start ?? name.range[0], name.range[1]] }] : [], exchange.customer === undefined ? 'likely' : 'certain');

  put('name_alone', name !== undefined && /^\s*(?:[,.!:;\n–—]|\s-|$)/u.test(reply.text.slice(name.range[1], name.range[1] + 8)));
  const blank = name === undefined ? undefined : exchange.holes?.find((h) => h.blank && h.start >= name.range[0] && h.end <= name.range[1]);
  put('blank_greeting', blank !== undefined, blank === undefined ? [] : [{ in: 'reply', range: [blank.start, blank.end] }]);
  const signed = anatomy.signature;
  const first = signed.name?.toLowerCase().split(/[\s.-]/u)[0] ?? '';
  put('hard_coded', signed.kind === 'person' && language.names.has(first), signed.range === undefined ? [] : [{ in: 'reply', range: signed.range }]);

  // Whoever takes up the customer's own “Hei {etunimi}” has filled it on purpose.
  const slots = anatomy.placeholders.filter(([s, e]) => message === undefined || !message.text.includes(reply.text.slice(s, e)));
  put('unfilled', slots.length, slots.map((range) => ({ in: 'reply', range })));
  count('stock', own('stock'));
  count('formulas', own('stock.thanks', 'stock.value', 'stock.commit', 'stock.listen'));
  // Promises, hours and where to turn are no formula to be rid of.
  count('idle_formula', own('stock.thanks', 'stock.value', 'stock.commit', 'stock.listen', 'stock.closing'));
  count('thanks_formula', own('stock.thanks'));
  count('vow_formula', own('stock.value', 'stock.commit', 'stock.listen'));
  count('courtesy_formula', courtesies(reading));
  put('sorry_formula', ...sorryFormulas(reading));
  count('filler', own('filler.lead'));
  count('detour', own('filler.detour'));
  count('voice', own('voice'));
  put('named', reading.echo.taken.length, reading.echo.taken.map((t) => ({ in: 'reply', range: [t.start, t.end] })));
  put('offered', reading.echo.offered.length);
  const particulars = named(reading);
  const taken = new Set(reading.echo.taken.map((t) => t.start));
  const keys = new Set(reading.body.filter((t) => taken.has(t.start)).map((t) => (t.kind === 'number' ? t.norm : language.wordOf(t).key)));
  put('particulars', particulars.length, particulars.map((t) => ({ in: 'message', range: [t.start, t.end] })));
  put('particulars_taken', particulars.filter((t) => keys.has(t.kind === 'number' ? t.norm : language.wordOf(t).key)).length);
  flag('passes_on', own('deflect.forward', 'deflect.noted'));
  flag('prevents', own('prevent'));
  flag('escalates', own('escalate'));
  flag('owns', own('own'));
  flag('owns_delay', own('delay'));
  put('asked', theirs('ask.question').length + (message?.sentences.filter((s) => s.mark === '?').length ?? 0), inMessage(theirs('ask.question')));
  put('plain_question', facts.intent === 'question' && theirs('intent.complaint').length === 0);
  put('fault', theirs('intent.complaint').length, inMessage(theirs('intent.complaint')));
  flag('blames_customer', own('blame.customer'));
  flag('excuses', own('blame.excuse'));
  flag('policy', own('blame.policy'));
  flag('belittles', own('blame.belittle'));
  flag('cheers', own('cheer'));
  const twice = doubled(reply);
  put('doubled', twice.length > 0, twice.map((range) => ({ in: 'reply', range })));
  put('letter', isLetter(reply, channel));
  put('signoff', anatomy.signOff !== undefined);
  const faceless = own('faceless');
  const personal = own('first_person');
  put('faceless', faceless.length >= 2 && personal.length === 0, inReply(faceless), 'likely');
  put('repeatable', theirs('repeat').length > 0, inMessage(theirs('repeat')));
  const game = gameOf(theirs('game'));
  put('game', game?.cue.slice(GAME.length) ?? 'none', game === undefined ? [] : inMessage([game]));
  put('hurt', theirs('hurt').length > 0, inMessage(theirs('hurt')));
  put('other_language', otherLanguage);

  const data = personalData(reading);
  put('data_asked', data.asked.length > 0, data.asked);
  put('code_asked', data.secret.length > 0, data.secret);
  put('data_shown', data.shown.length > 0, data.shown);
  put('data', data.asked.length + data.secret.length + data.shown.length, byPlace([...data.asked, ...data.secret, ...data.shown]));

  const late = lateness(exchange, channel);
  if (late !== undefined) {
    put('late', late.late);
    put('hours', late.hours);
  }
  if (judged.address !== undefined) {
    const { in: theirsIs, out: ours, mixed, evidence } = judged.address;
    const clash = (theirsIs === 'sina' && ours === 'te') || (theirsIs === 'te' && ours === 'sina');
    put('register', mixed ? 'mixed' : clash ? 'clash' : 'fits', mixed ? byPlace([...evidence.sina.slice(0, 2), ...evidence.te.slice(0, 2)]) : ours === 'te' ? evidence.te : evidence.sina);
    put('address_out', ours);
    put('address_in', theirsIs);
  }
  for (const key of asked) {
    if (key.startsWith(CUE)) count(key, reply.hits.filter((h) => within(h, key.slice(CUE.length))));
    else if (message !== undefined) {
      const hits = theirs(key.slice(MESSAGE_CUE.length));
      put(key, hits.length, inMessage(hits));
    }
  }
  return out;
}
