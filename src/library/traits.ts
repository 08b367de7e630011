/** What comparing needs of a reply: numbers and places, none of its words. Plain data, so that a worker can hand it over. */
import type { Understood } from '../lint.js';
import { shingles, wordHashes } from '../text/words.js';
import type { Hole, Lang, Range, Token } from '../types.js';

export type SentenceTrait = Readonly<{ hash: number; range: Range }>;

export type Traits = Readonly<{
  /** The reply's language: declared, else detected; undefined when savy does not know it. */
  lang?: Lang | undefined;
  words: number;
  /** Runs of words, names, numbers, links and holes left open. */
  shingles: Uint32Array;
  /** Sentences of the body long enough to be told from others. */
  sentences: readonly SentenceTrait[];
  /** The form of address, where the language has two and the reply uses one of them; where it shows. */
  address?: Readonly<{ form: 'sina' | 'te'; range: Range }>;
  /** Sentences in another language than the rest. */
  foreign?: Range | undefined;
}>;

/** Runs of so many words are compared. */
const RUN = 3;
/** A shorter sentence is anybody's. */
const SENTENCE_WORDS = 5;
/** This many words of one address are no slip. */
const ADDRESSED = 1;

export function traitsOf(tokens: readonly Token[], holes: readonly Hole[], lang: Lang | undefined, understood: Understood | undefined, foreign: Range | undefined): Traits {
  const words = wordHashes(tokens, holes);
  const address = understood === undefined ? undefined : addressOf(understood);
  return {
    lang,
    words: words.length,
    shingles: shingles(words, RUN),
    sentences: understood === undefined ? [] : sentencesOf(understood, holes),
    foreign,
    ...(address === undefined ? {} : { address }),
  };
}

function sentencesOf({ reading }: Understood, holes: readonly Hole[]): SentenceTrait[] {
  const { reply } = reading;
  const [from, to] = reply.anatomy.body;
  const out: SentenceTrait[] = [];
  for (const s of reply.sentences) {
    const tokens = reply.tokens.slice(s.from, s.to).filter((t) => t.start >= from && t.end <= to);
    const first = tokens[0];
    const last = tokens[tokens.length - 1];
    if (first === undefined || last === undefined || tokens.filter((t) => t.kind === 'word').length < SENTENCE_WORDS) continue;
    const words = wordHashes(tokens, holes.filter((h) => h.start >= first.start && h.end <= last.end));
    out.push({ hash: shingles(words, words.length)[0] as number, range: [first.start, last.end] });
  }
  return out;
}

function addressOf({ judged }: Understood): Traits['address'] {
  const { address } = judged;
  if (address === undefined || address.mixed || address.out === 'none') return undefined;
  const shown = address.out === 'te' ? address.evidence.te : address.evidence.sina;
  const first = shown[0];
  return first === undefined || shown.length < ADDRESSED ? undefined : { form: address.out, range: first.range };
}
