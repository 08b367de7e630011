/** What lint runs on: rules, languages, models, each made ready when first needed and kept. */
import { type Additions, Language } from './cues/language.js';
import { Model } from './facts/model.js';
import type { Index, Store } from './rules/load.js';
import type { Formats } from './rules/formats.js';
import type { Merit, Rule, Words } from './rules/types.js';
import { type Candidate, detect, type Detected, isStranger, leaning } from './text/detect.js';
import { loadVectors, type Vectors } from './text/vectors.js';
import { segment, type Segmented } from './text/tokens.js';
import { type Lang, UserError } from './types.js';

export class Engine {
  readonly rules: readonly Rule[];
  readonly merits: readonly Merit[];
  readonly languages: readonly Lang[];
  /** Cues that rules ask for by name. */
  readonly cues: readonly string[];
  private readonly candidates: readonly Candidate[];
  private readonly opened = new Map<Lang, Language>();
  private readonly models = new Map<Lang, Model | undefined>();
  private readonly spoken = new Map<Lang, boolean>();
  private readonly reportWords = new Map<Lang, Words>();
  private vectorTable: Vectors | undefined | null = null;

  constructor(
    private readonly store: Store,
    private readonly additions?: Additions,
  ) {
    const index: Index = store.index;
    this.rules = index.rules;
    this.cues = index.cues ?? [];
    this.merits = index.merits;
    this.languages = index.languages.map((l) => l.lang);
    this.candidates = index.languages.map((l) => ({ lang: l.lang, iso: l.iso, functionWords: new Set(l.functionWords) }));
  }

  /** @throws UserError when no folder has that name */
  language(lang: Lang): Language {
    let language = this.opened.get(lang);
    if (language === undefined) {
      if (!this.languages.includes(lang)) throw new UserError(`savy does not know the language “${lang}”`, undefined, `known: ${this.languages.join(', ')}`);
      language = new Language(this.store.language(lang), this.additions, () => this.store.address(lang));
      this.opened.set(lang, language);
    }
    return language;
  }

  model(lang: Lang): Model | undefined {
    if (!this.models.has(lang)) {
      const data = this.store.model(lang);
      this.models.set(lang, data === undefined ? undefined : new Model(data));
    }
    return this.models.get(lang);
  }

  /** Do rules tell their findings in that language? */
  speaks(lang: Lang): boolean {
    let speaks = this.spoken.get(lang);
    if (speaks === undefined) this.spoken.set(lang, (speaks = this.rules.some((r) => Object.hasOwn(r.message, lang))));
    return speaks;
  }

  /** The words of savy's own reports in that language. */
  words(ui: Lang): Words {
    let words = this.reportWords.get(ui);
    if (words === undefined) this.reportWords.set(ui, (words = this.store.ui(ui) ?? {}));
    return words;
  }

  formats(): Formats {
    return this.store.formats();
  }

  vectors(): Vectors | undefined {
    if (this.vectorTable === null) {
      const bytes = this.store.vectors();
      this.vectorTable = bytes === undefined ? undefined : loadVectors(bytes);
    }
    return this.vectorTable;
  }

  detect(text: string, segmented: Segmented, hint?: Lang): Detected {
    return detect(text, segmented.tokens, this.candidates, hint);
  }

  /** Is the text in no language that savy knows? */
  isForeign(text: string, segmented: Segmented): boolean {
    return isStranger(text, segmented.tokens, this.candidates);
  }

  /** The language that a few words give away; undefined when they don't. */
  leaning(tokens: Segmented['tokens']): Lang | undefined {
    return leaning(tokens, this.candidates);
  }

  /** Cuts a text before its language is known; good enough to detect it by. */
  cut(text: string): Segmented {
    return segment(text);
  }
}
