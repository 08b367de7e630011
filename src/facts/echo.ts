/** Which of the customer's own words a reply takes up: forms of one word meet under a key (toukka ~ toukan). */
import type { Language } from '../cues/language.js';
import type { Document, Token } from '../types.js';

export type Echo = Readonly<{
  /** Tokens of the reply whose word stands in the message; each key once, at its first place. */
  taken: readonly Token[];
  /** Those among them that only this customer's story holds: names, numbers, rare words. */
  weight: number;
  /** The message's own content words, each key once: what there was to take up. */
  offered: readonly Token[];
}>;

const LETTERS_MIN = 3;
const PREFIX_MIN = 5;

function isContent(token: Token, language: Language): boolean {
  if (token.kind === 'number') return /\d{2}/.test(token.norm);
  if (token.kind === 'hashtag') return true;
  return token.kind === 'word' && token.norm.length >= LETTERS_MIN && !language.stopWords.has(token.norm) && !language.expandsToStop(token.norm);
}

function keysOf(tokens: readonly Token[], language: Language): Map<string, Token> {
  const out = new Map<string, Token>();
  for (const token of tokens) {
    if (!isContent(token, language)) continue;
    const key = token.kind === 'number' ? token.norm : language.forms.key(token.norm);
    if (!out.has(key)) out.set(key, token);
  }
  return out;
}

/** Part of a compound: “keksipaketissani” ~ “keksit”, when the shorter key begins the longer one. */
function compound(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= PREFIX_MIN && long.length >= short.length + 3 && long.startsWith(short);
}

export function findEcho(body: readonly Token[], message: Document | undefined, language: Language, messageLanguage: Language | undefined): Echo {
  if (message === undefined) return { taken: [], weight: 0, offered: [] };
  const theirs = keysOf(message.tokens, messageLanguage ?? language);
  const ours = keysOf(body, language);
  const taken: Token[] = [];
  let weight = 0;
  const list = [...theirs.keys()];
  for (const [key, token] of ours) {
    const same = theirs.has(key) || theirs.has(token.norm);
    if (same || (token.kind === 'word' && key.length >= PREFIX_MIN && list.some((k) => compound(k, key)))) {
      taken.push(token);
      weight += same ? 1 : 0.6;
    }
  }
  return { taken, weight, offered: [...theirs.values()] };
}
