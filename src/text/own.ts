/** A reply's own words, apart from what it quotes: where they begin and end, and whether they are laid out as a letter. */
import type { Channel, Document, Sentence, Token } from '../types.js';

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

/** A sentence in its parts where a link or a blank ends one and a capital begins the next: “Here: https://a.fi We hope this helps!” */
export function partsOf({ text, tokens }: Document, sentence: Sentence): Sentence[] {
  const out: Sentence[] = [];
  let { start, from } = sentence;
  for (let i = sentence.from + 1; i < sentence.to; i++) {
    const [before, token] = [tokens[i - 1] as Token, tokens[i] as Token];
    const gap = text.slice(before.end, token.start);
    if (token.upper === 0 || !(before.kind === 'url' ? /^\s+$/u : /⟩\s+$/u).test(gap)) continue;
    out.push({ start, end: before.end + gap.trimEnd().length, from, to: i, mark: '' });
    [start, from] = [token.start, i];
  }
  out.push({ ...sentence, start, from });
  return out;
}

/** Where a sentence begins to say something: behind the mentions that it opens with. */
export function spokenStart({ tokens }: Document, sentence: Sentence): number {
  let i = sentence.from;
  while (i < sentence.to && tokens[i]?.kind === 'mention') i++;
  return i === sentence.from ? sentence.start : (tokens[i]?.start ?? sentence.end);
}
