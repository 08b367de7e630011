/** Runs an automaton over a document's tokens: one pass, no backtracking, work per word bounded by the phrases under way. */
import type { Hit, Sentence, Token } from '../types.js';
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

type Units = readonly (readonly number[])[];
type Tables = Readonly<{ words: Table; prefixes: Table; suffixes: Table }>;

const CACHE_MAX = 50_000;
const PREFIX_MAX = 24;
const NONE = new Uint32Array(0);

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

/** Finds cues in documents of one language. Keeps a bounded memory of words seen; results never depend on it. */
export class Matcher {
  readonly cues: readonly string[];
  private readonly exact: Tables;
  private stripped: Tables | undefined;
  private readonly stems: Table;
  private readonly specials: Table;
  private readonly cache = new Map<string, Units>();
  private readonly stamp: Int32Array;
  private readonly seen: Int32Array;
  private tick = 0;

  constructor(
    private readonly automaton: Automaton,
    private readonly options: MatcherOptions,
  ) {
    this.cues = automaton.cues;
    this.exact = { words: new Table(automaton.words), prefixes: new Table(automaton.prefixes), suffixes: new Table(automaton.suffixes) };
    this.stems = new Table(automaton.stems);
    this.specials = new Table(automaton.specials);
    this.stamp = new Int32Array(automaton.classes).fill(-1);
    this.seen = new Int32Array(automaton.reach.length).fill(-1);
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

  private units(token: Token, stripped: boolean): Units {
    const named = token.upper > 0 && this.options.names.has(token.norm);
    const key = `${stripped ? '~' : ''}${named ? '@' : ''}${token.kind[0]}${token.norm}`;
    let units = this.cache.get(key);
    if (units !== undefined) return units;
    const tables = stripped ? (this.stripped ??= { words: bareTable(this.exact.words), prefixes: bareTable(this.exact.prefixes), suffixes: bareTable(this.exact.suffixes) }) : this.exact;
    const special = this.specials.get(`<${token.kind}>`) ?? NONE;
    if (token.kind === 'word' || token.kind === 'hashtag') {
      units = this.options.expand(token.norm).map((w) => this.classesOf(w, tables, stripped));
      const name = named ? this.specials.get('<name>') : undefined;
      if (name !== undefined) units = units.map((ids) => [...ids, ...name]);
      if (special.length > 0) units = units.map((ids) => [...ids, ...special]);
    } else units = [[...(tables.words.get(token.norm) ?? []), ...special]];
    if (this.cache.size >= CACHE_MAX) this.cache.clear();
    this.cache.set(key, units);
    return units;
  }

  private isOpener(token: Token): boolean {
    return token.kind === 'mention' || token.kind === 'emoji' || token.kind === 'hashtag' || (token.kind === 'word' && this.options.openers.has(token.norm));
  }

  /**
   * All cues in the sentences given, by place. Of overlapping hits of one cue the widest stays.
   * @param stripped match without umlauts and accents, for texts written without them
   */
  find(tokens: readonly Token[], sentences: readonly Sentence[], stripped = false): Hit[] {
    const { accepts, acceptsAt, edges, edgesAt, roots, rootsAt, reach } = this.automaton;
    const hits: Hit[] = [];
    let states: number[] = [];
    let starts: number[] = [];
    let ages: number[] = [];
    let nextStates: number[] = [];
    let nextStarts: number[] = [];
    let nextAges: number[] = [];

    const step = (classes: ArrayLike<number>, start: number, end: number, sentence: number): void => {
      const tick = ++this.tick;
      for (let i = 0; i < classes.length; i++) this.stamp[classes[i] as number] = tick;
      nextStates.length = nextStarts.length = nextAges.length = 0;
      const enter = (state: number, from: number): void => {
        if (this.seen[state] === tick) return;
        this.seen[state] = tick;
        if ((edgesAt[state + 1] as number) > (edgesAt[state] as number)) {
          nextStates.push(state);
          nextStarts.push(from);
          nextAges.push(0);
        }
        for (let i = acceptsAt[state] as number, last = acceptsAt[state + 1] as number; i < last; i++) hits.push({ cue: this.cues[accepts[i] as number] as string, start: from, end, sentence });
      };
      for (let i = 0; i < states.length; i++) {
        const state = states[i] as number;
        const age = ages[i] as number;
        const from = starts[i] as number;
        for (let e = edgesAt[state] as number, last = edgesAt[state + 1] as number; e < last; e += 3) {
          if (this.stamp[edges[e] as number] === tick && age <= (edges[e + 2] as number)) enter(edges[e + 1] as number, from < 0 ? start : from);
        }
      }
      for (let i = 0; i < classes.length; i++) {
        const id = classes[i] as number;
        for (let t = rootsAt[id] as number, last = rootsAt[id + 1] as number; t < last; t++) enter(roots[t] as number, start);
      }
      // What waits in a gap waits one word more, unless the same state was entered afresh.
      for (let i = 0; i < states.length; i++) {
        const state = states[i] as number;
        const age = (ages[i] as number) + 1;
        if (age <= (reach[state] as number) && this.seen[state] !== tick) {
          this.seen[state] = tick;
          nextStates.push(state);
          nextStarts.push(starts[i] as number);
          nextAges.push(age);
        }
      }
      [states, nextStates] = [nextStates, states];
      [starts, nextStarts] = [nextStarts, starts];
      [ages, nextAges] = [nextAges, ages];
    };

    const opening = this.specials.get('^') ?? NONE;
    /** A phrase anchored at the start waits for the next word; the start has no place of its own. */
    const begin = (): void => {
      for (let i = 0; i < opening.length; i++) {
        const id = opening[i] as number;
        for (let t = rootsAt[id] as number, last = rootsAt[id + 1] as number; t < last; t++) {
          const state = roots[t] as number;
          if (states.includes(state)) continue;
          states.push(state);
          starts.push(-1);
          ages.push(0);
        }
      }
    };
    const closing = this.specials.get('$') ?? NONE;
    for (let s = 0; s < sentences.length; s++) {
      const sentence = sentences[s] as Sentence;
      states.length = starts.length = ages.length = 0;
      begin();
      let opens = true;
      for (let t = sentence.from; t < sentence.to; t++) {
        const token = tokens[t] as Token;
        const units = this.units(token, stripped);
        for (let u = 0; u < units.length; u++) step(units[u] as readonly number[], token.start, token.end, s);
        // “Hi, is it …”, “@shop when …”: behind an opener the sentence begins once more.
        opens &&= this.isOpener(token);
        if (opens) begin();
      }
      const mark = sentence.mark === '' ? undefined : this.specials.get(sentence.mark);
      const last = sentence.to > sentence.from ? (tokens[sentence.to - 1] as Token).end : sentence.end;
      if (closing.length > 0 || mark !== undefined) step(mark === undefined ? closing : [...closing, ...mark], last, last, s);
    }
    return widest(hits);
  }
}

/** What finds cues: one automaton, or several read as one. */
export type Finder = Pick<Matcher, 'find'>;

export function together(...finders: readonly Finder[]): Finder {
  return { find: (tokens, sentences, stripped) => widest(finders.flatMap((f) => f.find(tokens, sentences, stripped))) };
}

/** Sorts hits and drops those that lie inside another of the same cue. */
function widest(hits: Hit[]): Hit[] {
  hits.sort((a, b) => a.start - b.start || b.end - a.end || (a.cue < b.cue ? -1 : a.cue > b.cue ? 1 : 0));
  const reach = new Map<string, number>();
  const out: Hit[] = [];
  for (const hit of hits) {
    const end = reach.get(hit.cue) ?? -1;
    if (hit.end <= end) continue;
    const last = out[out.length - 1];
    if (last !== undefined && last.cue === hit.cue && last.start === hit.start) continue;
    reach.set(hit.cue, hit.end);
    out.push(hit);
  }
  return out;
}
