/** What the reporters of a library share: what they are given besides the report, and what all of them count. */
import { type EntryFinding, type EntryResult, type Level, LEVELS, type LibraryReport, type Problem } from '../types.js';

/** What a rule says of itself, in the language of the report. */
export type RuleText = Readonly<{ id: string; level: Level; about: string; why: string; source?: string | undefined }>;

export type LibraryView = Readonly<{
  /** The report's own words, by key (`rules/<lang>/ui.yml`). */
  words: Readonly<Record<string, string>>;
  /** Rules that findings may name; one that is not listed is told by its id alone. */
  rules: readonly RuleText[];
  version: string;
  /** Findings from this level on make a reply fail. */
  failOn: Level;
  /** A file's name as the CI knows it, from the top of the repository. Default: as it is. */
  path?: ((file: string) => string) | undefined;
}>;

export function pathOf(file: string, { path }: LibraryView): string {
  return path === undefined ? file : path(file);
}

/** Every finding with its reply, in the report's order. */
export function* findingsOf(report: LibraryReport): Generator<Readonly<{ result: EntryResult; found: EntryFinding }>> {
  for (const result of report.results) for (const found of result.findings) yield { result, found };
}

export const rank = (level: Level): number => LEVELS.indexOf(level);

/** `problems`: files that could not be read, or not wholly. */
export type Counts = Readonly<Record<Level | 'replies' | 'clean' | 'problems', number>>;

export function countsOf(report: LibraryReport): Counts {
  const counts = { error: 0, warning: 0, hint: 0, replies: report.results.length, clean: 0, problems: new Set(report.problems.filter((p) => p.warning !== true).map((p) => p.file)).size };
  for (const { findings } of report.results) {
    if (findings.length === 0) counts.clean++;
    for (const { finding } of findings) counts[finding.level]++;
  }
  return counts;
}

/** `replies: 412, errors: 3, warnings: 12, hints: 40`, and how many files could not be read when there are any. */
export function summary(counts: Counts, words: LibraryView['words']): string {
  const said = (key: string, n: number): string => (words[key] ?? `${key}: {n}`).replace('{n}', String(n));
  const parts = [said('count.replies', counts.replies), said('count.errors', counts.error), said('count.warnings', counts.warning), said('count.hints', counts.hint)];
  return [...parts, ...(counts.problems === 0 ? [] : [said('count.problems', counts.problems)])].join(', ');
}

export const levelOf = ({ warning }: Problem): 'warning' | 'error' => (warning === true ? 'warning' : 'error');

/** What went wrong with a file, in one sentence. */
export function problemText({ message, hint }: Problem): string {
  return hint === undefined || hint === '' ? message : `${message}: ${hint}`;
}

/** What a person calls a reply: its title, else its shortcut, else its key. */
export function nameOf({ entry }: EntryResult): string {
  return [entry.title, entry.shortcut, entry.key, entry.file].find((name) => name !== undefined && name.trim() !== '') ?? '';
}
