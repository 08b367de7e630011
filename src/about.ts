/** What went wrong as the customer names it: a fault beside its thing (“cold soup”, “parcel missing”), or an event (“delay”). By tables, or not at all. */
import { cues, type Reading } from './facts/reading.js';
import { type AboutSpec, type Named, wordsOf } from './text/repair.js';
import type { Document, Token } from './types.js';

const TWISTED = ['anger', 'humour', 'ask.rhetorical', 'serious'] as const;
/** A word that denies stands this near before what it denies. */
const DENIED_NEAR = 3;

const tables = new WeakMap<object, ReadonlyMap<string, string>>();

/** What is said for a word of the list; the word itself in a plain list. */
function saidFor(named: Named, word: string): string | undefined {
  if (typeof named === 'string') return wordsOf(named).has(word) ? word : undefined;
  let table = tables.get(named);
  if (table === undefined) tables.set(named, (table = new Map(Object.entries(named).flatMap(([said, words]) => [...wordsOf(words)].map((w) => [w, said] as const)))));
  return table.get(word);
}

/** The name that begins at token `i`, with the index behind it. */
function nameAt(tokens: readonly Token[], i: number, spec: AboutSpec): [said: string, end: number] | undefined {
  const [a, b] = [tokens[i]?.norm ?? '', tokens[i + 1]?.norm ?? ''];
  const inFront = [saidFor(spec.faults, a), saidFor(spec.things, b)];
  if (inFront[0] !== undefined && inFront[1] !== undefined) return [inFront.join(' '), i + 2];
  const behind = spec.before === undefined || wordsOf(spec.before).has(b) ? [] : [saidFor(spec.faults, b), saidFor(spec.things, a)];
  if (behind[0] !== undefined && behind[1] !== undefined && i === 0) return [behind.join(' '), i + 2];
  const event = saidFor(spec.events, a);
  const led = spec.determiners === undefined || (i > 0 && wordsOf(spec.determiners).has(tokens[i - 1]?.norm ?? ''));
  return event === undefined || !led ? undefined : [event, i + 1];
}

/** Does the name end where it ends: at a mark, at the end, or before a word that begins something else? */
function ends({ text }: Document, tokens: readonly Token[], end: number, spec: AboutSpec): boolean {
  const [last, next] = [tokens[end - 1], tokens[end]];
  if (last === undefined || next === undefined || spec.ends === undefined) return true;
  return /[^\s]/u.test(text.slice(last.end, next.start)) || wordsOf(spec.ends).has(next.norm);
}

/** @returns what follows “I'm sorry”; undefined when the message names nothing so */
export function named({ message, messageLanguage, reply, messageCues }: Reading): string | undefined {
  const spec = messageLanguage?.repair?.about;
  if (message === undefined || spec === undefined || message.lang !== reply.lang || message.stripped) return undefined;
  const { signature, greeting } = message.anatomy;
  const twisted = cues(messageCues, ...TWISTED);
  for (const sentence of message.sentences) {
    if (sentence.mark === '?' || twisted.some((h) => h.start < sentence.end && h.end > sentence.start)) continue;
    const own = message.tokens.slice(sentence.from, sentence.to);
    const tokens = own.filter((t) => t.kind !== 'mention' && !(greeting !== undefined && t.start < greeting.range[1]) && !(signature.range !== undefined && t.start >= signature.range[0]));
    for (let i = 0; i < tokens.length; i++) {
      const [said, end] = nameAt(tokens, i, spec) ?? [];
      if (said === undefined || end === undefined || tokens.slice(i, end).some((t) => t.upper === 2)) continue;
      const apart = /^\s$/u.test(message.text.slice((tokens[i] as Token).end, tokens[i + 1]?.start ?? 0)) || end === i + 1;
      const denied = tokens.slice(Math.max(0, i - DENIED_NEAR), i).some((t) => wordsOf(spec.not).has(t.norm));
      if (apart && !denied && ends(message, tokens, end, spec)) return spec.lead === undefined ? said : `${spec.lead} ${said}`;
    }
  }
  return undefined;
}
