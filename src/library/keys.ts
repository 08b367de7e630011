/** Shortcuts and titles that name more than one reply. */
import { composed } from '../text/wellformed.js';
import { type Found, nameOf, type Reply, wholeOf } from './between.js';

const plain = (name: string): string => composed(name).toLowerCase().replace(/\s+/gu, ' ').trim();

export function keys(replies: readonly Reply[]): Found[] {
  const named = new Map<string, { name: string; list: number[] }>();
  replies.forEach(({ entry, traits }, at) => {
    for (const [what, name] of [['shortcut', entry.shortcut], ['title', entry.title]] as const) {
      if (entry.note === true || name === undefined || plain(name) === '') continue;
      // Translations of one reply share its name, and so may files that have nothing to do with each other.
      const id = [what, entry.file, entry.lang ?? traits?.lang ?? '', plain(name)].join('\0');
      const same = named.get(id);
      if (same === undefined) named.set(id, { name, list: [at] });
      else same.list.push(at);
    }
  });
  const told = new Set<string>();
  const out: Found[] = [];
  for (const { name, list } of named.values()) {
    // A title that is the shortcut over again is told once.
    if (list.length < 2 || told.has(list.join())) continue;
    told.add(list.join());
    const [first, ...others] = list as [number, ...number[]];
    const reply = replies[first] as Reply;
    out.push({
      rule: 'library/key',
      at: first,
      range: wholeOf(reply),
      quotes: [],
      keys: [name],
      identity: plain(name),
      count: list.length,
      related: others.map((at) => ({ at, range: wholeOf(replies[at] as Reply), text: nameOf(replies[at] as Reply) })),
    });
  }
  return out;
}
