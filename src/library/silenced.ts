/** A reply's result without what its suppressions silence, its grade counted anew, and a finding for each suppression that silences nothing. */
import type { Engine } from '../engine.js';
import { grade, gradeText } from '../grade.js';
import type { Rule } from '../rules/types.js';
import type { EntryFinding, EntryResult, Result } from '../types.js';
import { type Reply, wholeOf } from './between.js';
import { fingerprint } from './fingerprint.js';
import type { LibraryOptions } from './library.js';
import { silence } from './suppress.js';
import { told } from './told.js';

export const UNUSED = 'library/unused-suppression';

/** @param unused the rule that tells of idle suppressions; absent when it is off */
export function silenced(given: EntryResult, reply: Reply, unused: Rule | undefined, engine: Engine, options: LibraryOptions): EntryResult {
  // A rule that was turned off, or a reply that was not judged, is no proof.
  const spoke = (rule: string): boolean => options.rules?.[rule]?.level !== 'off';
  const { kept, silenced: quiet, unused: idle } = silence(given.entry, given.findings, spoke);
  const result = given.result === undefined || quiet.length === 0 ? given.result : regraded(given.result, quiet);
  const found = unused === undefined || given.result === undefined || options.certainOnly === true ? [] : idle;
  const findings = found.map(({ suppression: { place }, rules }): EntryFinding => {
    const finding = told(unused as Rule, { rule: UNUSED, at: 0, range: wholeOf(reply), quotes: [rules.join(', ')], related: [] }, reply, engine, options);
    return { finding, place, fingerprint: fingerprint(options.hash, UNUSED, reply.entry, [0, 0], `${reply.entry.key} ${rules.join(' ')}`), related: [] };
  });
  return { ...given, ...(result === undefined ? {} : { result }), findings: [...kept, ...findings] };
}

function regraded(result: Result, quiet: readonly EntryFinding[]): Result {
  const gone = new Set(quiet.map(({ finding }) => finding));
  const findings = result.findings.filter((f) => !gone.has(f));
  const value = grade([...(result.kept ?? []).map((k) => k.points), ...findings.map((f) => f.cost)]);
  return { ...result, grade: value, gradeText: gradeText(value), findings };
}
