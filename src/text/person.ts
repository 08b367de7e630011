/** Does a run of words at the end of a text name a person, a unit, or nobody? Names known to a list are one piece of evidence among others. */
import { ACRONYM, ADDRESS, AFTER, BEFORE, COMMA, CUED, GLUED, LINE, LINK, MARKED, ORDINARY, ROLE, SIGNOFF, SPACED, STOP, SURNAME, type Tail, TEAM, TITLE } from './tail.js';
import type { Token } from '../types.js';

/** What a signature's position says by itself, from the weakest. */
export const BARE = 0;
export const FRAGMENT = 1;
export const BELOW = 2;
export const SIGNED = 3;
export type Place = 0 | 1 | 2 | 3;

export type Witness = Readonly<{
  names: Readonly<{ has(word: string): boolean }>;
  /** Does the word stand elsewhere, in the other half of the exchange or earlier in this text? Then it is a brand, a thing or the customer. */
  elsewhere: (token: Token) => boolean;
}>;

/** Tokens of a name, from and to (exclusive); `sure` when a list, initials or a surname's form speaks for it. */
export type Name = Readonly<{ from: number; to: number; sure: boolean }>;

const UNKNOWN_MAX = 10;
const INITIALS_MAX = 3;
const LINE_MAX = 12;
const RUN_MAX = 22;
const LINK_WORDS = 5;
const AFTER_COMMA = 4;
/** Words before a comma that still make no sentence: “For the defence, Odile”. */
const LEAD_WORDS = 4;

const tokenAt = (tail: Tail, i: number): Token => tail.tokens[i] as Token;
const bit = (tail: Tail, i: number, mask: number): boolean => ((tail.bits[i] ?? 0) & mask) !== 0;
const gapAt = (tail: Tail, i: number): number => tail.gaps[i] ?? LINE;

/** “PatrickUllmann”: a known name with another written on to it. */
function humped(tail: Tail, token: Token, names: Readonly<{ has(word: string): boolean }>): boolean {
  const m = /^(\p{Lu}\p{Ll}+)\p{Lu}\p{Ll}+$/u.exec(tail.text.slice(token.start, Math.min(token.end, token.start + 40)));
  return m !== null && names.has((m[1] as string).toLowerCase());
}

export function isKnown(tail: Tail, i: number, names: Readonly<{ has(word: string): boolean }>): boolean {
  const token = tail.tokens[i];
  if (token === undefined || token.kind !== 'word' || token.upper === 0) return false;
  return names.has(token.norm) || (token.upper === 1 && token.norm.length > 6 && humped(tail, token, names));
}

function isCapital(tail: Tail, i: number): boolean {
  const token = tail.tokens[i];
  return token !== undefined && token.kind === 'word' && token.upper > 0;
}

function isLetter(tail: Tail, i: number): boolean {
  const token = tail.tokens[i];
  return isCapital(tail, i) && token !== undefined && token.end - token.start === 1;
}

/** Two or three capitals; a common abbreviation only where nothing but initials can stand. */
export function isInitials(tail: Tail, i: number, alone: boolean): boolean {
  const token = tail.tokens[i];
  if (token === undefined || token.kind !== 'word' || token.upper !== 2) return false;
  const length = token.end - token.start;
  return length <= INITIALS_MAX && !bit(tail, i, TEAM) && ((alone && length === 2) || !bit(tail, i, ACRONYM));
}

/** A capitalised word that no list knows, and that nothing says is something else. */
function couldBeName(tail: Tail, i: number, witness: Witness): boolean {
  const token = tail.tokens[i];
  if (token === undefined || !isCapital(tail, i) || token.norm.length < 2) return false;
  if (bit(tail, i, TEAM | ROLE | ADDRESS | ACRONYM | AFTER | LINK | BEFORE | SIGNOFF | ORDINARY | CUED)) return false;
  if (token.upper === 2) return false;
  if (token.norm.length > UNKNOWN_MAX && !bit(tail, i, SURNAME)) return false;
  return /^[\p{L}\p{M}'’]+$/u.test(tail.text.slice(token.start, token.end)) && !witness.elsewhere(token);
}

/** Does token `i` stand right behind the one before, as part of the same name would? “Susan-HP” is a name and a brand. */
function joined(tail: Tail, i: number): boolean {
  const gap = gapAt(tail, i);
  return gap === SPACED || (gap === GLUED && tail.tokens[i]?.upper !== 2);
}

/** How far the name that begins at `i` goes: surnames, initials, second names. */
export function nameEnd(tail: Tail, i: number): number {
  let end = i + 1;
  while (end < tail.tokens.length && end < i + 4 && isCapital(tail, end) && joined(tail, end) && !bit(tail, end, TEAM | ROLE | AFTER | LINK | ORDINARY)) end++;
  return end;
}

/** The name that begins at token `i`, if one does. */
function nameFrom(tail: Tail, i: number, from: number, place: Place, witness: Witness): Name | undefined {
  const last = i === tail.tokens.length - 1;
  if (isKnown(tail, i, witness.names)) return { from: i, to: nameEnd(tail, i), sure: true };
  if (isLetter(tail, i)) {
    // “J. Moss”, “M. L.”, “M.L.”
    const next = gapAt(tail, i + 1) <= SPACED && tail.text[tokenAt(tail, i).end] === '.';
    if (next && (isLetter(tail, i + 1) || (isCapital(tail, i + 1) && !bit(tail, i + 1, TEAM | ROLE)))) return { from: i, to: nameEnd(tail, i), sure: true };
    return last && i === from && place >= FRAGMENT && (place !== FRAGMENT || gapAt(tail, i) === STOP) ? { from: i, to: i + 1, sure: true } : undefined;
  }
  if (isInitials(tail, i, last && i === from && gapAt(tail, i) >= MARKED)) return last || place >= BELOW ? { from: i, to: i + 1, sure: true } : undefined;
  if (last && bit(tail, i, SURNAME) && isCapital(tail, i) && !bit(tail, i, TEAM | ROLE | ORDINARY)) return { from: i, to: i + 1, sure: true };
  return couldBeName(tail, i, witness) ? { from: i, to: nameEnd(tail, i), sure: false } : undefined;
}

/** Does the run from `from` keep the form of a signature: no sentence in it, lines short? */
export function isShort(tail: Tail, from: number): boolean {
  const n = tail.tokens.length;
  if (n - from > RUN_MAX) return false;
  let line = 1;
  for (let i = from + 1; i < n; i++) {
    const gap = gapAt(tail, i);
    if (gap === STOP) return false;
    if (gap === LINE) line = 0;
    if (++line > LINE_MAX) return false;
  }
  return true;
}

/** May what follows a name stand in a signature: another line, a role, “at the desk”, “, logistics”? */
export function fits(tail: Tail, name: Name): boolean {
  const n = tail.tokens.length;
  // “Vincent Walton General Manager”, “Susan-HP Social Media Tech Support”: capitals up to a unit or a role.
  for (let i = name.to; i < n && i < name.to + 6; i++) {
    const gap = gapAt(tail, i);
    if ((gap !== SPACED && gap !== GLUED) || tail.tokens[i]?.kind === 'mention' || bit(tail, i, TEAM | ROLE | AFTER | LINK)) return true;
    if (!isCapital(tail, i)) return false;
  }
  return name.to >= n;
}

/** “Ellu energiapalvelusta”, “Clive at the desk”: where somebody sits, and nothing more. */
function isLinked(tail: Tail, i: number): boolean {
  const n = tail.tokens.length;
  if (bit(tail, i, LINK)) return n - i >= 2 && n - i <= LINK_WORDS;
  return bit(tail, i, AFTER) && (i + 1 === n || gapAt(tail, i + 1) > SPACED);
}

/** Is an unknown word at this place a person's name? */
function trusted(tail: Tail, name: Name, place: Place): boolean {
  const n = tail.tokens.length;
  const words = name.to - name.from;
  // “Updates: …” is a heading.
  if (tail.text[tokenAt(tail, name.to - 1).end] === ':') return false;
  const rest = name.to < n;
  const gap = rest ? gapAt(tail, name.to) : LINE;
  let role = false;
  let team = false;
  for (let i = name.to; i < n; i++) {
    role ||= bit(tail, i, ROLE);
    team ||= bit(tail, i, TEAM);
  }
  if (rest && gap <= SPACED) {
    const next = name.to;
    if (words === 1 && (tail.tokens[next]?.kind === 'mention' || gap === GLUED || isLinked(tail, next))) return true;
    return role && words <= 3 && (!team || words === 2);
  }
  if (rest && gap === COMMA && !role && n - name.to > AFTER_COMMA) return false;
  if (words === 1) return !(place === FRAGMENT && tail.tokens[name.from - 1]?.kind === 'mention');
  if (words > 3) return false;
  return role || (rest && (gap === COMMA || gap === MARKED)) || (rest && gap === LINE && place !== FRAGMENT && (!team || tail.tokens[name.to]?.upper === 0)) || bit(tail, name.to - 1, SURNAME);
}

/** The person named by the run from token `from` to the end of the tail; `team` when a unit is; undefined when neither. */
export function judge(tail: Tail, from: number, place: Place, witness: Witness): Name | 'team' | undefined {
  const n = tail.tokens.length;
  if (from >= n || !isShort(tail, from)) return undefined;
  // What may stand before the name: a title, a role, a possessor with a capital, a few words and a comma.
  let led = false;
  let capitals = true;
  for (let i = from; i < n && i < from + 6; i++) {
    const gap = gapAt(tail, i);
    if (i > from && gap >= MARKED && !led) break;
    const open = i === from || (gap === COMMA ? i - from <= LEAD_WORDS || led : (led || capitals) && !bit(tail, i - 1, TEAM));
    const name = open ? nameFrom(tail, i, from, place, witness) : undefined;
    if (name !== undefined && (name.sure || i === from || led) && fits(tail, name) && (i === from || gap !== COMMA || n - name.to <= AFTER_COMMA) && (name.sure || (led && name.to - name.from <= 2 && name.to === n) || trusted(tail, name, place))) return name;
    if (i === from && !isCapital(tail, i) && !bit(tail, i, ROLE | TEAM | TITLE | BEFORE | LINK)) return undefined;
    led = bit(tail, i, ROLE | TITLE);
    capitals &&= isCapital(tail, i) && !bit(tail, i, ORDINARY | BEFORE);
  }
  const first = tail.bits[from] ?? 0;
  for (let i = from; i < n && i < from + 6; i++) if (bit(tail, i, TEAM) && (isCapital(tail, from) || (first & TEAM) !== 0)) return 'team';
  return undefined;
}
