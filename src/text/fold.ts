/**
 * Word conflation by tables: a word in, a key out, and inflected forms of one word share a key. Everything that belongs to a language
 * (endings, gradation, irregular words) stands in a `FoldSpec`, that is in YAML; this file only walks tables. Time is linear in the
 * length of the word: each step is one walk from the end of the word through a trie, so no table can make it backtrack.
 */
import { Table, type TableData, tableOf } from './table.js';

/**
 * A rewriting of the end of a word: `context|ending>replacement`. Context and replacement may be left out: `ssa` takes the ending off,
 * `uksen>us` replaces it, `V|nut` takes `nut` off after a vowel (context stays). Capitals name a class of `FoldSpec.classes`, `^` as the
 * first sign is the start of the word. `sti>sti` changes nothing, and so protects what a shorter rule of its step would take off.
 * `@2` at the end asks that two vowel groups stay, in place of the step's own `syllables`.
 */
export type FoldRule = string;

/** Rules tried together. The longest match (context counts) whose conditions hold is applied; then the next step follows. */
export interface FoldStep {
  /** What the step is for; only for people. */
  name: string;
  /** Letters the word must keep (context and replacement count). 1 unless told; rules that begin with `^` are exempt. */
  min?: number;
  /** Vowel groups (roughly syllables) the word must keep, counted likewise. 0 unless told; rules that begin with `^` are exempt. */
  syllables?: number;
  /** How often the step may apply to one word. 1 unless told. */
  times?: number;
  /** Skip the steps up to and including the one of this name once a rule of this step has changed the word. */
  skipTo?: string;
  /**
   * Whole words (as they stand at this step) that end the matter: a key to the words, space-separated, that get it. Spelled as they are:
   * where `restore` keeps letters apart, "sää" is not "saa".
   */
  whole?: Readonly<Record<string, string>>;
  /** Whole words, space-separated, that are their own keys. */
  itself?: string;
  /** The rules, in any order: length decides. */
  rules?: readonly FoldRule[];
}

/** All that is known of a language's inflection. */
export interface FoldSpec {
  /** The letters that count as vowels, after `letters` has been applied. */
  vowels: string;
  /** Letters rewritten before anything else, such as ä to a: rules need one spelling then. */
  letters?: Readonly<Record<string, string>>;
  /**
   * Letters of `letters` (each rewritten to one letter) that come back in the key where it still begins like the word: "väli" and "valo" stay
   * apart although the tables know one `a`. Left out, keys are blind to the difference, for texts typed without them; `related` is
   * blind where one of two keys has none.
   */
  restore?: string;
  /** Signs at which the word ends when they stand inside it: `:` makes "tv:n" "tv". */
  cut?: string;
  /** Single capitals to the letters they stand for in rules. */
  classes?: Readonly<Record<string, string>>;
  /** The steps, in order. */
  steps: readonly FoldStep[];
  /** Strings rewritten wherever they stand after the first letter (longest first, left to right), once the steps are done. */
  everywhere?: Readonly<Record<string, string>>;
  /** When the stemmer passed to `compileFolder` is used: on words that no step has changed, or never. Never unless told. */
  stemmer?: 'unchanged' | 'never';
  /** What `related` asks of two keys one of which begins the other. */
  compounds?: {
    /** Letters the shorter key must have. */
    min: number;
    /** Letters the longer key must have beyond the shorter one: shorter tails are endings, not words. */
    tail: number;
  };
}

/** A tree of letters, its nodes as numbers: one map holds all its edges, since thousands of small ones take long to make. */
interface Trie {
  /** `node * 65536 + letter` → node. */
  edges: Map<number, number>;
  /** By node: index of a rule, or -1. */
  rules: number[];
}

/** One step, compiled: plain data, so that the build can do the work. */
export type StepTables = Readonly<{
  /** Whole words, by their plain spelling → numbers of pairs in `entries`. */
  whole: TableData;
  /** Spelling and key by turns, a line each. */
  entries: string;
  /** The tree of endings: slots that hold `node * 65536 + letter` (0 when free), the node that leads to, and by node its rule plus one. */
  edges: Uint32Array;
  nodes: Uint32Array;
  rules: Uint32Array;
  /** By rule: letters taken off, what is put there, whether it is bound to the start of the word, vowel groups that must stay. */
  take: readonly number[];
  put: readonly string[];
  anchored: readonly boolean[];
  syllables: readonly number[];
  min: number;
  times: number;
  /** Index of the step to go on with after a change. */
  after: number;
}>;

/** All steps, by number. */
export type FoldTables = Readonly<Record<string, StepTables>>;

type CompiledStep = StepTables & Readonly<{ words: Table; pairs: () => readonly string[]; child: (at: number, letter: number) => number }>;

const SPREAD = 0x9e3779b1;
const NODES_MAX = 65_536;

/** A tree as flat slots: opened without building anything. */
function flat({ edges, rules }: Trie): { edges: Uint32Array; nodes: Uint32Array; rules: Uint32Array } {
  if (rules.length >= NODES_MAX) throw new Error('the fold rules stand for too many strings');
  let bits = 2;
  while (2 ** bits < edges.size * 2) bits++;
  const slots = new Uint32Array(2 ** bits);
  const nodes = new Uint32Array(2 ** bits);
  for (const [edge, to] of edges) {
    let slot = Math.imul(edge, SPREAD) >>> (32 - bits);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = edge;
    nodes[slot] = to;
  }
  return { edges: slots, nodes, rules: Uint32Array.from(rules, (r) => r + 1) };
}

function opened(tables: StepTables): CompiledStep {
  const { edges, nodes } = tables;
  const mask = edges.length - 1;
  const shift = Math.clz32(mask);
  let pairs: readonly string[] | undefined;
  return {
    ...tables,
    words: new Table(tables.whole),
    pairs: () => (pairs ??= tables.entries.split('\n')),
    child: (at, letter) => {
      const edge = at * 65536 + letter;
      for (let slot = Math.imul(edge, SPREAD) >>> shift; ; slot = (slot + 1) & mask) {
        const there = edges[slot] as number;
        if (there === edge) return nodes[slot] as number;
        if (there === 0) return -1;
      }
    },
  };
}

const START = 94; // "^", stands for the start of the word in tries

const ROOT = 0;
const trie = (): Trie => ({ edges: new Map(), rules: [-1] });

function insert({ edges, rules }: Trie, codes: readonly number[], rule: number): void {
  let at = ROOT;
  for (let i = 0; i < codes.length; i++) {
    const edge = at * 65536 + (codes[i] as number);
    let to = edges.get(edge);
    if (to === undefined) {
      to = rules.length;
      rules.push(-1);
      edges.set(edge, to);
    }
    at = to;
  }
  if ((rules[at] as number) < 0) rules[at] = rule;
}

const STRINGS_MAX = 20_000;

/** Inserts all strings that a pattern with class letters stands for, read from their ends. */
function insertEndings(into: Trie, pattern: string, classes: Readonly<Record<string, string>>, rule: string, number: number): void {
  const { edges, rules } = into;
  let tips: number[] = [ROOT];
  for (let p = pattern.length - 1; p >= 0; p--) {
    const sign = pattern[p] as string;
    const letters = sign >= 'A' && sign <= 'Z' ? classes[sign] : sign;
    if (letters === undefined) throw new Error(`fold rule "${rule}": there is no class ${sign}`);
    const grown: number[] = [];
    for (let t = 0; t < tips.length; t++) {
      for (let i = 0; i < letters.length; i++) {
        const edge = (tips[t] as number) * 65536 + letters.charCodeAt(i);
        let to = edges.get(edge);
        if (to === undefined) {
          to = rules.length;
          rules.push(-1);
          edges.set(edge, to);
        }
        grown.push(to);
      }
    }
    tips = grown;
    if (tips.length > STRINGS_MAX) throw new Error(`fold rule "${rule}" stands for too many strings`);
  }
  for (const tip of tips) if ((rules[tip] as number) < 0) rules[tip] = number;
}

function compileStep(
  step: FoldStep,
  index: number,
  spec: FoldSpec,
  plain: (word: string) => string,
  groupsOf: (text: string) => number,
): StepTables {
  const whole = new Map<string, number[]>();
  const entries: string[] = [];
  const endings = trie();
  const take: number[] = [];
  const puts: string[] = [];
  const bound: boolean[] = [];
  const groups: number[] = [];
  let after = index + 1;
  if (step.skipTo !== undefined) {
    const target = spec.steps.findIndex((other) => other.name === step.skipTo);
    if (target <= index) throw new Error(`fold step "${step.name}": no later step is called "${step.skipTo}"`);
    after = target + 1;
  }
  const add = (spelled: string, key: string): void => {
    if (spelled === '') return;
    const there = whole.get(plain(spelled));
    if (there) there.push(entries.length / 2);
    else whole.set(plain(spelled), [entries.length / 2]);
    entries.push(spelled, key);
  };
  for (const word of (step.itself ?? '').split(' ')) add(word, word);
  for (const [key, words] of Object.entries(step.whole ?? {})) for (const word of words.split(' ')) add(word, key);
  for (const rule of step.rules ?? []) {
    const at = rule.indexOf('@');
    const syllables = at < 0 ? (step.syllables ?? 0) : Number(rule.slice(at + 1));
    if (!Number.isInteger(syllables)) throw new Error(`fold rule "${rule}": a number must follow @`);
    const body = at < 0 ? rule : rule.slice(0, at);
    const arrow = body.indexOf('>');
    const left = arrow < 0 ? body : body.slice(0, arrow);
    const put = arrow < 0 ? '' : body.slice(arrow + 1);
    const bar = left.indexOf('|');
    const ending = left.slice(bar + 1);
    const context = bar < 0 ? '' : left.slice(0, bar);
    const anchored = left.startsWith('^');
    if (left.length === 0 || left === '^' || left === '|') throw new Error(`fold step "${step.name}": empty rule`);
    const number = take.length;
    take.push(anchored && bar < 0 ? ending.length - 1 : ending.length);
    puts.push(put);
    bound.push(anchored);
    groups.push(Math.max(0, syllables - groupsOf(put)));
    insertEndings(endings, context + ending, spec.classes ?? {}, rule, number);
  }
  return { whole: tableOf(whole), entries: entries.join('\n'), ...flat(endings), take, put: puts, anchored: bound, syllables: groups, min: step.min ?? 1, times: Math.max(1, step.times ?? 1), after };
}

type Letters = Readonly<{ letters: ReadonlyMap<number, string>; spell: (word: string, keep: ReadonlySet<number>) => string; plain: (word: string) => string }>;

function lettersOf(spec: FoldSpec): Letters {
  const letters = new Map<number, string>();
  for (const [from, to] of Object.entries(spec.letters ?? {})) letters.set(from.charCodeAt(0), to);
  const cut = new Set<number>();
  for (const sign of spec.cut ?? '') cut.add(sign.charCodeAt(0));

  /** Lower case, cut, with `letters` rewritten, but for those in `keep`. */
  const spell = (word: string, keep: ReadonlySet<number>): string => {
    const low = word.toLowerCase();
    let out = '';
    let from = 0;
    for (let i = 0; i < low.length; i++) {
      const code = low.charCodeAt(i);
      if (code < 128 && code >= 97 && code <= 122) continue;
      if (i > 0 && cut.has(code)) return out + low.slice(from, i);
      const to = letters.get(code);
      if (to === undefined || keep.has(code)) continue;
      out += low.slice(from, i) + to;
      from = i + 1;
    }
    return from === 0 ? low : out + low.slice(from);
  };
  const none: ReadonlySet<number> = new Set();
  return { letters, spell, plain: (word) => spell(word, none) };
}

/** Vowel groups in the first `length` letters; stops counting at `enough`. */
function groupsOf(spec: FoldSpec): (word: string, length: number, enough: number) => number {
  const isVowel = new Uint8Array(1024);
  for (const letter of spec.vowels) {
    const code = letter.charCodeAt(0);
    if (code < isVowel.length) isVowel[code] = 1;
  }
  return (word, length, enough) => {
    let count = 0;
    let inside = 0;
    for (let i = 0; i < length && count < enough; i++) {
      const code = word.charCodeAt(i);
      const vowel = code < 1024 ? (isVowel[code] ?? 0) : 0;
      if (vowel === 1 && inside === 0) count++;
      inside = vowel;
    }
    return count;
  };
}

/** The steps compiled: what the build stores, and `compileFolder` makes where nobody has. */
export function foldTables(spec: FoldSpec): FoldTables {
  const { plain } = lettersOf(spec);
  const groups = groupsOf(spec);
  return Object.fromEntries(spec.steps.map((step, index) => [String(index), compileStep(step, index, spec, plain, (text) => groups(text, text.length, Infinity))]));
}

/** Prepares a language's tables. The function it returns is pure, never throws, and returns '' for ''. */
export function compileFolder(spec: FoldSpec, stem: (word: string) => string, tables: FoldTables = foldTables(spec)): (word: string) => string {
  const { letters, spell, plain } = lettersOf(spec);
  const groups = groupsOf(spec);
  const restored = new Set<number>();
  for (const letter of spec.restore ?? '') restored.add(letter.charCodeAt(0));

  const everywhere = trie();
  const rewritings: { from: string; to: string }[] = [];
  for (const [from, to] of Object.entries(spec.everywhere ?? {})) {
    const codes: number[] = [];
    for (let i = 0; i < from.length; i++) codes.push(from.charCodeAt(i));
    insert(everywhere, codes, rewritings.length);
    rewritings.push({ from, to });
  }
  const useStemmer = spec.stemmer === 'unchanged';
  const steps = spec.steps.map((_, index) => opened(tables[String(index)] as StepTables));

  const rewrite = (word: string): string => {
    let out = '';
    let from = 0;
    let i = 1;
    while (i < word.length) {
      let at: number | undefined = ROOT;
      let best = -1;
      for (let j = i; at !== undefined && j < word.length; j++) {
        at = everywhere.edges.get(at * 65536 + word.charCodeAt(j));
        if (at !== undefined && (everywhere.rules[at] as number) >= 0) best = everywhere.rules[at] as number;
      }
      const found = best < 0 ? undefined : rewritings[best];
      if (found === undefined) {
        i++;
        continue;
      }
      out += word.slice(from, i) + found.to;
      i += found.from.length;
      from = i;
    }
    return from === 0 ? word : out + word.slice(from);
  };

  /** Puts the letters of `restore` back into a key, as far as it has what the word has. */
  const restore = (key: string, word: string): string => {
    let out = '';
    let from = 0;
    const end = Math.min(key.length, word.length);
    for (let i = 0; i < end; i++) {
      const code = word.charCodeAt(i);
      if (code < 128 || !restored.has(code) || letters.get(code) !== key[i]) continue;
      out += key.slice(from, i) + word.charAt(i);
      from = i + 1;
    }
    return from === 0 ? key : out + key.slice(from);
  };

  /** The key of the first entry that has the letters of `restore` where the word has them. */
  const pick = (pairs: readonly string[], entries: ArrayLike<number>, word: string): string | undefined => {
    for (let e = 0; e < entries.length; e++) {
      const spelled = pairs[(entries[e] as number) * 2] as string;
      const key = pairs[(entries[e] as number) * 2 + 1] as string;
      let fits = true;
      for (let i = 0; fits && i < spelled.length && i < word.length; i++) {
        const has = word.charCodeAt(i);
        const wants = spelled.charCodeAt(i);
        if (has !== wants && (restored.has(wants) || (restored.has(has) && letters.get(has) === spelled[i]))) fits = false;
      }
      if (fits) return restored.size > 0 ? key : plain(key);
    }
    return undefined;
  };

  return (raw: string): string => {
    const full = spell(raw, restored);
    let word = restored.size > 0 ? plain(full) : full;
    let changed = false;
    let s = 0;
    while (s < steps.length) {
      const step = steps[s] as CompiledStep;
      if (step.words.size > 0) {
        const known = step.words.get(word);
        if (known !== undefined) {
          const fits = pick(step.pairs(), known, full);
          if (fits !== undefined) return fits;
        }
      }
      let next = s + 1;
      for (let time = 0; time < step.times; time++) {
        let at = ROOT;
        let best = -1;
        const length = word.length;
        for (let i = length - 1; i >= 0; i--) {
          at = step.child(at, word.charCodeAt(i));
          if (at < 0) break;
          const rule = (step.rules[at] as number) - 1;
          if (rule >= 0 && step.anchored[rule] !== true) {
            const left = length - (step.take[rule] ?? 0);
            const syllables = step.syllables[rule] ?? 0;
            if (left + (step.put[rule] ?? '').length >= step.min && (syllables === 0 || groups(word, left, syllables) >= syllables)) best = rule;
          }
        }
        if (at >= 0) {
          const whole = step.child(at, START);
          if (whole >= 0 && (step.rules[whole] as number) > 0) best = (step.rules[whole] as number) - 1;
        }
        if (best < 0) break;
        const take = step.take[best] ?? 0;
        const put = step.put[best] ?? '';
        if (take === put.length && word.endsWith(put)) break; // a protecting rule
        word = word.slice(0, length - take) + put;
        changed = true;
        next = step.after;
      }
      s = next;
    }
    if (!changed && useStemmer) word = plain(stem(word));
    if (restored.size > 0) word = restore(word, full);
    return rewritings.length === 0 ? word : rewrite(word);
  };
}
