/** A company's names and phrases → what its languages have beyond savy's own. Pure. */
import { compile, type Phrase } from '../cues/automaton.js';
import type { Additions } from '../cues/language.js';
import type { Lang } from '../types.js';
import type { FileConfig } from './config.js';

const WORDS = /[\p{L}\p{N}]+/gu;

const wordsOf = (text: string): string[] => text.toLowerCase().match(WORDS) ?? [];

/** What packs add to a language. */
export type Own = (lang: Lang) => Readonly<{ names: readonly string[]; phrases: readonly Phrase[] }>;

/** What a config adds to every language, and packs to theirs; undefined when there is neither. */
export function additionsOf(config: FileConfig, own?: Own): Additions | undefined {
  const names = (config.agents ?? []).flatMap(wordsOf);
  const phrases: Phrase[] = Object.entries(config.phrases ?? {}).flatMap(([cue, list]) => list.map((text) => ({ cue, text })));
  for (const brand of config.brands ?? []) {
    const words = wordsOf(brand);
    if (words.length > 0) phrases.push({ cue: 'anatomy.team', text: words.join(' ') });
  }
  if (names.length === 0 && phrases.length === 0 && own === undefined) return undefined;
  return {
    names: (lang) => new Set([...names, ...(own?.(lang).names ?? [])]),
    automaton: (forms, lang) => {
      const all = [...phrases, ...(own?.(lang).phrases ?? [])];
      return all.length === 0 ? undefined : compile(all, { expand: forms.expand, stem: forms.key });
    },
  };
}
