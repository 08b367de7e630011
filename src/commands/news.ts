/** What of a report is news: replies whose lines changed, and findings that no baseline holds. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LibraryReport } from '../types.js';
import { against, type BaselineOptions } from './baseline.js';
import type { Changed } from './changed.js';
import type { Surroundings } from './surroundings.js';

/** Left out are replies in which nothing changed and that nothing changed is about, and files that were broken before. */
function ofChanged({ results, problems, ...rest }: LibraryReport, changed: Changed, cwd: string): LibraryReport {
  return {
    ...rest,
    results: results.flatMap((r) => {
      if (changed.touches(r.place)) return [r];
      const findings = r.findings.filter((f) => changed.touches(f.place) || f.related.some(({ place }) => changed.touches(place)));
      return findings.length === 0 ? [] : [{ ...r, findings }];
    }),
    problems: problems.filter(({ file }) => changed.holds(file) || !existsSync(resolve(cwd, file))),
  };
}

/**
 * @param paths what the run was told to read
 * @returns the report to be shown, and lines for standard error
 * @throws UserError when git or the baseline can't be asked
 */
export async function newsOf(report: LibraryReport, paths: readonly string[], options: BaselineOptions, surroundings: Surroundings): Promise<{ report: LibraryReport; notes: readonly string[] }> {
  const { changed } = options;
  if (changed === undefined || changed === false) return against(report, paths, options, surroundings);
  const { changedSince } = await import('./changed.js');
  const since = await changedSince(typeof changed === 'string' ? changed : undefined, surroundings);
  return against(ofChanged(report, since, surroundings.cwd), paths, options, surroundings);
}
