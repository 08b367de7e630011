/** `savy fix`: one draft, mended as far as that needs nobody; what does is said. */
import { type Fixed, fixReply } from '../fixing.js';
import { changedFile } from '../readers/place.js';
import { jsonText } from '../reporters/json-text.js';
import { changesReport, remainingReport } from '../reporters/mended.js';
import type { View } from '../reporters/report.js';
import { visible } from '../reporters/width.js';
import type { Store } from '../rules/load.js';
import { UserError } from '../types.js';
import { exitCode } from './check.js';
import { type ExchangeOptions, readExchange, sources } from './exchange.js';
import { STDIN } from './io.js';
import { type JudgingOptions, settle } from './settings.js';
import { columnsOf, styleFor } from './style.js';
import type { Sink, Surroundings } from './surroundings.js';
import { writeBack } from './write.js';

export type FixOptions = JudgingOptions &
  ExchangeOptions &
  Readonly<{
    diff?: boolean;
    write?: boolean;
    dryRun?: boolean;
    draft?: boolean;
    json?: boolean;
    quiet?: boolean;
  }>;

/** @returns undefined when there is nothing to read and somebody sits at the terminal */
export async function fix(file: string | undefined, options: FixOptions, surroundings: Surroundings, store: Store): Promise<number | undefined> {
  const from = sources(file, options, surroundings);
  if (from === undefined) return undefined;
  if (options.write === true && from.draft === STDIN) throw new UserError('--write needs a file', STDIN, 'name the draft’s file, or leave --write out');
  const settings = await settle(options, surroundings, store, file);
  const { exchange, draft, text, json } = await readExchange(from, options, surroundings, store);
  const whole = fixReply(exchange, settings.engine, { ...settings.lint, ...(options.draft === true ? { draft: true } : {}) });
  // The file gets the draft as it is; what is printed does not.
  const redactor = settings.redact === true ? (await import('./redacted.js')).redactorOf(settings, exchange) : undefined;
  const mended = redactor?.masked(whole) ?? whole;
  const mask = (of: string): string => redactor?.mask(of) ?? of;
  const { stdout, stderr, env, cwd } = surroundings;
  const words = store.ui(settings.lint.ui ?? mended.after.lang) ?? store.ui('en') ?? {};
  const viewOf = async (sink: Sink): Promise<View> => ({ style: await styleFor(sink, env), columns: columnsOf(sink, env), words });

  const inPlace = options.write === true || options.diff === true ? changedFile(text, json, exchange, whole.edits, draft) : '';
  if (options.write === true && options.dryRun !== true) writeBack(cwd, draft, text, inPlace);

  if (options.json === true) stdout.write(`${jsonText(told(mended), 2)}\n`);
  else if (options.diff === true) {
    const { unifiedDiff } = await import('../reporters/diff.js');
    stdout.write(unifiedDiff(draft, mask(text), mask(inPlace), await styleFor(stdout, env), stdout.isTTY === true));
  } else if (options.dryRun === true) stdout.write(changesReport(mended, await viewOf(stdout), true));
  else if (options.write !== true) stdout.write(stdout.isTTY === true ? shown(mended.fixed) : mended.fixed);

  if (options.json !== true) {
    const view = await viewOf(stderr);
    const changes = options.quiet === true || options.dryRun === true || mended.edits.length === 0 ? '' : changesReport(mended, view, false);
    stderr.write(changes + remainingReport(mended, view, options.quiet === true));
  }
  return exitCode(mended.after, settings);
}

/** On a terminal the text ends its line and carries no control characters. */
function shown(text: string): string {
  return `${text.trimEnd().split(/\r\n|\n|\r/).map(visible).join('\n')}\n`;
}

/** docs/contract.md, “Fixes”. */
function told({ before, after, fixed, edits, applied, drafts, remaining }: Fixed): object {
  return {
    ...(before.id === undefined ? {} : { id: before.id }),
    lang: before.lang,
    channel: before.channel,
    before: { grade: before.grade, gradeText: before.gradeText },
    after: { grade: after.grade, gradeText: after.gradeText },
    fixed,
    edits,
    applied,
    drafts,
    remaining,
  };
}
