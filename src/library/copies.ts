/** The same reply several times over, but for names, numbers, links and a word here and there. */
import { clusters } from '../text/clusters.js';
import { differences } from '../text/diff.js';
import { type Found, nameOf, type Reply, wholeOf } from './between.js';

/** A shorter text is a fragment, and may well stand twice. */
const WORDS = 12;
/** How much of the runs of words two copies share. */
const LEAST = 0.8;
const DIFFERENCES = 3;
const NONE = new Uint32Array(0);

/** Groups of copies, as indexes. What stands under two languages is not copied but untranslated. */
export function copiesOf(replies: readonly Reply[]): number[][] {
  const langOf = (at: number): string => replies[at]?.entry.lang ?? '';
  return alike(replies).flatMap((group) => {
    const languages = [...new Set(group.map(langOf))];
    return languages.length === 1 ? [group] : languages.map((lang) => group.filter((at) => langOf(at) === lang)).filter((part) => part.length > 1);
  });
}

function alike(replies: readonly Reply[]): number[][] {
  return clusters(replies.map(({ traits }) => (traits === undefined || traits.words < WORDS ? NONE : traits.shingles)), LEAST);
}

export function copies(replies: readonly Reply[], groups: readonly (readonly number[])[]): Found[] {
  return groups.map((group) => {
    const [first, ...others] = group as readonly [number, ...number[]];
    const original = replies[first] as Reply;
    const related = others.map((at) => {
      const other = replies[at] as Reply;
      const pieces = differences(original.entry.reply, other.entry.reply).slice(0, DIFFERENCES);
      const told = pieces.map((d) => `${d.ours === '' ? '…' : d.ours} → ${d.theirs === '' ? '…' : d.theirs}`);
      return { at, range: wholeOf(other), text: [nameOf(other), ...told].join(', ') };
    });
    const keys = group.map((at) => nameOf(replies[at] as Reply));
    return { rule: 'template/copy-paste', at: first, range: wholeOf(original), quotes: [], keys, count: group.length, identity: [...keys].sort().join('\n'), related };
  });
}
