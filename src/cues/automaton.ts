/**
 * Phrases → one automaton (Glushkov's construction: a state for each word position, no ε-moves). States that are reached the
 * same way by the same words are shared, so that a thousand phrases that begin with “we” do not cost a thousand states.
 */
import { type Atom, type Node, parsePhrase, PatternError } from './pattern.js';

/** Plain data: what the build stores and the matcher runs. */
export type Automaton = Readonly<{
  cues: readonly string[];
  /** word → the classes it belongs to; likewise by beginning, by ending, by stem and by kind of token. */
  words: Readonly<Record<string, readonly number[]>>;
  prefixes: Readonly<Record<string, readonly number[]>>;
  suffixes: Readonly<Record<string, readonly number[]>>;
  stems: Readonly<Record<string, readonly number[]>>;
  specials: Readonly<Record<string, readonly number[]>>;
  /** For each state, triples `class, target, gap`, flattened. State 0 is the start. */
  edges: readonly (readonly number[])[];
  /** For each state, the cues that end there. */
  accepts: readonly (readonly number[])[];
  classes: number;
}>;

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

  return {
    cues,
    words: Object.fromEntries(tables.word),
    prefixes: Object.fromEntries(tables.prefix),
    suffixes: Object.fromEntries(tables.suffix),
    stems: Object.fromEntries(tables.stem),
    specials: Object.fromEntries(tables.special),
    edges,
    accepts: accepts.map((set) => [...set]),
    classes: classIds.size,
  };
}
