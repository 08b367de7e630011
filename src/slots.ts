/** What a fix may name: the customer, whoever answers, the customer's own words. Nothing here is made up: a slot that can't be filled stays empty. */
import type { Reading } from './facts/reading.js';
import type { Signal } from './types.js';

export type Slots = Readonly<Record<string, string | undefined>>;

const QUOTE_WORDS = 9;
const QUESTION_MAX = 120;

/** The message's own name for its subject: a name in mid-sentence, a hashtag, else its most particular long word. */
function thing(reading: Reading): string | undefined {
  const { message, messageLanguage, echo, exchange } = reading;
  if (message === undefined || messageLanguage === undefined) return undefined;
  const signature = message.anatomy.signature.range;
  const customer = (exchange.customer ?? message.anatomy.signature.name ?? '').toLowerCase();
  const firsts = new Set(message.sentences.map((s) => s.from));
  const counts = new Map<string, number>();
  for (const t of message.tokens) counts.set(messageLanguage.forms.key(t.norm), (counts.get(messageLanguage.forms.key(t.norm)) ?? 0) + 1);
  let best: string | undefined;
  let top = 0;
  for (const t of echo.offered) {
    if (t.kind !== 'word' || (signature !== undefined && t.start >= signature[0]) || customer.includes(t.norm)) continue;
    const index = message.tokens.indexOf(t);
    const proper = t.upper === 1 && !firsts.has(index);
    const times = counts.get(messageLanguage.forms.key(t.norm)) ?? 1;
    const score = (proper ? 6 : 0) + (times > 1 ? 3 : 0) + Math.min(t.norm.length, 12) / 4 - index / 40;
    if (score > top) {
      top = score;
      best = message.text.slice(t.start, t.end);
    }
  }
  return best;
}

/** A short run of the customer's own words: the sentence that holds the most of their story, or its beginning. */
function quote(reading: Reading): string | undefined {
  const { message, echo } = reading;
  if (message === undefined) return undefined;
  const offered = new Set(echo.offered.map((t) => t.start));
  let best: string | undefined;
  let top = 1;
  for (const s of message.sentences) {
    const tokens = message.tokens.slice(s.from, s.to).filter((t) => t.kind === 'word' || t.kind === 'number');
    if (tokens.length < 2 || tokens.length > 30) continue;
    const run = tokens.slice(0, QUOTE_WORDS);
    const score = run.filter((t) => offered.has(t.start)).length / Math.sqrt(run.length) - (tokens.length > QUOTE_WORDS ? 0.6 : 0);
    if (score > top) {
      top = score;
      const first = run[0];
      const last = run[run.length - 1];
      if (first !== undefined && last !== undefined) best = message.text.slice(first.start, last.end) + (tokens.length > QUOTE_WORDS ? '…' : '');
    }
  }
  return best?.replace(/\s+/g, ' ').replace(/["“”]/g, '');
}

function question(reading: Reading): string | undefined {
  const { message } = reading;
  const asked = message?.sentences.find((s) => s.mark === '?');
  const text = asked === undefined ? undefined : message?.text.slice(asked.start, asked.end).replace(/\s+/g, ' ');
  return text === undefined || text.length > QUESTION_MAX ? undefined : text;
}

export function slotsOf(reading: Reading, signals: ReadonlyMap<string, Signal>): Slots {
  const { exchange, message, reply } = reading;
  const hours = signals.get('hours')?.value;
  return {
    customer: exchange.customer ?? message?.anatomy.signature.name,
    agent: exchange.agent,
    thing: thing(reading),
    quote: quote(reading),
    question: question(reading),
    greeted: reply.anatomy.greeting?.name?.text,
    hours: typeof hours === 'number' ? String(Math.round(hours)) : undefined,
    days: typeof hours === 'number' && hours >= 36 ? String(Math.round(hours / 24)) : undefined,
  };
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
