/** Stemmers by name: `natural`'s for English and Swedish, Snowball's for Finnish. A language's folder names the one it uses. */
import { stemmer as finnish } from '@orama/stemmers/finnish';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import swedish from 'natural/lib/natural/stemmers/porter_stemmer_sv.js';

export type Stemmer = (word: string) => string;

/** No word is longer; what goes on without a space has no stem, and would take its stemmer for ever. */
const LETTERS_MAX = 100;
const bounded = (stem: Stemmer): Stemmer => (word) => (word.length > LETTERS_MAX ? word : stem(word));

export const stemmers: Readonly<Record<string, Stemmer>> = {
  porter: bounded((word) => porter.stem(word)),
  swedish: bounded((word) => swedish.stem(word)),
  finnish: bounded(finnish),
  none: (word) => word,
};
