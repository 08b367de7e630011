/** An exchange, analysed: what every fact is read from. */
import type { Language } from '../cues/language.js';
import type { Channel, Document, Evidence, Exchange, Hit, Range, Token } from '../types.js';
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
  replyCues: ReadonlyMap<string, readonly Hit[]>;
  messageCues: ReadonlyMap<string, readonly Hit[]>;
}>;

function byCue(hits: readonly Hit[], keep: (h: Hit) => boolean): Map<string, Hit[]> {
  const out = new Map<string, Hit[]>();
  for (const hit of hits) {
    if (!keep(hit)) continue;
    const list = out.get(hit.cue);
    if (list === undefined) out.set(hit.cue, [hit]);
    else list.push(hit);
  }
  return out;
}

function inAny(ranges: readonly Range[], at: number): boolean {
  for (const [s, e] of ranges) if (at >= s && at < e) return true;
  return false;
}

export function read(exchange: Exchange, channel: Channel, reply: Document, language: Language, message?: Document, messageLanguage?: Language): Reading {
  const { anatomy } = reply;
  const [start, end] = anatomy.body;
  const below = anatomy.postscript?.[0] ?? Infinity;
  const body = reply.tokens.filter((t) => t.start >= start && (t.end <= end || t.start >= below) && !inAny(anatomy.quoted, t.start));
  // A cue may begin in the greeting (“Hi Anna, sorry about that”) but must not stand in the signature.
  const replyCues = byCue(reply.hits, (h) => h.start < end || h.start >= below || h.cue.startsWith('anatomy.'));
  const messageCues = message === undefined ? new Map<string, Hit[]>() : byCue(message.hits, () => true);
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
export function cues(map: ReadonlyMap<string, readonly Hit[]>, ...names: readonly string[]): Hit[] {
  const out: Hit[] = [];
  for (const [cue, hits] of map) if (names.some((n) => cue === n || cue.startsWith(`${n}.`))) for (const hit of hits) out.push(hit);
  return out.sort((a, b) => a.start - b.start || b.end - a.end);
}
