/** YAML of any shape: what JSON can be, locale files, comments to savy. */
import type { Reader } from '../reader.js';
import { readRecords } from './records.js';

export const readYamlLibrary: Reader = {
  name: 'yaml',
  title: 'YAML: a map of keys to texts, a list of records, one text per language',
  extensions: ['.yml', '.yaml'],
  claims: (source) => (source.extension === '.yml' || source.extension === '.yaml' ? 0.4 : source.yaml()?.flaws.length === 0 && readRecords(source.yaml()?.root).entries.length > 0 ? 0.25 : 0),
  read(source, { columns }) {
    const parsed = source.yaml();
    const found = readRecords(parsed?.root, columns);
    const flaws = (parsed?.flaws ?? [{ at: 0, message: 'no key with a value is in it' }]).map((f) => ({ ...f, message: `not valid YAML: ${f.message}` }));
    return { ...found, faults: [...flaws, ...(found.faults ?? [])], comments: parsed?.comments };
  },
};
