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
/** A part of a compound is weaker proof than the word itself. */
const RELATED = 0.6;

function isContent(token: Token, language: Language): boolean {
  if (token.kind === 'number') return /\d{2}/.test(token.norm);
  if (token.kind === 'hashtag') return true;
  return token.kind === 'word' && token.norm.length >= LETTERS_MIN && !language.stopWords.has(token.norm) && !language.expandsToStop(token.norm);
}

function keysOf(tokens: readonly Token[], language: Language, keyOf: (word: string) => string): Map<string, Token> {
  const out = new Map<string, Token>();
  for (const token of tokens) {
    if (!isContent(token, language)) continue;
    const key = token.kind === 'number' ? token.norm : keyOf(token.norm);
    if (!out.has(key)) out.set(key, token);
  }
  return out;
}

export function findEcho(body: readonly Token[], stripped: boolean, message: Document | undefined, language: Language, messageLanguage: Language | undefined): Echo {
  if (message === undefined) return { taken: [], weight: 0, offered: [] };
  const other = messageLanguage ?? language;
  const bare = stripped || message.stripped;
  const theirs = keysOf(message.tokens, other, bare ? other.bareKey : other.forms.key);
  const ours = keysOf(body, language, bare ? language.bareKey : language.forms.key);
  const taken: Token[] = [];
  let weight = 0;
  const words = [...theirs].filter(([, t]) => t.kind !== 'number').map(([k]) => k);
  for (const [key, token] of ours) {
    const same = theirs.has(key) || theirs.has(token.norm);
    if (same || (token.kind === 'word' && words.some((k) => language.related(k, key)))) {
      taken.push(token);
      weight += same ? 1 : RELATED;
    }
  }
  return { taken, weight, offered: [...theirs.values()] };
}
