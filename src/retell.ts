/**
 * A clause of the customer's own, said back to them: “mustikkapussissa oli toukka”, “jouduit odottamaan tunnin”. It is lifted as it
 * stands, first person turned to second by tables; a clause with anything in it that the tables don't know how to take is left alone.
 */
import { cues, type Reading } from './facts/reading.js';
import { type ToldSpec, wordsOf } from './text/repair.js';
import type { Document, Range, Token } from './types.js';

/** How the reply addresses its reader: one on familiar terms, or several (or one politely). */
export type Addressee = 'sina' | 'te';

/** Cues near a clause that say it is meant otherwise than it stands. */
const TWISTED = ['anger', 'humour', 'ask.rhetorical', 'serious'] as const;
/** More figures than these are a number that belongs to somebody. */
const FIGURES_MAX = 4;
const FIGURES = /^\d+(?:[.,:]\d+)?$/;
const NO_CLAUSE = -1;
const FAULT_TOLD = 2;

/** Stretches of tokens that may be clauses. None begins behind a comma or “and”: its subject may stand before that. */
function stretches({ text, tokens }: Document, from: number, to: number, cut: ReadonlySet<string>): Token[][] {
  const out: Token[][] = [];
  let run: Token[] = [];
  let whole = true;
  const close = (next: boolean): void => {
    if (whole && run.length > 0) out.push(run);
    run = [];
    whole = next;
  };
  for (let i = from; i < to; i++) {
    const token = tokens[i] as Token;
    const gap = i > from ? text.slice((tokens[i - 1] as Token).end, token.start) : ' ';
    if (cut.has(token.norm)) close(false);
    else {
      if (!/^(?:[^\S\n]+|-|[^\S\n]*\n[^\S\n]*)$/u.test(gap)) close(/[:–—]\s/u.test(gap) && !/["”“(]/u.test(gap));
      run.push(token);
    }
  }
  close(true);
  return out;
}

const endsIn = (word: string, endings: readonly string[] | undefined): string | undefined => endings?.find((e) => word.endsWith(e) && word.length > e.length + 2);

/** The word that is said to the customer instead; undefined when it can't be turned. `several` picks the form. */
function turned(word: string, before: string, spec: ToldSpec, several: 0 | 1): string | undefined {
  const direct = spec.turn[word];
  if (direct !== undefined) return direct[several];
  const after = spec.turn_after?.[word];
  if (after !== undefined && spec.turn[before] !== undefined) return after;
  for (const [ending, to] of Object.entries(spec.turn_verbs ?? {})) {
    const many = wordsOf(spec.own.we).has(word);
    if (word.endsWith(ending) && (many || wordsOf(spec.own.i).has(word))) return word.slice(0, -ending.length) + to[many ? 1 : several];
  }
  const nouns = spec.turn_nouns;
  if (nouns === undefined) return word;
  for (const [ending, to] of Object.entries(nouns.endings)) {
    for (const [end, own] of [[ending, true], [to[1], false]] as const) {
      if (!word.endsWith(end) || word.length < end.length + 3 || wordsOf(spec.ends_so?.[end]).has(word)) continue;
      const stem = word.slice(0, -end.length);
      // What ends like the reader's own would turn its meaning round.
      if (!own || ![...wordsOf(nouns.begins)].some((b) => stem.startsWith(b))) return undefined;
      return stem + to[several];
    }
  }
  return word;
}

/** How plainly the words say, in a clause that can stand by itself, that something went wrong; below nought when they don't. */
function fault(words: readonly string[], spec: ToldSpec): number {
  const of = (list: string | undefined, i: number): boolean => wordsOf(list).has(words[i] ?? '');
  const { own, measured } = spec;
  const all = words.map((_, i) => i);
  const mine = spec.openers !== undefined ? undefined : all.find((i) => of(own.i, i) || of(own.we, i) || ((of(own.not_i, i) || of(own.not_we, i)) && all.some((j) => j > i && of(own.negated, j))));
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
    if (spec.turn[words[0] as string] !== undefined && of(spec.alone, 0)) {
      return all.some((i) => of(own.i, i) || (of(spec.negations, i) && all.some((j) => j > i && of(own.negated, j)))) ? FAULT_TOLD : NO_CLAUSE;
    }
  } else {
    const last = all.slice(0, verb).reverse().find((i) => !of(spec.adverbs, i));
    if (last === undefined) return NO_CLAUSE;
    const word = words[last] as string;
    const there = of(spec.verbs, verb) && endsIn(word, spec.places) !== undefined && words.length > verb + 1;
    if (!there && endsIn(word, spec.oblique) !== undefined) return NO_CLAUSE;
  }
  const denied = all.some((i) => of(spec.negations, i) && all.some((j) => j > i && of(spec.negated, j)));
  if (!denied && all.some((i) => of(spec.negations, i))) return NO_CLAUSE;
  if (denied || all.some((i) => of(spec.fault_verbs, i))) return FAULT_TOLD;
  return all.some((i) => i > verb && of(spec.faults, i)) ? 1 : NO_CLAUSE;
}

const overlaps = ([start, end]: Range, hits: readonly Readonly<{ start: number; end: number }>[]): boolean => hits.some((h) => h.start < end && h.end > start);

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
    for (const run of stretches(message, sentence.from, sentence.to, wordsOf(spec.cut))) {
      const tokens = run.filter((t) => !wordsOf(spec.drop).has(t.norm));
      if (tokens.length < spec.least_words || tokens.length > spec.most_words || !tokens.every(told)) continue;
      if (!tokens.every((t) => sayable(t, reading, spec))) continue;
      const plain = fault(tokens.map((t) => t.norm), spec);
      if (plain < 0) continue;
      const range: Range = [(run[0] as Token).start, (run[run.length - 1] as Token).end];
      const score = plain + (overlaps(range, complained) ? 1 : 0) + (tokens.length > 3 ? 0.5 : 0) - n / 20;
      const text = score > top ? phrase(message, tokens, spec, to === 'te' ? 1 : 0) : undefined;
      if (text === undefined) continue;
      top = score;
      best = text;
    }
  }
  return best;
}

/** May the word be repeated to a customer at all? */
function sayable(token: Token, { messageLanguage }: Reading, spec: ToldSpec): boolean {
  const { kind, norm, upper } = token;
  if (kind === 'number') return FIGURES.test(norm) && norm.replace(/\D/g, '').length <= FIGURES_MAX;
  if (kind !== 'word' || (upper === 2 && norm.length > 1) || wordsOf(spec.stop).has(norm)) return false;
  if (spec.turn[norm] !== undefined) return true;
  // Spoken forms, stretched words and people's names are not ours to repeat.
  return !(norm in (messageLanguage?.spec.aliases ?? {}) && spec.openers === undefined) && !/(\p{L})\1\1/u.test(norm) && !(upper > 0 && messageLanguage?.names.has(norm) === true);
}

/** Is a first word a place's name, as far as its form tells? */
function capital(word: string, { capitals }: ToldSpec): boolean {
  return capitals !== undefined && ([...wordsOf(capitals.begins)].some((b) => word.startsWith(b)) || [...wordsOf(capitals.ends)].some((e) => word.endsWith(e)));
}

/** The clause as it is said, joined to what goes before: first letter small, words turned, dropped words gone. */
function phrase({ text }: Document, words: readonly Token[], spec: ToldSpec, several: 0 | 1): string | undefined {
  let out = '';
  for (const [i, token] of words.entries()) {
    const before = words[i - 1];
    const word = turned(token.norm, before?.norm ?? '', spec, several);
    if (word === undefined) return undefined;
    const written = text.slice(token.start, token.end);
    const kept = word === token.norm ? (i === 0 && token.upper === 1 && !capital(token.norm, spec) ? written.slice(0, 1).toLowerCase() + written.slice(1) : written) : word;
    if (i === 0) {
      out = spec.joined?.[kept] ?? `${spec.that} ${kept}`;
      continue;
    }
    const glued = before !== undefined && text.slice(before.end, token.start) === '-';
    out += (glued ? '-' : ' ') + kept;
  }
  return out;
}
