/** Features as running sums: each is weighed as it comes, for all facts of a model at once, and forgotten. */
import type { Table } from '../text/table.js';
import { pairName, plainName, type Side, type Sink, vectorName, wordName } from './features.js';
import type { Model } from './model.js';

/** Where a feature stands in a model's table (-1: nowhere), and in which text it was met last. */
type Met = { readonly row: number; text: number };
type Word = Met & { pairs?: Map<string, Met> };

const WORDS_MAX = 4_000;

/** A model's memory of features that were looked up, so that no name is built twice. Bounded; results never depend on it. */
export class Seen {
  private readonly plain = new Map<string, number>();
  private readonly words = { m: new Map<string, Word>(), r: new Map<string, Word>() };
  private readonly dimensions: Record<Side, number[]> = { m: [], r: [] };
  private size = 0;
  private texts = 0;

  constructor(private readonly table: Table) {}

  /** Begins a text. Only here may memory be dropped: inside a text it tells what was met before. */
  begin(): number {
    if (this.size >= WORDS_MAX) {
      this.words.m.clear();
      this.words.r.clear();
      this.size = 0;
    }
    return ++this.texts;
  }

  row(name: string): number {
    let row = this.plain.get(name);
    if (row === undefined) this.plain.set(name, (row = this.table.find(name)));
    return row;
  }

  word(side: Side, key: string): Word {
    let word = this.words[side].get(key);
    if (word === undefined) {
      word = { row: this.table.find(wordName(side, key)), text: 0 };
      this.words[side].set(key, word);
      this.size++;
    }
    return word;
  }

  pair(side: Side, word: Word, key: string, before: string): Met {
    word.pairs ??= new Map();
    let pair = word.pairs.get(before);
    if (pair === undefined) {
      pair = { row: this.table.find(pairName(side, key, before)), text: 0 };
      word.pairs.set(before, pair);
      this.size++;
    }
    return pair;
  }

  rows(side: Side, length: number): readonly number[] {
    const rows = this.dimensions[side];
    while (rows.length < length) rows.push(this.table.find(vectorName(side, rows.length)));
    return rows;
  }
}

/** What one text's features weigh in a model. */
export class Sums implements Sink {
  readonly sums: Float64Array;
  private readonly own = new Map<string, number>();
  private readonly rows: number[] = [];
  private readonly text: number;
  private distinct = 0;

  constructor(private readonly model: Model) {
    this.sums = new Float64Array(model.width);
    this.text = model.seen.begin();
  }

  has(name: string): boolean {
    return this.own.has(name);
  }

  get(name: string): number | undefined {
    return this.own.get(name);
  }

  set(name: string, value: number): void {
    this.own.set(name, value);
    this.add(this.model.seen.row(name), value);
  }

  cue(side: Side, cue: string, value: number): void {
    this.add(this.model.seen.row(plainName(side, cue)), value);
  }

  word(side: Side, key: string, before: string): void {
    const word = this.model.seen.word(side, key);
    this.meet(word);
    this.meet(this.model.seen.pair(side, word, key, before));
  }

  weigh(value: (distinct: number) => number): void {
    const each = value(this.distinct);
    for (const row of this.rows) this.model.add(this.sums, row, each);
    this.rows.length = this.distinct = 0;
  }

  vector(side: Side, parts: Float32Array, scale: number): void {
    const rows = this.model.seen.rows(side, parts.length);
    for (let d = 0; d < parts.length; d++) this.add(rows[d] as number, (parts[d] as number) * scale);
  }

  private add(row: number, value: number): void {
    if (row >= 0) this.model.add(this.sums, row, value);
  }

  private meet(what: Met): void {
    if (what.text === this.text) return;
    what.text = this.text;
    this.distinct++;
    if (what.row >= 0) this.rows.push(what.row);
  }
}
