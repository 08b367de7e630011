/** Features as running sums: each is weighed as it comes, for all facts of a model at once, and forgotten. */
import type { Table } from '../text/table.js';
import { pairHead, plainName, type Side, type Sink, vectorName, wordName } from './features.js';
import type { Model } from './model.js';

/** A word: its place in a model's table (-1: none), in which text it was met last, and behind which words it stood there. */
type Met = { readonly row: number; text: number; before: string; others: Set<string> | undefined };

const WORDS_MAX = 8_000;
const PAIRS: Readonly<Record<Side, string>> = { m: pairHead('m'), r: pairHead('r') };

/** A model's memory of features that were looked up, so that no name is built twice. Bounded; results never depend on it. */
export class Seen {
  private readonly plain = new Map<string, number>();
  private readonly words = { m: new Map<string, Met>(), r: new Map<string, Met>() };
  private readonly dimensions: Record<Side, number[]> = { m: [], r: [] };
  private texts = 0;

  constructor(private readonly table: Table) {}

  /** Begins a text. Only here may memory be dropped: inside a text it tells what was met before. */
  begin(): number {
    if (this.words.m.size + this.words.r.size >= WORDS_MAX) {
      this.words.m.clear();
      this.words.r.clear();
    }
    return ++this.texts;
  }

  row(name: string): number {
    let row = this.plain.get(name);
    if (row === undefined) this.plain.set(name, (row = this.table.find(name)));
    return row;
  }

  word(side: Side, key: string): Met {
    let word = this.words[side].get(key);
    if (word === undefined) this.words[side].set(key, (word = { row: this.table.find(wordName(side, key)), text: 0, before: '', others: undefined }));
    return word;
  }

  /** There are too many pairs to remember; the table says quickly of most that it has none. */
  pair(side: Side, key: string, before: string): number {
    return this.table.findJoined(PAIRS[side], before, key);
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
    if (word.text !== this.text) {
      // The first time in this text: so is the pair.
      word.text = this.text;
      word.before = before;
      word.others = undefined;
      this.meet(word.row);
    } else {
      if (before === word.before || word.others?.has(before) === true) return;
      (word.others ??= new Set()).add(before);
    }
    this.meet(this.model.seen.pair(side, key, before));
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

  private meet(row: number): void {
    this.distinct++;
    if (row >= 0) this.rows.push(row);
  }
}
