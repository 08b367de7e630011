/**
 * Which language a text is in, among those that have a folder. Function words decide where they can; `franc` decides the rest, and is
 * always told its candidates, since on a short text it otherwise answers with anything.
 */
import { francAll } from 'franc';
import type { Lang, Token } from '../types.js';

export type Candidate = Readonly<{ lang: Lang; iso: string; functionWords: ReadonlySet<string> }>;

export type Detected = Readonly<{ lang: Lang; sure: boolean }>;

/** More than this of a long text adds nothing. */
const SAMPLE = 1_000;
const TOKENS = 200;

/** A text is asked about up to twice, with and without a hint. */
const rankings = new WeakMap<readonly Token[], ReturnType<typeof francAll>>();

function ranking(text: string, tokens: readonly Token[], candidates: readonly Candidate[]): ReturnType<typeof francAll> {
  let ranked = rankings.get(tokens);
  if (ranked === undefined) rankings.set(tokens, (ranked = francAll(text.slice(0, SAMPLE), { only: candidates.map((c) => c.iso), minLength: 3 })));
  return ranked;
}

/**
 * @param text the text without quotations
 * @param tokens of that text: the same ones each time that it is asked about
 * @param hint the language of the other half of the exchange, taken when the text itself says too little
 */
export function detect(text: string, tokens: readonly Token[], candidates: readonly Candidate[], hint?: Lang): Detected {
  const counts = candidates.map(() => 0);
  let words = 0;
  for (let i = 0; i < tokens.length && i < TOKENS; i++) {
    const token = tokens[i] as Token;
    if (token.kind !== 'word') continue;
    words++;
    for (let c = 0; c < candidates.length; c++) if ((candidates[c] as Candidate).functionWords.has(token.norm)) counts[c] = (counts[c] as number) + 1;
  }
  const order = candidates.map((_, i) => i).sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const first = order[0] ?? 0;
  const second = order[1];
  const lead = counts[first] ?? 0;
  const next = second === undefined ? 0 : (counts[second] as number);
  const langOf = (i: number): Lang => (candidates[i] as Candidate).lang;
  if (lead >= 2 && lead >= 2 * next + 1) return { lang: langOf(first), sure: lead >= 3 || words < 12 };
  if (words === 0) return { lang: hint ?? langOf(first), sure: false };

  const ranked = ranking(text, tokens, candidates);
  const scores = candidates.map((c, i) => {
    const franc = ranked.find(([iso]) => iso === c.iso)?.[1] ?? 0;
    return franc + (0.25 * (counts[i] as number)) / Math.max(1, Math.sqrt(words)) + (c.lang === hint ? 0.08 : 0);
  });
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] as number) > (scores[best] as number)) best = i;
  return { lang: langOf(best), sure: words >= 8 && counts[best] === Math.max(...counts) && lead > next };
}

/** Languages, as `franc` names them, that a text in none of ours may be in: the commonest in helpdesks. Other scripts need no naming. */
export const STRANGERS: readonly string[] = ['swe', 'dan', 'nob', 'deu', 'nld', 'fra', 'spa', 'por', 'ita', 'ron', 'pol', 'ces', 'hun', 'tur', 'ekk', 'lit', 'ind'];
/** Every text in a language has more of its function words than this. */
const FUNCTION_WORDS = 0.15;

/** Is the text in none of these languages? Says no when in doubt. */
export function isStranger(text: string, tokens: readonly Token[], candidates: readonly Candidate[]): boolean {
  const words = tokens.slice(0, TOKENS).filter((t) => t.kind === 'word');
  for (const { functionWords } of candidates) if (words.filter((t) => functionWords.has(t.norm)).length > FUNCTION_WORDS * words.length) return false;
  const own = candidates.map((c) => c.iso);
  const [first] = francAll(text.slice(0, SAMPLE), { only: [...own, ...STRANGERS], minLength: 3 });
  return first === undefined || !own.includes(first[0]);
}

/** The language whose function words stand out in these tokens, without asking any further; undefined when none does. */
export function leaning(tokens: readonly Token[], candidates: readonly Candidate[]): Lang | undefined {
  const counts = candidates.map(({ functionWords }) => tokens.reduce((n, t) => (t.kind === 'word' && functionWords.has(t.norm) ? n + 1 : n), 0));
  const lead = Math.max(0, ...counts);
  const first = counts.indexOf(lead);
  const next = Math.max(0, ...counts.filter((_, i) => i !== first));
  return lead >= 2 && lead >= 2 * next + 1 ? candidates[first]?.lang : undefined;
}
