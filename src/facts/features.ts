/**
 * What the fitted models see: cues counted, the shape of the text, its words by key. The definitions here serve fitting and running, so
 * that the two can't drift apart: they feed a `Sink`, which keeps features by name (`Named`, for fitting) or adds up what they weigh
 * (`Sums`, for running). Names: `m:` message, `r:` reply, `…w:` words, `…b:` pairs of words, `…v` vector.
 */
import type { Language } from '../cues/language.js';
import type { Document, Sentence, Token } from '../types.js';
import type { Vectors } from '../text/vectors.js';
import type { Cues, Reading } from './reading.js';

export type Features = Map<string, number>;
export type Side = 'm' | 'r';

/** Takes features in. Those there are many of (cues, words, vectors) come in parts, so that running needs to build no names. */
export interface Sink {
  /** Only of features that were `set`. */
  has(name: string): boolean;
  get(name: string): number | undefined;
  set(name: string, value: number): unknown;
  cue(side: Side, cue: string, value: number): void;
  /** A word by its key, behind another one; nothing is weighed before `weigh`. */
  word(side: Side, key: string, before: string): void;
  /** The words and pairs since the last call, each once: `value` gets their number and gives what each of them weighs. */
  weigh(value: (distinct: number) => number): void;
  vector(side: Side, parts: Float32Array, scale: number): void;
}

/** Features by name. */
export class Named extends Map<string, number> implements Sink {
  private seen = new Set<string>();

  cue(side: Side, cue: string, value: number): void {
    this.set(plainName(side, cue), value);
  }

  word(side: Side, key: string, before: string): void {
    this.seen.add(wordName(side, key));
    this.seen.add(pairName(side, key, before));
  }

  weigh(value: (distinct: number) => number): void {
    const each = value(this.seen.size);
    for (const name of this.seen) this.set(name, each);
    this.seen = new Set();
  }

  vector(side: Side, parts: Float32Array, scale: number): void {
    for (let d = 0; d < parts.length; d++) this.set(vectorName(side, d), (parts[d] as number) * scale);
  }
}

/** Names of two parts, each made once and kept: whoever looks them up hashes them once. There are as many as cues, moods and traits. */
function joined(between: string): (a: string, b: string) => string {
  const firsts = new Map<string, Map<string, string>>();
  return (a, b) => {
    let seconds = firsts.get(a);
    if (seconds === undefined) firsts.set(a, (seconds = new Map()));
    let name = seconds.get(b);
    if (name === undefined) seconds.set(b, (name = a + between + b));
    return name;
  };
}

export const plainName = joined(':');
const product = joined('*');
/** The name under which a verdict tells its probability to later ones. */
export const verdictName = (fact: string): string => plainName('p', fact);
export const wordName = (side: Side, key: string): string => `${side}w:${key}`;
export const pairHead = (side: Side): string => `${side}b:`;
export const pairName = (side: Side, key: string, before: string): string => `${pairHead(side)}${before} ${key}`;
export const vectorName = (side: Side, dimension: number): string => `${side}v${dimension}`;

const CAP = 3;
/** A vector has length one; its parts are brought to the size of the other features. */
const VECTOR_SCALE = 3;

/** From `from` to `to` and the marks behind it, without what is quoted between or below. */
function ownText({ text, anatomy }: Document, from: number, to: number): string {
  let out = '';
  let at = from;
  for (const [start, end] of anatomy.quoted) {
    if (end <= from) continue;
    if (start >= to) return out + text.slice(at, to) + text.slice(to, start).trimEnd().slice(0, 3);
    out += text.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  return out + text.slice(at, Math.min(text.length, to + 3));
}

function shape(out: Sink, side: Side, doc: Document, tokens: readonly Token[]): void {
  let words = 0;
  let shouted = 0;
  let emoji = 0;
  let urls = 0;
  let mentions = 0;
  let numbers = 0;
  let hashtags = 0;
  for (const t of tokens) {
    if (t.kind === 'word') {
      words++;
      if (t.upper === 2 && t.end - t.start > 2) shouted++;
    } else if (t.kind === 'emoji') emoji++;
    else if (t.kind === 'url' || t.kind === 'email') urls++;
    else if (t.kind === 'mention') mentions++;
    else if (t.kind === 'number') numbers++;
    else hashtags++;
  }
  let questions = 0;
  let cries = 0;
  let sentences = 0;
  const from = tokens[0]?.start ?? 0;
  const to = tokens[tokens.length - 1]?.end ?? 0;
  let ending: Sentence | undefined;
  // Quotations are by place, as sentences are.
  let q = 0;
  for (const s of doc.sentences) {
    while ((doc.anatomy.quoted[q]?.[1] ?? Infinity) <= s.start) q++;
    if ((doc.anatomy.quoted[q]?.[0] ?? Infinity) <= s.start) continue;
    ending = s;
    if (s.start < from || s.start >= to) continue;
    sentences++;
    if (s.mark === '?') questions++;
    else if (s.mark === '!') cries++;
  }
  const text = ownText(doc, from, to);
  const put = (name: string, value: number): void => {
    if (value !== 0) out.set(plainName(side, name), value);
  };
  put('#words', Math.log2(1 + words) / 4);
  put('#short', words < 12 ? 1 : 0);
  put('#long', words > 60 ? 1 : 0);
  put('#sentences', Math.log2(1 + sentences) / 2);
  put('#shouted', Math.min(1, shouted / Math.max(4, words)) * 3);
  put('#shouts', shouted > 0 ? 1 : 0);
  put('#emoji', Math.min(CAP, emoji) / 2);
  put('#link', urls > 0 ? 1 : 0);
  put('#mention', mentions > 0 ? 1 : 0);
  put('#numbers', Math.min(4, numbers) / 3);
  put('#hashtag', hashtags > 0 ? 1 : 0);
  put('#questions', Math.min(CAP, questions) / 2);
  put('#ends?', ending?.mark === '?' ? 1 : 0);
  put('#cries', Math.min(CAP, cries) / 2);
  put('#!!', /[!?]{2,}/.test(text) ? 1 : 0);
  put('#quote', /["“”»]/.test(text) ? 1 : 0);
  put('#dots', /\.\.\.|…/.test(text) ? 1 : 0);
  put('#lines', text.includes('\n') ? 1 : 0);
  put('#brackets', /\([^)]{2,400}\)/.test(text) ? 1 : 0);
}

function cueCounts(out: Sink, side: Side, cues: Cues): void {
  for (const [cue, hits] of cues.each) {
    // Where names stand and what form a game takes says nothing of the facts.
    if (cue.startsWith('anatomy.') || cue.startsWith('game.')) continue;
    out.cue(side, cue, Math.min(CAP, hits.length) ** 0.5);
  }
}

/** Links and addresses, as words among words. */
const PLACE = { url: '<url>', email: '<email>' } as const;
const PATH_WORDS = 12;

/** What an address says of its page: the words behind its host. */
function pathWords({ norm }: Token): string[] {
  return (norm.slice(0, 300).replace(/^(?:https?:\/\/)?[^/]*/, '').match(/\p{L}{3,}/gu) ?? []).slice(0, PATH_WORDS);
}

function words(out: Sink, side: Side, tokens: readonly Token[], language: Language): void {
  let before = '^';
  for (const t of tokens) {
    if (t.kind === 'url' || t.kind === 'email') {
      out.word(side, PLACE[t.kind], before);
      for (const word of t.kind === 'url' ? pathWords(t) : []) out.word(side, `/${word}`, PLACE.url);
      before = '*';
      continue;
    }
    if (t.kind !== 'word' && t.kind !== 'emoji') {
      before = t.kind === 'number' ? '#' : '*';
      continue;
    }
    const key = t.kind === 'emoji' ? t.norm : language.wordOf(t).key;
    out.word(side, key, before);
    before = key;
  }
  out.weigh(share);
}

/** The longer a text, the less each of its words says. */
function share(distinct: number): number {
  return 2 / Math.sqrt(Math.max(8, distinct));
}

/** The vectors were fitted on texts whose emoji and closing marks were words of their own. */
function vector(out: Sink, side: Side, doc: Document, tokens: readonly Token[], vectors: Vectors): void {
  const said: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i] as Token;
    if (t.kind === 'word' || t.kind === 'emoji') said.push(t.norm);
    const mark = doc.sentences[t.sentence]?.mark;
    if ((mark === '?' || mark === '!') && tokens[i + 1]?.sentence !== t.sentence) said.push(mark);
  }
  out.vector(side, vectors.embed(said), VECTOR_SCALE);
}

/** All that is told of the message; nothing when there is none. */
export function tellMessage(out: Sink, reading: Reading, vectors?: Vectors): void {
  const { message, messageLanguage } = reading;
  if (message === undefined || messageLanguage === undefined) return;
  shape(out, 'm', message, message.tokens);
  cueCounts(out, 'm', reading.messageCues);
  words(out, 'm', message.tokens, messageLanguage);
  if (vectors !== undefined) vector(out, 'm', message, message.tokens, vectors);
}

/** Which of the message's words the reply takes up besides: those of its question, and those that a link's address holds. */
function taken(out: Sink, { message, messageLanguage, body, language, echo }: Reading): void {
  if (message === undefined || messageLanguage === undefined) return;
  const offered = new Map(echo.offered.map((t) => [messageLanguage.wordOf(t).key, t]));
  let linked = 0;
  for (const t of body) if (t.kind === 'url') for (const word of pathWords(t)) if (offered.has(language.forms.key(word))) linked++;
  if (linked > 0) out.set('r:#linkecho', Math.log2(1 + linked));
  const asked = echo.offered.filter((t) => message.sentences[t.sentence]?.mark === '?');
  if (asked.length === 0) return;
  const said = new Set(echo.taken.map((t) => language.wordOf(t).key));
  const answered = asked.filter((t) => said.has(messageLanguage.wordOf(t).key)).length;
  out.set('r:#askecho', Math.log2(1 + answered));
  if (answered === 0) out.set('r:#noaskecho', 1);
}

export function tellReply(out: Sink, reading: Reading, vectors?: Vectors): void {
  const { reply, body, language, echo } = reading;
  shape(out, 'r', reply, body);
  cueCounts(out, 'r', reading.replyCues);
  words(out, 'r', body, language);
  let content = 0;
  for (const t of body) if (t.kind === 'word' && !language.wordOf(t).stop) content++;
  out.set('r:#echo', Math.log2(1 + echo.weight));
  if (echo.weight === 0) out.set('r:#noecho', 1);
  if (echo.weight >= 2) out.set('r:#echo2', 1);
  out.set('r:#echoshare', echo.weight / Math.max(4, content));
  taken(out, reading);
  if (reply.anatomy.signature.kind === 'person') out.set('r:#person', 1);
  if (reply.anatomy.signature.kind === 'team') out.set('r:#team', 1);
  if (reply.anatomy.greeting?.name !== undefined) out.set('r:#name', 1);
  if (vectors !== undefined) vector(out, 'r', reply, body, vectors);
}

export function messageFeatures(reading: Reading, vectors?: Vectors): Features {
  const out = new Named();
  tellMessage(out, reading, vectors);
  return out;
}

export function replyFeatures(reading: Reading, vectors?: Vectors): Features {
  const out = new Named();
  tellReply(out, reading, vectors);
  return out;
}

type Told = Pick<Sink, 'has' | 'get' | 'set'>;

/**
 * What one trait says to those judged after it: a link, or a private channel, hands the matter on when nothing of it is said, and helps when
 * something is. Adds to `own`.
 */
export function chain(own: Told, trait: string, probability: number): void {
  own.set(verdictName(trait), probability);
  if (own.has('r:#link')) own.set(product(verdictName(trait), 'link'), probability);
  if (own.has('r:#questions')) own.set(product(verdictName(trait), 'question'), probability);
  const asks = own.get('p:asks');
  if (asks !== undefined) own.set(product(verdictName(trait), 'asks'), probability * asks);
}

/**
 * What the pair says beyond its halves: the message's moods (as probabilities) against what the reply does. Only what `own` lacks; goes to
 * `out`.
 */
export function tellPair(out: Told, own: Told, moods: Readonly<Record<string, number>>, traits: Readonly<Record<string, number>>): void {
  for (const mood in moods) {
    const p = moods[mood] as number;
    if (!own.has(verdictName(mood))) out.set(verdictName(mood), p);
    for (const trait in traits) {
      const name = product(verdictName(mood), trait);
      if (!own.has(name)) out.set(name, p * (traits[trait] as number));
    }
  }
  for (const trait in traits) if (!own.has(verdictName(trait))) out.set(verdictName(trait), traits[trait] as number);
}

export function pairFeatures(own: Told, moods: Readonly<Record<string, number>>, traits: Readonly<Record<string, number>>): Features {
  const out: Features = new Map();
  tellPair(out, own, moods, traits);
  return out;
}
