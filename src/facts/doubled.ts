/** A greeting or a name that stands twice, as when a template is pasted over a draft that had them already. */
import type { Document, Hit, Range } from '../types.js';

/** What may stand between two greetings. */
const GAP = /^[\s,.!:;–—-]*$/u;
/** What leads up to a name that signs: a line's start, a mark, the end of a sentence. */
const SIGNS = /(?:^|[\r\n]|[.!?…)]\s|\s[-–—^~/*])[ \t]*[-–—^~/*]?[ \t]*$/u;

/** The second of two greetings one behind the other that say the same or name the same person, with the space behind it. */
function greeting({ text, hits, tokens, anatomy }: Document): Range | undefined {
  const first = anatomy.greeting;
  const from = anatomy.body[0];
  if (first === undefined || !GAP.test(text.slice(first.range[1], from))) return undefined;
  const opens = (h: Hit, at: number): boolean => (h.cue === 'anatomy.greeting' || h.cue === 'anatomy.dear') && h.start === at;
  const one = hits.find((h) => opens(h, first.range[0]));
  const two = hits.find((h) => opens(h, from));
  if (one === undefined || two === undefined || /[^\s!,.]\s*$/u.test(text.slice(first.range[1], from).trim())) return undefined;
  let end = two.end;
  // The name behind it, when it is the one greeted before.
  const name = first.name?.text.toLowerCase();
  const named = name !== undefined && text.slice(end).trimStart().toLowerCase().startsWith(name);
  if (named) end = text.toLowerCase().indexOf(name, end) + name.length;
  const same = text.slice(one.start, one.end).toLowerCase() === text.slice(two.start, two.end).toLowerCase();
  const mark = /^\s*[,!.:]+\s*/u.exec(text.slice(end));
  // “Hei hei” is one; “Hi there” greets no second time.
  if (mark === null || (!named && !(same && tokens.some((t) => t.start >= end)))) return undefined;
  return [from, end + mark[0].length];
}

/** The second of two signatures by the same name. */
function signature({ text, hits, anatomy }: Document): Range | undefined {
  const { range, name, kind } = anatomy.signature;
  if (kind !== 'person' || range === undefined || name === undefined) return undefined;
  const from = Math.min(range[0], anatomy.signOff?.[0] ?? range[0]);
  const before = text.slice(0, from).trimEnd();
  if (!before.endsWith(name)) return undefined;
  const at = before.length - name.length;
  const led = SIGNS.test(text.slice(0, at)) || hits.some((h) => h.cue === 'anatomy.signoff' && h.end <= at && /^[\s,.:!]*$/u.test(text.slice(h.end, at)));
  // What says more than the name (a title, a unit) stays.
  const same = text.slice(range[0], range[1]).replace(/^[-–—^~/*\s]+/u, '').trim() === name;
  return led && same && at > anatomy.body[0] ? [before.length, range[1]] : undefined;
}

/** By place. */
export function doubled(reply: Document): Range[] {
  return [greeting(reply), signature(reply)].filter((r) => r !== undefined);
}
