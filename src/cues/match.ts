/** Runs an automaton over a document's tokens: one pass, no backtracking, work per word bounded by the phrases under way. */
import type { Hit, Sentence, Token } from '../types.js';
import type { Automaton } from './automaton.js';
import { Lexicon, type MatcherOptions, type Unit } from './units.js';

/** A list of states; no state stands in it twice. */
class Track {
  length = 0;
  readonly states: Int32Array;
  readonly starts: Int32Array;
  readonly ages: Int32Array;

  constructor(states: number) {
    this.states = new Int32Array(states);
    this.starts = new Int32Array(states);
    this.ages = new Int32Array(states);
  }

  push(state: number, start: number, age: number): void {
    const i = this.length++;
    this.states[i] = state;
    this.starts[i] = start;
    this.ages[i] = age;
  }
}

/** Finds cues in documents of one language. Its buffers serve one text after the other; results never depend on what they held. */
export class Matcher {
  private readonly lexicon: Lexicon;
  /** Classes of the word that is read. */
  private readonly marks: Uint8Array;
  /** The step at which a state was entered last. */
  private readonly seen: Int32Array;
  private tick = 0;
  /** The states under way, where each began, and how many words it has waited. */
  private now: Track;
  private next: Track;
  private hits: Hit[] = [];

  constructor(
    private readonly automaton: Automaton,
    options: MatcherOptions,
  ) {
    this.lexicon = new Lexicon(automaton, options);
    const states = automaton.reach.length;
    this.marks = new Uint8Array(automaton.classes);
    this.seen = new Int32Array(states).fill(-1);
    this.now = new Track(states);
    this.next = new Track(states);
  }

  private enter(state: number, start: number, end: number, sentence: number): void {
    if (this.seen[state] === this.tick) return;
    this.seen[state] = this.tick;
    const { accepts, acceptsAt, cues, edgesAt } = this.automaton;
    if ((edgesAt[state + 1] as number) > (edgesAt[state] as number)) this.next.push(state, start, 0);
    for (let i = acceptsAt[state] as number, last = acceptsAt[state + 1] as number; i < last; i++) this.hits.push({ cue: cues[accepts[i] as number] as string, start, end, sentence });
  }

  /** Reads one word: every state under way goes on by it, waits, or ends. */
  private step(unit: Unit, start: number, end: number, sentence: number): void {
    const { edges, edgesAt, reach } = this.automaton;
    const { now, next, seen } = this;
    const { classes, roots } = unit;
    const tick = ++this.tick;
    next.length = 0;
    if (classes.length > 0) {
      const marks = unit.marks ?? this.marks;
      if (unit.marks === undefined) for (let i = 0; i < classes.length; i++) marks[classes[i] as number] = 1;
      for (let i = 0; i < now.length; i++) {
        const state = now.states[i] as number;
        const age = now.ages[i] as number;
        const from = now.starts[i] as number;
        for (let e = edgesAt[state] as number, last = edgesAt[state + 1] as number; e < last; e += 3) {
          if (marks[edges[e] as number] === 1 && age <= (edges[e + 2] as number)) this.enter(edges[e + 1] as number, from < 0 ? start : from, end, sentence);
        }
      }
      if (unit.marks === undefined) for (let i = 0; i < classes.length; i++) marks[classes[i] as number] = 0;
      for (let i = 0; i < roots.length; i++) this.enter(roots[i] as number, start, end, sentence);
    }
    // What waits in a gap waits one word more, unless the same state was entered afresh.
    for (let i = 0; i < now.length; i++) {
      const state = now.states[i] as number;
      const age = (now.ages[i] as number) + 1;
      if (age <= (reach[state] as number) && seen[state] !== tick) {
        seen[state] = tick;
        next.push(state, now.starts[i] as number, age);
      }
    }
    this.now = next;
    this.next = now;
  }

  /** A phrase anchored at the start waits for the next word; the start has no place of its own. */
  private begin(): void {
    for (const state of this.lexicon.opening) {
      if (this.seen[state] === this.tick) continue;
      this.seen[state] = this.tick;
      this.now.push(state, -1, 0);
    }
  }

  /**
   * All cues in the sentences given, by place. Of overlapping hits of one cue the widest stays.
   * @param stripped match without umlauts and accents, for texts written without them
   */
  find(tokens: readonly Token[], sentences: readonly Sentence[], stripped = false): Hit[] {
    const { lexicon } = this;
    this.hits = [];
    for (let s = 0; s < sentences.length; s++) {
      const sentence = sentences[s] as Sentence;
      this.now.length = 0;
      this.tick++;
      this.begin();
      let opens = true;
      for (let t = sentence.from; t < sentence.to; t++) {
        const token = tokens[t] as Token;
        const form = lexicon.form(token, stripped);
        const units = lexicon.units(form, token, stripped);
        for (let u = 0; u < units.length; u++) this.step(units[u] as Unit, token.start, token.end, s);
        // “Hi, is it …”, “@shop when …”: behind an opener the sentence begins once more.
        opens &&= form.opens;
        if (opens) this.begin();
      }
      const last = sentence.to > sentence.from ? (tokens[sentence.to - 1] as Token).end : sentence.end;
      this.step(lexicon.end(sentence.mark), last, last, s);
    }
    return widest(this.hits);
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
