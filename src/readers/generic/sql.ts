/** A dump of a database: rows of tables that hold replies, whatever system they are from. */
import type { Reader } from '../reader.js';
import { readRecords } from './records.js';

export const readSql: Reader = {
  name: 'sql',
  title: 'dump of a database (MySQL, PostgreSQL, SQLite), tables of replies',
  extensions: ['.sql'],
  claims: (source) => (source.sql() === undefined ? 0 : 0.4),
  read(source, { columns }) {
    const parsed = source.sql();
    const found = readRecords(parsed?.root, columns);
    return { ...found, faults: [...(parsed?.flaws ?? [{ at: 0, message: 'is no dump of a database' }]), ...(found.faults ?? [])], comments: parsed?.comments };
  },
};
