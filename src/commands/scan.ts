/** `savy scan`: whole libraries of canned replies, each reply by itself and all against each other. */
import { type Item, libraryReport } from '../library/library.js';
import { FORMATS, readLibrary } from '../readers/library.js';
import type { ReadOptions } from '../readers/reader.js';
import { READERS } from '../readers/registry.js';
import { decodeAny } from '../readers/text.js';
import { inert } from '../reporters/inert.js';
import { visible } from '../reporters/width.js';
import type { Store } from '../rules/load.js';
import { Lines } from '../text/edits.js';
import { type Columns, LEVELS, type LibraryReport, type Problem, UserError } from '../types.js';
import type { BaselineOptions } from './baseline.js';
import { Cache, CACHE } from './cache.js';
import { shortDigest } from './digest.js';
import { readBytes, readStdinBytes, STDIN, writeText } from './io.js';
import { Judge, judgeAll, type Read } from './judging.js';
import { libraryFiles } from './library-files.js';
import { newsOf } from './news.js';
import { Progress } from './progress.js';
import { formatOf, isWhole, type ScanFormat } from './scan-formats.js';
import { rendered } from './scan-report.js';
import { type JudgingOptions, type Settings, settler, type SettingsOf } from './settings.js';
import { teamOf, threadsFor } from './team.js';
import { CLEAN, FAILED, FOUND, type Surroundings } from './surroundings.js';

export type ScanOptions = JudgingOptions &
  BaselineOptions &
  Readonly<{
    from?: string;
    columns?: Columns;
    format?: ScanFormat;
    quiet?: boolean;
    output?: string;
    maxWarnings?: number;
    stats?: boolean;
    cache?: string | true;
    jobs?: number;
  }>;

type Input = Readonly<{ file: string; named: boolean; bytes: () => Uint8Array }>;

/** @returns undefined when there is nothing to read and somebody sits at the terminal */
export async function scan(paths: readonly string[], options: ScanOptions, surroundings: Surroundings, store: Store): Promise<number | undefined> {
  const { cwd, stdin, stderr } = surroundings;
  known(options.from, '--from');
  if (paths.includes(STDIN) && stdin.isTTY === true) return undefined;
  const began = performance.now();
  const settingsOf = await settler(options, surroundings, store);
  const { inputs, problems, passed } = await inputsOf(paths.length === 0 ? ['.'] : paths, surroundings);
  const { headers } = settingsOf().engine.formats();
  const reads = inputs.map((input) => readFile(input, { ...options, headers }, settingsOf, problems)).filter((r) => r !== undefined);
  const read = performance.now();
  const all = reads.reduce((n, r) => n + r.entries.length, 0);
  const items = await judgedOf(reads, all, options, surroundings);
  const linted = performance.now();
  const settings = settingsOf();
  const whole = libraryReport(items, problems, settings.engine, { ...settings.lint, hash: shortDigest });
  const compared = performance.now();
  if (all === 0 && problems.length === 0) throw nothingIn(paths, inputs.length, passed);
  const stats = options.stats === true ? statsOf(inputs.length, all, read - began, linted - read, compared - linted) : undefined;
  const news = await newsOf(whole, paths, options, surroundings);
  for (const note of news.notes) stderr.write(`savy: ${inert(visible(note))}\n`);
  const shown = shownOf({ ...news.report, ...(stats === undefined ? {} : { stats }) }, options.quiet === true, isWhole(formatOf(options, surroundings)));
  const report = settings.redact === true ? (await import('./redacted.js')).redactedLibrary(shown, settings) : shown;
  const text = await rendered(report, options, settings, surroundings, store);
  if (options.output === undefined) surroundings.stdout.write(text);
  else writeText(cwd, options.output, text);
  // Where nothing was read nothing is clean.
  return all === 0 ? FAILED : exitCode(news.report, options, settings);
}

function nothingIn(paths: readonly string[], read: number, passed: number): UserError {
  const files = `${read} ${read === 1 ? 'file' : 'files'}`;
  return new UserError(`no replies found in ${files}${passed === 0 ? '' : `, ${passed} of other kinds passed over`}`, paths.join(' ') || '.', 'name the library’s files, or say their format with --from');
}

/** @throws UserError when no format is called so */
function known(format: string | undefined, place: string): void {
  if (format !== undefined && !FORMATS.includes(format)) throw new UserError(`unknown format “${format}”`, place, `known: ${FORMATS.join(', ')}`);
}

async function inputsOf(paths: readonly string[], surroundings: Surroundings): Promise<{ inputs: Input[]; problems: Problem[]; passed: number }> {
  const extensions = new Set(READERS.flatMap((r) => r.extensions ?? []));
  const { files, problems, passed } = libraryFiles(paths.filter((p) => p !== STDIN), surroundings.cwd, { extensions });
  const inputs = files.map(({ file, path, named }): Input => ({ file, named, bytes: () => readBytes(path, file) }));
  if (paths.includes(STDIN)) {
    const bytes = await readStdinBytes(surroundings);
    inputs.push({ file: STDIN, named: true, bytes: () => bytes });
  }
  return { inputs, problems: [...problems], passed };
}

/** A file of another kind that happens to lie in a folder is passed over; one that was named is told of. */
function readFile({ file, named, bytes }: Input, { from, lang, columns, headers }: ReadOptions, settingsOf: SettingsOf, problems: Problem[]): Read | undefined {
  let content: Uint8Array;
  try {
    content = bytes();
  } catch (error) {
    problems.push(error instanceof UserError ? { file, message: error.message, hint: error.hint } : { file, message: `may not be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})` });
    return undefined;
  }
  const settings = settingsOf(file === STDIN ? undefined : file);
  const { reading, lint } = settings;
  known(reading.from, settings.entries.find(([key]) => key === 'from')?.[2] ?? file);
  const { entries, problems: found, format } = readLibrary(file, content, { from: from ?? reading.from, columns: { ...reading.columns, ...columns }, lang: lang ?? lint.lang, headers });
  if (format !== undefined || named) problems.push(...found);
  if (entries.length === 0) return undefined;
  return { file, entries, lines: new Lines(decodeAny(content, file).text), settings };
}

async function judgedOf(reads: readonly Read[], all: number, options: ScanOptions, { cwd, env, stderr }: Surroundings): Promise<Item[]> {
  const file = options.cache === true ? CACHE : options.cache;
  const cache = file === undefined ? undefined : new Cache(cwd, file);
  if (cache?.ours === false) stderr.write(`savy: ${inert(visible(`${file} is no cache of savy, and is left alone`))}\n`);
  const threads = threadsFor(all, options.jobs);
  const { channel, lang, ui, agent, certainOnly, config } = options;
  const judging = Object.fromEntries(Object.entries({ channel, lang, ui, agent, certainOnly, config }).filter(([, v]) => v !== undefined));
  const team = threads < 2 ? undefined : teamOf(threads, { options: judging, cwd, env: { ...env } });
  const items = await judgeAll(reads, new Judge(channel), new Progress(stderr), cache, team);
  cache?.save();
  return items;
}

/** What is shown of the report; hints that are left out still count in the grade. */
function shownOf(report: LibraryReport, quiet: boolean, whole: boolean): LibraryReport {
  const told = ({ finding }: LibraryReport['results'][number]['findings'][number]): boolean => (whole || finding.beside === undefined) && (!quiet || finding.level !== 'hint');
  return { ...report, results: report.results.map((r) => ({ ...r, findings: r.findings.filter(told) })) };
}

function statsOf(files: number, replies: number, read: number, judged: number, compared: number): Record<string, number> {
  const round = (ms: number): number => Math.round(ms);
  return { files, replies, read_ms: round(read), judged_ms: round(judged), compared_ms: round(compared) };
}

/** A file that could not be read makes the run fail, whatever else was found: nobody knows what is in it. */
function exitCode({ results, problems }: LibraryReport, { maxWarnings }: ScanOptions, { failOn, minGrade }: Settings): number {
  if (problems.some((p) => p.warning !== true)) return FAILED;
  const threshold = LEVELS.indexOf(failOn);
  let warnings = 0;
  let found = false;
  for (const { result, findings } of results) {
    for (const { finding } of findings) {
      // What stands beside another finding is that one's fault, and as grave.
      if (finding.beside !== undefined) continue;
      if (finding.level === 'warning') warnings++;
      // With --max-warnings, warnings are counted instead.
      found ||= LEVELS.indexOf(finding.level) >= threshold && !(maxWarnings !== undefined && finding.level === 'warning');
    }
    // A baseline forgives a reply its grade along with its faults.
    const forgiven = findings.length === 0 && (result?.findings.length ?? 0) > 0;
    found ||= minGrade !== undefined && result !== undefined && result.grade < minGrade && !forgiven;
  }
  return found || (maxWarnings !== undefined && warnings > maxWarnings) ? FOUND : CLEAN;
}
