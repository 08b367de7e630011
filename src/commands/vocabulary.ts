/** The names that settings may use. */
import { MASK } from '../cues/language.js';
import type { Store } from '../rules/load.js';
import type { Lang } from '../types.js';

/** Every cue of savy's own. Opens every language. */
export function cuesOf(store: Store): string[] {
  return [...new Set(store.index.languages.flatMap(({ lang }) => store.language(lang).automaton.cues))].filter((cue) => !cue.endsWith(MASK)).sort();
}

/** Languages in which savy speaks: every rule has its message in them. */
export function uiLanguages(store: Store): Lang[] {
  return store.index.languages.map((l) => l.lang).filter((lang) => store.index.rules.every((r) => Object.hasOwn(r.message, lang)));
}
