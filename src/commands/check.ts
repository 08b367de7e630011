/** `savy check`: one draft against the message that it answers. */
import { outcomeOf } from '../outcome.js';
import { looksLikeJson, readJson } from '../readers/json.js';
import { readMail } from '../readers/mail.js';
import { compactReport } from '../reporters/compact.js';
import { jsonReport } from '../reporters/json.js';
import { prettyReport } from '../reporters/pretty.js';
import { type Report, PLAIN } from '../reporters/report.js';
import type { Store } from '../rules/load.js';
import { unquoted } from '../text/quotes.js';
import { type Exchange, LEVELS, type Outcome, UserError } from '../types.js';
import { readStdin, readText, STDIN, writeText } from './io.js';
import { type Format, language } from './options.js';
import { type JudgingOptions, type Settings, settle } from './settings.js';
import { columnsOf, styleFor } from './style.js';
import { CLEAN, FOUND, type Surroundings } from './surroundings.js';

export type CheckOptions = JudgingOptions &
  Readonly<{
    complaint?: string;
    message?: string;
    format?: Format;
    quiet?: boolean;
    output?: string;
    customer?: string;
    messageAt?: string;
    replyAt?: string;
    printConfig?: boolean;
  }>;

/** @returns undefined when there is nothing to read and somebody sits at the terminal */
export async function check(file: string | undefined, options: CheckOptions, surroundings: Surroundings, store: Store): Promise<number | undefined> {
  if (options.printConfig === true) {
    const { printConfig } = await import('./print-config.js');
    surroundings.stdout.write(printConfig(await settle(options, surroundings, store)));
    return CLEAN;
  }
  const messageFile = options.complaint ?? options.message;
  const draft = file ?? STDIN;
  if (draft === STDIN && messageFile === STDIN) throw new UserError('draft and message can’t both come from standard input', STDIN, 'name a file for one of them');
  if ((draft === STDIN || messageFile === STDIN) && surroundings.stdin.isTTY === true) return undefined;

  for (const name of [file, messageFile]) if (name === '') throw new UserError('the name of a file is empty', undefined, 'name a file, or - for standard input');
  const settings = await settle(options, surroundings, store);
  const { exchange, linesAbove } = await exchangeFrom(draft, messageFile, options, surroundings);
  // A mail opened to be answered, and nothing written yet.
  if (unquoted(exchange.reply).trim() === '') throw new UserError('the draft is empty: there is only quoted text', draft, 'write the reply above the quotation');
  if (exchange.lang !== undefined) {
    try {
      language(exchange.lang, store.index.languages.map((l) => l.lang));
    } catch (error) {
      throw error instanceof UserError ? new UserError(error.message, draft, error.hint) : error;
    }
  }
  const outcome = outcomeOf(exchange, settings.engine, settings.lint);
  const report: Report = { file: draft, reply: exchange.reply, outcome, linesAbove };
  const text = await rendered(report, options, settings, surroundings, store);
  if (options.output === undefined) surroundings.stdout.write(text);
  else writeText(surroundings.cwd, options.output, text);
  return exitCode(outcome, settings);
}

function countLines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

async function exchangeFrom(draft: string, messageFile: string | undefined, options: CheckOptions, surroundings: Surroundings): Promise<{ exchange: Exchange; linesAbove: number }> {
  const input = async (name: string): Promise<string> => (name === STDIN ? readStdin(surroundings) : readText(surroundings.cwd, name));
  const text = await input(draft);
  if (text.trim() === '') throw new UserError('the draft is empty', draft, 'write the reply first');
  const json = draft.endsWith('.json') || (draft === STDIN && looksLikeJson(text));
  const read: Exchange = json ? readJson(text, draft) : (mailOf(text, draft) ?? { reply: text });
  let message = read.message;
  if (messageFile !== undefined) {
    message = await input(messageFile);
    if (message.trim() === '') throw new UserError('the message is empty', messageFile, 'give what the customer wrote, or leave the option out');
  }
  const exchange: Exchange = {
    ...read,
    message,
    // What an option says goes before what the object says.
    channel: options.channel ?? read.channel,
    lang: options.lang ?? read.lang,
    agent: options.agent ?? read.agent,
    customer: options.customer ?? read.customer,
    message_at: options.messageAt ?? read.message_at,
    reply_at: options.replyAt ?? read.reply_at,
  };
  return { exchange, linesAbove: read.offset === undefined ? 0 : countLines(text.slice(0, read.offset)) };
}

function mailOf(text: string, place: string): Exchange | undefined {
  const mail = readMail(text, place);
  if (mail !== undefined && mail.reply.trim() === '') throw new UserError('the draft is empty', place, 'write the reply first');
  return mail;
}

async function rendered(report: Report, options: CheckOptions, settings: Settings, surroundings: Surroundings, store: Store): Promise<string> {
  const { outcome } = report;
  const quiet = options.quiet === true;
  const shown: Outcome = quiet ? { ...outcome, findings: outcome.findings.filter((f) => f.level !== 'hint') } : outcome;
  switch (options.format ?? 'pretty') {
    case 'json':
      return jsonReport(shown);
    case 'compact':
      return compactReport({ ...report, outcome: shown });
    case 'pretty': {
      const toFile = options.output !== undefined;
      const style = toFile ? PLAIN : await styleFor(surroundings.stdout, surroundings.env);
      const words = store.ui(settings.lint.ui ?? outcome.lang) ?? store.ui('en') ?? {};
      return prettyReport(report, { style, columns: columnsOf(toFile ? surroundings.stderr : surroundings.stdout, surroundings.env), words, quiet });
    }
  }
}

function exitCode(outcome: Outcome, { failOn, minGrade }: Settings): number {
  const threshold = LEVELS.indexOf(failOn);
  if (outcome.findings.some((f) => LEVELS.indexOf(f.level) >= threshold)) return FOUND;
  return minGrade !== undefined && outcome.grade < minGrade ? FOUND : CLEAN;
}
