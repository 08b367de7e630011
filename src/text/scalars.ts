/** Texts as YAML writes them (plain, quoted, indented, folded) → the place of each of their characters. */
import { type Traced, Weaver } from './traced.js';

/** Where the line ends that `from` stands on, before its break. */
export function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end > from && text[end - 1] === '\r' ? end - 1 : end;
}

/**
 * The text of a scalar that stands at `[start, end)` of the source, with the place of each character.
 * @param value what the parser made of it
 * @param type the parser's name for how it is written: `PLAIN`, `QUOTE_DOUBLE`, `BLOCK_FOLDED`
 */
export function scalarText(value: string, source: Traced, start: number, end: number, type: string | undefined): Traced {
  const woven = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED' ? blockText(value, source, start, end) : flowText(value, source, start, end, type);
  // What is written in a way that was not foreseen has its place as a whole.
  return woven.text === value ? woven : new Weaver(source).put(value, start, end).done();
}

/** Plain and quoted scalars: a break of line with the blanks around it is one space, or the breaks that it holds beyond the first. */
function flowText(value: string, source: Traced, start: number, end: number, type: string | undefined): Traced {
  const { text } = source;
  const weaver = new Weaver(source);
  const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
  let i = quoted ? start + 1 : start;
  const stop = quoted ? end - 1 : end;
  let j = 0;
  while (i < stop && j < value.length) {
    let run = i;
    while (run < stop && j + (run - i) < value.length && text[run] === value[j + (run - i)] && text[run] !== '\n' && text[run] !== '\r' && !(type === 'QUOTE_DOUBLE' && text[run] === '\\') && !(type === 'QUOTE_SINGLE' && text[run] === "'")) run++;
    if (run > i) {
      // Blanks before a break of line belong to the break.
      while (run > i && isBlank(text[run - 1]) && breaksAt(text, run, stop)) run--;
      weaver.copy(i, run);
      j += run - i;
      i = run;
    }
    if (i >= stop || j >= value.length) break;
    if (breaksAt(text, i, stop)) {
      let after = i;
      while (after < stop && (isBlank(text[after]) || text[after] === '\n' || text[after] === '\r')) after++;
      let k = j;
      if (value[k] === ' ') k++;
      else while (value[k] === '\n') k++;
      if (k === j) break;
      weaver.put(value.slice(j, k), i, after);
      j = k;
      i = after;
    } else if (type === 'QUOTE_SINGLE' && text.startsWith("''", i)) {
      weaver.put("'", i, i + 2);
      i += 2;
      j++;
    } else if (type === 'QUOTE_DOUBLE' && text[i] === '\\') {
      const mark = text[i + 1] as string;
      if (mark === '\n' || mark === '\r') {
        // An escaped break of line stands for nothing, nor do the blanks behind it.
        i += 2;
        while (i < stop && (isBlank(text[i]) || text[i] === '\n')) i++;
        continue;
      }
      const length = mark === 'x' ? 4 : mark === 'u' ? 6 : mark === 'U' ? 10 : 2;
      const size = mark === 'U' && (value.codePointAt(j) as number) > 0xffff ? 2 : 1;
      weaver.put(value.slice(j, j + size), i, Math.min(stop, i + length));
      i += length;
      j += size;
    } else break;
  }
  return weaver.done();
}

function isBlank(c: string | undefined): boolean {
  return c === ' ' || c === '\t';
}

/** Do blanks from here lead to a break of line? */
function breaksAt(text: string, from: number, stop: number): boolean {
  let i = from;
  while (i < stop && isBlank(text[i])) i++;
  return i < stop && (text[i] === '\n' || text[i] === '\r');
}

/** `|` and `>`: each line without its indentation; breaks of line are what the value has of them. */
function blockText(value: string, source: Traced, start: number, end: number): Traced {
  const { text } = source;
  const weaver = new Weaver(source);
  let i = lineEnd(text, start);
  const skip = (from: number): number => (text[from] === '\r' ? from + 2 : from + 1);
  const indent = indentOf(text, i, end);
  let j = 0;
  let gap = i;
  while (i < end && j < value.length) {
    // Empty lines, and the indentation of the next that is not.
    gap = i;
    while (i < end && (text[i] === '\n' || text[i] === '\r')) {
      const line = skip(i);
      let inside = line;
      while (inside < line + indent && text[inside] === ' ') inside++;
      i = inside;
    }
    let k = j;
    while (value[k] === '\n') k++;
    if (k === j && gap > 0 && j > 0 && value[k] === ' ' && text[i] !== ' ') k++;
    if (k > j) weaver.put(value.slice(j, k), gap, i);
    j = k;
    if (j >= value.length) break;
    const stop = lineEnd(text, i);
    const length = Math.min(stop, end) - i;
    if (length <= 0 || text.slice(i, i + length) !== value.slice(j, j + length)) break;
    weaver.copy(i, i + length);
    j += length;
    i += length;
  }
  // Trailing breaks that chomping kept.
  if (j < value.length && /^\n+$/.test(value.slice(j))) weaver.text(value.slice(j));
  return weaver.done();
}

/** Of the first line that holds something. */
function indentOf(text: string, from: number, end: number): number {
  for (let i = from; i < end; ) {
    const line = text[i] === '\r' ? i + 2 : i + 1;
    let inside = line;
    while (text[inside] === ' ') inside++;
    if (inside < end && text[inside] !== '\n' && text[inside] !== '\r') return inside - line;
    if (inside >= end) return 0;
    i = inside;
  }
  return 0;
}
