/**
 * Written forms, each one object for as long as it is remembered, and what others know of them. A word is met many times: what is kept with
 * its form is found again without a search. Results never depend on what is kept.
 */
import type { Form } from '../types.js';

/** So many forms are kept at least; up to twice as many while older ones wait to be asked for again. */
const FORMS_MAX = 12_000;
/** Longer words hardly come twice. */
const LONG = 32;
/** Memories beyond so many take each other's places. */
const PLACES = 8;

let young = new Map<string, Form>();
let old = new Map<string, Form>();

function keep(word: string, form: Form): void {
  if (young.size >= FORMS_MAX) {
    old = young;
    young = new Map();
  }
  young.set(word, form);
}

function kept(word: string): Form | undefined {
  const form = young.get(word);
  if (form !== undefined) return form;
  const before = old.get(word);
  if (before !== undefined) keep(word, before);
  return before;
}

/** A piece of a text keeps the whole text in memory: what is remembered is copied out of it. */
function owned(word: string): string {
  return word.length < 13 ? word : word.split('').join('');
}

/** The form of a word as written. */
export function formOf(word: string, normalise: (word: string) => string): Form {
  if (word.length > LONG) return { norm: normalise(word), known: undefined };
  const known = kept(word);
  if (known !== undefined) return known;
  const raw = owned(word);
  const norm = normalise(raw);
  let form = kept(norm);
  if (form === undefined) {
    form = { norm, known: undefined };
    keep(norm, form);
  }
  if (raw !== norm) keep(raw, form);
  return form;
}

let places = 0;

/** What one owner knows of forms. What it keeps must say whose it is: places are shared when there are many owners. */
export class Known<T extends Readonly<{ owner: unknown }>> {
  private readonly place = places++ % PLACES;

  constructor(private readonly owner: T['owner']) {}

  get(form: Form): T | undefined {
    const found = form.known?.[this.place] as T | undefined;
    return found !== undefined && found.owner === this.owner ? found : undefined;
  }

  set(form: Form, value: T): T {
    (form.known ??= new Array<unknown>(PLACES).fill(undefined))[this.place] = value;
    return value;
  }
}
