/** What is judged: a draft and the message that it answers, from files, standard input and options. Shared by the commands that take one exchange. */
import { looksLikeJson, readJson } from '../readers/json.js';
import { readMail } from '../readers/mail.js';
import type { Store } from '../rules/load.js';
import { unquoted } from '../text/quotes.js';
import { type Channel, type Exchange, UserError } from '../types.js';
import { readStdin, readText, STDIN } from './io.js';
import { language } from './options.js';
import type { Surroundings } from './surroundings.js';

/** Options that name the two texts and say what is known from outside them. */
export type ExchangeOptions = Readonly<{
  complaint?: string;
  message?: string;
  channel?: Channel;
  lang?: string;
  agent?: string;
  customer?: string;
  messageAt?: string;
  replyAt?: string;
}>;

export type Given = Readonly<{
  exchange: Exchange;
  /** Where the draft came from: a file's name, or `-`. */
  draft: string;
  /** The whole text that the draft was read from. */
  text: string;
  /** Is it a JSON object? */
  json: boolean;
  /** Lines above the draft in its file: the headers of a saved mail. */
  linesAbove: number;
}>;

/**
 * Where the two texts come from.
 * @returns undefined when there is nothing to read and somebody sits at the terminal
 * @throws UserError
 */
export function sources(file: string | undefined, options: ExchangeOptions, surroundings: Surroundings): { draft: string; message?: string } | undefined {
  if (options.complaint !== undefined && options.message !== undefined) throw new UserError('--complaint and --message are the same', undefined, 'give one of them');
  const message = options.complaint ?? options.message;
  const draft = file ?? STDIN;
  if (draft === STDIN && message === STDIN) throw new UserError('draft and message can’t both come from standard input', STDIN, 'name a file for one of them');
  if ((draft === STDIN || message === STDIN) && surroundings.stdin.isTTY === true) return undefined;
  named(file, message);
  return { draft, ...(message === undefined ? {} : { message }) };
}

/** @throws UserError when a file has an empty name */
export function named(...files: readonly (string | undefined)[]): void {
  for (const name of files) if (name === '') throw new UserError('the name of a file is empty', undefined, 'name a file, or - for standard input');
}

const input = async (name: string, surroundings: Surroundings): Promise<string> => (name === STDIN ? readStdin(surroundings) : readText(surroundings.cwd, name));

/** @throws UserError when it can't be read or is empty */
export async function readMessage(file: string, surroundings: Surroundings): Promise<string> {
  const message = await input(file, surroundings);
  if (message.trim() === '') throw new UserError('the message is empty', file, 'give what the customer wrote, or leave the option out');
  return message;
}

/**
 * Reads the draft (text, a saved mail, a JSON object) and the message; what an option says goes before what an object says.
 * @throws UserError
 */
export async function readExchange(from: Readonly<{ draft: string; message?: string }>, options: ExchangeOptions, surroundings: Surroundings, store: Store): Promise<Given> {
  const { draft } = from;
  const text = await input(draft, surroundings);
  if (text.trim() === '') throw new UserError('the draft is empty', draft, 'write the reply first');
  const json = draft.endsWith('.json') || (draft === STDIN && looksLikeJson(text));
  const read: Exchange = json ? readJson(text, draft) : (mailOf(text, draft) ?? { reply: text });
  const message = from.message === undefined ? read.message : await readMessage(from.message, surroundings);
  const exchange = told({ ...read, message }, options);
  // A mail opened to be answered, and nothing written yet.
  if (unquoted(exchange.reply).trim() === '') throw new UserError('the draft is empty: there is only quoted text', draft, 'write the reply above the quotation');
  if (exchange.lang !== undefined) {
    try {
      language(exchange.lang, store.index.languages.map((l) => l.lang));
    } catch (error) {
      throw error instanceof UserError ? new UserError(error.message, draft, error.hint) : error;
    }
  }
  return { exchange, draft, text, json, linesAbove: read.offset === undefined ? 0 : countLines(text.slice(0, read.offset)) };
}

/** The exchange with what options say of it. */
export function told(exchange: Exchange, options: ExchangeOptions): Exchange {
  return {
    ...exchange,
    channel: options.channel ?? exchange.channel,
    lang: options.lang ?? exchange.lang,
    agent: options.agent ?? exchange.agent,
    customer: options.customer ?? exchange.customer,
    message_at: options.messageAt ?? exchange.message_at,
    reply_at: options.replyAt ?? exchange.reply_at,
  };
}

function countLines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function mailOf(text: string, place: string): Exchange | undefined {
  const mail = readMail(text, place);
  if (mail !== undefined && mail.reply.trim() === '') throw new UserError('the draft is empty', place, 'write the reply first');
  return mail;
}
