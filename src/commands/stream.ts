/** `savy stream`: one JSON exchange a line in, one result a line out, in order. A broken line spoils only itself. */
import { decode } from '../readers/text.js';
import { readJson } from '../readers/json.js';
import { jsonLine } from '../reporters/json.js';
import { jsonText } from '../reporters/json-text.js';
import { outcomeOf } from '../outcome.js';
import type { Store } from '../rules/load.js';
import { UserError } from '../types.js';
import { type JudgingOptions, type Settings, settle } from './settings.js';
import { CLEAN, FAILED, type Surroundings } from './surroundings.js';

/** Output is handed over in pieces of about this many characters. */
const PIECE = 1 << 16;
const NEWLINE = 10;

/** @returns undefined when somebody sits at the terminal */
export async function stream(options: JudgingOptions, surroundings: Surroundings, store: Store): Promise<number | undefined> {
  if (surroundings.stdin.isTTY === true) return undefined;
  const settings = await settle(options, surroundings, store);
  const { stdout } = surroundings;
  let line = 0;
  let broken = false;
  let out = '';
  let rest: Uint8Array[] = [];

  const flush = async (): Promise<void> => {
    const piece = out;
    out = '';
    if (piece !== '' && !stdout.write(piece) && stdout.once !== undefined) await new Promise<void>((go) => stdout.once?.('drain', go));
  };
  const take = (bytes: Uint8Array): void => {
    line++;
    const result = judged(bytes, line, settings);
    if (result === undefined) return;
    broken ||= result.broken;
    out += result.text;
  };

  for await (const part of surroundings.stdin) {
    const bytes: Uint8Array = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    let at = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      const piece = bytes.subarray(at, end);
      take(rest.length === 0 ? piece : Buffer.concat([...rest, piece]));
      rest = [];
      at = end + 1;
      if (out.length >= PIECE) await flush();
    }
    if (at < bytes.length) rest.push(bytes.subarray(at));
    await flush();
  }
  if (rest.length > 0) take(Buffer.concat(rest));
  await flush();
  return broken ? FAILED : CLEAN;
}

type Judged = Readonly<{ text: string; broken: boolean }>;

/** @returns undefined for a blank line */
function judged(bytes: Uint8Array, line: number, { engine, lint }: Settings): Judged | undefined {
  let text = '';
  try {
    text = decode(bytes, `-:${line}`);
    if (text.trim() === '') return undefined;
    return { text: jsonLine(outcomeOf(readJson(text, '-'), engine, lint)), broken: false };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const hint = error.hint === undefined ? '' : `: ${error.hint}`;
    // The line is told beside the message.
    const message = error.message.replace(/ \(line 1\)$/, '');
    const column = /^-:1:(\d+)$/.exec(error.place ?? '')?.[1];
    const id = idOf(text);
    return {
      text: `${jsonText({ ...(id === undefined ? {} : { id }), error: { line, ...(column === undefined ? {} : { column: Number(column) }), message: message + hint } })}\n`,
      broken: true,
    };
  }
}

function idOf(text: string): string | undefined {
  try {
    const id = (JSON.parse(text) as { id?: unknown } | null)?.id;
    return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  } catch {
    return undefined;
  }
}
