/**
 * A clause of the customer's own, said back to them: “mustikkapussissa oli toukka”, “jouduit odottamaan tunnin”. It is lifted as it
 * stands, first person turned to second by tables; a clause with anything in it that the tables don't know how to take is left alone.
 */
import { cues, type Reading } from './facts/reading.js';
import { madeWhole, sound } from './short.js';
import { type ToldSpec, wordsOf } from './text/repair.js';
import type { Document, Range, Token } from './types.js';
import { type Addressee, phrase, type Said } from './wording.js';

/** Cues near a clause that say it is meant otherwise than it stands. */
const TWISTED = ['anger', 'humour', 'ask.rhetorical', 'serious'] as const;
/** More figures than these are a number that belongs to somebody. */
const FIGURES_MAX = 4;
const FIGURES = /^\d+(?:[.,:]\d+)?$/;
const NO_CLAUSE = -1;
const FAULT_TOLD = 2;

/** Tokens that may be a clause; `later`: behind a comma or “and”, where its subject may stand before that. */
type Stretch = Readonly<{ tokens: Token[]; later: boolean; /** What cuts it off. */ cutBy?: string; /** And what cut off the one before it. */ behind?: string }>;

function stretches({ text, tokens }: Document, from: number, to: number, cut: ReadonlySet<string>): Stretch[] {
  const out: Stretch[] = [];
  let run: Token[] = [];
  let later = false;
  let behind: string | undefined;
  const close = (next: boolean, cutBy?: string): void => {
    if (run.length > 0) out.push({ tokens: run, later, ...(cutBy === undefined ? {} : { cutBy }), ...(behind === undefined ? {} : { behind }) });
    run = [];
    later = next;
    behind = cutBy;
  };
  for (let i = from; i < to; i++) {
    const token = tokens[i] as Token;
    const gap = i > from ? text.slice((tokens[i - 1] as Token).end, token.start) : ' ';
    // Whom a message turns to stands before its first clause.
    if (token.kind === 'mention' && run.length === 0 && !later) continue;
    if (cut.has(token.norm)) close(true, token.norm);
    else {
      if (!/^(?:[^\S\n]+|-|[^\S\n]*\n[^\S\n]*)$/u.test(gap)) close(!/[:–—]\s/u.test(gap) || /["”“(]/u.test(gap));
      run.push(token);
    }
  }
  close(false);
  return out;
}

const endsIn = (word: string, endings: readonly string[] | undefined): string | undefined => endings?.find((e) => word.endsWith(e) && word.length > e.length + 2);

/** Of oneself a mere word of fault says too little: “I had no trouble”, “I was late”. */
function ownFault(words: readonly string[], { own, negations, faults }: ToldSpec): number {
  const is = (list: string | undefined, word: string | undefined): boolean => wordsOf(list).has(word ?? '');
  const at = (list: string | undefined): number => words.findIndex((w) => is(list, w));
  const before = (list: string | undefined, behind: string | undefined): boolean => at(list) >= 0 && words.some((w, i) => i > at(list) && is(behind, w));
  const no = at(negations);
  if (no < 0) return words.length > 3 && (at(own.i) >= 0 || before(own.faulty, faults) || (words.length > 4 && before(own.troubled, own.troubles))) ? FAULT_TOLD : NO_CLAUSE;
  const verb = words.findIndex((w, i) => i > no && (own.between === undefined || !is(own.between, w)));
  return verb >= 0 && is(own.negated, words[verb]) ? FAULT_TOLD : NO_CLAUSE;
}

/** How plainly the words say, in a clause that can stand by itself, that something went wrong; below nought when they don't. */
function fault(words: readonly string[], spec: ToldSpec): number {
  const of = (list: string | undefined, i: number): boolean => wordsOf(list).has(words[i] ?? '');
  const { own, measured } = spec;
  const all = words.map((_, i) => i);
  const mine = spec.openers !== undefined ? undefined : all.find((i) => (of(own.faulty, i) && all.some((j) => j > i && of(spec.faults, j))) || of(own.i, i) || of(own.we, i) || ((of(own.not_i, i) || of(own.not_we, i)) && all.some((j) => j > i && of(own.negated, j))));
  // Where a negation is no verb of its own (“never”), another verb stands beside it.
  const verb = all.find((i) => i === mine || of(spec.verbs, i) || of(spec.fault_verbs, i) || (spec.openers === undefined && of(spec.negations, i)));
  if (verb === undefined || of(spec.ends_in, words.length - 1)) return NO_CLAUSE;
  if (all.some((i) => of(measured.verbs, i)) && !all.some((i) => of(measured.by, i))) return NO_CLAUSE;
  if (mine !== undefined) return verb === mine && words.length > mine + 1 ? FAULT_TOLD : NO_CLAUSE;
  // A subject stands before the verb, or the verb between a place and what was there.
  if (spec.openers !== undefined) {
    if (!of(spec.openers, 0) || verb < (of(spec.alone, 0) ? 0 : 2)) return NO_CLAUSE;
    // A second subject with its verb makes a second clause.
    const second = all.find((i) => i > verb && of(spec.openers, i) && i + 1 < words.length);
    if (second !== undefined && all.some((i) => i > second && (of(spec.verbs, i) || of(spec.fault_verbs, i)))) return NO_CLAUSE;
    // Of oneself a mere word says too little: “I had no trouble”.
    if (spec.turn[words[0] as string] !== undefined && of(spec.alone, 0)) return ownFault(words, spec);
  } else {
    const last = all.slice(0, verb).reverse().find((i) => !of(spec.adverbs, i));
    const { singular } = spec;
    if (last === undefined || (singular !== undefined && all.some((i) => of(singular.words, i + 1) && words[i]?.endsWith(singular.never_behind) === true))) return NO_CLAUSE;
    const word = words[last] as string;
    const there = of(spec.verbs, verb) && endsIn(word, spec.places) !== undefined && words.length > verb + 1;
    if (!there && endsIn(word, spec.oblique) !== undefined) return NO_CLAUSE;
  }
  const { repeated } = spec;
  if (repeated !== undefined && all.some((i) => of(repeated.verbs, i) && words[i + 1]?.endsWith(repeated.ending) === true)) return FAULT_TOLD;
  const denied = all.some((i) => of(spec.negations, i) && all.some((j) => j > i && of(spec.negated, j)));
  if (!denied && all.some((i) => of(spec.negations, i))) return NO_CLAUSE;
  // “It is not showing any error”: what is denied is the fault.
  if (denied && all.some((i) => of(own.troubles, i))) return NO_CLAUSE;
  if (denied || all.some((i) => of(spec.fault_verbs, i))) return FAULT_TOLD;
  return all.some((i) => i > verb && of(spec.faults, i)) ? 1 : NO_CLAUSE;
}

const overlaps = ([start, end]: Range, hits: readonly Readonly<{ start: number; end: number }>[]): boolean => hits.some((h) => h.start < end && h.end > start);

/** The words of a stretch as a clause: what lays weight left out, spelling mended, what is understood put in. Undefined when it is none. */
function clauseIn({ tokens, later, cutBy, behind }: Stretch, spec: ToldSpec, unreal: boolean): readonly Said[] | undefined {
  if (behind !== undefined && wordsOf(spec.leans).has(behind)) return undefined;
  const words = tokens.map((token): Said => ({ token, norm: spec.respell?.[token.norm] ?? token.norm })).filter((w) => !wordsOf(spec.drop).has(w.norm));
  const last = tokens[tokens.length - 1];
  // “… on Mill Street and Cross Lane”: the second name belongs to it too.
  if (cutBy !== undefined && cutBy === spec.and && last?.upper === 1 && tokens.length > 1) return undefined;
  if (words.length < spec.least_words || words.length > spec.most_words) return undefined;
  if (later && (unreal || !wordsOf(spec.starts).has(words[0]?.norm ?? ''))) return undefined;
  if (cutBy !== undefined && wordsOf(spec.dangling).has(cutBy) && wordsOf(spec.measured.by).has(words[words.length - 1]?.norm ?? '')) return undefined;
  const verb = (w: string): boolean => [spec.verbs, spec.fault_verbs, spec.negations].some((list) => wordsOf(list).has(w));
  // “My Conversations”: what only its writer holds for a name.
  if (spec.openers !== undefined && words.some((w, i) => i > 0 && w.token?.upper === 1 && spec.turn[words[i - 1]?.norm ?? ''] !== undefined)) return undefined;
  const opened = spec.openers === undefined || wordsOf(spec.openers).has(words[0]?.norm ?? '');
  // Where a clause may begin with anything, one that lacks its verb is known by that alone.
  const lacking = spec.short === undefined || (opened && spec.openers !== undefined) ? undefined : madeWhole(words, spec.short, (w) => (wordsOf(spec.negations).has(w) ? w.includes("'") : verb(w)));
  const whole = opened ? (lacking ?? words) : lacking;
  return whole === undefined || (spec.grammar !== undefined && !sound(whole, spec.grammar, (w) => isKnown(w, spec), verb)) ? undefined : whole;
}

function isKnown(word: string, spec: ToldSpec): boolean {
  return spec.turn[word] !== undefined || [spec.openers, spec.verbs, spec.fault_verbs, spec.negations, spec.negated, spec.faults, spec.own.negated, spec.own.faulty, ...Object.values(spec.measured)].some((list) => wordsOf(list).has(word));
}

/**
 * The clause that tells best what went wrong, with its conjunction, to follow “I'm sorry”; undefined when the message is in another
 * language, or no clause of it is sure to be right, polite and true to the customer when a company says it.
 */
export function retell(reading: Reading, to: Addressee): string | undefined {
  const { message, messageLanguage, reply, messageCues } = reading;
  const spec = messageLanguage?.repair?.told;
  if (message === undefined || messageLanguage === undefined || spec === undefined || message.lang !== reply.lang || message.stripped) return undefined;
  const { signature, greeting } = message.anatomy;
  const twisted = cues(messageCues, ...TWISTED);
  const complained = cues(messageCues, 'intent.complaint');
  const told = (token: Token): boolean => !(greeting !== undefined && token.start < greeting.range[1]) && !(signature.range !== undefined && token.start >= signature.range[0]);
  let best: string | undefined;
  let top = 0;
  for (const [n, sentence] of message.sentences.entries()) {
    if (sentence.mark === '?' || overlaps([sentence.start, sentence.end], twisted)) continue;
    const unreal = message.tokens.slice(sentence.from, sentence.to).some((t) => wordsOf(spec.unreal).has(t.norm));
    for (const stretch of stretches(message, sentence.from, sentence.to, wordsOf(spec.cut))) {
      const { tokens, later } = stretch;
      const clause = clauseIn(stretch, spec, unreal);
      if (clause === undefined || (n > 0 && wordsOf(spec.first).has(tokens[0]?.norm ?? '')) || !tokens.every(told) || !clause.every((w) => w.token === undefined || sayable(w.token, w.norm, reading, spec))) continue;
      const plain = fault(clause.map((w) => w.norm), spec);
      if (plain < 0) continue;
      const range: Range = [(tokens[0] as Token).start, (tokens[tokens.length - 1] as Token).end];
      const score = plain + (overlaps(range, complained) ? 1 : 0) + (clause.length > 3 ? 0.5 : 0) - n / 20 - (later ? 0.5 : 0);
      const text = score > top ? phrase(message, clause, spec, to) : undefined;
      if (text === undefined) continue;
      top = score;
      best = text;
    }
  }
  return best;
}

/** May the word be repeated to a customer at all? */
function sayable({ kind, upper }: Token, norm: string, { messageLanguage }: Reading, spec: ToldSpec): boolean {
  if (kind === 'number') return FIGURES.test(norm) && norm.replace(/\D/g, '').length <= FIGURES_MAX;
  if (kind !== 'word' || (upper === 2 && norm.length > 1) || wordsOf(spec.stop).has(norm)) return false;
  if (spec.turn[norm] !== undefined) return true;
  // Spoken forms, stretched words and people's names are not ours to repeat.
  return !(norm in (messageLanguage?.spec.aliases ?? {}) && spec.openers === undefined) && !/(\p{L})\1\1/u.test(norm) && !(upper > 0 && messageLanguage?.names.has(norm) === true);
}
