/** `rules/grade/*.yml` → merits: what a 10 takes beyond the absence of faults. */
import { type Merit, type Condition, type Texts } from './types.js';
import { condition, points, pointsOf, type SourceFile, spoken, texts, UI_LANGUAGES, type Vocabulary } from './read.js';
import { expectShape, readYaml, type Shape } from './yaml.js';
import { UserError } from '../types.js';

const meritShape: Shape = {
  fields: { id: 'string', points, when: { either: [{ listOf: condition }, condition], name: 'a condition or a list of conditions' }, text: texts },
  required: ['id', 'points', 'when', 'text'],
};

type RawMerit = Readonly<{ id: string; points: number | Record<string, number>; when: Condition | Condition[]; text: Texts }>;

/** @throws UserError with file:line:column */
export function readMerits({ file, text }: SourceFile, known: Vocabulary): Merit[] {
  const parsed = readYaml(text, file);
  expectShape(parsed, { listOf: meritShape });
  return (parsed.value as RawMerit[]).map((raw, i) => {
    spoken(parsed, [i, 'text'], raw.text, UI_LANGUAGES);
    const when = Array.isArray(raw.when) ? raw.when : [raw.when];
    for (const c of when) for (const key of Object.keys(c)) if (!known.has(key)) throw new UserError(`unknown signal “${key}”`, parsed.place([i, 'when']), `known: ${[...known].sort().join(', ')}`);
    return { id: raw.id, points: pointsOf(raw.points), when, text: raw.text };
  });
}
