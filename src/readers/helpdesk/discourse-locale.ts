/** The letters in the locale file of a Discourse site: `text_body_template`, and short answers to those who reported something. Markdown. */
import { hasFields, isMap, scalarField, type Tree, type TreeMap } from '../../text/tree.js';
import { langNamed } from '../languages.js';
import type { Reader } from '../reader.js';
import type { Source } from '../source.js';
import { Finds, NOTHING } from './helpdesk.js';
import { yamlFlaws } from './records.js';

const LETTER = 'text_body_template';
/** Maps of answers, one under each key. */
const ANSWERS = new Set(['flags_dispositions']);
/** No locale file holds more languages. */
const LANGUAGES_MAX = 60;

type Letter = Readonly<{ path: readonly string[]; holder: TreeMap; key: string }>;

function letters(tree: TreeMap, path: readonly string[], into: Letter[]): Letter[] {
  if (hasFields(tree, LETTER)) into.push({ path, holder: tree, key: LETTER });
  for (const { key, value } of tree.entries) {
    if (isMap(value)) letters(value, [...path, key], into);
    else if (ANSWERS.has(path[path.length - 1] ?? '')) into.push({ path: [...path, key], holder: tree, key });
  }
  return into;
}

/** The languages of a locale file, and their letters. */
function locales(root: Tree | undefined): readonly (readonly [lang: string, letters: readonly Letter[]])[] {
  if (!isMap(root) || root.entries.length > LANGUAGES_MAX) return [];
  return root.entries.flatMap(({ key, value }) => {
    const found = isMap(value) && langNamed(key) !== undefined ? letters(value, [], []) : [];
    return found.length === 0 ? [] : [[key, found] as const];
  });
}

export const readLocale: Reader = {
  name: 'discourse',
  title: 'letters in a Discourse locale file (YAML)',
  extensions: ['.yml', '.yaml'],
  claims: (source: Source) => (locales(source.yaml()?.root).length > 0 ? 0.9 : 0),
  read(source) {
    const parsed = source.yaml();
    if (parsed === undefined) return NOTHING;
    const finds = new Finds({ ...parsed, flaws: yamlFlaws(parsed), items: [], written: 'yaml' });
    for (const [lang, found] of locales(parsed.root)) {
      for (const { path, holder, key } of found) {
        const text = finds.body(holder, key);
        const title = key === LETTER ? scalarField(holder, 'title', 'subject_template') : undefined;
        if (text !== undefined) finds.add(holder, 0, text, { key: path.join('.'), title, lang, as: 'markdown', ...(key === LETTER ? {} : { extent: undefined }) });
      }
    }
    return finds.done();
  },
};
