/** Judged replies → the report on the library: each reply's own findings, and what is found between them. Pure, and the same whatever order they come in. */
import type { Engine } from '../engine.js';
import type { LintOptions } from '../lint.js';
import type { Rule } from '../rules/types.js';
import type { Lines } from '../text/edits.js';
import { placeIn } from '../text/traced.js';
import type { Entry, EntryFinding, EntryResult, Finding, LibraryReport, Place, Problem, Range } from '../types.js';
import type { Found, Reply } from './between.js';
import { copies, copiesOf } from './copies.js';
import { fingerprint, type Hash } from './fingerprint.js';
import type { JudgedEntry } from './judge.js';
import { keys } from './keys.js';
import { register } from './register.js';
import { silenced, UNUSED } from './silenced.js';
import { told } from './told.js';
import { untranslated } from './translations.js';
import { worn } from './worn.js';

/** A reply that has been judged, and the lines of its file. */
export type Item = Readonly<{ entry: Entry; judged: JudgedEntry; lines: Lines }>;

export type LibraryOptions = LintOptions &
  Readonly<{
    hash: Hash;
  }>;

/** So many replies may share a sentence. */
const WORN = 5;
const COUNTING = 'library/phrase-worn';

export function placeOf({ file, stretches }: Entry, lines: Lines, range: Range): Place {
  const [from, to] = placeIn(stretches, range);
  const start = lines.at(from);
  const end = lines.at(to);
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/** By file, then by place in it. */
function inOrder(items: readonly Item[]): Item[] {
  const from = ({ entry }: Item): number => entry.stretches[0]?.from ?? 0;
  return [...items].sort((a, b) => (a.entry.file < b.entry.file ? -1 : a.entry.file > b.entry.file ? 1 : from(a) - from(b)));
}

/** Everything that only the replies together tell. */
export function compared(replies: readonly Reply[], most = WORN): Found[] {
  const groups = copiesOf(replies);
  return [...copies(replies, groups), ...worn(replies, groups, most), ...register(replies), ...untranslated(replies), ...keys(replies)];
}

function byPlace(a: EntryFinding, b: EntryFinding): number {
  return a.finding.start - b.finding.start || b.finding.end - a.finding.end || (a.finding.rule < b.finding.rule ? -1 : a.finding.rule > b.finding.rule ? 1 : 0);
}

/** @param options `rules` may turn off what is found between replies, or set its level */
export function libraryReport(items: readonly Item[], problems: readonly Problem[], engine: Engine, options: LibraryOptions): LibraryReport {
  const ordered = inOrder(items);
  const places = ordered.map(({ entry, lines }) => placeOf(entry, lines, [0, entry.reply.length]));
  const replies = ordered.map(({ entry, judged }, i): Reply => ({ entry, place: places[i] as Place, traits: judged.traits }));
  const findings = ordered.map(({ entry, judged, lines }): EntryFinding[] =>
    (judged.result?.findings ?? []).map((finding) => {
      const range: Range = [finding.start, finding.end];
      return { finding, place: placeOf(entry, lines, range), fingerprint: fingerprint(options.hash, finding.rule, entry, range), related: [] };
    }),
  );
  const rules = new Map(engine.rules.filter((r) => isAsked(r, options)).map((r) => [r.id, r]));
  for (const found of compared(replies, options.rules?.[COUNTING]?.most)) {
    const rule = rules.get(found.rule);
    const { entry, lines } = ordered[found.at] as Item;
    if (rule === undefined) continue;
    const finding: Finding = told(rule, found, replies[found.at] as Reply, engine, options);
    const related = found.related.map(({ at, range, text }) => ({ place: placeOf((ordered[at] as Item).entry, (ordered[at] as Item).lines, range), text }));
    findings[found.at]?.push({ finding, place: placeOf(entry, lines, found.range), fingerprint: fingerprint(options.hash, rule.id, entry, found.range, found.identity), related });
  }
  const results = ordered.map(({ entry, judged }, i): EntryResult => {
    const result: EntryResult = { entry, place: places[i] as Place, ...(judged.result === undefined ? {} : { result: judged.result }), findings: (findings[i] as EntryFinding[]).sort(byPlace) };
    return entry.suppressions.length === 0 ? result : silenced(result, replies[i] as Reply, rules.get(UNUSED), engine, options);
  });
  return { results, problems };
}

function isAsked({ id, scope, confidence }: Rule, { rules, certainOnly }: LintOptions): boolean {
  return scope === 'between' && rules?.[id]?.level !== 'off' && !(certainOnly === true && confidence === 'likely');
}
