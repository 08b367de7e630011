/**
 * Who signs a text. Every place near the end where a signature can begin is tried, from the end backwards: behind a mark (`^JK`, `-Anna`,
 * `/LS`), behind a sign-off, on a line of its own, as a last fragment, and, for a known name or initials, as the bare last word. What the
 * words there say decides (person.ts); a unit counts only when no person is found. Last, a name given in the body.
 */
import type { Hit, Range, Signature, Token } from '../types.js';
import type { Parts } from './anatomy.js';
import { BARE, BELOW, fits, FRAGMENT, isInitials, isKnown, judge, type Name, nameEnd, type Place, SIGNED, type Witness } from './person.js';
import { BEFORE, closing, COMMA, GLUED, layOut, LEAD, LINE, MARKED, OBJECT, ORDINARY, PRAISE, ROLE, signatureEnd, SPACED, STOP, type Tail, TEAM, TITLE, trimmed } from './tail.js';

export type Found = Readonly<{ signature: Signature; signOff?: Range; /** Where the body ends. */ tail?: number }>;

const NOBODY: Signature = { kind: 'none' };
/** A sign-off may say a word or two more before the name. */
const SIGNOFF_WORDS = 3;
const LOWER_INITIALS = 3;
const CARETS = '^~*∞';

/** The sign-off that ends right before token `i`, or up to a few words before it on the same line. */
function signOffBefore(tail: Tail, i: number): Hit | undefined {
  for (let h = tail.signOffs.length - 1; h >= 0; h--) {
    const hit = tail.signOffs[h] as Hit;
    const start = (tail.tokens[i] as Token).start;
    if (hit.end > start) continue;
    let words = 0;
    for (let t = i - 1; t >= 0 && (tail.tokens[t] as Token).start >= hit.end; t--) {
      words++;
      if (tail.gaps[t] === STOP || (tail.gaps[t] === LINE && words > 0)) return undefined;
    }
    return words <= SIGNOFF_WORDS && (words === 0 || tail.gaps[i] === LINE || tail.gaps[i] === COMMA) ? hit : undefined;
  }
  return undefined;
}

function isFinal(tail: Tail, hit: Hit): boolean {
  const last = tail.tokens[tail.tokens.length - 1];
  return last !== undefined && hit.end >= last.end;
}

type Setting = Readonly<{ tail: Tail; witness: Witness; mark: string; bodyStart: number; addressed: string }>;

/** A signature closes something: words stand before it. */
function hasWords(tail: Tail, i: number): boolean {
  if (tail.more) return true;
  for (let t = 0; t < i; t++) if ((tail.tokens[t] as Token).kind !== 'mention') return true;
  return false;
}

/** Where a signature that begins at token `i` would stand; undefined when none can begin there. */
function placeOf({ tail, bodyStart, mark }: Setting, i: number): Place | undefined {
  const token = tail.tokens[i] as Token;
  if (token.start <= bodyStart || !hasWords(tail, i)) return undefined;
  const gap = tail.gaps[i];
  if (gap === MARKED) return SIGNED;
  const hit = signOffBefore(tail, i);
  if (hit !== undefined && (hit.start > bodyStart || gap === LINE)) return SIGNED;
  if (gap === LINE) return BELOW;
  if (gap === STOP || gap === OBJECT) return FRAGMENT;
  if (isLed(tail, i, bodyStart) && !(mark !== '' && gap === SPACED && ((tail.bits[i - 1] ?? 0) & PRAISE) !== 0)) return FRAGMENT;
  return i >= tail.tokens.length - 3 ? BARE : undefined;
}

/** “toivottaa Kaisa”, “Thank you Jenny and Tony”: a word that leads up to whoever writes, or thanks with a capital in the middle of nothing. */
function isLed(tail: Tail, i: number, bodyStart: number): boolean {
  const before = tail.bits[i - 1] ?? 0;
  if (i === 0 || tail.gaps[i] !== SPACED || (tail.tokens[i] as Token).upper === 0) return false;
  if ((before & LEAD) !== 0) return true;
  let p = i;
  while (p > 0 && ((tail.bits[p - 1] ?? 0) & PRAISE) !== 0) p--;
  const first = tail.tokens[p] as Token;
  return p < i && first.upper > 0 && first.start > bodyStart;
}

/** “^sp”, “–jeh”, “~Mark Y.”: behind a caret stands whoever wrote it; lower-case initials need a mark that is nothing else. */
function marked({ tail, mark }: Setting, i: number): Name | undefined {
  const token = tail.tokens[i] as Token;
  const begin = tail.begins[i] as number;
  const n = tail.tokens.length;
  const bits = tail.bits[i] ?? 0;
  const short = i === n - 1 && token.end - token.start <= LOWER_INITIALS;
  // Lower-case initials under the unit's line or behind it: “Waterworks / mk”.
  const unit = i > 0 && ((tail.bits[i - 1] ?? 0) & TEAM) !== 0 && (tail.gaps[i] === LINE || tail.gaps[i] === MARKED);
  if (unit && short && token.kind === 'word' && token.upper === 0 && mark === '' && (bits & (ORDINARY | TEAM)) === 0) return { from: i, to: n, sure: true };
  if (tail.gaps[i] !== MARKED || (mark !== '' && mark !== '.') || begin + 1 !== token.start || token.kind !== 'word' || (bits & TEAM) !== 0) return undefined;
  if (CARETS.includes(tail.text[begin] as string)) {
    if (token.upper === 0) return short ? { from: i, to: n, sure: true } : undefined;
    for (let t = i + 1; t < n; t++) if ((tail.tokens[t] as Token).upper === 0 || tail.gaps[t] === STOP) return undefined;
    return n - i <= 3 ? { from: i, to: n, sure: true } : undefined;
  }
  if (token.upper > 0) return i === n - 1 && begin > 0 && /\s/u.test(tail.text[begin - 1] as string) ? { from: i, to: n, sure: true } : undefined;
  return short && mark === '' && (bits & ORDINARY) === 0 ? { from: i, to: n, sure: true } : undefined;
}

/** The bare last word, or what a comma sets off at the end: initials, a known name. */
function bare(setting: Setting, i: number): Name | undefined {
  const { tail, witness, mark, addressed } = setting;
  const n = tail.tokens.length;
  const token = tail.tokens[i] as Token;
  const before = tail.tokens[i - 1];
  if (before === undefined || mark === '!' || mark === '?') return undefined;
  const gap = tail.gaps[i];
  if (isInitials(tail, i, false) && i === n - 1 && mark === '') return gap === SPACED && before.upper !== 2 && token.end - token.start === 2 && ((tail.bits[i - 1] ?? 0) & BEFORE) === 0 && !witness.elsewhere(token) ? { from: i, to: n, sure: true } : undefined;
  if (!isKnown(tail, i, witness.names) || addressed.includes(token.norm) || tail.text[token.start - 1] === '(') return undefined;
  const to = nameEnd(tail, i);
  if (gap === COMMA) return endsSentence(setting, i) && fits(tail, { from: i, to, sure: true }) ? { from: i, to, sure: true } : undefined;
  const lower = before.kind === 'word' && before.upper === 0 && ((tail.bits[i - 1] ?? 0) & (BEFORE | PRAISE)) === 0;
  return lower && mark === '' && (n - i === 1 || (tail.tokens[i + 1]?.upper ?? 0) > 0) && n - i <= 2 && (gap === SPACED || gap === GLUED) ? { from: i, to: n, sure: true } : undefined;
}

/** “For the defence, Odile”: somebody else was addressed already, or the sentence is too short to be one; and it thanks nobody. */
function endsSentence({ tail, addressed }: Setting, i: number): boolean {
  let start = i;
  while (start > 0 && tail.gaps[start] !== STOP && tail.gaps[start] !== LINE && tail.gaps[start] !== OBJECT) start--;
  for (let t = start; t < i; t++) if (((tail.bits[t] ?? 0) & PRAISE) !== 0) return false;
  return addressed !== '' || i - start <= 4;
}

function person({ text, begins, tokens }: Tail, name: Name, from: number, end: number): Signature {
  const last = tokens[name.to - 1] as Token;
  return { kind: 'person', range: [begins[from] as number, end], name: text.slice((tokens[name.from] as Token).start, last.end) };
}

/** “This guide may help: https://…”, “Please contact our team at 800 222”: ordinary words, or an address, in the last fragment. */
function isSentence({ tokens, bits }: Tail, i: number): boolean {
  const rest = tokens.slice(i);
  return rest.some((t) => t.kind === 'url' || t.kind === 'email') || rest.some((t, n) => t.upper === 0 && t.end - t.start > 2 && ((bits[i + n] ?? 0) & (ORDINARY | TEAM)) === ORDINARY);
}

/**
 * “The library closes at eight”, “Read more: Help Centre”, “Customer service: 09 1234”: on a line of its own, without a sign-off, a unit signs
 * when nothing but names, units and what belongs to them stands there, and its last word is one of them.
 */
function saysSomething(tail: Tail, i: number, mark: string): boolean {
  const n = tail.tokens.length;
  if (mark === ':' || (mark === '.' && n - i > 3) || isSentence(tail, i)) return true;
  let to = i + 1;
  while (to < n && tail.gaps[to] !== LINE) to++;
  const last = tail.tokens[to - 1] as Token;
  if (last.kind === 'word' && last.upper === 0 && ((tail.bits[to - 1] ?? 0) & (TEAM | ROLE)) === 0) return true;
  const run = tail.tokens.slice(i, to);
  return run.some((t) => tail.text[t.end] === ':') || run.filter((t, k) => t.upper === 0 && ((tail.bits[i + k] ?? 0) & (ORDINARY | TEAM)) === ORDINARY).length > 1;
}

function fromTail(setting: Setting): Found | undefined {
  const { tail, mark, witness } = setting;
  const n = tail.tokens.length;
  const end = signatureEnd(tail.text, tail.tokens[n - 1] as Token);
  const found = (signature: Signature, i: number): Found => {
    const hit = signOffBefore(tail, i);
    return { signature, ...(hit === undefined ? {} : { signOff: [hit.start, hit.end] as const }), tail: hit?.start ?? (tail.begins[i] as number) };
  };
  let team: Found | undefined;
  let weak: Found | undefined;
  for (let i = n - 1; i >= 0; i--) {
    const place = placeOf(setting, i);
    if (place === undefined) continue;
    // Under a name may stand a unit that looks like one: “Markus / Workshop”.
    if (weak !== undefined && tail.gaps[i] !== LINE && place !== SIGNED) continue;
    if (place === BARE) {
      const name = bare(setting, i);
      if (name !== undefined) return found(person(tail, name, i, end), i);
      continue;
    }
    const said = marked(setting, i) ?? judge(tail, i, place, witness);
    if (said === undefined) continue;
    if (said === 'team') {
      // “If this does not help contact support.”: a sentence that ends in a unit is not signed by it.
      const sentence = (place === FRAGMENT && ((mark === '.' && n - i > 3) || isSentence(tail, i))) || (place === BELOW && saysSomething(tail, i, mark));
      team ??= mark === '!' || mark === '?' || sentence ? undefined : found({ kind: 'team', range: [tail.begins[i] as number, end] }, i);
      continue;
    }
    if (mark === '?' && tail.gaps[i] !== MARKED) continue;
    if (!said.sure && mark !== '' && (place === FRAGMENT || mark !== '.')) continue;
    // “Thanks, Petra!” turns to the customer.
    if (mark === '!' && (place === SIGNED || place === FRAGMENT) && tail.gaps[i] !== MARKED && tail.gaps[i] !== LINE) continue;
    // A day of the month is nobody: “by 2 June.”
    if (mark === '.' && tail.gaps[i] === OBJECT && tail.tokens[i - 1]?.kind === 'number') continue;
    if (mark === '.' && tail.gaps[i] === COMMA && ((tail.bits[i] ?? 0) & TITLE) !== 0) continue;
    if (weak === undefined && !said.sure && tail.gaps[i] === LINE && place === BELOW) {
      weak = found(person(tail, said, i, end), i);
      continue;
    }
    if (weak !== undefined && !said.sure && place !== SIGNED) break;
    return found(person(tail, said, i, end), i);
  }
  if (weak !== undefined) return weak;
  if (team !== undefined) return team;
  for (let h = tail.signOffs.length - 1; h >= 0; h--) {
    const hit = tail.signOffs[h] as Hit;
    if (isFinal(tail, hit)) return { signature: NOBODY, signOff: [hit.start, hit.end], tail: hit.start };
  }
  return signedByUnit(setting, end);
}

/** A sign-off with capitalised words behind it that are nobody's name: the company signs. */
function signedByUnit({ tail }: Setting, end: number): Found | undefined {
  for (let i = tail.tokens.length - 1; i > 0; i--) {
    const hit = signOffBefore(tail, i);
    if (hit === undefined || (tail.tokens[i] as Token).upper === 0) continue;
    if (tail.tokens.length - i > 6) return undefined;
    return { signature: { kind: 'team', range: [(tail.tokens[i] as Token).start, end] }, signOff: [hit.start, hit.end], tail: hit.start };
  }
  return undefined;
}

/** “Topi täältä laskutuksesta”, “this is Grace from Support”. */
function introduced({ hits, tokens, names, text }: Parts): Signature | undefined {
  const intro = hits.find((h) => h.cue === 'anatomy.intro');
  if (intro === undefined) return undefined;
  for (const t of tokens) {
    if (t.start > intro.end) return undefined;
    if (t.start >= intro.start && t.end <= intro.end && t.upper > 0 && names.has(t.norm)) return { kind: 'person', range: [intro.start, intro.end], name: text.slice(t.start, t.end) };
  }
  return undefined;
}

/**
 * @param bodyStart where the greeting ends
 * @param addressed the name greeted, in lower case: whoever is addressed does not sign
 */
export function findSignature(parts: Parts, bodyStart: number, addressed = ''): Found {
  const { text, tokens, hits } = parts;
  const tail = trimmed(layOut(text, tokens, hits, parts.common, bodyStart));
  const last = tail.tokens[tail.tokens.length - 1];
  let found: Found | undefined;
  if (last !== undefined) {
    const elsewhere = (token: Token): boolean => {
      if (parts.foreign(token.norm)) return true;
      for (const t of tokens) {
        if (t.start >= token.start) return false;
        if (t.norm === token.norm) return true;
      }
      return false;
    };
    const after = closing(text, last.end);
    const dotted = after === '.' && last.end - last.start <= 2 && text[last.end] === '.';
    found = fromTail({ tail, witness: { names: parts.names, elsewhere }, mark: dotted ? '' : after, bodyStart, addressed });
  }
  if (found?.signature.kind === 'person') return found;
  const named = introduced(parts);
  return named === undefined ? (found ?? { signature: NOBODY }) : { ...(found ?? {}), signature: named };
}
