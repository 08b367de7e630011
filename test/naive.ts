/** Random phrases, and a matcher so simple that it can be seen to be right: it walks every way through a phrase. */
import fc from 'fast-check';

/** Words behind which a sentence may begin once more. */
export const OPENERS = new Set(['oh', 'but']);

/** A random phrase: as written, and as the naive matcher reads it. */
export type Pattern =
  | Readonly<{ is: 'atom'; written: string; fits: (unit: Unit) => boolean }>
  | Readonly<{ is: 'gap'; words: number }>
  | Readonly<{ is: 'sequence' | 'either'; items: readonly Pattern[] }>
  | Readonly<{ is: 'optional'; item: Pattern }>;
export type Unit = Readonly<{ word: string; end?: '' | '.' | '?' | '!' }>;
/** After the word before `at`, with `slack` words that may be passed over; `from` is the first word taken. */
type Reached = Readonly<{ at: number; slack: number; from: number }>;

export const VOCABULARY = ['aab', 'aac', 'bab', 'caab', 'oh', '7', '😂'];
const word = (w: string): Pattern => ({ is: 'atom', written: w, fits: (u) => u.word === w });
const ATOMS: readonly Pattern[] = [
  ...VOCABULARY.filter((w) => w !== '7').map(word),
  { is: 'atom', written: 'aa*', fits: (u) => u.word.startsWith('aa') },
  { is: 'atom', written: '*ab', fits: (u) => u.word.endsWith('ab') },
  { is: 'atom', written: '~caabo', fits: (u) => u.word.startsWith('caa') },
  { is: 'atom', written: '#', fits: (u) => u.word === '7' },
  { is: 'atom', written: '<emoji>', fits: (u) => u.word === '😂' },
];
const START: Pattern = { is: 'atom', written: '^', fits: () => false };
const ENDS: readonly Pattern[] = [
  { is: 'atom', written: '$', fits: (u) => u.end !== undefined },
  { is: 'atom', written: '?', fits: (u) => u.end === '?' },
  { is: 'atom', written: '!', fits: (u) => u.end === '!' },
];

const { pattern } = fc.letrec<{ pattern: Pattern; item: Pattern }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...ATOMS),
    fc.integer({ min: 1, max: 3 }).map((words): Pattern => ({ is: 'gap', words })),
    tie('pattern').map((item): Pattern => ({ is: 'optional', item })),
    fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }).map((items): Pattern => ({ is: 'either', items })),
  ),
  pattern: fc.array(tie('item'), { minLength: 1, maxLength: 4 }).map((items): Pattern => ({ is: 'sequence', items })),
}));
export const phrase = fc
  .tuple(fc.boolean(), pattern, fc.option(fc.constantFrom(...ENDS), { nil: undefined, freq: 2 }))
  .map(([start, middle, end]): Pattern => ({ is: 'sequence', items: [...(start ? [START] : []), middle, ...(end === undefined ? [] : [end])] }));

export function written(p: Pattern): string {
  switch (p.is) {
    case 'atom':
      return p.written;
    case 'gap':
      return `...${p.words}`;
    case 'sequence':
      return p.items.map(written).join(' ');
    case 'either':
      return `(${p.items.map(written).join(' | ')})`;
    case 'optional':
      return `(${written(p.item)})?`;
  }
}

/** All ways through a pattern, one by one. `from` is -1 until a word has been taken, `at` where a phrase may begin. */
function walk(p: Pattern, units: readonly Unit[], reached: readonly Reached[]): Reached[] {
  switch (p.is) {
    case 'gap':
      // A gap before the first word passes nothing over.
      return reached.map((r) => ({ ...r, slack: r.slack + p.words }));
    case 'sequence':
      return p.items.reduce((r, item) => walk(item, units, r), [...reached]);
    case 'either':
      return p.items.flatMap((item) => walk(item, units, reached));
    case 'optional':
      return [...reached, ...walk(p.item, units, reached)];
    case 'atom':
      return reached.flatMap(({ at, slack, from }) =>
        Array.from({ length: slack + 1 }, (_, skipped) => at + skipped)
          .filter((i) => i < units.length && p.fits(units[i] as Unit))
          .map((i) => ({ at: i + 1, slack: 0, from: from < 0 ? i : from })),
      );
  }
}

/** First and last word of every match; the last is one past the words when the phrase ends with the sentence. */
export function matches(p: Pattern, units: readonly Unit[]): [number, number][] {
  const anchored = p.is === 'sequence' && p.items[0] === START;
  const rest: Pattern = p.is === 'sequence' && anchored ? { is: 'sequence', items: p.items.slice(1) } : p;
  const opens = (i: number): boolean => units.slice(0, i).every((u) => u.end === undefined && (OPENERS.has(u.word) || u.word === '😂'));
  const out: [number, number][] = [];
  for (let i = 0; i < units.length; i++) {
    if (anchored && !opens(i)) continue;
    for (const r of anchored ? walk(rest, units, [{ at: i, slack: 0, from: -1 }]) : unanchored(rest, units, i)) out.push([r.from, r.at - 1]);
  }
  return out;
}

function unanchored(p: Pattern, units: readonly Unit[], at: number): Reached[] {
  // Only ways that take the word at `at`; slack before it counts for nothing.
  return walk(p, units, [{ at, slack: 0, from: -1 }]).filter((r) => r.from === at);
}

/** Whatever way through it is taken, does the phrase hold a word of its own? One that holds none is refused, or is an anchor alone. */
export function takesAWord(p: Pattern): boolean {
  switch (p.is) {
    case 'atom':
      return p !== START && !ENDS.includes(p);
    case 'gap':
    case 'optional':
      return false;
    case 'sequence':
      return p.items.some(takesAWord);
    case 'either':
      return p.items.every(takesAWord);
  }
}
