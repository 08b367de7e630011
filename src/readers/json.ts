/** JSON → exchange: one object with `message` and `reply`, and whatever else is known of them. */
import { Lines } from '../text/edits.js';
import { CHANNELS, type Channel, type Exchange, UserError } from '../types.js';

/** What other systems call the channels. */
const ALSO: Readonly<Record<string, Channel>> = {
  form: 'email', mail: 'email', 'e-mail': 'email', letter: 'email', ticket: 'email', web: 'email', webform: 'email',
  twitter: 'social', x: 'social', facebook: 'social', instagram: 'social', forum: 'social', comment: 'social', some: 'social',
  dm: 'chat', messenger: 'chat', whatsapp: 'chat', sms: 'chat',
  reviews: 'review', google: 'review', trustpilot: 'review',
  appstore: 'app', 'app-store': 'app', 'google-play': 'app', play: 'app',
};

/** @returns undefined when no channel has that name, here or elsewhere */
export function channelNamed(name: string): Channel | undefined {
  const plain = name.trim().toLowerCase();
  return CHANNELS.find((c) => c === plain) ?? (Object.hasOwn(ALSO, plain) ? ALSO[plain] : undefined);
}

/** Does this text open as a JSON object, or as a list of them? A draft may well begin with `{{name}}` or `[your name]`. */
export function looksLikeJson(text: string): boolean {
  return /^\s*(?:\[\s*)?\{\s*(?:"|\})/.test(text);
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * @param place how errors name the text
 * @throws UserError with line and column
 */
export function readJson(text: string, place: string): Exchange {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, what } = fault(text);
    const { line, column } = new Lines(text).at(offset);
    throw new UserError(`not valid JSON: ${what}`, `${place}:${line}:${column}`, 'mend it and run again');
  }
  return exchangeOf(value, place);
}

/**
 * A parsed object → exchange. Keys that savy does not know are left alone: records carry more than it reads.
 * @throws UserError
 */
export function exchangeOf(value: unknown, place: string): Exchange {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UserError('must be one JSON object with “message” and “reply”', place, Array.isArray(value) ? 'for several, give one object on each line to savy stream' : 'for instance {"message": "…", "reply": "…"}');
  }
  const raw = value as Raw;
  const reply = string(raw, 'reply', place) ?? string(raw, 'draft', place);
  if (reply === undefined) throw new UserError('“reply” is missing', place, 'give the draft as "reply"');
  if (reply.trim() === '') throw new UserError('“reply” is empty', place, 'write the draft first');
  const message = string(raw, 'message', place) ?? string(raw, 'complaint', place);
  if (message !== undefined && message.trim() === '') throw new UserError('“message” is empty', place, 'give what the customer wrote, or leave the key out');
  const id = raw['id'];
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number') throw new UserError('“id” must be a string', place);
  const channel = string(raw, 'channel', place);
  const known = channel === undefined ? undefined : channelNamed(channel);
  if (channel !== undefined && known === undefined) throw new UserError(`unknown channel “${channel}”`, place, `known: ${CHANNELS.join(', ')}`);
  return {
    reply,
    message,
    channel: known,
    id: id === undefined || id === null ? undefined : String(id),
    lang: string(raw, 'lang', place),
    message_at: time(raw, 'message_at', place),
    reply_at: time(raw, 'reply_at', place),
    customer: filled(string(raw, 'customer', place)),
    agent: filled(string(raw, 'agent', place)),
  };
}

function string(raw: Raw, key: string, place: string): string | undefined {
  const value = Object.hasOwn(raw, key) ? raw[key] : undefined;
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new UserError(`“${key}” must be a string`, place);
  return value;
}

function filled(name: string | undefined): string | undefined {
  return name === undefined || name.trim() === '' ? undefined : name;
}

/** A time of day in ISO 8601. */
export function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\d(?:[T ]\d\d:?\d\d|$)/.test(text) && Number.isFinite(Date.parse(text));
}

function time(raw: Raw, key: string, place: string): string | undefined {
  const value = string(raw, key, place);
  if (value !== undefined && !isTime(value)) throw new UserError(`“${key}” is no time: “${value}”`, place, 'write it as 2026-03-04T19:10:00+02:00');
  return value;
}

/** Where a text stops being JSON: what `JSON.parse` says differs from Node to Node, and often holds no place. */
export function fault(text: string): { offset: number; what: string } {
  let at = 0;
  const fail = (what: string): never => {
    throw new Fault(at, what);
  };
  const seen = (): string => (at >= text.length ? 'the text ends too early' : `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`);
  const space = (): void => {
    while (at < text.length && ' \t\n\r'.includes(text[at] as string)) at++;
  };
  const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y;
  const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  const quoted = (expected: string): void => {
    if (text[at] !== '"') fail(`${seen()}, expected ${expected}`);
    STRING.lastIndex = at;
    STRING.test(text);
    at = STRING.lastIndex;
    if (text[at] === '"') at++;
    else fail(at >= text.length ? 'a string is not closed' : text[at] === '\\' ? 'an escape that JSON does not know' : 'a line break or control character inside a string, write \\n');
  };
  // A stack instead of recursion: nesting costs no call depth.
  const open: ('{' | '[')[] = [];
  try {
    for (let need: 'value' | 'end' = 'value'; ; ) {
      space();
      if (need === 'value') {
        const c = text[at];
        if (c === '{' || c === '[') {
          at++;
          space();
          if (text[at] === (c === '{' ? '}' : ']')) {
            at++;
            need = 'end';
            continue;
          }
          open.push(c);
          if (c === '{') key();
          continue;
        }
        if (c === '"') quoted('a string');
        else {
          SCALAR.lastIndex = at;
          if (!SCALAR.test(text)) fail(`${seen()}, expected a value`);
          at = SCALAR.lastIndex;
        }
        need = 'end';
      } else {
        const inside = open[open.length - 1];
        if (inside === undefined) {
          if (at < text.length) fail(`${seen()} behind the object${text[at] === '{' ? ' (for several, give one on each line to savy stream)' : ''}`);
          return { offset: at, what: 'not readable' };
        }
        if (text[at] === ',') {
          at++;
          space();
          if (inside === '{') key();
          need = 'value';
        } else if (text[at] === (inside === '{' ? '}' : ']')) {
          at++;
          open.pop();
        } else fail(`${seen()}, expected “,” or “${inside === '{' ? '}' : ']'}”`);
      }
    }
  } catch (error) {
    if (error instanceof Fault) return { offset: error.offset, what: error.message };
    throw error;
  }
  function key(): void {
    quoted('a key in double quotes');
    space();
    if (text[at] !== ':') fail(`${seen()}, expected “:”`);
    at++;
  }
}

class Fault extends Error {
  constructor(
    readonly offset: number,
    what: string,
  ) {
    super(what);
  }
}
