/** Runs an automaton over a document's tokens: one pass, no backtracking, work per word bounded by the phrases under way. */
import type { Hit, Sentence, Token } from '../types.js';
import { ACCEPTS, type Automaton, LEADS_ON } from './automaton.js';
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
  /** Classes of the word that is read; all nought between two words. */
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
    this.marks = new Uint8Array(automaton.askedCount);
    this.seen = new Int32Array(states).fill(-1);
    this.now = new Track(states);
    this.next = new Track(states);
  }

  private accept(state: number, start: number, end: number, sentence: number): void {
    const { accepts, acceptsAt, cues } = this.automaton;
    for (let i = acceptsAt[state] as number, last = acceptsAt[state + 1] as number; i < last; i++) this.hits.push({ cue: cues[accepts[i] as number] as string, start, end, sentence });
  }

  /** Reads one word: every state under way goes on by it, waits, or ends. */
  private step(unit: Unit, start: number, end: number, sentence: number): void {
    const { edgeClasses, targets, gaps, edgesAt, reach, kinds } = this.automaton;
    const { now, next, seen, marks } = this;
    const { classes, roots } = unit;
    const tick = ++this.tick;
    const { states, starts, ages } = now;
    const under = now.length;
    let n = 0;
    // Writing a word's classes and wiping them costs less than a row of marks for each word, which no cache would hold.
    if (under > 0 && classes.length > 0) {
      for (let i = 0; i < classes.length; i++) marks[classes[i] as number] = 1;
      for (let i = 0; i < under; i++) {
        const state = states[i] as number;
        for (let e = edgesAt[state] as number, last = edgesAt[state + 1] as number; e < last; e++) {
          if (marks[edgeClasses[e] as number] === 0 || (ages[i] as number) > (gaps[e] as number)) continue;
          const target = targets[e] as number;
          if (seen[target] === tick) continue;
          seen[target] = tick;
          const from = (starts[i] as number) < 0 ? start : (starts[i] as number);
          const kind = kinds[target] as number;
          if ((kind & LEADS_ON) !== 0) {
            next.states[n] = target;
            next.starts[n] = from;
            next.ages[n++] = 0;
          }
          if ((kind & ACCEPTS) !== 0) this.accept(target, from, end, sentence);
        }
      }
      for (let i = 0; i < classes.length; i++) marks[classes[i] as number] = 0;
    }
    for (let i = 0; i < roots.length; i++) {
      const state = roots[i] as number;
      if (seen[state] === tick) continue;
      seen[state] = tick;
      const kind = kinds[state] as number;
      if ((kind & LEADS_ON) !== 0) {
        next.states[n] = state;
        next.starts[n] = start;
        next.ages[n++] = 0;
      }
      if ((kind & ACCEPTS) !== 0) this.accept(state, start, end, sentence);
    }
    // What waits in a gap waits one word more, unless the same state was entered afresh.
    for (let i = 0; i < under; i++) {
      const state = states[i] as number;
      const age = (ages[i] as number) + 1;
      if (age <= (reach[state] as number) && seen[state] !== tick) {
        seen[state] = tick;
        next.states[n] = state;
        next.starts[n] = starts[i] as number;
        next.ages[n++] = age;
      }
    }
    next.length = n;
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
        const read = lexicon.read(token, stripped);
        const units = lexicon.units(read, token);
        for (let u = 0; u < units.length; u++) this.step(units[u] as Unit, token.start, token.end, s);
        // “Hi, is it …”, “@shop when …”: behind an opener the sentence begins once more.
        opens &&= read.opens;
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
