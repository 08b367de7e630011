/** What words are to an automaton: looked up once, kept in a bounded memory. Results never depend on what is kept. */
import type { Sentence, Token, TokenKind } from '../types.js';
import { type Automaton, LEADS_ON, NO_EDGE, type Numbers, numbers } from './automaton.js';
import { Known } from '../text/known.js';
import { Table, tableOf } from '../text/table.js';

export type MatcherOptions = Readonly<{
  /** Words behind which a sentence may still begin: “hi”, “but”. */
  openers: ReadonlySet<string>;
  expand: (word: string) => readonly string[];
  stem: (word: string) => string;
  /** First names, lower case: `<name>` in phrases. */
  names: Readonly<{ has(word: string): boolean }>;
}>;

/** What a word is to the automaton: its classes, as far as edges ask for them, and the states that it enters from the start. */
export type Unit = Readonly<{ classes: Numbers; roots: Numbers }>;
type Units = readonly Unit[];
/** What is known of a word form: its classes, as an ordinary word and as a name. */
type Read = { readonly owner: Lexicon; readonly kind: TokenKind; readonly stripped: boolean; readonly name: boolean; readonly opens: boolean; units: Units | undefined; named: Units | undefined };
type Tables = Readonly<{ words: Table; prefixes: Table; suffixes: Table }>;

const PREFIX_MAX = 24;
const NONE: ArrayLike<number> = [];
/** Letters without their dots and accents: how people write on a foreign keyboard. */
export function bare(word: string): string {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) > 127) return word.normalize('NFD').replace(/\p{M}/gu, '');
  return word;
}

function bareTable(from: Table): Table {
  const out = new Map<string, number[]>();
  for (const [key, ids] of from) {
    const k = bare(key);
    const old = out.get(k);
    out.set(k, old === undefined ? [...ids] : [...new Set([...old, ...ids])]);
  }
  return new Table(tableOf(out));
}

/** The words of one language as one automaton sees them. */
export class Lexicon {
  private readonly exact: Tables;
  private stripped: Tables | undefined;
  private readonly stems: Table;
  private readonly specials: Table;
  private readonly known = new Known<Read>(this);
  private readonly none: Unit | undefined;
  private readonly ends = new Map<string, Unit>();
  /** States that a phrase anchored at the start of a sentence waits in. */
  readonly opening: Numbers;

  constructor(
    private readonly automaton: Automaton,
    private readonly options: MatcherOptions,
  ) {
    this.exact = { words: new Table(automaton.words), prefixes: new Table(automaton.prefixes), suffixes: new Table(automaton.suffixes) };
    this.stems = new Table(automaton.stems);
    this.specials = new Table(automaton.specials);
    this.none = this.unit(NONE);
    this.opening = this.unit(this.specials.get('^') ?? NONE).roots.filter((state) => ((automaton.kinds[state] ?? 0) & LEADS_ON) !== 0);
  }

  /** What is known of a token's form, in ordinary texts or in those without umlauts. */
  read(token: Token, stripped: boolean): Read {
    const { kind, norm, form } = token;
    const known = this.known.get(form);
    if (known !== undefined && known.kind === kind && known.stripped === stripped) return known;
    const opens = kind === 'mention' || kind === 'emoji' || kind === 'hashtag' || (kind === 'word' && this.options.openers.has(norm));
    return this.known.set(form, { owner: this, kind, stripped, name: this.options.names.has(norm), opens, units: undefined, named: undefined });
  }

  units(read: Read, token: Token): Units {
    if (token.upper > 0 && read.name) return (read.named ??= this.unitsOf(token, read.stripped, true));
    return (read.units ??= this.unitsOf(token, read.stripped, false));
  }

  /** The end of a sentence, read like a word. */
  end(mark: Sentence['mark']): Unit {
    let unit = this.ends.get(mark);
    if (unit === undefined) this.ends.set(mark, (unit = this.unit([...(this.specials.get('$') ?? []), ...(mark === '' ? [] : (this.specials.get(mark) ?? []))])));
    return unit;
  }

  private unitsOf(token: Token, stripped: boolean, named: boolean): Units {
    const tables = stripped ? (this.stripped ??= { words: bareTable(this.exact.words), prefixes: bareTable(this.exact.prefixes), suffixes: bareTable(this.exact.suffixes) }) : this.exact;
    const special = Array.from(this.specials.get(`<${token.kind}>`) ?? NONE);
    if (token.kind !== 'word' && token.kind !== 'hashtag') return [this.unit([...(tables.words.get(token.norm) ?? []), ...special])];
    const name = named ? Array.from(this.specials.get('<name>') ?? NONE) : [];
    return this.options.expand(token.norm).map((w) => this.unit([...this.classesOf(w, tables, stripped), ...name, ...special]));
  }

  private classesOf(word: string, tables: Tables, stripped: boolean): readonly number[] {
    const out = new Set<number>();
    const n = word.length;
    tables.words.gather(word, 0, n, out);
    for (const length of tables.prefixes.lengths) {
      if (length > n || length > PREFIX_MAX) break;
      tables.prefixes.gather(word, 0, length, out);
    }
    for (const length of tables.suffixes.lengths) {
      if (length > n || length > PREFIX_MAX) break;
      tables.suffixes.gather(word, n - length, n, out);
    }
    if (this.stems.size > 0 && !stripped) {
      const stem = this.options.stem(word);
      this.stems.gather(stem, 0, stem.length, out);
    }
    return [...out];
  }

  private unit(ids: ArrayLike<number>): Unit {
    if (ids.length === 0 && this.none !== undefined) return this.none;
    const { roots, rootsAt, asked, askedCount, kinds } = this.automaton;
    const classes: number[] = [];
    const states: number[] = [];
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] as number;
      const number = asked[id] as number;
      if (number !== NO_EDGE) classes.push(number);
      for (let t = rootsAt[id] as number, last = rootsAt[id + 1] as number; t < last; t++) states.push(roots[t] as number);
    }
    const packed = (list: readonly number[], max: number): Numbers => {
      const out = numbers(max, list.length);
      out.set(list);
      return out;
    };
    return { classes: packed(classes, askedCount), roots: packed(states, kinds.length) };
  }
}
