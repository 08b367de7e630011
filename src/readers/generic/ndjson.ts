/** JSON Lines: one record on each line. A broken line is told, and the others go on. */
import type { Reader } from '../reader.js';
import { readRecords } from './records.js';

export const readNdjson: Reader = {
  name: 'ndjson',
  title: 'JSON Lines: one record on each line',
  extensions: ['.ndjson', '.jsonl', '.jsonlines'],
  claims: (source) => (source.ndjson() === undefined ? 0 : 0.45),
  read(source, { columns }) {
    const lines = source.ndjson() ?? [];
    const found = readRecords({ kind: 'list', range: [0, source.text.length], items: source.ndjsonRoots() }, columns);
    const none = lines.length > 0 ? [] : [{ at: 0, message: 'is no JSON Lines: its lines are not objects' }];
    return { ...found, faults: [...none, ...lines.flatMap((l) => l.flaws), ...(found.faults ?? [])] };
  },
};
