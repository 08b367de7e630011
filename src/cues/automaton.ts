/**
 * Phrases → one automaton (Glushkov's construction: a state for each word position, no ε-moves). States that are reached the
 * same way by the same words are shared, so that a thousand phrases that begin with “we” do not cost a thousand states.
 */
import { type Atom, type Node, parsePhrase, PatternError } from './pattern.js';
import { type TableData, tableOf } from '../text/table.js';

/** Plain data: what the build stores and the matcher runs. Flat arrays, so that nothing has to be built at a start. */
export type Automaton = Readonly<{
  cues: readonly string[];
  /** word → the classes it belongs to; likewise by beginning, by ending, by stem and by kind of token. */
  words: TableData;
  prefixes: TableData;
  suffixes: TableData;
  stems: TableData;
  specials: TableData;
  /** Triples `class, target, gap`; those of state `s` lie from `edgesAt[s]` to `edgesAt[s + 1]`. State 0 is the start; its own are in `roots`. */
  edges: Uint32Array;
  edgesAt: Uint32Array;
  /** For each class, the states that it enters from the start. */
  roots: Uint32Array;
  rootsAt: Uint32Array;
  /** The widest gap that leaves each state. */
  reach: Uint32Array;
  /** For each state, the cues that end there. */
  accepts: Uint32Array;
  acceptsAt: Uint32Array;
  classes: number;
}>;

/** Lists one behind the other, and where each begins. */
function flat(lists: readonly (readonly number[])[]): { all: Uint32Array; at: Uint32Array } {
  const at = new Uint32Array(lists.length + 1);
  let n = 0;
  lists.forEach((list, i) => {
    at[i] = n;
    n += list.length;
  });
  at[lists.length] = n;
  return { all: Uint32Array.from(lists.flat()), at };
}

/** Optional parts one behind the other make ways that grow with the square of their number; no phrase that is meant has as many. */
const WAYS_MAX = 200;

export type Phrase = Readonly<{ cue: string; text: string }>;

type Exit = Readonly<{ state: number; gap: number }>;

export type CompileOptions = Readonly<{
  /** The units of a written word: the same function that texts go through. */
  expand: (word: string) => readonly string[];
  /** The key under which the forms of a word meet. */
  stem: (word: string) => string;
}>;

/** @throws PatternError with the phrase in its message */
export function compile(phrases: readonly Phrase[], { expand, stem }: CompileOptions): Automaton {
  const cues: string[] = [];
  const cueIds = new Map<string, number>();
  const classIds = new Map<string, number>();
  const tables = {
    word: new Map<string, number[]>(),
    prefix: new Map<string, number[]>(),
    suffix: new Map<string, number[]>(),
    stem: new Map<string, number[]>(),
    special: new Map<string, number[]>(),
  };
  const edges: number[][] = [[]];
  const accepts: Set<number>[] = [new Set()];
  const shared = new Map<string, number>();

  const classOf = (atoms: readonly Atom[]): number => {
    const keyed = atoms.map((a) => (a.kind === 'stem' ? { kind: a.kind, text: stem(a.text) } : a));
    const key = [...new Set(keyed.map((a) => `${a.kind} ${a.text}`))].sort().join('|');
    let id = classIds.get(key);
    if (id === undefined) {
      id = classIds.size;
      classIds.set(key, id);
      for (const a of keyed) {
        const table = tables[a.kind];
        const list = table.get(a.text);
        if (list === undefined) table.set(a.text, [id]);
        else if (!list.includes(id)) list.push(id);
      }
    }
    return id;
  };

  const widen = (exits: readonly Exit[], words: number): Exit[] => exits.map((e) => ({ state: e.state, gap: Math.min(255, e.gap + words) }));
  const join = (a: readonly Exit[], b: readonly Exit[]): Exit[] => {
    const best = new Map<number, number>();
    for (const { state, gap } of [...a, ...b]) best.set(state, Math.max(best.get(state) ?? 0, gap));
    return [...best].map(([state, gap]) => ({ state, gap }));
  };

  const walk = (node: Node, entry: readonly Exit[]): readonly Exit[] => {
    switch (node.type) {
      case 'gap':
        return widen(entry, node.words);
      case 'sequence':
        return node.items.reduce<readonly Exit[]>((exits, item) => walk(item, exits), entry);
      case 'optional':
        return join(entry, walk(node.item, entry));
      case 'either':
        return node.items.map((item) => walk(item, entry)).reduce((a, b) => join(a, b));
      case 'atoms': {
        if (entry.length > WAYS_MAX) throw new PatternError('too many optional parts', 0);
        const id = classOf(node.atoms);
        const sorted = [...entry].sort((a, b) => a.state - b.state);
        const key = `${id}<${sorted.map((e) => `${e.state}:${e.gap}`).join(',')}`;
        let state = shared.get(key);
        if (state === undefined) {
          state = edges.length;
          edges.push([]);
          accepts.push(new Set());
          shared.set(key, state);
          for (const e of entry) (edges[e.state] as number[]).push(id, state, e.state === 0 ? 0 : e.gap);
        }
        return [{ state, gap: 0 }];
      }
    }
  };

  for (const { cue, text } of phrases) {
    let id = cueIds.get(cue);
    if (id === undefined) {
      id = cues.length;
      cueIds.set(cue, id);
      cues.push(cue);
    }
    const exits = walk(parsePhrase(text, expand), [{ state: 0, gap: 0 }]);
    for (const { state } of exits) {
      if (state === 0) throw new PatternError(`“${text}” can match nothing at all`, 0);
      (accepts[state] as Set<number>).add(id);
    }
  }

  const start = edges[0] as number[];
  const roots: number[][] = Array.from({ length: classIds.size }, () => []);
  for (let i = 0; i < start.length; i += 3) (roots[start[i] as number] as number[]).push(start[i + 1] as number);
  const out = flat(edges.map((list, state) => (state === 0 ? [] : list)));
  const root = flat(roots);
  const accept = flat(accepts.map((set) => [...set]));
  return {
    cues,
    words: tableOf(tables.word),
    prefixes: tableOf(tables.prefix),
    suffixes: tableOf(tables.suffix),
    stems: tableOf(tables.stem),
    specials: tableOf(tables.special),
    edges: out.all,
    edgesAt: out.at,
    roots: root.all,
    rootsAt: root.at,
    reach: Uint32Array.from(edges, (list) => list.reduce((most, n, i) => (i % 3 === 2 ? Math.max(most, n) : most), 0)),
    accepts: accept.all,
    acceptsAt: accept.at,
    classes: classIds.size,
  };
}
