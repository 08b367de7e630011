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

/** The key of a word that says something; undefined of small words. */
function keyOf(token: Token, language: Language, bare: boolean): string | undefined {
  const { kind, norm } = token;
  if (kind === 'number') return /\d{2}/.test(norm) ? norm : undefined;
  if (kind === 'word') {
    if (norm.length < LETTERS_MIN) return undefined;
    const word = language.wordOf(token);
    return word.common ? undefined : bare ? language.bareKey(norm) : word.key;
  }
  return kind !== 'hashtag' ? undefined : bare ? language.bareKey(norm) : language.wordOf(token).key;
}

function keysOf(tokens: readonly Token[], language: Language, bare: boolean): Map<string, Token> {
  const out = new Map<string, Token>();
  for (const token of tokens) {
    const key = keyOf(token, language, bare);
    if (key !== undefined && !out.has(key)) out.set(key, token);
  }
  return out;
}

export function findEcho(body: readonly Token[], stripped: boolean, message: Document | undefined, language: Language, messageLanguage: Language | undefined): Echo {
  if (message === undefined) return { taken: [], weight: 0, offered: [] };
  const other = messageLanguage ?? language;
  const bare = stripped || message.stripped;
  const theirs = keysOf(message.tokens, other, bare);
  const ours = keysOf(body, language, bare);
  const taken: Token[] = [];
  let weight = 0;
  const words = language.relatives([...theirs].flatMap(([key, { kind }]) => (kind === 'number' ? [] : [key])));
  for (const [key, token] of ours) {
    const same = theirs.has(key) || theirs.has(token.norm);
    if (same || (token.kind === 'word' && words.has(key))) {
      taken.push(token);
      weight += same ? 1 : RELATED;
    }
  }
  return { taken, weight, offered: [...theirs.values()] };
}
