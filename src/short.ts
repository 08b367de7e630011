/** Clauses written short (“zip broke after a week”, “charged twice for one ticket”) made whole, and whether a clause is put together as it should be. */
import { type GrammarSpec, type ShortSpec, wordsOf } from './text/repair.js';
import type { Said } from './wording.js';

/** @returns the clause with what was left out before it; undefined when it is not one that lacks just that */
export function madeWhole(words: readonly Said[], { article, bare, verb, stands, elided, none, missed }: ShortSpec, isVerb: (word: string) => boolean): Said[] | undefined {
  const [first, second] = words;
  if (first === undefined || second === undefined) return undefined;
  const two = elided?.[`${first.norm} ${second.norm}`];
  const said = two ?? elided?.[first.norm];
  if (said !== undefined) return [...said.split(' ').map((norm) => ({ norm })), ...words.slice(two === undefined ? 1 : 2)];
  if (none !== undefined && first.norm === none.word) {
    const rest = words.slice(1);
    const end = rest.findIndex((w) => !wordsOf(missed).has(w.norm));
    return end === 0 ? undefined : [...none.said.split(' ').map((norm) => ({ norm })), ...(end < 0 ? rest : rest.slice(0, end))];
  }
  if (!wordsOf(bare).has(first.norm)) return undefined;
  if (verb !== undefined) return wordsOf(stands).has(second.norm) ? [first, { norm: verb }, ...words.slice(1)] : undefined;
  return article !== undefined && isVerb(second.norm) ? [{ norm: article }, ...words] : undefined;
}

/** “Didn't come”, never “didn't came”; “has been”, never “been” alone. */
function fitsBehind(word: string, before: string, { base, not_base, not_base_ends, needs }: GrammarSpec): boolean {
  if (needs[word] !== undefined && !wordsOf(needs[word]).has(before)) return false;
  return !wordsOf(base).has(before) || !(wordsOf(not_base).has(word) || not_base_ends.some((e) => word.endsWith(e)));
}

/** “Has not been” is one verb. */
const HELPERS_NEAR = 2;
/** Unknown words in a row that one determiner may lead. */
const UNKNOWN_MAX = 2;

/**
 * Is every word known for what it does in a clause, or a name for a thing behind the word that it needs?
 * @param known words that the lists of verbs, faults and persons hold
 */
export function sound(words: readonly Said[], spec: GrammarSpec, known: (word: string) => boolean, isVerb: (word: string) => boolean): boolean {
  const { determiners, prepositions, bare, free, ending_behind, never_behind, article, helpers } = spec;
  const helping = words.flatMap((w, i) => (wordsOf(helpers).has(w.norm) ? [i] : []));
  if (helping.some((at, i) => i > 0 && at - (helping[i - 1] as number) > HELPERS_NEAR)) return false;
  let led = 0;
  for (const [i, { norm, token }] of words.entries()) {
    const before = words[i - 1]?.norm ?? '';
    if (norm === before || !fitsBehind(norm, before, spec)) return false;
    const two = words[i - 2]?.norm ?? '';
    if (never_behind.some((n) => (wordsOf(n.words).has(before) || (wordsOf(n.but).has(before) && wordsOf(n.words).has(two))) && wordsOf(n.those).has(norm))) return false;
    if (before === article.word && [...wordsOf(article.never_before)].some((letter) => norm.startsWith(letter))) return false;
    const next = words[i + 1]?.norm ?? '';
    if (token?.kind === 'number' && wordsOf(prepositions).has(next) && !wordsOf(prepositions).has(before)) return false;
    const behindPreposition = wordsOf(prepositions).has(before);
    if (wordsOf(determiners).has(norm) || token?.kind === 'number') led = UNKNOWN_MAX;
    else if (wordsOf(prepositions).has(norm)) led = 0;
    else if (wordsOf(ending_behind.words).has(before) && norm.endsWith(ending_behind.ending)) led = 0;
    else if (isVerb(norm)) led = 0;
    else if (known(norm) || wordsOf(free).has(norm)) continue;
    else if (token?.upper === 1 && (behindPreposition || (words[i - 1]?.token?.upper === 1 && i > 1))) led = 0;
    else if (behindPreposition && wordsOf(bare).has(norm)) led = 0;
    else if (led-- <= 0) return false;
  }
  return true;
}
