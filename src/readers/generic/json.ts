/** JSON of any shape: records, texts under keys, one text per language. */
import type { Reader } from '../reader.js';
import { readRecords } from './records.js';

export const readJsonLibrary: Reader = {
  name: 'json',
  title: 'JSON: a map of keys to texts, a list of records, one text per language',
  extensions: ['.json', '.jsonc', '.json5'],
  // A file that says that it is JSON and is something else is broken.
  claims: (source) => (source.json() !== undefined || source.extension === '.json' ? 0.4 : 0),
  read(source, { columns }) {
    const parsed = source.json();
    const found = readRecords(parsed?.root, columns);
    const faults = parsed === undefined ? [{ at: 0, message: 'not valid JSON: it opens with neither “{” nor “[”' }] : parsed.flaws;
    return { ...found, faults: [...faults, ...(found.faults ?? [])], comments: parsed?.comments };
  },
};
