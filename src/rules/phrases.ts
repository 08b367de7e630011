/** Phrases that somebody wrote, tried one by one before they are compiled together: a mistake is told with its place. */
import { compile, type Phrase } from '../cues/automaton.js';
import { PatternError } from '../cues/pattern.js';
import { UserError } from '../types.js';

/** In characters; savy's own longest has 1,700. */
const LENGTH_MAX = 4_000;
/** In one config or pack. */
const PHRASES_MAX = 100_000;

/**
 * Can it be read?
 * @param trial compiles it alone; by default without any language's word forms, which is enough to find mistakes
 * @throws UserError
 */
export function checkPhrase(phrase: Phrase, place: () => string, trial: (p: Phrase) => void = (p) => void compile([p], { expand: (w) => [w], stem: (w) => w })): void {
  if (phrase.text.length > LENGTH_MAX) throw new UserError(`a phrase may have ${LENGTH_MAX} characters, and this one has ${phrase.text.length}`, place(), 'make several phrases of it');
  try {
    trial(phrase);
  } catch (error) {
    if (error instanceof PatternError) throw new UserError(`phrase “${phrase.text}”: ${error.message}`, place(), 'see docs/cues.md for what a phrase may hold');
    throw error;
  }
}

/** @throws UserError */
export function checkPhrases(byCue: Readonly<Record<string, readonly string[]>>, place: (cue: string, index: number) => string): void {
  let count = 0;
  for (const [cue, list] of Object.entries(byCue)) {
    list.forEach((text, i) => {
      if (++count > PHRASES_MAX) throw new UserError(`more than ${PHRASES_MAX} phrases`, place(cue, i), 'keep those that are needed');
      checkPhrase({ cue, text }, () => place(cue, i));
    });
  }
}
