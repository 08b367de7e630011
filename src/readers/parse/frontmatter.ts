/** Front matter: YAML between two lines of `---` at the very top. */
import { cut, type Traced } from '../../text/traced.js';
import type { Parsed } from '../../text/tree.js';
import { parseYaml } from '../../text/yaml.js';

const OPEN = /^---[ \t]*\r?\n/;
const LONGEST = 20_000;

/** @returns what the front matter says, and where the text behind it starts; undefined when there is none */
export function frontMatter(source: Traced): { parsed: Parsed; end: number } | undefined {
  const open = OPEN.exec(source.text);
  if (open === null) return undefined;
  const start = open[0].length;
  const head = source.text.slice(start, start + LONGEST);
  const close = /(?:^|\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(head);
  if (close === null) return undefined;
  const parsed = parseYaml(cut(source, start, start + close.index));
  // A rule above a text that is no YAML map is a rule.
  return parsed.root?.kind === 'map' || (parsed.root === undefined && parsed.flaws.length === 0) ? { parsed, end: start + close.index + close[0].length } : undefined;
}
