/** `savy init`: looks at what is there, and writes settings, a baseline and the CI's file. Asks nothing; overwrites nothing unless told to. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FORMATS } from '../readers/library.js';
import { inert } from '../reporters/inert.js';
import { visible } from '../reporters/width.js';
import type { Store } from '../rules/load.js';
import { UserError } from '../types.js';
import { BASELINE } from './baseline.js';
import { inside, real } from './bounds.js';
import { configIn, upwards } from './find-config.js';
import { configText, githubText, gitlabText, type Library, librarySaid, scanCommand, type Told } from './init-texts.js';
import { scan, type ScanOptions } from './scan.js';
import { CLEAN, type Surroundings } from './surroundings.js';
import { writeWhole } from './whole.js';

export type InitOptions = Readonly<{ force?: boolean; dryRun?: boolean }>;

/** Set by the build. */
declare const SAVY_VERSION: string;

const CONFIG = '.savyrc.yaml';
const WORKFLOW = '.github/workflows/savy.yml';
const PIPELINE = '.gitlab-ci.yml';
const PART = '.gitlab/savy.yml';
/** More paths than this are told as the folder that holds them all. */
const PATHS_MAX = 4;

type Scanned = Readonly<{ results: readonly Readonly<{ file: string; format: string; language: string | null; findings: readonly unknown[] }>[] }>;

/** What a scan finds; undefined when there are no replies. */
async function scanned(paths: readonly string[], options: ScanOptions, surroundings: Surroundings, store: Store): Promise<Scanned | undefined> {
  let out = '';
  const quiet = { write: (text: string) => ((out += text), true) };
  try {
    await scan(paths, { ...options, format: 'json' }, { ...surroundings, stdout: quiet, stderr: { write: () => true } }, store);
  } catch (error) {
    if (error instanceof UserError && out === '') return undefined;
    throw error;
  }
  return JSON.parse(out) as Scanned;
}

function commonest(words: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
}

/** The folders that the files lie in, or the files when they lie here; few enough to be read in a command. */
function pathsOf(files: readonly string[]): string[] {
  const tops = [...new Set(files.map((f) => (f.includes('/') ? (f.split('/')[0] as string) : f)))].sort();
  return tops.length > PATHS_MAX || tops.some((t) => t === '-' || t.startsWith('-') || /[\u0000-\u001f\u007f]/.test(t)) ? ['.'] : tops;
}

async function look(given: readonly string[], options: ScanOptions, surroundings: Surroundings, store: Store): Promise<{ library: Library | undefined; findings: number }> {
  const found = await scanned(given.length === 0 ? ['.'] : given, { ...options, baseline: false }, surroundings, store);
  if (found === undefined || found.results.length === 0) return { library: undefined, findings: 0 };
  const { results } = found;
  const order = (a: string, b: string): number => FORMATS.indexOf(a) - FORMATS.indexOf(b);
  return {
    library: { paths: given.length > 0 ? given : pathsOf(results.map((r) => r.file)), replies: results.length, formats: commonest(results.map((r) => r.format)).sort(order), languages: commonest(results.map((r) => r.language)) },
    findings: results.reduce((n, r) => n + r.findings.length, 0),
  };
}

/** Which CI the project has: by its files, else by where it was cloned from. */
function ciOf(cwd: string): 'github' | 'gitlab' | undefined {
  if (existsSync(join(cwd, '.github'))) return 'github';
  if (existsSync(join(cwd, PIPELINE))) return 'gitlab';
  let remote = '';
  try {
    remote = readFileSync(join(cwd, '.git', 'config'), 'utf8');
  } catch {
    return undefined;
  }
  return remote.includes('github.com') ? 'github' : remote.includes('gitlab') ? 'gitlab' : undefined;
}

/** Writes unless it is there; says what was done. */
class Writer {
  readonly lines: string[] = [];

  constructor(
    private readonly cwd: string,
    private readonly options: InitOptions,
  ) {}

  /** @returns was it written, or would it have been? */
  write(file: string, text: string): boolean {
    const { cwd, options } = this;
    if (existsSync(join(cwd, file)) && options.force !== true) {
      this.lines.push(`kept         ${file} (--force overwrites it)`);
      return false;
    }
    if (options.dryRun === true) {
      this.lines.push(`would write  ${file}`, ...text.trimEnd().split('\n').map((l) => `  | ${l}`.trimEnd()));
      return true;
    }
    const folder = dirname(join(cwd, file));
    let above = folder;
    while (!existsSync(above)) above = dirname(above);
    if (!inside(real(cwd) ?? cwd, real(above) ?? above)) throw new UserError('lies behind a link out of the project', file, 'take the link away');
    mkdirSync(folder, { recursive: true });
    writeWhole(cwd, file, text);
    this.lines.push(`wrote        ${file}`);
    return true;
  }
}

/** @throws UserError */
export async function init(paths: readonly string[], options: InitOptions, surroundings: Surroundings, store: Store): Promise<number> {
  const { cwd, stdout } = surroundings;
  const writer = new Writer(cwd, options);
  const version = typeof SAVY_VERSION === 'undefined' ? '0' : SAVY_VERSION;
  const own = configIn(cwd);
  // Settings that are to be made anew have no say in what is found.
  const anew = own === undefined || options.force === true;
  const { library, findings } = await look(paths, anew ? { config: false } : {}, surroundings, store);
  const installed = existsSync(join(cwd, 'node_modules', 'savy', 'package.json')) && existsSync(join(cwd, 'package.json'));
  const told: Told = { version, installed, library };

  const other = own !== undefined && own.path !== join(cwd, CONFIG) ? own.path.slice(cwd.length + 1) : undefined;
  if (other !== undefined) writer.lines.push(`kept         ${other}: settings are there already`);
  else writer.write(CONFIG, configText(told));

  if (library !== undefined && findings > 0) await baseline(library, findings, writer, options, surroundings, store);
  const next = ci(told, writer, cwd);

  const above = upwards(dirname(cwd), undefined).some((dir) => configIn(dir) !== undefined);
  const head = library === undefined ? 'No canned replies found here.' : `Found ${librarySaid(library)}, with ${findings} ${findings === 1 ? 'finding' : 'findings'}.`;
  const run = scanCommand(told);
  const steps = library === undefined ? ['savy check DRAFT -c MESSAGE       judge one reply', 'savy scan FOLDER                  when there are canned replies'] : [`${run}   what is new`, ...(findings > 0 ? [`${run} --no-baseline   all of it`] : [])];
  const out = [head, ...writer.lines, ...(above ? ['Settings of a folder above this one count too.'] : []), '', 'Next:', ...[...next, ...steps].map((s) => `  ${s}`)];
  stdout.write(inert(out.map((line) => `${visible(line)}\n`).join('')));
  return CLEAN;
}

async function baseline(library: Library, findings: number, writer: Writer, options: InitOptions, surroundings: Surroundings, store: Store): Promise<void> {
  const { cwd } = surroundings;
  if (existsSync(join(cwd, BASELINE)) && options.force !== true) {
    writer.lines.push(`kept         ${BASELINE} (savy scan --update-baseline makes it anew)`);
    return;
  }
  if (options.dryRun !== true) await scanned(library.paths, { updateBaseline: true }, surroundings, store);
  writer.lines.push(`${options.dryRun === true ? 'would write ' : 'wrote       '} ${BASELINE}: ${findings} ${findings === 1 ? 'finding is' : 'findings are'} known from now on`);
}

/** @returns what is left for a person to do */
function ci(told: Told, writer: Writer, cwd: string): string[] {
  if (told.library === undefined) return [];
  const system = ciOf(cwd);
  if (system === 'github') writer.write(WORKFLOW, githubText(told));
  else if (system === 'gitlab' && existsSync(join(cwd, PIPELINE))) {
    writer.write(PART, gitlabText(told));
    return [`put into ${PIPELINE}:  include: [{ local: ${PART} }]`];
  } else if (system === 'gitlab') writer.write(PIPELINE, gitlabText(told));
  else return [`in your CI:  ${scanCommand(told)}   (exit code 1 on something new)`];
  return [];
}
