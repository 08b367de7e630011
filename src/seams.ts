/** How edits join what stands around them: spaces, lines, paragraphs, capitals; and where none may begin or end. Pure text, no words. */
import type { Document, Edit, Range } from './types.js';

const BLANKS = ' \t\u00a0';
const blank = (c: string | undefined): boolean => c !== undefined && BLANKS.includes(c);
const breaks = (c: string | undefined): boolean => c === '\n' || c === '\r';

/** The line end that the text uses. */
export function eol(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function back(text: string, at: number, over: (c: string | undefined) => boolean): number {
  let i = at;
  while (i > 0 && over(text[i - 1])) i--;
  return i;
}

function on(text: string, at: number, over: (c: string | undefined) => boolean): number {
  let i = at;
  while (i < text.length && over(text[i])) i++;
  return i;
}

/** The offset without the white space before it. */
export function trimmedEnd(text: string, at: number): number {
  return back(text, at, (c) => blank(c) || breaks(c));
}

/** Past one line end. */
function overBreak(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : breaks(text[at]) ? at + 1 : at;
}

/** What goes with a deletion: the space beside it, its line when nothing else stands there, the blank line when that was a paragraph. */
export function cutOut(text: string, [start, end]: Range): Range {
  const from = back(text, start, blank);
  const to = on(text, end, blank);
  const lineStart = from === 0 || breaks(text[from - 1]);
  const lineEnd = to === text.length || breaks(text[to]);
  if (lineStart && lineEnd) {
    if (to === text.length) return [trimmedEnd(text, from), to];
    let next = overBreak(text, to);
    // A paragraph of its own: the blank lines behind it go too, those before it stay.
    const paragraph = from === 0 || breaks(text[back(text, from - (text[from - 1] === '\n' && text[from - 2] === '\r' ? 2 : 1), blank) - 1]) || from <= 1;
    if (paragraph) {
      for (;;) {
        const line = on(text, next, blank);
        if (line === text.length || !breaks(text[line])) break;
        next = overBreak(text, line);
      }
    }
    return [from, next];
  }
  if (lineEnd) return [from, end];
  return [start, to];
}

/** Behind “Hei,” a sentence goes on in lower case; a word of one letter (“I”) keeps its own. */
export function continues(text: string, at: number): boolean {
  return /,[ \t]*(?:\r?\n\s*)?$/.test(text.slice(Math.max(0, at - 80), at)) && /^\s*\p{Ll}/u.test(text.slice(at, at + 80));
}

export function lowered(sentence: string): string {
  return /^\p{Lu}\p{Ll}/u.test(sentence) ? sentence.slice(0, 1).toLowerCase() + sentence.slice(1) : sentence;
}

export function raised(sentence: string): string {
  return sentence.replace(/^\p{Ll}/u, (c) => c.toUpperCase());
}

/** A sentence put in at `at`, one space away from its neighbours. What it pushes behind a full stop begins with a capital. */
export function insertSentence(text: string, at: number, sentence: string): Edit {
  const before = text[at - 1];
  const lead = before === undefined || blank(before) || breaks(before) ? '' : ' ';
  const after = text[at];
  const tail = after === undefined || blank(after) || breaks(after) ? '' : ' ';
  if (!continues(text, at) || after === undefined || !/\p{Ll}/u.test(after)) return { start: at, end: at, text: lead + sentence + tail };
  const begun = lowered(sentence);
  // Only a sentence that has an end pushes what follows into one of its own.
  return /[.!?⟩]$/.test(sentence) ? { start: at, end: at + 1, text: `${lead}${begun} ${after.toUpperCase()}` } : { start: at, end: at, text: lead + begun + tail };
}

let segmenter: Intl.Segmenter | undefined;
const WINDOW = 64;

/** May an edit begin or end here: not inside a surrogate pair, an emoji sequence, a letter with its marks, a CRLF? */
export function isSeam(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return at === 0 || at === text.length;
  const next = text.charCodeAt(at);
  const before = text.charCodeAt(at - 1);
  if (next < 0x300 && before < 0x300) return !(next === 10 && before === 13);
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const from = Math.max(0, at - WINDOW);
  return segmenter.segment(text.slice(from, at + WINDOW)).containing(at - from)?.index === at - from;
}

/** Do all edits leave whole what is one: characters, placeholders, the customer's quoted words? */
export function whole({ text, anatomy }: Document, edits: readonly Edit[]): boolean {
  const cuts = ([s, e]: Range, at: number): boolean => at > s && at < e;
  return edits.every(({ start, end }) => {
    if (!isSeam(text, start) || !isSeam(text, end)) return false;
    if (anatomy.placeholders.some((r) => cuts(r, start) || cuts(r, end))) return false;
    return !anatomy.quoted.some((r) => cuts(r, start) || cuts(r, end) || (start < r[1] && end > r[0]));
  });
}
