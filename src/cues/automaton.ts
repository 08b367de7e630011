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
  /**
   * Edges, as narrow as their numbers let them be, so that many fit into a line of the processor's cache: the class each asks for (numbered
   * by `asked`), where it leads, how many words it waits. Those of state `s` lie from `edgesAt[s]` to `edgesAt[s + 1]`. State 0 is the
   * start; its own are in `roots`.
   */
  edgeClasses: Numbers;
  targets: Numbers;
  gaps: Uint8Array;
  edgesAt: Numbers;
  /** For each class the number by which edges ask for it, or `NO_EDGE`. */
  asked: Uint32Array;
  askedCount: number;
  /** For each class, the states that it enters from the start. */
  roots: Uint32Array;
  rootsAt: Uint32Array;
  /** The widest gap that leaves each state. */
  reach: Uint8Array;
  /** What each state does: `LEADS_ON`, `ACCEPTS`. */
  kinds: Uint8Array;
  /** For each state, the cues that end there. */
  accepts: Uint32Array;
  acceptsAt: Uint32Array;
}>;

export type Numbers = Uint16Array | Uint32Array;
/** What a state does, as bits: edges leave it, cues end in it. */
export const LEADS_ON = 1;
export const ACCEPTS = 2;
/** No edge asks for the class: it only begins phrases. */
export const NO_EDGE = 0xffffffff;

/** Room for so many numbers up to `max`, as narrow as they let it be. */
export function numbers(max: number, length: number): Numbers {
  return max <= 0xffff ? new Uint16Array(length) : new Uint32Array(length);
}

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
  edges[0] = [];
  const root = flat(roots);
  const accept = flat(accepts.map((set) => [...set]));
  return {
    cues,
    words: tableOf(tables.word),
    prefixes: tableOf(tables.prefix),
    suffixes: tableOf(tables.suffix),
    stems: tableOf(tables.stem),
    specials: tableOf(tables.special),
    ...laidOut(edges, classIds.size),
    roots: root.all,
    rootsAt: root.at,
    kinds: Uint8Array.from(edges, (list, state) => (list.length > 0 ? LEADS_ON : 0) | ((accepts[state] as Set<number>).size > 0 ? ACCEPTS : 0)),
    accepts: accept.all,
    acceptsAt: accept.at,
  };
}

/** @param edges of each state, triples `class, target, gap` */
function laidOut(edges: readonly (readonly number[])[], classes: number): Pick<Automaton, 'edgeClasses' | 'targets' | 'gaps' | 'edgesAt' | 'asked' | 'askedCount' | 'reach'> {
  const count = edges.reduce((n, list) => n + list.length / 3, 0);
  const asked = new Uint32Array(classes).fill(NO_EDGE);
  const edgeClasses = numbers(classes, count);
  const targets = numbers(edges.length, count);
  const gaps = new Uint8Array(count);
  const edgesAt = numbers(count, edges.length + 1);
  const reach = new Uint8Array(edges.length);
  let askedCount = 0;
  let e = 0;
  edges.forEach((list, state) => {
    edgesAt[state] = e;
    for (let i = 0; i < list.length; i += 3, e++) {
      const [id, target, gap] = [list[i] as number, list[i + 1] as number, list[i + 2] as number];
      if (asked[id] === NO_EDGE) asked[id] = askedCount++;
      edgeClasses[e] = asked[id] as number;
      targets[e] = target;
      gaps[e] = gap;
      reach[state] = Math.max(reach[state] as number, gap);
    }
  });
  edgesAt[edges.length] = e;
  return { edgeClasses, targets, gaps, edgesAt, asked, askedCount, reach };
}
