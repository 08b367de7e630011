/**
 * What the fitted models see: cues counted, the shape of the text, its words by key. One function serves fitting and running, so that
 * the two can't drift apart. Names: `m:` message, `r:` reply, `…w:` words, `…b:` pairs of words, `…v` vector.
 */
import type { Language } from '../cues/language.js';
import type { Document, Hit, Token } from '../types.js';
import type { Vectors } from '../text/vectors.js';
import type { Reading } from './reading.js';

export type Features = Map<string, number>;

const CAP = 3;
/** A vector has length one; its parts are brought to the size of the other features. */
const VECTOR_SCALE = 3;

function shape(out: Features, side: string, doc: Document, tokens: readonly Token[]): void {
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
  for (const s of doc.sentences) {
    if (s.start < from || s.start >= to) continue;
    sentences++;
    if (s.mark === '?') questions++;
    else if (s.mark === '!') cries++;
  }
  const text = doc.text.slice(from, Math.min(doc.text.length, to + 3));
  const put = (name: string, value: number): void => {
    if (value !== 0) out.set(`${side}:${name}`, value);
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
  put('#ends?', doc.sentences[doc.sentences.length - 1]?.mark === '?' ? 1 : 0);
  put('#cries', Math.min(CAP, cries) / 2);
  put('#!!', /[!?]{2,}/.test(text) ? 1 : 0);
  put('#quote', /["“”»]/.test(text) ? 1 : 0);
  put('#dots', /\.\.\.|…/.test(text) ? 1 : 0);
  put('#lines', text.includes('\n') ? 1 : 0);
  put('#brackets', /\([^)]{2,}\)/.test(text) ? 1 : 0);
}

function cueCounts(out: Features, side: string, map: ReadonlyMap<string, readonly Hit[]>): void {
  for (const [cue, hits] of map) {
    if (cue.startsWith('anatomy.')) continue;
    out.set(`${side}:${cue}`, Math.min(CAP, hits.length) ** 0.5);
  }
}

function words(out: Features, side: string, tokens: readonly Token[], language: Language): void {
  const seen = new Set<string>();
  let before = '^';
  for (const t of tokens) {
    if (t.kind !== 'word' && t.kind !== 'emoji') {
      before = t.kind === 'number' ? '#' : '*';
      continue;
    }
    const key = t.kind === 'emoji' ? t.norm : language.forms.key(t.norm);
    seen.add(`${side}w:${key}`);
    seen.add(`${side}b:${before} ${key}`);
    before = key;
  }
  const norm = 2 / Math.sqrt(Math.max(8, seen.size));
  for (const name of seen) out.set(name, norm);
}

/** The vectors were fitted on texts whose emoji and closing marks were words of their own. */
function vector(out: Features, side: string, doc: Document, tokens: readonly Token[], vectors: Vectors): void {
  const said: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const t = tokens[i] as Token;
    if (t.kind === 'word' || t.kind === 'emoji') said.push(t.norm);
    const mark = doc.sentences[t.sentence]?.mark;
    if ((mark === '?' || mark === '!') && tokens[i + 1]?.sentence !== t.sentence) said.push(mark);
  }
  const v = vectors.embed(said);
  for (let d = 0; d < v.length; d++) out.set(`${side}v${d}`, (v[d] as number) * VECTOR_SCALE);
}

export function messageFeatures(reading: Reading, vectors?: Vectors): Features {
  const out: Features = new Map();
  const { message, messageLanguage } = reading;
  if (message === undefined || messageLanguage === undefined) return out;
  shape(out, 'm', message, message.tokens);
  cueCounts(out, 'm', reading.messageCues);
  words(out, 'm', message.tokens, messageLanguage);
  if (vectors !== undefined) vector(out, 'm', message, message.tokens, vectors);
  return out;
}

export function replyFeatures(reading: Reading, vectors?: Vectors): Features {
  const out: Features = new Map();
  const { reply, body, language, echo } = reading;
  shape(out, 'r', reply, body);
  cueCounts(out, 'r', reading.replyCues);
  words(out, 'r', body, language);
  const content = body.filter((t) => t.kind === 'word' && !language.stopWords.has(t.norm)).length;
  out.set('r:#echo', Math.log2(1 + echo.weight));
  if (echo.weight === 0) out.set('r:#noecho', 1);
  if (echo.weight >= 2) out.set('r:#echo2', 1);
  out.set('r:#echoshare', echo.weight / Math.max(4, content));
  if (reply.anatomy.signature.kind === 'person') out.set('r:#person', 1);
  if (reply.anatomy.signature.kind === 'team') out.set('r:#team', 1);
  if (reply.anatomy.greeting?.name !== undefined) out.set('r:#name', 1);
  if (vectors !== undefined) vector(out, 'r', reply, body, vectors);
  return out;
}

/**
 * What one trait says to those judged after it: a link, or a private channel, hands the matter on when nothing of it is said, and helps when
 * something is. Adds to `own` and returns what it added.
 */
export function chain(own: Features, trait: string, probability: number): Features {
  const added: Features = new Map([[`p:${trait}`, probability]]);
  if (own.has('r:#link')) added.set(`p:${trait}*link`, probability);
  if (own.has('r:#questions')) added.set(`p:${trait}*question`, probability);
  const asks = own.get('p:asks');
  if (asks !== undefined) added.set(`p:${trait}*asks`, probability * asks);
  for (const [name, value] of added) own.set(name, value);
  return added;
}

/** What the pair says beyond its halves: the message's moods (as probabilities) against what the reply does. Only what `own` lacks. */
export function pairFeatures(own: Features, moods: Readonly<Record<string, number>>, traits: Readonly<Record<string, number>>): Features {
  const out: Features = new Map();
  const add = (name: string, value: number): void => {
    if (!own.has(name)) out.set(name, value);
  };
  for (const mood in moods) {
    const p = moods[mood] as number;
    add(`p:${mood}`, p);
    for (const trait in traits) add(`p:${mood}*${trait}`, p * (traits[trait] as number));
  }
  for (const trait in traits) add(`p:${trait}`, traits[trait] as number);
  return out;
}
