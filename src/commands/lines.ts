/** Lines of JSON exchanges → lines of results. A broken line spoils only itself. */
import type { LintOptions } from '../lint.js';
import { outcomeOf } from '../outcome.js';
import { readJson } from '../readers/json.js';
import { decode } from '../readers/text.js';
import { jsonText } from '../reporters/json-text.js';
import { jsonLine } from '../reporters/json.js';
import { type Level, UserError } from '../types.js';
import { type Batch, LINE_MAX } from './batches.js';
import { exitCode } from './check.js';
import { redactorOf } from './redacted.js';
import type { Settings } from './settings.js';
import { FOUND } from './surroundings.js';
import type { Times, Timing } from './timing.js';

/** Results of a batch; `found`: one of them has a finding of the level asked for. */
export type Judged = Readonly<{ text: string; broken: boolean; found: boolean; times?: Times }>;

const NEWLINE = 10;

/** @param failOn undefined: nothing counts as found */
export function linesJudge(settings: Settings, failOn: Level | undefined, timing?: Timing): (batch: Batch) => Judged {
  const { engine } = settings;
  const lint: LintOptions = timing === undefined ? settings.lint : { ...settings.lint, probe: timing.probe };
  return ({ bytes, line: first }) => {
    let out = '';
    let broken = false;
    let found = false;
    let line = first;
    timing?.skip();
    const spoilt = (error: unknown, text: string): void => {
      if (!(error instanceof UserError)) throw error;
      broken = true;
      out += told(error, line, text);
    };
    const judge = (piece: Uint8Array): void => {
      let text = '';
      try {
        text = decode(piece, `-:${line}`);
        if (text.trim() === '') return;
        const exchange = readJson(text, '-');
        lint.probe?.('read');
        const outcome = outcomeOf(exchange, engine, lint);
        out += jsonLine(settings.redact === true ? redactorOf(settings, exchange).masked(outcome) : outcome);
        found ||= failOn !== undefined && exitCode(outcome, { failOn }) === FOUND;
        lint.probe?.('report');
      } catch (error) {
        spoilt(error, text);
      }
    };
    if (bytes === undefined) spoilt(new UserError(`the line is longer than ${LINE_MAX >> 20} MB`, undefined, 'give one exchange on each line'), '');
    else {
      for (let at = 0; at < bytes.length; line++) {
        const end = bytes.indexOf(NEWLINE, at);
        judge(bytes.subarray(at, end < 0 ? bytes.length : end));
        at = end < 0 ? bytes.length : end + 1;
      }
    }
    return { text: out, broken, found, ...(timing === undefined ? {} : { times: timing.take() }) };
  };
}

function told(error: UserError, line: number, text: string): string {
  const hint = error.hint === undefined ? '' : `: ${error.hint}`;
  // The line is told beside the message.
  const message = error.message.replace(/ \(line 1\)$/, '');
  const column = /^-:1:(\d+)$/.exec(error.place ?? '')?.[1];
  const id = idOf(text);
  return `${jsonText({ ...(id === undefined ? {} : { id }), error: { line, ...(column === undefined ? {} : { column: Number(column) }), message: message + hint } })}\n`;
}

function idOf(text: string): string | undefined {
  try {
    const id = (JSON.parse(text) as { id?: unknown } | null)?.id;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  } catch {
    return undefined;
  }
}
