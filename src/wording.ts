/** How a clause of the customer's is worded when it is said back: first person turned to second by tables, joined to what goes before. */
import { type ToldSpec, wordsOf } from './text/repair.js';
import type { Document, Token } from './types.js';

/** How the reply addresses its reader: one on familiar terms, or several (or one politely). */
export type Addressee = 'sina' | 'te';

/** A word as it is read; one without a token was left out by whoever wrote it, and is understood. */
export type Said = Readonly<{ norm: string; token?: Token }>;

/** The word that is said to the customer instead; undefined when it can't be turned. `several` picks the form. */
function turned(word: string, before: string, spec: ToldSpec, several: 0 | 1): string | undefined {
  const direct = spec.turn[word];
  if (direct !== undefined) return direct[several];
  const after = spec.turn_after?.[word];
  if (after !== undefined && spec.turn[before] !== undefined) return after;
  for (const [ending, to] of Object.entries(spec.turn_verbs ?? {})) {
    const many = wordsOf(spec.own.we).has(word);
    if (word.endsWith(ending) && (many || wordsOf(spec.own.i).has(word) || wordsOf(spec.own.faulty).has(word))) return word.slice(0, -ending.length) + to[many ? 1 : several];
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

/** Is a first word a place's name, as far as its form tells? */
function capital(word: string, { capitals }: ToldSpec): boolean {
  return capitals !== undefined && ([...wordsOf(capitals.begins)].some((b) => word.startsWith(b)) || [...wordsOf(capitals.ends)].some((e) => word.endsWith(e)));
}

/** May a first word be a place's name as well as none? */
function unsure(word: string, { capitals }: ToldSpec): boolean {
  return [...wordsOf(capitals?.unsure)].some((e) => word.endsWith(e) && word !== e);
}

/** As it stands in the text, or, where that was spelled otherwise or never written, as it is meant. */
function written({ text }: Document, { norm, token }: Said): string {
  if (token === undefined) return norm;
  const own = text.slice(token.start, token.end);
  return token.norm !== norm ? norm : token.upper === 0 ? own.toLowerCase() : own;
}

/** @returns the clause as it is said: first letter small, words turned; undefined when one of them can't be */
export function phrase(message: Document, words: readonly Said[], spec: ToldSpec, to: Addressee): string | undefined {
  let out = '';
  for (const [i, said] of words.entries()) {
    const before = words[i - 1];
    const word = turned(said.norm, before?.norm ?? '', spec, to === 'te' ? 1 : 0);
    if (word === undefined || (i === 0 && said.token?.upper === 1 && unsure(said.norm, spec))) return undefined;
    const own = written(message, said);
    const first = words.slice(0, i).every((w) => w.token === undefined);
    const kept = word === said.norm ? (first && said.token?.upper === 1 && !capital(said.norm, spec) ? own.slice(0, 1).toLowerCase() + own.slice(1) : own) : word;
    if (i === 0) {
      out = spec.joined?.[kept] ?? `${spec.that} ${kept}`;
      continue;
    }
    const glued = before?.token !== undefined && said.token !== undefined && message.text.slice(before.token.end, said.token.start) === '-';
    out += (glued ? '-' : ' ') + kept;
  }
  return out;
}
