/** What differs between two texts, by lines and by words. Only this file knows `diff`. */
import { createTwoFilesPatch, diffArrays } from 'diff';

/** With three lines around each change. */
export function unified(oldName: string, newName: string, before: string, after: string): string {
  return createTwoFilesPatch(oldName, newName, before, after, undefined, undefined, { context: 3 });
}

const WORDS = /[\p{L}\p{N}\p{M}'’@#{}%_./:-]+/gu;
/** Longer texts are compared no further: their first words tell enough. */
const WORDS_MAX = 400;

/** @returns the runs of words that `theirs` has in place of some of `ours`, and those */
export function differences(ours: string, theirs: string): readonly Readonly<{ ours: string; theirs: string }>[] {
  const words = (text: string): string[] => (text.match(WORDS) ?? []).slice(0, WORDS_MAX);
  const out: { ours: string; theirs: string }[] = [];
  let open = false;
  for (const { value, added, removed } of diffArrays(words(ours), words(theirs))) {
    if (!added && !removed) {
      open = false;
      continue;
    }
    if (!open) out.push({ ours: '', theirs: '' });
    open = true;
    const last = out[out.length - 1] as { ours: string; theirs: string };
    if (removed) last.ours = value.join(' ');
    else last.theirs = value.join(' ');
  }
  return out;
}
