/** A file of a library: its text, and what it is when parsed, each made once and only when asked for. */
import { type Traced, traced } from '../text/traced.js';
import type { Parsed, Tree } from '../text/tree.js';
import { parseYaml } from '../text/yaml.js';
import { type Csv, delimiterOf, parseCsv } from './parse/csv.js';
import { looksLikeHtml } from './parse/html.js';
import { parseJson } from './parse/json.js';
import { parseSql } from './parse/sql.js';

const PROBE = 20_000;
const PROBE_LINES = 20;
/** A file with one of these, or with none, may be YAML for all that its name says. */
const YAML_ENDINGS = new Set(['', '.txt', '.text', '.conf', '.cfg', '.data', '.bak', '.export']);
/** A key with its value, an item that is one, or the start of a document. */
const YAML_LINE = /^(?:---(?:\s|$)|(?:- +)*(?:"[^"\n]{1,100}"|'[^'\n]{1,100}'|[^\s#&*!|>'"%@`{[,-][^:#\n]{0,100}):(?:[ \t]|$)|- )/;

/** What opens as JSON does where the file's name says that it is: keys in single quotes, a text alone. */
const JSON_TEXT = /^\s*(?:[[{"]|-?\d|[tfn][a-z]{3,4}\s*$)/;

export class Source {
  /** The name without folders, and its ending with the dot: `.json`. In lower case. */
  readonly base: string;
  readonly extension: string;
  readonly whole: Traced;
  private parsed = new Map<string, unknown>();

  /** @param text decoded, without a byte order mark */
  constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.base = (file.split(/[\\/]/).pop() ?? file).toLowerCase();
    const dot = this.base.lastIndexOf('.');
    this.extension = dot < 0 ? '' : this.base.slice(dot);
    this.whole = traced(text);
  }

  /** Parsed as JSON when it opens as a JSON object or list, whole or broken. */
  json(): Parsed | undefined {
    return this.once('json', () => (/^\s*(?:\/\/[^\n]*\n\s*|\/\*[^*]*\*\/\s*)*(?:\{\s*["}/]|\[\s*[[{"\]/])/.test(this.text.slice(0, PROBE)) || (this.extension === '.json' && JSON_TEXT.test(this.text.slice(0, PROBE))) ? parseJson(this.whole) : undefined));
  }

  /** One JSON object on each line, blank lines between them or not. Undefined when the first two lines are no such thing. */
  ndjson(): readonly Parsed[] | undefined {
    return this.once('ndjson', () => {
      const lines = this.lines();
      const [first, second] = lines.filter((l) => l.text.trim() !== '');
      const object = (line: Traced | undefined): boolean => line !== undefined && /^\s*\{\s*(?:".*)?\}\s*$/.test(line.text);
      if (!object(first) || (second !== undefined && !object(second) && !/^\s*\{\s*"/.test(second.text)) || (second === undefined && this.extension === '.json')) return undefined;
      return lines.filter((l) => l.text.trim() !== '').map((line) => parseJson(line));
    });
  }

  /** What stands on the lines of `ndjson`. */
  ndjsonRoots(): readonly Tree[] {
    return this.once('roots', () => (this.ndjson() ?? []).flatMap((line) => line.root ?? []));
  }

  /** Parsed as YAML when its name or its first line says that it is. */
  yaml(): Parsed | undefined {
    return this.once('yaml', () => (this.extension === '.yml' || this.extension === '.yaml' || this.opensAsYaml() ? parseYaml(this.whole) : undefined));
  }

  /** A table of at least two columns; undefined when nothing separates any. */
  csv(): Csv | undefined {
    return this.once('csv', () => {
      const delimiter = delimiterOf(this.text);
      return delimiter === undefined ? undefined : parseCsv(this.text, delimiter);
    });
  }

  /** Rows of a dump, by the file's name alone: elsewhere SQL is quoted. */
  sql(): Parsed | undefined {
    return this.once('sql', () => (this.extension === '.sql' ? parseSql(this.whole) : undefined));
  }

  isHtml(): boolean {
    return this.once('html', () => looksLikeHtml(this.text.slice(0, PROBE)));
  }

  /** Lines without their ends. */
  lines(): readonly Traced[] {
    return this.once('lines', () => {
      const out: Traced[] = [];
      let at = 0;
      for (const line of this.text.split('\n')) {
        out.push(traced(line.endsWith('\r') ? line.slice(0, -1) : line, at));
        at += line.length + 1;
      }
      return out;
    });
  }

  /** Nothing else's ending, and nearly all of the first lines look like it. */
  private opensAsYaml(): boolean {
    if (!YAML_ENDINGS.has(this.extension)) return false;
    const lines = this.text.slice(0, PROBE).split(/\r?\n/).filter((l) => l.trim() !== '' && !l.startsWith('#')).slice(0, PROBE_LINES);
    const fitting = lines.filter((l) => YAML_LINE.test(l) || /^\s+\S/.test(l)).length;
    // “Order: 12” and “Note: it is late” in a letter look like keys; nothing is indented below them.
    return lines.length > 1 && YAML_LINE.test(lines[0] as string) && fitting >= 0.9 * lines.length && lines.some((l) => /^\s+\S/.test(l));
  }

  private once<T>(name: string, make: () => T): T {
    if (!this.parsed.has(name)) this.parsed.set(name, make());
    return this.parsed.get(name) as T;
  }
}
