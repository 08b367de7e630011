/** JSON of any shape: records, texts under keys, one text per language. */
import type { Reader } from '../reader.js';
import { readRecords } from './records.js';

export const readJsonLibrary: Reader = {
  name: 'json',
  title: 'JSON: a map of keys to texts, a list of records, one text per language',
  extensions: ['.json', '.jsonc', '.json5'],
  claims: (source) => (source.json() === undefined ? 0 : 0.4),
  read(source, { columns }) {
    const parsed = source.json();
    const found = readRecords(parsed?.root, columns);
    const faults = parsed === undefined ? [{ at: 0, message: 'is no JSON: it opens with neither “{” nor “[”' }] : parsed.flaws;
    return { ...found, faults: [...faults, ...(found.faults ?? [])], comments: parsed?.comments };
  },
};
