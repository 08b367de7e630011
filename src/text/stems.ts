/** Stemmers by name: `natural`'s for English and Swedish, Snowball's for Finnish. A language's folder names the one it uses. */
import { stemmer as finnish } from '@orama/stemmers/finnish';
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import swedish from 'natural/lib/natural/stemmers/porter_stemmer_sv.js';

export type Stemmer = (word: string) => string;

export const stemmers: Readonly<Record<string, Stemmer>> = {
  porter: (word) => porter.stem(word),
  swedish: (word) => swedish.stem(word),
  finnish,
  none: (word) => word,
};
