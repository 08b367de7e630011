/** Text → tokens and sentences, in one pass, with UTF-16 offsets. Language comes in as a list of abbreviations only. */
import type { Form, Sentence, Token, TokenKind } from '../types.js';
import { findAddress, matchAt } from './addresses.js';
import { charClass, DIGIT, EMOJI, isUpper, LETTER, MARK, OTHER, SPACE } from './chars.js';
import { formOf } from './known.js';
import { composed } from './wellformed.js';

const EMOTICON = /[:;=xX8][-o'^]?(?:\)+|\(+|D+|[pP3/\\|*oO])(?![\p{L}\p{N}])|<3+|\^\^|:'\(/uy;
const CURRENCY = '€$£¥%₹';
const MARKS = '.!?…';
const CLOSERS = '"”’»)\'*_]';

/** Case-folded, apostrophes straight, invisible characters gone, composed. */
export function normalise(word: string): string {
  let norm = word.toLowerCase();
  for (let i = 0; i < norm.length; i++) {
    if (norm.charCodeAt(i) > 0x24f || norm.charCodeAt(i) === 0xad) {
      norm = norm.replace(/[’‘ʼ´`]/g, "'").replace(/[\u200B-\u200D\u2060\uFE0E\uFE0F\u00AD]/g, '');
      norm = composed(norm);
      break;
    }
  }
  return norm;
}

/** The form of what hardly comes twice, or is quickly looked up. */
function once(norm: string): Form {
  return { norm, known: undefined };
}

const asIs = (s: string): string => s;

function normaliseEmoji(s: string): string {
  return s.replace(/[\uFE0E\uFE0F\u{1F3FB}-\u{1F3FF}]/gu, '');
}

function isWordAt(text: string, i: number): boolean {
  const point = text.codePointAt(i);
  if (point === undefined) return false;
  const k = charClass(point);
  return k === LETTER || k === DIGIT || k === MARK;
}

/** End of the word that starts at `i`: letters, marks, digits, inner apostrophes, and a colon before a case ending (`dm:llä`). */
function wordEnd(text: string, i: number): number {
  const n = text.length;
  while (i < n) {
    const point = text.codePointAt(i) as number;
    const k = charClass(point);
    if (k === LETTER || k === DIGIT || k === MARK) {
      i += point > 0xffff ? 2 : 1;
      continue;
    }
    const c = text.charCodeAt(i);
    const inner = c === 39 || c === 0x2019 || c === 0x2bc;
    if (inner && i + 1 < n && charClass(text.charCodeAt(i + 1)) === LETTER) {
      i++;
      continue;
    }
    if (c === 58 && i + 1 < n && charClass(text.charCodeAt(i + 1)) === LETTER && !isUpper(text, i + 1)) {
      i++;
      continue;
    }
    break;
  }
  return i;
}

/** End of the number that starts at `i`: digits joined by `. , : / -`, with a unit written on to it. */
function numberEnd(text: string, i: number): number {
  const n = text.length;
  for (;;) {
    while (i < n && charClass(text.codePointAt(i) as number) === DIGIT) i += (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
    const c = text[i];
    if (c !== undefined && '.,:/-–'.includes(c) && i + 1 < n && charClass(text.charCodeAt(i + 1)) === DIGIT) i++;
    else break;
  }
  return wordEnd(text, i);
}

function emojiEnd(text: string, i: number): number {
  const first = text.codePointAt(i) as number;
  i += first > 0xffff ? 2 : 1;
  let flags = first >= 0x1f1e6 && first <= 0x1f1ff ? 1 : 0;
  while (i < text.length) {
    const point = text.codePointAt(i) as number;
    const size = point > 0xffff ? 2 : 1;
    if (point === 0xfe0f || point === 0xfe0e || (point >= 0x1f3fb && point <= 0x1f3ff)) i += size;
    else if (point === 0x200d && i + 1 < text.length && charClass(text.codePointAt(i + 1) as number) === EMOJI) {
      i += 1;
      i += (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
    } else if (flags === 1 && point >= 0x1f1e6 && point <= 0x1f1ff) {
      flags = 2;
      i += size;
    } else break;
  }
  return i;
}

export type Segmented = Readonly<{
  tokens: readonly Token[];
  sentences: readonly Sentence[];
  /** Words whose full stop was weighed: only where one of them is an abbreviation would another language cut otherwise. */
  stopped: readonly string[];
}>;

/**
 * Cuts `text` into tokens and sentences.
 *
 * A line break always ends a sentence; a full stop does not after an abbreviation, a single letter, or a number that a
 * lower-case word follows (“3. päivänä”). Never throws; linear in the length of the text.
 */
export function segment(text: string, abbreviations: ReadonlySet<string> = new Set()): Segmented {
  const tokens: Token[] = [];
  const sentences: Sentence[] = [];
  const stopped: string[] = [];
  const n = text.length;
  let i = 0;
  let from = 0;
  let begin = -1;

  const push = (kind: TokenKind, start: number, end: number, form: Form): void => {
    if (begin < 0) begin = start;
    tokens.push({ kind, form, start, end, norm: form.norm, upper: kind === 'word' ? capitals(text, start, end) : 0, sentence: sentences.length });
  };
  const finish = (end: number, mark: Sentence['mark']): void => {
    if (begin >= 0 && tokens.length > from) {
      sentences.push({ start: begin, end, from, to: tokens.length, mark });
      from = tokens.length;
    }
    begin = -1;
  };
  const lastEnd = (): number => tokens[tokens.length - 1]?.end ?? i;

  while (i < n) {
    const point = text.codePointAt(i) as number;
    const k = charClass(point);
    const size = point > 0xffff ? 2 : 1;
    if (k === SPACE) {
      if (point === 10 || point === 13 || point === 0x2028 || point === 0x2029) finish(lastEnd(), '');
      i += size;
    } else if (k === LETTER) {
      const c = point | 32;
      let end = -1;
      let kind: TokenKind = 'word';
      if (c === 120) end = matchAt(EMOTICON, text, i); // xD
      if (end > 0) kind = 'emoji';
      else {
        const stop = wordEnd(text, i);
        const address = findAddress(text, i, stop);
        if (address !== undefined) [kind, end] = address;
        else end = stop;
      }
      const raw = text.slice(i, end);
      push(kind, i, end, kind === 'word' ? formOf(raw, normalise) : once(raw.toLowerCase()));
      i = end;
    } else if (k === DIGIT) {
      let end = matchAt(EMOTICON, text, i);
      let kind: TokenKind = 'emoji';
      if (end < 0) {
        end = numberEnd(text, i);
        kind = 'number';
      }
      push(kind, i, end, formOf(text.slice(i, end), normalise));
      i = end;
    } else if (k === EMOJI) {
      const end = emojiEnd(text, i);
      push('emoji', i, end, formOf(text.slice(i, end), normaliseEmoji));
      i = end;
    } else if (k === MARK) {
      i += size;
    } else {
      const ch = text[i] as string;
      const before = i === 0 || !isWordAt(text, i - 1);
      if ((ch === '@' || ch === '#') && before && isWordAt(text, i + 1)) {
        const end = ch === '@' ? mentionEnd(text, i + 1) : wordEnd(text, i + 1);
        push(ch === '@' ? 'mention' : 'hashtag', i, end, once(normalise(text.slice(i + 1, end))));
        i = end;
        continue;
      }
      if (':;=<^'.includes(ch)) {
        const end = matchAt(EMOTICON, text, i);
        if (end > 0) {
          push('emoji', i, end, formOf(text.slice(i, end), asIs));
          i = end;
          continue;
        }
      }
      if (CURRENCY.includes(ch)) {
        push('number', i, i + 1, once(ch));
        i++;
        continue;
      }
      if (MARKS.includes(ch)) {
        let end = i;
        let mark: Sentence['mark'] = '';
        while (end < n && MARKS.includes(text[end] as string)) {
          const m = text[end] as string;
          if (m === '?') mark = '?';
          else if (m === '!' && mark !== '?') mark = '!';
          else if (mark === '') mark = '.';
          end++;
        }
        while (end < n && CLOSERS.includes(text[end] as string)) end++;
        const next = end < n ? charClass(text.codePointAt(end) as number) : SPACE;
        const last = tokens[tokens.length - 1];
        const stuck = last !== undefined && last.end === i;
        let ends = next === SPACE || next === EMOJI || (mark !== '.' && next === OTHER) || (mark !== '.' && next === LETTER);
        if (ends && mark === '.' && end === i + 1 && stuck && last.kind !== 'emoji') {
          if (last.kind === 'word') stopped.push(last.norm);
          ends = !abbreviates(text, last, end, abbreviations);
        }
        if (ends) finish(end, mark);
        i = end;
        continue;
      }
      i += size;
    }
  }
  finish(lastEnd(), '');
  return { tokens, sentences, stopped };
}

function capitals(text: string, start: number, end: number): 0 | 1 | 2 {
  if (!isUpper(text, start)) return 0;
  let letters = 0;
  for (let i = start; i < end; i++) {
    if (charClass(text.charCodeAt(i)) !== LETTER) continue;
    if (!isUpper(text, i)) return 1;
    letters++;
  }
  return letters >= 2 ? 2 : 1;
}

function mentionEnd(text: string, i: number): number {
  while (i < text.length && (isWordAt(text, i) || text[i] === '_')) i += (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
  return i;
}

/** Does the full stop after `last` belong to the word rather than to the sentence? */
function abbreviates(text: string, last: Token, end: number, abbreviations: ReadonlySet<string>): boolean {
  if (last.kind === 'word' && abbreviations.has(last.norm)) return true;
  let next = end;
  while (next < text.length && (text[next] === ' ' || text[next] === '\u00a0')) next++;
  if (next >= text.length) return false;
  const follows = charClass(text.codePointAt(next) as number);
  const lower = follows === LETTER && !isUpper(text, next);
  if (last.kind === 'number') return lower;
  return last.kind === 'word' && last.end - last.start === 1 && follows === LETTER && last.norm !== 'i';
}
