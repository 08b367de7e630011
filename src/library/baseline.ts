/** What is known already and no longer told: findings of a library as hashes, with how many of each. Pure. */
import { composed } from '../text/wellformed.js';
import type { EntryFinding, EntryResult, LibraryReport } from '../types.js';

/** `rule words file reply`: the rule's id, and hashes of the faulted words, of the file's name, and of file and reply together. */
type Line = Readonly<{ rule: string; words: string; file: string; reply: string; count: number }>;

export type Baseline = Readonly<{
  lines: readonly Line[];
  /** What the run that made it was told to read; in a run that reads less, what it does not find proves nothing. */
  scope: string;
}>;

export type Hash = (text: string) => string;

/** A finding as it is compared. */
type Mark = Readonly<{
  found: EntryFinding;
  rule: string;
  words: string;
  file: string;
  reply: string;
  /** Is about the reply as a whole (something is missing from it), so that it stays the same fault when the reply is reworded. */
  wide: boolean;
  /** How many replies it is about: one that joins them is news. */
  weight: number;
}>;

/** From this share of a reply on, a finding is about all of it. */
const WIDE = 0.5;

const flat = (text: string): string => composed(text).replace(/\s+/g, ' ').trim();

function markOf({ entry }: EntryResult, found: EntryFinding, hash: Hash, nameOf: (file: string) => string): Mark {
  const { finding, related } = found;
  const said = entry.reply.slice(finding.start, finding.end);
  const wide = said.trim() === '' || said.length >= entry.reply.length * WIDE;
  const file = hash(nameOf(entry.file));
  return {
    found,
    rule: finding.rule,
    // What several replies have in common knows itself again, whichever of them comes first.
    words: hash(`${finding.rule}\n${related.length > 0 ? found.fingerprint : flat(said.trim() === '' ? entry.reply : said)}`),
    file,
    reply: hash(`${file}\n${entry.lang ?? ''}\n${entry.key}`),
    wide,
    weight: related.length + 1,
  };
}

/** What is left of a line while findings are held against it. */
type Left = { line: Line; count: number };

class Known {
  private readonly by = new Map<string, Left[]>();
  readonly all: Left[];

  constructor({ lines }: Baseline) {
    this.all = lines.map((line) => ({ line, count: line.count }));
    for (const left of this.all) {
      const { rule, words, reply } = left.line;
      for (const key of [`${rule} ${words} ${reply}`, `${rule} ${words}`, `${rule} ${reply}`]) (this.by.get(key) ?? this.by.set(key, []).get(key))?.push(left);
    }
  }

  take(key: string, weight: number): boolean {
    const left = this.by.get(key)?.find(({ count }) => count >= weight);
    if (left === undefined) return false;
    left.count -= weight;
    return true;
  }
}

export type Compared = Readonly<{
  /** The report with what is new alone. */
  fresh: LibraryReport;
  known: number;
  /** Lines of the baseline that nothing answers to any more. */
  stale: readonly Line[];
  /** Those that something does, with how much of them. */
  kept: readonly Line[];
}>;

/**
 * The very same place first, then the same words wherever they stand now (a reply or a file was moved or renamed), then, for what is about
 * a reply as a whole, the same reply in other words.
 * @param whole does this run read all that the baseline was made from?
 * @param nameOf a file's name as the baseline has it
 */
export function compare(report: LibraryReport, baseline: Baseline, hash: Hash, nameOf: (file: string) => string, whole: boolean): Compared {
  const known = new Known(baseline);
  const old = new Set<EntryFinding>();
  let marks = marksOf(report, hash, nameOf);
  const pass = (key: (m: Mark) => string | undefined): void => {
    marks = marks.filter((mark) => {
      const k = key(mark);
      if (k === undefined || !known.take(k, mark.weight)) return true;
      old.add(mark.found);
      return false;
    });
  };
  pass((m) => `${m.rule} ${m.words} ${m.reply}`);
  pass((m) => `${m.rule} ${m.words}`);
  pass((m) => (m.wide ? `${m.rule} ${m.reply}` : undefined));
  const read = new Set(report.results.map(({ entry }) => hash(nameOf(entry.file))));
  const stale: Line[] = [];
  const kept: Line[] = [];
  for (const { line, count } of known.all) {
    const seen = whole || read.has(line.file);
    if (seen && count > 0) stale.push({ ...line, count });
    const rest = seen ? line.count - count : line.count;
    if (rest > 0) kept.push({ ...line, count: rest });
  }
  const results = report.results.map((r) => (r.findings.some((f) => old.has(f)) ? { ...r, findings: r.findings.filter((f) => !old.has(f)) } : r));
  return { fresh: { ...report, results }, known: old.size, stale, kept };
}

function marksOf(report: LibraryReport, hash: Hash, nameOf: (file: string) => string): Mark[] {
  return report.results.flatMap((result) => result.findings.map((found) => markOf(result, found, hash, nameOf)));
}

const keyOf = ({ rule, words, file, reply }: Line): string => `${rule} ${words} ${file} ${reply}`;

/** All of a report's findings, and what an older baseline says of files that this run did not read. */
export function baselineOf(report: LibraryReport, scope: string, hash: Hash, nameOf: (file: string) => string, older?: Baseline): Baseline {
  const read = new Set(report.results.map(({ entry }) => hash(nameOf(entry.file))));
  const others = older === undefined || older.scope === scope ? [] : older.lines.filter(({ file }) => !read.has(file));
  return { scope: others.length > 0 ? (older?.scope ?? scope) : scope, lines: [...marksOf(report, hash, nameOf).map(({ rule, words, file, reply, weight }) => ({ rule, words, file, reply, count: weight })), ...others] };
}

/** One line for each, in order, equal ones counted: what two branches add merges by itself. */
export function written({ scope, lines }: Baseline): string {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(keyOf(line), (counts.get(keyOf(line)) ?? 0) + line.count);
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, count]) => `    ${JSON.stringify(key)}: ${count}`);
  return `{\n  "savy-baseline": 1,\n  "scope": ${JSON.stringify(scope)},\n  "findings": {${rows.length === 0 ? '' : `\n${rows.join(',\n')}\n  `}}\n}\n`;
}

const KEY = /^(\S+) ([0-9a-f]{16}) ([0-9a-f]{16}) ([0-9a-f]{16})$/;

/** @returns undefined when the value is no baseline */
export function baselineFrom(value: unknown): Baseline | undefined {
  const raw = value as { 'savy-baseline'?: unknown; scope?: unknown; findings?: unknown } | null;
  if (typeof raw !== 'object' || raw === null || raw['savy-baseline'] !== 1 || typeof raw.scope !== 'string') return undefined;
  if (typeof raw.findings !== 'object' || raw.findings === null || Array.isArray(raw.findings)) return undefined;
  const lines: Line[] = [];
  for (const [key, count] of Object.entries(raw.findings as Record<string, unknown>)) {
    const [, rule, words, file, reply] = KEY.exec(key) ?? [];
    if (rule === undefined || words === undefined || file === undefined || reply === undefined || !Number.isSafeInteger(count) || (count as number) < 1) return undefined;
    lines.push({ rule, words, file, reply, count: count as number });
  }
  return { scope: raw.scope, lines };
}
