/**
 * Dumps of databases, as mysqldump, phpMyAdmin, pg_dump and sqlite3 write them: the rows of tables that hold replies, as records. Statements
 * begin their line; what is none is passed over.
 */
import { cut, type Traced, traced, Weaver } from '../../text/traced.js';
import type { Flaw, Parsed, Tree, TreeEntry, TreeMap } from '../../text/tree.js';

const STATEMENT = /^[ \t]*(?:CREATE TABLE (?:IF NOT EXISTS )?|(?:INSERT|REPLACE) (?:IGNORE )?INTO |COPY )((?:[`"[]?\w+[`"\]]?\.)?[`"[]?\w+[`"\]]?)/gim;
/** Tables that hold what is sent again and again. */
const HOLDS = /canned|saved_?repl|predefined|text_?module|standard_template|quick_?(?:repl|text)|macro|(?:^|_)(?:response|reply|replies|templates?|snippets?)$/i;
const COLUMNS = /\s*\(([^()]{1,4000})\)/y;
const VALUES = /\s*VALUES\s*(?=\()/iy;
/** No table has more to its columns. */
const TABLE_MAX = 20_000;
const COMMENT = /^[ \t]*(?:--|#)[ \t]*([^\n]*)/gm;
const NAME = /^[`"[]?(\w+)/;
const NO_COLUMN = /^(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|FULLTEXT|CHECK)\b/i;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0', b: '\b', Z: '\x1a', f: '\f', v: '\v' };

const plain = (name: string): string => (name.split('.').pop() ?? name).replace(/[`"[\]]/g, '');

/** @returns the rows in one list, in the order of the file */
export function parseSql(source: Traced): Parsed {
  const { text } = source;
  const columns = new Map<string, readonly string[]>();
  const items: TreeMap[] = [];
  const flaws: Flaw[] = [];
  STATEMENT.lastIndex = 0;
  for (let m = STATEMENT.exec(text); m !== null; m = STATEMENT.exec(text)) {
    const table = plain(m[1] as string);
    if (!HOLDS.test(table)) continue;
    const from = m.index + m[0].length;
    const word = m[0].trimStart().slice(0, 4).toUpperCase();
    if (word === 'CREA') columns.set(table, columnsOfTable(text, from));
    else {
      COLUMNS.lastIndex = from;
      const listed = COLUMNS.exec(text);
      const names = listed === null ? (columns.get(table) ?? []) : (listed[1] as string).split(',').map((n) => plain(n.trim()));
      const start = listed === null ? from : COLUMNS.lastIndex;
      const rows = word === 'COPY' ? new Copied(source, names) : new Inserted(source, names, (m[1] as string).includes('`'));
      const read: TreeMap[] = [];
      STATEMENT.lastIndex = Math.max(STATEMENT.lastIndex, rows.read(start, read, flaws));
      // Beside the table of replies stand others that are called after it: which has which file.
      if (read.some(({ entries }) => entries.some(({ value }) => value.kind === 'text' && /\S\s+\S+\s+\S/.test(value.value.text)))) for (const row of read) items.push(row);
    }
  }
  const comments = [...text.matchAll(COMMENT)].filter((c) => (c[1] as string).startsWith('savy')).map((c) => cut(source, c.index + c[0].length - (c[1] as string).length, c.index + c[0].length));
  return { root: { kind: 'list', range: [0, text.length], items }, flaws, comments };
}

function columnsOfTable(text: string, from: number): string[] {
  const near = text.slice(from, from + TABLE_MAX);
  const end = near.indexOf(';');
  const body = near.slice(near.indexOf('(') + 1, end < 0 ? near.length : end);
  const parts = body.replace(/\([^()\n]*\)|'[^'\n]*'/g, '').split(',');
  return parts.map((l) => l.trim()).filter((l) => l !== '' && !NO_COLUMN.test(l) && !l.startsWith(')')).flatMap((l) => NAME.exec(l)?.[1] ?? []);
}

function record(entries: readonly TreeEntry[], range: readonly [number, number]): TreeMap {
  return { kind: 'map', range, entries };
}

/** `VALUES (1, 'text', NULL), (…);` */
class Inserted {
  constructor(
    private readonly source: Traced,
    private readonly names: readonly string[],
    /** MySQL, where a backslash escapes. */
    private readonly escapes: boolean,
  ) {}

  /** @returns where the statement ends */
  read(start: number, into: TreeMap[], flaws: Flaw[]): number {
    const { text } = this.source;
    VALUES.lastIndex = start;
    if (!VALUES.test(text)) return start;
    let at = VALUES.lastIndex;
    while (text[at] === '(') {
      const opened = at;
      const entries: TreeEntry[] = [];
      for (at++; at < text.length && text[at] !== ')'; ) {
        while (/[\s,]/.test(text[at] ?? '')) at++;
        if (text[at] === ')') break;
        const [value, end] = this.value(at);
        if (value === undefined) {
          flaws.push({ at, message: 'a text in a row is not closed' });
          return text.length;
        }
        entries.push({ key: this.names[entries.length] ?? String(entries.length + 1), keyRange: [at, at], value });
        at = end;
      }
      into.push(record(entries, [opened, Math.min(text.length, at + 1)]));
      at++;
      while (/[\s,]/.test(text[at] ?? '')) at++;
    }
    return at;
  }

  private value(at: number): [Tree | undefined, number] {
    const { text } = this.source;
    const quote = /^[EN]?'/i.exec(text.slice(at, at + 2))?.[0];
    if (quote !== undefined) return this.quoted(at + quote.length, this.escapes || /^e/i.test(quote));
    let end = at;
    while (end < text.length && !/[,)\s]/.test(text[end] as string)) end++;
    const word = text.slice(at, end);
    const number = Number(word);
    return [{ kind: 'other', range: [at, end], value: word !== '' && !Number.isNaN(number) ? number : null }, Math.max(end, at + 1)];
  }

  private quoted(from: number, escapes: boolean): [Tree | undefined, number] {
    const { text } = this.source;
    const weaver = new Weaver(this.source);
    let copied = from;
    for (let i = from; i < text.length; i++) {
      const c = text[i];
      const escaped = escapes && c === '\\';
      if (!escaped && c !== "'") continue;
      if (!escaped && text[i + 1] !== "'") return [{ kind: 'text', range: [from, i], value: weaver.copy(copied, i).done() }, i + 1];
      const next = text[i + 1] ?? '';
      weaver.copy(copied, i).put(escaped ? (ESCAPES[next] ?? next) : "'", i, i + 2);
      copied = ++i + 1;
    }
    return [undefined, text.length];
  }
}

/** `COPY table (columns) FROM stdin;` and a row on each line, with tabs between, until `\.` */
class Copied {
  constructor(
    private readonly source: Traced,
    private readonly names: readonly string[],
  ) {}

  read(start: number, into: TreeMap[]): number {
    const { text } = this.source;
    let at = text.indexOf('\n', start) + 1;
    while (at > 0 && at < text.length && !text.startsWith('\\.', at)) {
      const next = text.indexOf('\n', at);
      const end = next < 0 ? text.length : text[next - 1] === '\r' ? next - 1 : next;
      let from = at;
      const entries = text.slice(at, end).split('\t').map((cell, i): TreeEntry => {
        const range = [from, from + cell.length] as const;
        from += cell.length + 1;
        const value: Tree = cell === '\\N' ? { kind: 'other', range, value: null } : { kind: 'text', range, value: this.unescaped(range) };
        return { key: this.names[i] ?? String(i + 1), keyRange: [range[0], range[0]], value };
      });
      into.push(record(entries, [at, end]));
      at = next < 0 ? text.length : next + 1;
    }
    return Math.max(start, at);
  }

  private unescaped([from, to]: readonly [number, number]): Traced {
    const raw = this.source.text.slice(from, to);
    if (!raw.includes('\\')) return traced(raw, from);
    const weaver = new Weaver(traced(raw, from));
    let at = 0;
    for (let next = raw.indexOf('\\'); next >= 0; next = raw.indexOf('\\', at)) {
      const mark = raw[next + 1] ?? '';
      weaver.copy(at, next).put(ESCAPES[mark] ?? mark, next, next + 2);
      at = next + 2;
    }
    return weaver.copy(at, raw.length).done();
  }
}
