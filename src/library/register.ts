/** Familiar in most replies and formal in a few, or the other way round: the few are marked, when it is clear which they are. */
import { type Found, nameOf, type Reply } from './between.js';

/** So many replies, and such a share of them, make a habit. */
const HABIT = 5;
const SHARE = 0.8;

export function register(replies: readonly Reply[]): Found[] {
  const byLanguage = new Map<string, number[]>();
  replies.forEach(({ traits }, at) => {
    if (traits?.address === undefined || traits.lang === undefined) return;
    const same = byLanguage.get(traits.lang);
    if (same === undefined) byLanguage.set(traits.lang, [at]);
    else same.push(at);
  });
  return [...byLanguage.values()].flatMap((all) => {
    const formal = all.filter((at) => replies[at]?.traits?.address?.form === 'te');
    const familiar = all.filter((at) => replies[at]?.traits?.address?.form === 'sina');
    const [habit, few] = formal.length > familiar.length ? [formal, familiar] : [familiar, formal];
    if (few.length === 0 || habit.length < HABIT || habit.length < SHARE * all.length) return [];
    return few.map((at): Found => {
      const reply = replies[at] as Reply;
      const range = reply.traits?.address?.range ?? [0, 0];
      const example = habit[0] as number;
      const theirs = replies[example] as Reply;
      return { rule: 'library/register', at, range, quotes: [reply.entry.reply.slice(...range)], count: few.length, related: [{ at: example, range: theirs.traits?.address?.range ?? [0, 0], text: nameOf(theirs) }] };
    });
  });
}
