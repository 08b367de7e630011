/**
 * `--redact`: who and whose number it is, masked in all that is told of a text. Every character of a name or a number becomes `•`, so that
 * texts keep their length and offsets still point where they did. Pure.
 */
import type { Engine } from './engine.js';
import { type LintOptions, understand } from './lint.js';
import type { Exchange, Token } from './types.js';

/** One UTF-16 unit, as wide as a letter, in no script. */
const MASK = '•';

/** Personal identity codes, IBANs, cards and phones, by their form alone: what only looks like one is masked, too. */
const NUMBERS = [
  /(?<![\p{L}\p{N}])\d{6}[-+A-FU-Y]\d{3}[0-9A-Y](?![\p{L}\p{N}])/giu,
  /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}(?![\p{L}\p{N}])/giu,
  /(?<![\p{L}\p{N}])(?:\+|00|\()?\d(?:[ ()./–-]{0,2}\d){5,18}(?![\p{L}\p{N}])/gu,
];
/** An address that the tokens do not know as one. */
const MAIL = /[^\s<>()"“”,;:]{1,64}@[^\s<>()"“”,;:@]{1,250}/gu;

/** A name goes on in its inflected forms: “Tellervo”, “Tellervolle”. */
const STEM_LEAST = 4;
const ENDING_MOST = 5;

/** Keys of results whose values are savy's own: ids of rules, kinds, files. An `id` is the caller's, and comes back as it was given. */
const OWN: ReadonlySet<string> = new Set(['id', 'rule', 'level', 'lang', 'language', 'channel', 'gradeText', 'confidence', 'facts', 'file', 'fingerprint', 'format', 'intent', 'moods', 'must', 'avoid', 'address', 'left_out', 'stats', 'for']);

export class Redactor {
  /** Names, lower case: masked however they are written. */
  private readonly named = new Set<string>();
  /** Words that may be something else: masked where they begin with a capital. */
  private readonly known = new Set<string>();
  private readonly figures = new Set<string>();

  constructor(
    private readonly engine: Engine,
    private readonly options: LintOptions = {},
  ) {
    this.name(options.agent);
  }

  /** Learns whom the texts name: who writes and who is greeted, first names that savy knows and what follows them, numbers. */
  learn(exchange: Exchange): this {
    this.name(exchange.customer);
    this.name(exchange.agent);
    const { reading } = understand(exchange, this.engine, this.options);
    for (const doc of [reading.reply, reading.message]) {
      if (doc === undefined) continue;
      const { greeting, signature } = doc.anatomy;
      this.name(greeting?.name?.text);
      this.name(signature.name);
      // Under a text that a unit signs, as far as savy can tell, may stand a name that it does not know.
      const below = signature.range;
      if (below !== undefined) for (const t of doc.tokens) if (t.start >= below[0] && t.end <= below[1] && t.kind === 'word' && t.upper > 0) this.known.add(t.norm);
      this.words(doc.text, doc.tokens);
      // What is quoted is no part of the document's own words.
      if (doc.anatomy.quoted.length > 0) this.words(doc.text, this.engine.cut(doc.text).tokens);
    }
    return this;
  }

  private name(text: string | undefined): void {
    for (const t of this.engine.cut(text ?? '').tokens) if (t.kind === 'word') this.named.add(t.norm);
  }

  private words(text: string, tokens: readonly Token[]): void {
    const languages = this.engine.languages.map((l) => this.engine.language(l));
    let before: Token | undefined;
    for (const t of tokens) {
      if (t.kind === 'number') this.figures.add(t.norm);
      if (t.kind !== 'word' || t.upper === 0) {
        before = undefined;
        continue;
      }
      const first = languages.some((l) => (l.names.has(t.norm) || l.names.has(l.forms.key(t.norm))) && !l.word(t.norm).common);
      const last = before !== undefined && /^[ -]$/.test(text.slice(before.end, t.start));
      if (first || last) this.known.add(t.norm);
      before = first || last ? t : undefined;
    }
  }

  private isName({ norm, upper }: Token): boolean {
    if (this.named.has(norm)) return true;
    if (upper === 0) return false;
    const has = (word: string): boolean => this.named.has(word) || this.known.has(word);
    if (has(norm)) return true;
    for (let n = norm.length - 1; n >= STEM_LEAST && n >= norm.length - ENDING_MOST; n--) if (has(norm.slice(0, n))) return true;
    return this.engine.languages.some((l) => has(this.engine.language(l).forms.key(norm)));
  }

  /** The text with names and numbers masked; as long as it was. */
  mask(text: string): string {
    const ranges: (readonly [number, number])[] = [];
    for (const pattern of [MAIL, ...NUMBERS]) for (const m of text.matchAll(pattern)) ranges.push([m.index, m.index + m[0].length]);
    for (const t of this.engine.cut(text).tokens) {
      const hidden = t.kind === 'word' ? this.isName(t) : t.kind === 'number' ? t.end - t.start > 1 && this.figures.has(t.norm) : t.kind === 'email' || t.kind === 'mention';
      if (hidden) ranges.push([t.start, t.end]);
    }
    if (ranges.length === 0) return text;
    let out = '';
    let at = 0;
    for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
      if (end <= at) continue;
      out += text.slice(at, Math.max(at, start)) + text.slice(Math.max(at, start), end).replace(/\S/g, MASK);
      at = end;
    }
    return out + text.slice(at);
  }

  /** A result with all of its texts masked. */
  masked<T>(value: T): T {
    return this.within(value) as T;
  }

  private within(value: unknown): unknown {
    if (typeof value === 'string') return this.mask(value);
    if (Array.isArray(value)) return value.map((v) => this.within(v));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, OWN.has(key) ? v : this.within(v)]));
  }
}
