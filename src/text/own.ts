/** A reply's own words, apart from what it quotes: where they begin and end, and whether they are laid out as a letter. */
import type { Channel, Document, Sentence } from '../types.js';

/** At the first character that is no space and no quotation. */
export function ownStart({ text, anatomy }: Document): number {
  let at = 0;
  for (;;) {
    while (at < text.length && /\s/u.test(text[at] as string)) at++;
    const quotation = anatomy.quoted.find(([from, to]) => from <= at && to > at);
    if (quotation === undefined) return at;
    at = quotation[1];
  }
}

/** Above the mail that is quoted under it. */
export function ownEnd({ text, anatomy }: Document): number {
  let end = text.trimEnd().length;
  for (const [from, to] of [...anatomy.quoted].reverse()) {
    if (to < end) break;
    end = text.slice(0, from).trimEnd().length;
  }
  return end;
}

/** A mail, or a text with a blank line in it: greeting and name stand on lines of their own. */
export function isLetter(document: Document, channel: Channel): boolean {
  return channel === 'email' || /\S[ \t]*\r?\n[ \t]*\r?\n[ \t]*\S/.test(document.text.slice(ownStart(document), ownEnd(document)));
}

/** Where a sentence begins to say something: behind the mentions that it opens with. */
export function spokenStart({ tokens }: Document, sentence: Sentence): number {
  let i = sentence.from;
  while (i < sentence.to && tokens[i]?.kind === 'mention') i++;
  return i === sentence.from ? sentence.start : (tokens[i]?.start ?? sentence.end);
}
