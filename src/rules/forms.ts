/** `address.yml` → forms of address, checked. Pure; the file is read in `load.ts`. */
import { type FormsSpec, verbOf } from '../text/forms.js';
import { UserError } from '../types.js';
import type { SourceFile } from './read.js';
import { expectShape, readYaml, type Shape } from './yaml.js';

const words: Shape = { listOf: 'string' };
const pairs: Shape = { mapOf: 'string' };
const lists: Shape = { mapOf: words };
const fields: Readonly<Record<keyof FormsSpec, Shape>> = {
  finite: words, owned: words, command: words, forbidden: words, participles: lists, vowels: 'string', back: 'string', front: 'string', clitics: words,
  pronouns: pairs, genitives: words, spoken: pairs, negations: pairs, forbids: pairs, auxiliaries: words, others: words, not_participles: words,
  beside: 'string', behind_verb: words, anywhere: 'string', agreeing: pairs, at_home: lists, asked_at_home: words, visits: lists, roads: lists, several_predicates: words, fillers: words, addressees: 'string', joins: words, joins_on: words,
  writes_as_we: { fields: { words: 'string', endings: words }, required: ['words', 'endings'] }, writes_as_i: 'string', negated: words, goes_on: words, clauses: words,
  plural_verbs: words, necessities: words, owned_endings: 'string', verb_endings: words, not_owned: 'string', things: 'string', verbs: pairs, homonyms: words, third_person: words, worn: words,
};

/** @throws UserError */
export function readForms(file: SourceFile): FormsSpec {
  const parsed = readYaml(file.text, file.file);
  expectShape(parsed, { fields, required: Object.keys(fields) });
  const spec = parsed.value as FormsSpec;
  for (const key of ['finite', 'owned'] as const) if (spec[key].length !== 2) throw new UserError(`“${key}” must be a pair`, parsed.place([key]), 'the ending to one, then the ending to several');
  if (spec.back.length !== spec.front.length) throw new UserError('“back” and “front” must have as many vowels', parsed.place(['front']), 'each back vowel has its front one at the same place');
  if (spec.command.length !== spec.forbidden.length) throw new UserError('“command” and “forbidden” must have as many endings', parsed.place(['forbidden']));
  for (const [verb, line] of Object.entries(spec.verbs)) {
    if (verbOf(line, spec) !== undefined) continue;
    throw new UserError(`“${verb}” needs two or three forms: present and past in -${spec.finite[0]}, command in -${spec.command.join(' or -')}`, parsed.place(['verbs', verb]), 'parted by spaces, on one line');
  }
  return spec;
}
