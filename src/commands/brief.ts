/** `savy brief`: what the next draft must have and must not, from the message alone or with the last draft. */
import { briefOf } from '../brief.js';
import { briefReport } from '../reporters/brief.js';
import { jsonText } from '../reporters/json-text.js';
import type { Store } from '../rules/load.js';
import type { Exchange } from '../types.js';
import { type ExchangeOptions, named, readExchange, readMessage, sources, told } from './exchange.js';
import { STDIN } from './io.js';
import { type JudgingOptions, settle } from './settings.js';
import { CLEAN, type Surroundings } from './surroundings.js';

export type BriefOptions = JudgingOptions & ExchangeOptions & Readonly<{ format?: 'text' | 'json' }>;

/** @returns undefined when there is nothing to read and somebody sits at the terminal */
export async function brief(file: string | undefined, options: BriefOptions, surroundings: Surroundings, store: Store): Promise<number | undefined> {
  const exchange = await given(file, options, surroundings, store);
  if (exchange === undefined) return undefined;
  const settings = await settle(options, surroundings, store, file);
  const whole = briefOf(exchange, settings.engine, settings.lint);
  const made = settings.redact === true ? (await import('./redacted.js')).redactorOf(settings, exchange).masked(whole) : whole;
  const words = store.ui(settings.lint.ui ?? made.lang) ?? store.ui('en') ?? {};
  surroundings.stdout.write(options.format === 'json' ? `${jsonText(made, 2)}\n` : briefReport(made, words));
  return CLEAN;
}

/** With a message named, a draft is read only where one is named too. */
async function given(file: string | undefined, options: ExchangeOptions, surroundings: Surroundings, store: Store): Promise<Exchange | undefined> {
  const message = options.complaint ?? options.message;
  if (file === undefined && message !== undefined) {
    named(message);
    if (message === STDIN && surroundings.stdin.isTTY === true) return undefined;
    return told({ reply: '', message: await readMessage(message, surroundings) }, options);
  }
  const from = sources(file, options, surroundings);
  return from === undefined ? undefined : (await readExchange(from, options, surroundings, store)).exchange;
}
