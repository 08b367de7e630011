/** `--baseline`, `--update-baseline`, `--prune-baseline`: what is known already is not told again. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { type Baseline, baselineFrom, baselineOf, compare, type Hash, written } from '../library/baseline.js';
import { fault } from '../readers/json.js';
import { Lines } from '../text/edits.js';
import { type LibraryReport, UserError } from '../types.js';
import { shortDigest } from './digest.js';
import { readText } from './io.js';
import type { Surroundings } from './surroundings.js';
import { writeWhole } from './whole.js';

export type BaselineOptions = Readonly<{
  /** False after `--no-baseline`. */
  baseline?: string | boolean;
  updateBaseline?: boolean;
  pruneBaseline?: boolean;
  changed?: string | boolean;
  certainOnly?: boolean;
}>;

export const BASELINE = '.savy-baseline.json';

export type Against = Readonly<{
  /** What is new alone. */
  report: LibraryReport;
  /** Findings that the baseline holds. */
  known: number;
  /** For standard error: what was written, and what of the baseline is gone. */
  notes: readonly string[];
}>;

const hash: Hash = shortDigest;

/** @throws UserError with the place of what is wrong with the file */
export function readBaseline(cwd: string, file: string): Baseline {
  const text = readText(cwd, file);
  const todo = 'mend it, or make it anew with --update-baseline';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, what } = fault(text);
    const { line, column } = new Lines(text).at(offset);
    const conflict = /^(?:<{7}|={7}|>{7})/m.test(text) ? 'it holds an unfinished merge: keep the lines of both sides' : todo;
    throw new UserError(`not valid JSON: ${what}`, `${file}:${line}:${column}`, conflict);
  }
  const baseline = baselineFrom(value);
  if (baseline === undefined) throw new UserError('is no baseline of savy, or one of another version', file, todo);
  return baseline;
}

/** @param paths what the run was told to read: a run that was told less leaves the rest of the baseline alone */
export function against(report: LibraryReport, paths: readonly string[], options: BaselineOptions, { cwd }: Surroundings): Against {
  const update = options.updateBaseline === true;
  const prune = options.pruneBaseline === true;
  const partly = options.changed !== undefined && options.changed !== false ? '--changed' : options.certainOnly === true ? '--certain-only' : undefined;
  if (update && prune) throw new UserError('--update-baseline and --prune-baseline exclude each other', undefined, 'give one of them');
  if ((update || prune) && options.baseline === false) throw new UserError('--no-baseline leaves nothing to write to', undefined, 'leave it out');
  if ((update || prune) && partly !== undefined) throw new UserError(`with ${partly} only a part is judged, and the baseline would lose the rest`, undefined, `leave ${partly} out`);
  if (options.baseline === false) return { report, known: 0, notes: [] };
  const named = typeof options.baseline === 'string' ? options.baseline : undefined;
  if (named === '') throw new UserError('the name of a file is empty', '--baseline', 'name a file');
  const file = named ?? BASELINE;
  const there = existsSync(resolve(cwd, file));
  if (!there && prune) throw new UserError('no such file', file, 'there is nothing to prune: --update-baseline makes one');
  if (!there && !update && named !== undefined) throw new UserError('no such file', file, 'make it with --update-baseline');
  if (!there && !update) return { report, known: 0, notes: [] };

  const folder = dirname(resolve(cwd, file));
  const nameOf = (name: string): string => relative(folder, isAbsolute(name) ? name : resolve(cwd, name)).replace(/\\/g, '/');
  const scope = hash([...new Set(paths.map(nameOf))].sort().join('\n'));
  if (update) {
    const older = there ? before(cwd, file) : undefined;
    const baseline = baselineOf(report, scope, hash, nameOf, older);
    writeWhole(cwd, file, written(baseline));
    const known = report.results.reduce((n, r) => n + r.findings.length, 0);
    return { report: { ...report, results: report.results.map((r) => ({ ...r, findings: [] })) }, known, notes: [`${file}: findings: ${known}`] };
  }
  const baseline = readBaseline(cwd, file);
  const { fresh, known, stale, kept } = compare(report, baseline, hash, nameOf, baseline.scope === scope);
  const gone = stale.reduce((n, { count }) => n + count, 0);
  if (gone === 0 || partly !== undefined) return { report: fresh, known, notes: [] };
  if (!prune) return { report: fresh, known, notes: [`${file}: no longer found: ${gone}; --prune-baseline takes ${gone === 1 ? 'it' : 'them'} out`] };
  writeWhole(cwd, file, written({ scope: baseline.scope, lines: kept }));
  return { report: fresh, known, notes: [`${file}: taken out: ${gone}`] };
}

/** A broken baseline is made anew; a file that never was one is left alone. */
function before(cwd: string, file: string): Baseline | undefined {
  const text = readText(cwd, file);
  if (text.trim() !== '' && !text.includes('"savy-baseline"')) throw new UserError('is no baseline of savy', file, 'name another file');
  try {
    return readBaseline(cwd, file);
  } catch {
    return undefined;
  }
}
