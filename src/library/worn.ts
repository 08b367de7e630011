/** A sentence that many replies share. */
import { type Found, nameOf, type Reply } from './between.js';
import type { SentenceTrait } from './traits.js';

type Use = Readonly<{ at: number; sentence: SentenceTrait }>;

/**
 * @param groups copies of one reply: what stands in all of them stands in one
 * @param most this many replies may share a sentence
 */
export function worn(replies: readonly Reply[], groups: readonly (readonly number[])[], most: number): Found[] {
  const groupOf = new Map<number, number>();
  for (const group of groups) for (const at of group) groupOf.set(at, group[0] as number);
  const uses = new Map<number, Use[]>();
  replies.forEach(({ traits }, at) => {
    if ((groupOf.get(at) ?? at) !== at) return;
    const seen = new Set<number>();
    for (const sentence of traits?.sentences ?? []) {
      if (seen.has(sentence.hash)) continue;
      seen.add(sentence.hash);
      const list = uses.get(sentence.hash);
      if (list === undefined) uses.set(sentence.hash, [{ at, sentence }]);
      else list.push({ at, sentence });
    }
  });
  const out: Found[] = [];
  for (const list of uses.values()) {
    if (list.length <= most) continue;
    const [{ at, sentence }, ...others] = list as [Use, ...Use[]];
    const quote = (replies[at] as Reply).entry.reply.slice(...sentence.range);
    out.push({
      rule: 'library/phrase-worn',
      at,
      range: sentence.range,
      quotes: [quote],
      identity: quote,
      count: list.length,
      related: others.map((o) => ({ at: o.at, range: o.sentence.range, text: nameOf(replies[o.at] as Reply) })),
    });
  }
  return out;
}
