/** Where a fitted verdict comes from when no cue shows it: the sentence whose words weighed most. */
import type { Language } from '../cues/language.js';
import type { Document, Evidence, Range, Token } from '../types.js';
import type { Side } from './features.js';
import type { Model } from './model.js';

/**
 * @param side `m` or `r`: the prefix of the text's features
 * @param within only sentences that begin in this range
 */
export function weightiest(doc: Document, language: Language, model: Model, fact: string, side: Side, within?: Range): Evidence[] {
  let best: Range | undefined;
  let top = 0;
  for (const s of doc.sentences) {
    if (within !== undefined && (s.start < within[0] || s.start >= within[1])) continue;
    let sum = 0;
    for (let i = s.from; i < s.to; i++) {
      const t = doc.tokens[i] as Token;
      if (t.kind === 'word' || t.kind === 'emoji') sum += model.wordWeight(fact, side, t.kind === 'emoji' ? t.norm : language.wordOf(t).key);
    }
    if (sum > top) {
      top = sum;
      best = [s.start, s.end];
    }
  }
  return best === undefined ? [] : [{ in: side === 'm' ? 'message' : 'reply', range: best }];
}
