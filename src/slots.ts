/** What a fix may name: the customer, whoever answers, the customer's own words. Nothing here is made up: a slot that can't be filled stays empty. */
import { named } from './about.js';
import { cues, type Reading } from './facts/reading.js';
import { wordsOf } from './text/repair.js';
import { retell } from './retell.js';
import { addresseeOf, voiceSlots } from './voice.js';
import type { Document, Range, Signals, Token } from './types.js';

export type Slots = Readonly<Record<string, string | undefined>>;

const QUOTE_WORDS = 12;
/** Where there is room for more. */
const STORY_WORDS = 26;
/** Fewer words than this say nothing of the story. */
const QUOTE_LEAST = 4;
const QUESTION_MAX = 120;
/** A name this close behind the words that give it. */
const NAME_NEAR = 12;

const within = (at: number, range: Range | undefined): boolean => range !== undefined && at >= range[0] && at < range[1];

/** The message's own name for its subject: a name in mid-sentence, a hashtag, a thing that things go wrong with, else its most particular long word. */
function thing(reading: Reading, signals: Signals): string | undefined {
  const { message, messageLanguage, echo, exchange } = reading;
  if (message === undefined || messageLanguage === undefined) return undefined;
  const { key } = messageLanguage.forms;
  const { signature, greeting } = message.anatomy;
  const customer = (exchange.customer ?? signature.name ?? '').toLowerCase();
  const firsts = new Set(message.sentences.map((s) => s.from));
  // What the finding rests on comes first.
  const telling = new Set((signals.get('particulars')?.evidence ?? []).map((e) => e.range[0]));
  const places = new Map<string, Token[]>();
  const indexes = new Map<Token, number>();
  for (const [i, t] of message.tokens.entries()) {
    if (t.kind !== 'word') continue;
    indexes.set(t, i);
    const same = places.get(key(t.norm));
    if (same === undefined) places.set(key(t.norm), [t]);
    else same.push(t);
  }
  const scolds = cues(reading.messageCues, 'anger');
  let best: Token | undefined;
  let top = 0;
  for (const t of echo.offered) {
    if (t.kind !== 'word' || scolds.some((h) => h.start <= t.start && h.end >= t.end) || (signature.range !== undefined && t.start >= signature.range[0]) || within(t.start, greeting?.range) || customer.includes(t.norm)) continue;
    const index = indexes.get(t) ?? message.tokens.length;
    const proper = t.upper === 1 && !firsts.has(index);
    const times = places.get(key(t.norm))?.length ?? 1;
    const score = (proper ? 6 : 0) + (wordsOf(messageLanguage.repair?.told.short?.bare).has(t.norm) ? 3 : 0) + (telling.has(t.start) ? 2 : 0) + (times > 1 ? 3 : 0) + (proper ? 0 : Math.min(t.norm.length, 12) / 4) - index / 40;
    if (score > top) {
      top = score;
      best = t;
    }
  }
  if (best === undefined) return undefined;
  // The plainest of its forms: “Rauni”, not “Rauniksi”.
  const shown = (places.get(key(best.norm)) ?? []).filter((t) => t.upper >= (best?.upper ?? 0)).reduce((a, t) => (t.end - t.start < a.end - a.start ? t : a), best);
  return message.text.slice(shown.start, nameEnd(message, shown));
}

/** A name goes on over a hyphen (“Kuura-pyörän”) and over further capitals (“Kestrel Hall”). */
function nameEnd({ text, tokens }: Document, from: Token): number {
  let end = from.end;
  for (let i = tokens.indexOf(from) + 1; i < tokens.length; i++) {
    const next = tokens[i] as Token;
    const gap = text.slice(end, next.start);
    if (next.kind !== 'word' || !(gap === '-' || (gap === ' ' && from.upper === 1 && next.upper === 1))) break;
    end = next.end;
  }
  return end;
}

/** What the customer's game calls its hero, in a form that is sure to be the plain one. */
function pet(reading: Reading): string | undefined {
  const { message, messageLanguage, messageCues, exchange } = reading;
  const follow = wordsOf(messageLanguage?.repair?.names_follow);
  if (message === undefined || messageLanguage === undefined) return undefined;
  const { signature, greeting } = message.anatomy;
  const known = `${exchange.customer ?? ''} ${exchange.agent ?? ''} ${signature.name ?? ''}`.toLowerCase();
  const named = cues(messageCues, 'humour.naming');
  // A name in a message that plays at nothing is a person's.
  if (named.length === 0 && cues(messageCues, 'game').length === 0) return undefined;
  const { names, forms } = messageLanguage;
  const repeats = new Map<string, number>();
  for (const t of message.tokens) if (t.upper === 1) repeats.set(forms.key(t.norm), (repeats.get(forms.key(t.norm)) ?? 0) + 1);
  let twice: string | undefined;
  for (const [i, t] of message.tokens.entries()) {
    const before = message.tokens[i - 1];
    if (t.kind !== 'word' || t.upper !== 1 || within(t.start, greeting?.range) || within(t.start, signature.range) || known.includes(t.norm) || message.text[t.start - 1] === '-') continue;
    const given = before !== undefined && follow.has(before.norm);
    if (!given && !names.has(t.norm)) continue;
    const name = message.text.slice(t.start, nameEnd(message, t));
    if (given || named.some((h) => t.start >= h.start && t.start <= h.end + NAME_NEAR && t.sentence === h.sentence)) return name;
    if (twice === undefined && (repeats.get(forms.key(t.norm)) ?? 0) > 1) twice = name;
  }
  return twice;
}

/** A short run of the customer's own words: the sentence that tells most of what happened. Never a question, a greeting or a name below. */
function quote(reading: Reading, signals: Signals, most: number): string | undefined {
  const { message, echo, reply } = reading;
  if (message === undefined || message.lang !== reply.lang) return undefined;
  const { signature, greeting } = message.anatomy;
  const offered = new Set(echo.offered.map((t) => t.start));
  const told = [...(signals.get('intent')?.evidence ?? []), ...(signals.get('serious')?.evidence ?? [])].filter((e) => e.in === 'message').map((e) => e.range[0]);
  const scolds = cues(reading.messageCues, 'anger');
  const joins = wordsOf(reading.messageLanguage?.repair?.joins);
  let best: string | undefined;
  let top = 0.5;
  for (const s of message.sentences) {
    if (s.mark === '?') continue;
    // What scolds up to a comma tells nothing: “You clowns, I have been on hold …”
    const scold = scolds.find((h) => h.start >= s.start && h.end <= s.end && /^[^,;:.!?]{0,20}[,:]\s/u.test(message.text.slice(h.end, s.end)) && h.start - s.start < 20);
    const from = scold === undefined ? s.start : scold.end + message.text.slice(scold.end).search(/[,:]/) + 1;
    const words = message.tokens.slice(s.from, s.to).filter((t) => t.start >= from).filter((t) => t.kind !== 'emoji' && !within(t.start, greeting?.range) && !(signature.range !== undefined && t.start >= signature.range[0]));
    if (words.length < QUOTE_LEAST || words.length > 40) continue;
    const run = shortened(message.text, words, most, joins);
    const first = run[0] as Token;
    const last = run[run.length - 1] as Token;
    const score = run.filter((t) => offered.has(t.start)).length / Math.sqrt(run.length) - (run.length < words.length ? 0.4 : 0) + (told.some((at) => at >= s.start && at < last.end) ? 1 : 0);
    if (score > top) {
      top = score;
      best = message.text.slice(first.start, last.end) + (run.length < words.length ? '…' : '');
    }
  }
  return best?.replace(/\s+/g, ' ').replace(/["“”]/g, '');
}

/** As many words as a quotation holds; a longer sentence ends where it takes a breath. */
function shortened(text: string, words: readonly Token[], most: number, joins: ReadonlySet<string>): readonly Token[] {
  if (words.length <= most) return words;
  for (let n = most; n > QUOTE_LEAST; n--) {
    if (joins.has((words[n] as Token).norm) || /[,;:–—]/.test(text.slice((words[n - 1] as Token).end, (words[n] as Token).start))) return words.slice(0, n);
  }
  return words.slice(0, most - 2);
}

function question(reading: Reading, signals: Signals): string | undefined {
  const { message } = reading;
  if (message === undefined) return undefined;
  const at = signals.get('asks')?.evidence.find((e) => e.in === 'message')?.range[0];
  const asked = message.sentences.find((s) => s.mark === '?') ?? (at === undefined ? undefined : message.sentences.find((s) => at >= s.start && at < s.end));
  if (asked === undefined) return undefined;
  // “…a room of his own 😂 Would you like him back?”: what stands before the emoji asks nothing.
  const last = message.tokens.slice(asked.from, asked.to).filter((t) => t.kind === 'emoji').pop();
  const text = message.text.slice(last === undefined || last.end >= asked.end - 1 ? asked.start : last.end, asked.end).replace(/\s+/g, ' ').trim();
  return text === '' || text.length > QUESTION_MAX ? undefined : text;
}

/** The name to greet by: the first one where it is known for one and the reply is on such terms, else all of it. */
function addressee(reading: Reading, signals: Signals): string | undefined {
  const { exchange, message, language, messageLanguage } = reading;
  const name = exchange.customer ?? message?.anatomy.signature.name;
  if (name === undefined) return undefined;
  const [first = ''] = name.split(/\s+/u);
  const known = language.names.has(first.toLowerCase()) || messageLanguage?.names.has(first.toLowerCase()) === true;
  // A last line that only looks like a name (“Pixel 7”) is greeted by nobody.
  if (exchange.customer === undefined && !known && message?.anatomy.signOff === undefined) return undefined;
  return known && signals.get('address_out')?.value !== 'te' ? first : name;
}

export function slotsOf(reading: Reading, signals: Signals): Slots {
  const { exchange, message, reply } = reading;
  const hours = signals.get('hours')?.value;
  const serious = signals.get('serious')?.value === true;
  const told = serious ? undefined : retell(reading, addresseeOf(signals));
  return {
    customer: exchange.customer ?? message?.anatomy.signature.name,
    addressee: addressee(reading, signals),
    agent: exchange.agent,
    ...voiceSlots(reading, signals),
    told,
    about: told !== undefined || serious ? undefined : named(reading),
    pet: pet(reading),
    thing: thing(reading, signals),
    quote: quote(reading, signals, QUOTE_WORDS),
    story: quote(reading, signals, STORY_WORDS),
    question: question(reading, signals),
    greeted: reply.anatomy.greeting?.name?.text,
    hours: typeof hours === 'number' ? String(Math.round(hours)) : undefined,
    days: typeof hours === 'number' && hours >= 36 ? String(Math.round(hours / 24)) : undefined,
  };
}

/** A sentence that can be said without its slots: `Sign: {agent}` → `Sign`. */
export function withoutSlots(text: string): string {
  return text.replace(/\s{0,8}[:,(]?\s{0,8}[“”"]?\{\w+\}[“”"]?\)?/g, '').trim();
}

/** The first of the sentences whose slots can all be filled. */
export function fill(candidates: readonly string[], slots: Slots): string | undefined {
  for (const candidate of candidates) {
    let whole = true;
    const text = candidate.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = slots[name];
      if (value === undefined || value === '') whole = false;
      return value ?? '';
    });
    if (whole) return text;
  }
  return undefined;
}
