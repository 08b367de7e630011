/**
 * Who signs a reply. Four forms, most telling first: a marked name or initials at the end (`^JK`, `-Anna`, `/LS`), a sign-off with a name
 * behind it, a last line that is a name, and a name given in the body (“Topi täältä laskutuksesta”).
 */
import type { Range, Signature, Token } from '../types.js';
import type { Parts } from './anatomy.js';
import { isUpper } from './chars.js';

type Found = Readonly<{ signature: Signature; signOff?: Range; /** Where the body ends. */ tail?: number }>;

/** A sign-off this far from the end, in tokens, is part of the text. */
const TAIL_TOKENS = 24;
const LINE_TOKENS = 8;

function has(parts: Parts, cue: string, start: number, end: number): boolean {
  return parts.hits.some((h) => h.cue === cue && h.start < end && h.end > start);
}

/** Links, counters (“2/2”), emoji and hashtags behind a signature are no part of it. */
function lastWord(tokens: readonly Token[]): number {
  let e = tokens.length;
  while (e > 0) {
    const kind = (tokens[e - 1] as Token).kind;
    if (kind === 'word' || kind === 'mention') break;
    e--;
  }
  return e - 1;
}

function lineOf(text: string, at: number): Range {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return [start, end < 0 ? text.length : end];
}

function between(tokens: readonly Token[], [start, end]: Range): Token[] {
  return tokens.filter((t) => t.start >= start && t.end <= end);
}

/** Two to four capitals, or a capital and a digit: an agent's initials. Common abbreviations are no initials. */
function isInitials(parts: Parts, token: Token): boolean {
  const length = token.end - token.start;
  return token.kind === 'word' && (token.upper === 2 || (token.upper === 1 && length === 1)) && length <= 3 && !has(parts, 'anatomy.acronym', token.start, token.end);
}

/** Does this run of words begin with a person's name? `marked`: something before it says that a signature begins. */
function personIn(parts: Parts, run: readonly Token[], marked: boolean): Token | undefined {
  const { names, foreign, text, tokens } = parts;
  const first = run[0];
  if (first === undefined) return undefined;
  const team = (t: Token): boolean => has(parts, 'anatomy.team', t.start, t.end) || has(parts, 'anatomy.address', t.start, t.end);
  const known = run.find((t) => t.kind === 'word' && t.upper > 0 && names.has(t.norm) && !has(parts, 'anatomy.team', t.start, t.end));
  if (known === first) return first;
  if (known !== undefined && run.indexOf(known) <= 4 && !foreign.has(known.norm)) return known;
  if (isInitials(parts, first) && (marked || run.length <= 2)) return first;
  if (!marked || first.kind !== 'word' || first.upper === 0 || team(first)) return undefined;
  // An unknown capitalised word: a rare name, or the company's. The company is named elsewhere too, or has a team behind it.
  const words = run.filter((t) => t.kind === 'word' && t.upper > 0);
  if (words.length > 3 || words.some(team)) return undefined;
  if (words.some((w) => foreign.has(w.norm) || tokens.some((t) => t !== w && t.norm === w.norm && t.start < first.start))) return undefined;
  const camel = /^\p{Lu}\p{Ll}+\p{Lu}/u.test(text.slice(first.start, first.end));
  const hasRole = has(parts, 'anatomy.role', first.start, (run[run.length - 1] as Token).end);
  return words.length === 1 || hasRole || (words.length === 2 && !camel && /^\p{Lu}\p{Ll}+$/u.test(text.slice(first.start, first.end))) ? first : undefined;
}

function person(text: string, name: Token, start: number, end: number): Signature {
  return { kind: 'person', range: [start, end], name: text.slice(name.start, name.end) };
}

const MARKED = /(?:^|[\s.!?…)"”:,;\p{Extended_Pictographic}\uFE0F])(?<mark>[\^*~/|]|[-–—]{1,2})[ \t]?(?<rest>\p{Lu}[^\n]{0,70})$/u;

/** “^JK”, “*DannyHarvey”, “- Martin 4/4”, “–Reijo, ruuvihylly”, “/ Robyn”. */
function marked(parts: Parts, bodyStart: number, end: number): Found | undefined {
  const { text, tokens } = parts;
  const from = Math.max(bodyStart, end - 90, text.lastIndexOf('\n', end - 1) + 1);
  const window = text.slice(from, end);
  for (let at = window.length - 1; at >= 0; at--) {
    if (!'^*~/|-–—'.includes(window[at] as string)) continue;
    const tail = window.slice(Math.max(0, at - 1));
    const m = MARKED.exec(tail);
    if (m === null || m.groups === undefined) continue;
    const start = from + Math.max(0, at - 1) + m.index + m[0].length - (m.groups['rest'] as string).length;
    const run = between(tokens, [start, end]);
    if (run.length === 0 || run.length > LINE_TOKENS || /[.!?]\s/u.test(text.slice(start, end).replace(/\p{Lu}\./gu, ''))) continue;
    const caret = m.groups['mark'] === '^' || m.groups['mark'] === '*' || m.groups['mark'] === '~';
    const name = caret && run[0] !== undefined && !has(parts, 'anatomy.team', run[0].start, run[0].end) ? run[0] : personIn(parts, run, true);
    const mark = from + Math.max(0, at - 1) + m[0].indexOf(m.groups['mark'] as string, m.index);
    if (name !== undefined) return { signature: person(text, name, mark, end), tail: mark };
    if (run.some((t) => has(parts, 'anatomy.team', t.start, t.end))) return { signature: { kind: 'team', range: [mark, end] }, tail: mark };
  }
  return undefined;
}

/** “Terveisin Hjördis”, “Kind regards,\nDale R.\nSupport”. */
function signedOff(parts: Parts, bodyStart: number, end: number): Found | undefined {
  const { text, tokens, hits } = parts;
  const candidates = hits.filter((h) => h.cue === 'anatomy.signoff' && h.start >= bodyStart && h.end <= end);
  for (let c = candidates.length - 1; c >= 0; c--) {
    const hit = candidates[c] as (typeof candidates)[number];
    const after = between(tokens, [hit.end, end]);
    if (after.length > TAIL_TOKENS) break;
    // Text that goes on in the same sentence is no signature: “Best to call us before five.”
    const restOfLine = between(tokens, [hit.end, Math.min(end, lineOf(text, hit.end)[1])]);
    if (restOfLine.length > LINE_TOKENS + 4 || (restOfLine[0] !== undefined && restOfLine[0].kind === 'word' && !isUpper(text, restOfLine[0].start) && !has(parts, 'anatomy.team', restOfLine[0].start, restOfLine[0].end) && !personIn(parts, restOfLine.slice(1, 3), false))) continue;
    const lines: Token[][] = [];
    for (const token of after) {
      const line = lines[lines.length - 1];
      const before = line?.[line.length - 1];
      if (line === undefined || before === undefined || text.slice(before.end, token.start).includes('\n')) lines.push([token]);
      else line.push(token);
    }
    const signOff: Range = [hit.start, hit.end];
    for (const [i, line] of lines.slice(0, 5).entries()) {
      const name = personIn(parts, line.slice(0, LINE_TOKENS), i === 0);
      if (name !== undefined) return { signature: person(text, name, line[0]?.start ?? hit.end, end), signOff, tail: hit.start };
    }
    return { signature: after.length === 0 ? { kind: 'none' } : { kind: 'team', range: [(after[0] as Token).start, end] }, signOff, tail: hit.start };
  }
  return undefined;
}

/** A last line or last fragment that is a name: “Robyn”, “Kari, myynnin laatu”, “… information. CS”. */
function lastLine(parts: Parts, bodyStart: number, end: number): Found | undefined {
  const { text, tokens } = parts;
  const last = tokens[tokens.length - 1];
  if (last === undefined) return undefined;
  const [lineStart] = lineOf(text, end);
  const own = Math.max(lineStart, bodyStart);
  const fragments: Range[] = [[own, end]];
  const line = text.slice(own, end);
  const cut = /(?:[.!?…]["”)]?|\p{Extended_Pictographic}\uFE0F?)\s+(?=\p{Lu}[^.!?…]{0,60}$)/gu;
  let m: RegExpExecArray | null;
  let at = -1;
  while ((m = cut.exec(line)) !== null) at = m.index + m[0].length;
  if (at > 0) fragments.push([own + at, end]);
  for (const [i, range] of fragments.entries()) {
    const run = between(tokens, range);
    const first = run[0];
    const alone = i > 0 || (lineStart > bodyStart && lineStart > 0);
    if (!alone || first === undefined || run.length > LINE_TOKENS || first.upper === 0) continue;
    if (/[.!?]\s+\p{L}/u.test(text.slice(...range).replace(/\p{Lu}\./gu, ''))) continue;
    const separated = run.length === 1 || /^[ \t]?[,/|(]|^\s*$/u.test(text.slice(first.end)) || (run[1] !== undefined && run[1].upper > 0);
    if (!separated) continue;
    const name = parts.names.has(first.norm) || (isInitials(parts, first) && run.length === 1) || has(parts, 'anatomy.role', range[0], end) ? personIn(parts, run, false) ?? (has(parts, 'anatomy.role', range[0], end) && !has(parts, 'anatomy.team', first.start, first.end) ? personIn(parts, run, true) : undefined) : undefined;
    if (name !== undefined) return { signature: person(text, name, range[0], end), tail: range[0] };
    if (i === 0 && run.length <= 5 && has(parts, 'anatomy.team', range[0], end) && !/[.!?]\s*$/u.test(text.slice(...range))) return { signature: { kind: 'team', range }, tail: range[0] };
  }
  return undefined;
}

export function findSignature(parts: Parts, bodyStart: number): Found {
  const { text, tokens, hits } = parts;
  const e = lastWord(tokens);
  const last = tokens[e];
  if (last === undefined || last.end <= bodyStart) return { signature: { kind: 'none' } };
  const dotted = text[last.end] === '.' && last.end - last.start <= 2 ? last.end + 1 : last.end;
  const tail: Parts = { ...parts, tokens: tokens.slice(0, e + 1) };
  const found = marked(tail, bodyStart, dotted) ?? signedOff(tail, bodyStart, dotted) ?? lastLine(tail, bodyStart, dotted);
  if (found !== undefined && found.signature.kind === 'person') return found;
  const intro = hits.find((h) => h.cue === 'anatomy.intro');
  if (intro !== undefined) {
    const name = tokens.find((t) => t.start >= intro.start && t.end <= intro.end && t.upper > 0 && parts.names.has(t.norm));
    if (name !== undefined) return { ...(found ?? {}), signature: person(text, name, intro.start, intro.end) };
  }
  return found ?? { signature: { kind: 'none' } };
}
