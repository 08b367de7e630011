/** git, asked without a shell, and in a way that runs nothing which the repository brings along. */
import { execFile } from 'node:child_process';
import { UserError } from '../types.js';

/** What git may print before it is stopped. */
const MOST = 1 << 30;
/** No hooks that watch files, no programs that compare or show them: a repository's own settings could name any. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=true', '--no-pager', '--literal-pathspecs'];

/** How git begins what went wrong. */
const FAULTS = ['fatal: ', 'error: '];

export type Git = Readonly<{
  /** What git prints. @throws UserError with git's own words */
  run: (...args: string[]) => Promise<string>;
  /** The same, undefined where git says no. */
  ask: (...args: string[]) => Promise<string | undefined>;
}>;

type Answer = Readonly<{ code: number | string; out: string; err: string }>;

export function gitIn(cwd: string, env: Readonly<Record<string, string | undefined>>): Git {
  const call = (args: readonly string[]): Promise<Answer> =>
    new Promise((done) => {
      const child = execFile('git', [...SAFE, ...args], { cwd, env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' }, encoding: 'utf8', maxBuffer: MOST, windowsHide: true }, (error, out, err) => {
        done({ code: error === null ? 0 : (error.code ?? 'stopped'), out, err });
      });
      child.stdin?.on('error', () => undefined);
      child.stdin?.end();
    });
  const fail = ({ code, err }: Answer): UserError => {
    if (code === 'ENOENT') return new UserError('git was not found', '--changed', 'install git, or leave --changed out');
    const lines = err.trim().split('\n');
    const told = FAULTS.flatMap((fault) => lines.filter((l) => l.startsWith(fault)).map((l) => l.slice(fault.length)));
    const said = told[0] ?? lines[0] ?? '';
    return new UserError(`git can’t tell what changed: ${said === '' ? `it ended with ${code}` : said}`, '--changed', 'mend it, or leave --changed out');
  };
  return {
    run: async (...args) => {
      const answer = await call(args);
      if (answer.code !== 0) throw fail(answer);
      return answer.out;
    },
    ask: async (...args) => {
      const answer = await call(args);
      if (answer.code === 'ENOENT') throw fail(answer);
      return answer.code === 0 ? answer.out : undefined;
    },
  };
}
