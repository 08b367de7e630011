/** An exchange, analysed: what every fact is read from. */
import type { Language } from '../cues/language.js';
import { clear } from '../text/document.js';
import type { Channel, Document, Evidence, Exchange, Hit, Token } from '../types.js';
import { type Echo, findEcho } from './echo.js';

export type Reading = Readonly<{
  exchange: Exchange;
  channel: Channel;
  reply: Document;
  language: Language;
  message?: Document;
  messageLanguage?: Language;
  /** The message's own words that the reply takes up. */
  echo: Echo;
  /** Tokens of the reply's body: no greeting, no signature, no quotation. */
  body: readonly Token[];
  /** Cues in the reply's body and in the whole message, by name. */
  replyCues: Cues;
  messageCues: Cues;
}>;

const NO_HITS: readonly Hit[] = [];

/** Families that a cue belongs to (`act.done`: `act.done`, `act`), worked out once; there are as many as cues. */
const families = new Map<string, readonly string[]>();

function familiesOf(cue: string): readonly string[] {
  let all = families.get(cue);
  if (all === undefined) {
    const found = [cue];
    for (let dot = cue.lastIndexOf('.'); dot > 0; dot = cue.lastIndexOf('.', dot - 1)) found.push(cue.slice(0, dot));
    families.set(cue, (all = found));
  }
  return all;
}

/** Hits by cue, and by family: rules ask for families many times over. */
export class Cues {
  /** By cue, in the order in which they appear. */
  readonly each = new Map<string, Hit[]>();
  private readonly under = new Map<string, Hit[]>();

  /** @param hits by place */
  constructor(hits: readonly Hit[], keep: (h: Hit) => boolean) {
    for (const hit of hits) {
      if (!keep(hit)) continue;
      const list = this.each.get(hit.cue);
      if (list === undefined) this.each.set(hit.cue, [hit]);
      else list.push(hit);
      for (const family of familiesOf(hit.cue)) {
        const all = this.under.get(family);
        if (all === undefined) this.under.set(family, [hit]);
        else all.push(hit);
      }
    }
  }

  of(family: string): readonly Hit[] {
    return this.under.get(family) ?? NO_HITS;
  }
}

/** @param before another reading of the very same message */
export function read(exchange: Exchange, channel: Channel, reply: Document, language: Language, message?: Document, messageLanguage?: Language, before?: Reading): Reading {
  const { anatomy } = reply;
  const [start, end] = anatomy.body;
  const below = anatomy.postscript?.[0] ?? Infinity;
  const body = clear(reply.tokens, anatomy.quoted).filter((t) => t.start >= start && (t.end <= end || t.start >= below));
  // A cue may begin in the greeting (“Hi Anna, sorry about that”) but must not stand in the signature.
  const replyCues = new Cues(reply.hits, (h) => h.start < end || h.start >= below || h.cue.startsWith('anatomy.'));
  const messageCues = before?.messageCues ?? new Cues(message?.hits ?? NO_HITS, () => true);
  return {
    exchange,
    channel,
    reply,
    language,
    ...(message === undefined ? {} : { message }),
    ...(messageLanguage === undefined ? {} : { messageLanguage }),
    echo: findEcho(body, reply.stripped, message, language, messageLanguage),
    body,
    replyCues,
    messageCues,
  };
}

export function inReply(hits: readonly Hit[]): Evidence[] {
  return hits.map((h) => ({ in: 'reply', range: [h.start, h.end] }));
}

export function inMessage(hits: readonly Hit[]): Evidence[] {
  return hits.map((h) => ({ in: 'message', range: [h.start, h.end] }));
}

/** Hits of the cue of that name and of those below it (`act` takes in `act.done`). */
export function cues(found: Cues, ...names: readonly string[]): readonly Hit[] {
  if (names.length === 1) return found.of(names[0] as string);
  const lists = names.map((n) => found.of(n)).filter((list) => list.length > 0);
  if (lists.length <= 1) return lists[0] ?? NO_HITS;
  return lists.flat().sort((a, b) => a.start - b.start || b.end - a.end);
}
