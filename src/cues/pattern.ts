/**
 * The phrase language: what a line of a cue file says.
 *
 *   word        that word, in any case          `pahoittel*`  words that begin so     `*nne`  words that end so
 *   ~toukka     any form with the same stem     `#`  a number                          `...`  up to six words, `...3` up to three
 *   (a | b c)   either                          `(a b)?`  or nothing
 *   ^  $        start, end of the sentence      `?`  `!`  end with that mark
 *   <emoji> <mention> <url> <email> <name>      a token of that kind (a name: a capital, and a known first name); an emoji stands for itself
 *
 * Parsing takes time linear in the phrase; nothing here can backtrack.
 */

/** One kind of word that a position accepts. */
export type Atom =
  | Readonly<{ kind: 'word' | 'prefix' | 'suffix' | 'stem'; text: string }>
  | Readonly<{ kind: 'special'; text: string }>;

export type Node =
  | Readonly<{ type: 'atoms'; atoms: readonly Atom[] }>
  | Readonly<{ type: 'gap'; words: number }>
  | Readonly<{ type: 'sequence'; items: readonly Node[] }>
  | Readonly<{ type: 'either'; items: readonly Node[] }>
  | Readonly<{ type: 'optional'; item: Node }>;

/** A phrase that can't be read; `at` is the offset in the phrase. */
export class PatternError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
    this.name = 'PatternError';
  }
}

export const GAP_DEFAULT = 6;
export const GAP_MAX = 12;
const DEPTH_MAX = 8;
const SPECIALS = new Set(['^', '$', '?', '!', '#', '<emoji>', '<mention>', '<url>', '<email>', '<hashtag>', '<number>', '<name>']);

type Lexeme = Readonly<{ text: string; at: number }>;

function lex(phrase: string): Lexeme[] {
  const out: Lexeme[] = [];
  const pattern = /\(|\)\?|\)|\||\.\.\.\d*|[^\s()|]+/gu;
  for (const m of phrase.matchAll(pattern)) {
    const text = m[0];
    // A question or exclamation mark written on to a word is the end of the sentence.
    if (text.length > 1 && (text.endsWith('?') || text.endsWith('!')) && !text.startsWith(')')) {
      out.push({ text: text.slice(0, -1), at: m.index }, { text: text.slice(-1), at: m.index + text.length - 1 });
    } else out.push({ text, at: m.index });
  }
  return out;
}

function atom(lexeme: Lexeme, expand: (word: string) => readonly string[]): Node {
  const { text, at } = lexeme;
  if (text === '#') return { type: 'atoms', atoms: [{ kind: 'special', text: '<number>' }] };
  if (SPECIALS.has(text)) return { type: 'atoms', atoms: [{ kind: 'special', text }] };
  if (text.startsWith('<') && text.endsWith('>') && text.length > 2) throw new PatternError(`unknown kind of token ${text}`, at);
  if (text.startsWith('~')) {
    if (text.length < 2 || text.includes('*')) throw new PatternError('“~” needs a whole word behind it', at);
    return { type: 'atoms', atoms: [{ kind: 'stem', text: text.slice(1) }] };
  }
  // Texts are cut at hyphens, so phrases are too.
  const parts = text.split('-').filter((part) => part !== '');
  if (parts.length > 1) return { type: 'sequence', items: parts.map((part) => atom({ text: part, at }, expand)) };
  const star = text.indexOf('*');
  if (star >= 0) {
    const front = text.startsWith('*');
    const back = text.endsWith('*');
    const core = text.slice(front ? 1 : 0, back ? -1 : undefined);
    if (core.includes('*')) throw new PatternError('“*” may only begin or end a word', at);
    if (front && back) throw new PatternError('“*” may stand at one end of a word only', at);
    if (core.length < 2) throw new PatternError('“*” needs at least two letters beside it', at);
    return { type: 'atoms', atoms: [{ kind: front ? 'suffix' : 'prefix', text: core }] };
  }
  const words = expand(text);
  if (words.length === 1) return { type: 'atoms', atoms: [{ kind: 'word', text: words[0] as string }] };
  return { type: 'sequence', items: words.map((w) => ({ type: 'atoms', atoms: [{ kind: 'word', text: w }] })) };
}

/** Alternatives that are single words become one position: fewer states, and phrases share them. */
function either(items: readonly Node[]): Node {
  if (items.length === 1) return items[0] as Node;
  const single = items.flatMap((item) => (item.type === 'atoms' ? item.atoms : []));
  const rest = items.filter((item) => item.type !== 'atoms');
  if (rest.length === 0) return { type: 'atoms', atoms: single };
  return { type: 'either', items: single.length > 0 ? [{ type: 'atoms', atoms: single }, ...rest] : rest };
}

/**
 * Reads one phrase. `expand` gives the units of a written word (`we're` → `we are`); it must be the one used on texts.
 * @throws PatternError
 */
export function parsePhrase(phrase: string, expand: (word: string) => readonly string[]): Node {
  const lexemes = lex(phrase.toLowerCase().replace(/[’‘]/g, "'").normalize('NFC'));
  let i = 0;
  const sequence = (depth: number): Node => {
    if (depth > DEPTH_MAX) throw new PatternError('brackets nest too deep', lexemes[i]?.at ?? 0);
    const alternatives: Node[] = [];
    let items: Node[] = [];
    const close = (): void => {
      if (items.length === 0) throw new PatternError('an empty alternative', lexemes[i]?.at ?? phrase.length);
      alternatives.push(items.length === 1 ? (items[0] as Node) : { type: 'sequence', items });
      items = [];
    };
    for (; i < lexemes.length; i++) {
      const lexeme = lexemes[i] as Lexeme;
      const { text, at } = lexeme;
      if (text === '|') close();
      else if (text === '(') {
        i++;
        const inner = sequence(depth + 1);
        const end = lexemes[i];
        if (end === undefined) throw new PatternError('“(” is never closed', at);
        items.push(end.text === ')?' ? { type: 'optional', item: inner } : inner);
      } else if (text === ')' || text === ')?') {
        if (depth === 0) throw new PatternError(`“${text}” closes nothing`, at);
        break;
      } else if (text.startsWith('...')) {
        const words = text.length > 3 ? Number(text.slice(3)) : GAP_DEFAULT;
        if (words < 1 || words > GAP_MAX) throw new PatternError(`a gap spans 1 to ${GAP_MAX} words`, at);
        items.push({ type: 'gap', words });
      } else items.push(atom(lexeme, expand));
    }
    close();
    return either(alternatives);
  };
  const node = sequence(0);
  if (i < lexemes.length) throw new PatternError(`“${lexemes[i]?.text}” closes nothing`, lexemes[i]?.at ?? 0);
  return node;
}
