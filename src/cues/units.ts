/** What words are to an automaton: looked up once, kept in a bounded memory. Results never depend on what is kept. */
import type { Sentence, Token, TokenKind } from '../types.js';
import type { Automaton } from './automaton.js';
import { Table, tableOf } from '../text/table.js';

export type MatcherOptions = Readonly<{
  /** Words behind which a sentence may still begin: “hi”, “but”. */
  openers: ReadonlySet<string>;
  expand: (word: string) => readonly string[];
  stem: (word: string) => string;
  /** First names, lower case: `<name>` in phrases. */
  names: Readonly<{ has(word: string): boolean }>;
}>;

/**
 * What a word is to the automaton: its classes, and the states that it enters from the start. The commonest words stand in hundreds of
 * classes: theirs are marked once and for all, the others' for the step.
 */
export type Unit = Readonly<{ classes: Int32Array; roots: Int32Array; marks?: Uint8Array }>;
type Units = readonly Unit[];
/** What is known of a word form: its classes, as an ordinary word and as a name. */
type Form = { units?: Units; named?: Units; readonly name: boolean; readonly opens: boolean };
type Tables = Readonly<{ words: Table; prefixes: Table; suffixes: Table }>;

const CACHE_MAX = 8_000;
const PREFIX_MAX = 24;
/** With more classes than this, marks of its own. */
const MARKED_MIN = 12;
const NONE: ArrayLike<number> = [];
const KINDS: readonly TokenKind[] = ['word', 'number', 'emoji', 'mention', 'hashtag', 'url', 'email'];
type Forms = Readonly<Record<TokenKind, Map<string, Form>>>;

function noForms(): Forms {
  return Object.fromEntries(KINDS.map((kind) => [kind, new Map<string, Form>()])) as Forms;
}

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
  /** Forms met in ordinary texts and in those without umlauts. */
  private readonly forms = [noForms(), noForms()] as const;
  private size = 0;
  private readonly none: Unit | undefined;
  private readonly ends = new Map<string, Unit>();
  /** States that a phrase anchored at the start of a sentence waits in. */
  readonly opening: Int32Array;

  constructor(
    private readonly automaton: Automaton,
    private readonly options: MatcherOptions,
  ) {
    this.exact = { words: new Table(automaton.words), prefixes: new Table(automaton.prefixes), suffixes: new Table(automaton.suffixes) };
    this.stems = new Table(automaton.stems);
    this.specials = new Table(automaton.specials);
    this.none = this.unit(NONE);
    const { edgesAt } = automaton;
    this.opening = this.unit(this.specials.get('^') ?? NONE).roots.filter((state) => edgesAt[state] !== edgesAt[state + 1]);
  }

  form(token: Token, stripped: boolean): Form {
    const { kind, norm } = token;
    const forms = this.forms[stripped ? 1 : 0];
    let form = forms[kind].get(norm);
    if (form === undefined) {
      if (this.size >= CACHE_MAX) {
        for (const known of this.forms) for (const each of KINDS) known[each].clear();
        this.size = 0;
      }
      const opens = kind === 'mention' || kind === 'emoji' || kind === 'hashtag' || (kind === 'word' && this.options.openers.has(norm));
      form = { name: this.options.names.has(norm), opens };
      forms[kind].set(norm, form);
      this.size++;
    }
    return form;
  }

  units(form: Form, token: Token, stripped: boolean): Units {
    if (token.upper > 0 && form.name) return (form.named ??= this.unitsOf(token, stripped, true));
    return (form.units ??= this.unitsOf(token, stripped, false));
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
    const add = (ids: Uint32Array | undefined): void => {
      if (ids !== undefined) for (const id of ids) out.add(id);
    };
    add(tables.words.get(word));
    for (const n of tables.prefixes.lengths) {
      if (n > word.length || n > PREFIX_MAX) break;
      add(tables.prefixes.get(word.slice(0, n)));
    }
    for (const n of tables.suffixes.lengths) {
      if (n > word.length || n > PREFIX_MAX) break;
      add(tables.suffixes.get(word.slice(word.length - n)));
    }
    if (this.stems.size > 0 && !stripped) add(this.stems.get(this.options.stem(word)));
    return [...out];
  }

  private unit(ids: ArrayLike<number>): Unit {
    if (ids.length === 0 && this.none !== undefined) return this.none;
    const { roots, rootsAt, classes: count } = this.automaton;
    const classes = Int32Array.from(ids);
    const states: number[] = [];
    for (const id of classes) for (let t = rootsAt[id] as number, last = rootsAt[id + 1] as number; t < last; t++) states.push(roots[t] as number);
    const unit = { classes, roots: Int32Array.from(states) };
    if (classes.length <= MARKED_MIN) return unit;
    const marks = new Uint8Array(count);
    for (const id of classes) marks[id] = 1;
    return { ...unit, marks };
  }
}
