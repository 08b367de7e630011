/** What turning an address to one person and turning it to several have in common: one pass over the reply's own words. */
import type { Forms } from '../text/forms.js';
import { marked } from '../text/quotes.js';
import type { Document, Edit, Hit, Range, Token } from '../types.js';
import type { Reading } from './reading.js';

/** As far as a prohibition reaches for its verb. */
export const REACH = 4;

export abstract class Turn {
  protected readonly reply: Document;
  protected readonly tokens: readonly Token[];
  protected readonly edits: Edit[] = [];
  private readonly hidden: readonly Range[];

  /** @param hits where the cues find the form that is to go */
  constructor(
    protected readonly reading: Reading,
    protected readonly forms: Forms,
    private readonly hits: readonly Hit[],
  ) {
    this.reply = reading.reply;
    this.tokens = this.reply.tokens;
    const { quoted, placeholders, signature } = this.reply.anatomy;
    const holes = (reading.exchange.holes ?? []).map(({ start, end }): Range => [start, end]);
    this.hidden = [...quoted, ...placeholders, ...holes, ...marked(this.reply.text), ...(signature.range === undefined ? [] : [signature.range])];
  }

  /** Undefined when something can't be turned for certain. */
  abstract turn(): Edit[] | undefined;

  /** Is the word the writer's own, whole and plain? */
  protected isOwn(token: Token): boolean {
    const { text } = this.reply;
    if (token.kind !== 'word' || this.hidden.some(([s, e]) => token.start < e && token.end > s)) return false;
    const raw = text.slice(token.start, token.end);
    return /^\p{L}+$/u.test(raw) && raw.toLowerCase() === token.norm && !/^[-‐‑–/.@]\p{L}/u.test(text.slice(token.end, token.end + 3));
  }

  /** Does a cue say so of this very word? */
  protected isHit(token: Token): boolean {
    return this.hits.some((h) => h.start === token.start && h.end === token.end);
  }

  /** … or of words that it is one of? */
  protected isInHit(token: Token): boolean {
    return this.hits.some((h) => h.start <= token.start && h.end >= token.end);
  }

  /** The word so many places on, when the sentence has one there. */
  protected near(i: number, step: number): Token | undefined {
    const token = this.tokens[i + step];
    return token?.sentence === this.tokens[i]?.sentence ? token : undefined;
  }

  /** Does a sentence begin here? An emoji in front is none of its words. */
  protected begins(i: number): boolean {
    return (this.near(i, -1)?.kind ?? 'emoji') === 'emoji';
  }

  /** Marks between this word and the one before. */
  protected between(i: number): string {
    return this.reply.text.slice(this.tokens[i - 1]?.end ?? 0, this.tokens[i]?.start).trim();
  }

  /** A capital inside a sentence, but for that of polite address: a name, or what a button says. */
  protected isTitled(i: number): boolean {
    return this.tokens[i]?.upper === 1 && !this.begins(i);
  }

  /** Does the word before lead on to this one: “ja”? */
  protected isJoined(i: number): boolean {
    return this.forms.spec.goes_on.includes(this.near(i, -1)?.norm ?? '');
  }

  /** A capital at the beginning of a sentence stays; inside it, a `formal` one is that of polite address and goes with it. */
  protected replace(i: number, to: string, formal = false): void {
    const { start, end, upper } = this.tokens[i] as Token;
    const capital = to.slice(0, 1).toUpperCase() + to.slice(1);
    const text = upper === 2 ? to.toUpperCase() : upper === 1 && (!formal || this.begins(i)) ? capital : to;
    this.edits.push({ start, end, text });
  }
}
