/** `--changed [REF]`: which lines git says changed since the branch left its base, with what is not committed and not tracked. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Place, UserError } from '../types.js';
import { filesOf, type Hunk, hunksOf, touched } from './diff.js';
import { type Git, gitIn } from './git.js';
import type { Surroundings } from './surroundings.js';

/** The branch that changes are compared with when nothing names one. */
const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', '@{upstream}', 'main', 'master'];
/** Where CI systems say which branch a request goes into. */
const TARGETS = ['GITHUB_BASE_REF', 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'];

export class Changed {
  constructor(
    private readonly cwd: string,
    private readonly files: ReadonlyMap<string, 'all' | readonly Hunk[]>,
  ) {}

  /** Has anything in the file changed? */
  holds(file: string): boolean {
    return this.files.has(real(resolve(this.cwd, file)));
  }

  /** Does the place hold a changed line? */
  touches({ file, line, endLine }: Place): boolean {
    const hunks = this.files.get(real(resolve(this.cwd, file)));
    return hunks === 'all' || (hunks !== undefined && touched(hunks, line, endLine));
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

async function commitOf(git: Git, ref: string): Promise<string | undefined> {
  return (await git.ask('rev-parse', '--verify', '--quiet', `${ref}^{commit}`))?.trim();
}

async function topOf(git: Git): Promise<string> {
  try {
    return (await git.run('rev-parse', '--show-toplevel')).replace(/\r?\n$/, '');
  } catch (error) {
    const { message } = error as Error;
    if (!message.includes('not a git repository') && !message.includes('work tree')) throw error;
    throw new UserError('this is no git repository, so nothing can be told of what changed', '--changed', 'run it in the repository, or leave --changed out');
  }
}

/** The commit to compare with; undefined for a repository without any. */
async function baseOf(git: Git, ref: string | undefined, env: Surroundings['env']): Promise<string | undefined> {
  if (ref !== undefined) {
    const named = await commitOf(git, ref);
    if (named === undefined) throw new UserError(`git knows no “${ref}”`, '--changed', 'name a branch, a tag or a commit, in CI fetch it first; paths go before --changed or behind --');
    return (await git.ask('merge-base', named, 'HEAD'))?.trim() ?? named;
  }
  if ((await commitOf(git, 'HEAD')) === undefined) return undefined;
  const target = TARGETS.map((key) => env[key]).find((name) => name !== undefined && name !== '');
  if (target !== undefined) {
    const named = await commitOf(git, `refs/remotes/origin/${target}`);
    const base = named === undefined ? undefined : (await git.ask('merge-base', named, 'HEAD'))?.trim();
    // A checkout of two commits: the request as merged, and the branch that it goes into.
    const merged = base ?? ((await commitOf(git, 'HEAD^2')) === undefined ? undefined : await commitOf(git, 'HEAD^1'));
    if (merged === undefined) throw new UserError(`the history does not reach to where this branch left ${target}`, '--changed', 'fetch more of it (fetch-depth: 0 in actions/checkout, GIT_DEPTH: 0 in GitLab)');
    return merged;
  }
  for (const name of DEFAULT_BRANCHES) {
    const commit = await commitOf(git, name);
    const base = commit === undefined ? undefined : await git.ask('merge-base', commit, 'HEAD');
    if (base !== undefined) return base.trim();
  }
  return commitOf(git, 'HEAD');
}

/**
 * @param ref compared with where the branch left it; undefined: the default branch
 * @throws UserError outside a repository, for a name that git does not know, for a history cut too short
 */
export async function changedSince(ref: string | undefined, { cwd, env }: Surroundings): Promise<Changed> {
  if (ref?.startsWith('-') === true || ref === '') throw new UserError(`“${ref}” is no branch, tag or commit`, '--changed', 'for instance --changed origin/main');
  const top = await topOf(gitIn(cwd, env));
  const git = gitIn(top, env);
  // Without a commit everything is new: compared with the tree that holds nothing.
  const base = (await baseOf(git, ref, env)) ?? (await git.run('hash-object', '-t', 'tree', '--stdin')).trim();
  const options = ['diff', '--no-ext-diff', '--no-textconv', '--no-color', '--find-renames', '--diff-filter=d', '--ignore-submodules', '--submodule=short'];
  const [numstat, patch, untracked] = await Promise.all([
    git.run(...options, '--numstat', '-z', base, '--'),
    git.run(...options, '--unified=0', '--inter-hunk-context=0', '--src-prefix=a/', '--dst-prefix=b/', base, '--'),
    git.run('ls-files', '--others', '--exclude-standard', '-z'),
  ]);
  const hunks = hunksOf(patch);
  const files = new Map<string, 'all' | readonly Hunk[]>();
  for (const { name, binary } of filesOf(numstat)) files.set(real(resolve(top, name)), binary ? 'all' : (hunks.get(name) ?? []));
  for (const name of untracked.split('\0')) if (name !== '') files.set(real(resolve(top, name)), 'all');
  return new Changed(cwd, files);
}
