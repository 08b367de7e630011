/** How wide text stands in a terminal, and what of it may reach one. */

/** One thing that the cursor steps over: what is shown, how wide, and which part of the text it stands for. */
export type Cell = Readonly<{ shown: string; width: number; start: number; end: number; space: boolean }>;

const PLAIN = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/;

/** Code points of two columns: East Asian scripts, and emoji that are drawn as pictures without being told to. */
const WIDE: readonly (readonly [from: number, to: number])[] = [
  [0x1100, 0x115f], [0x231a, 0x231b], [0x23e9, 0x23ec], [0x23f0, 0x23f0], [0x23f3, 0x23f3], [0x25fd, 0x25fe], [0x2614, 0x2615], [0x2648, 0x2653], [0x267f, 0x267f],
  [0x2693, 0x2693], [0x26a1, 0x26a1], [0x26aa, 0x26ab], [0x26bd, 0x26be], [0x26c4, 0x26c5], [0x26ce, 0x26ce], [0x26d4, 0x26d4], [0x26ea, 0x26ea], [0x26f2, 0x26f3],
  [0x26f5, 0x26f5], [0x26fa, 0x26fa], [0x26fd, 0x26fd], [0x2705, 0x2705], [0x270a, 0x270b], [0x2728, 0x2728], [0x274c, 0x274c], [0x274e, 0x274e], [0x2753, 0x2755],
  [0x2757, 0x2757], [0x2795, 0x2797], [0x27b0, 0x27b0], [0x27bf, 0x27bf], [0x2b1b, 0x2b1c], [0x2b50, 0x2b50], [0x2b55, 0x2b55], [0x2e80, 0x303e], [0x3041, 0x33ff],
  [0x3400, 0x4dbf], [0x4e00, 0xa4cf], [0xa960, 0xa97f], [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe30, 0xfe6f], [0xff00, 0xff60], [0xffe0, 0xffe6], [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf], [0x1f18e, 0x1f18e], [0x1f191, 0x1f19a], [0x1f1e6, 0x1f265], [0x1f300, 0x1f64f], [0x1f680, 0x1f6ff], [0x1f7e0, 0x1f7eb], [0x1f90c, 0x1faff], [0x20000, 0x3fffd],
];
const PICTURE = 0xfe0f;
const KEYCAP = 0x20e3;
/** Built when a script with marks of its own comes by: compiling it takes as long as a short report. */
let mark: RegExp | undefined;

/** Marks that stand over, under or round another letter. */
function isMark(point: number): boolean {
  if (point < 0x300) return false;
  if (point <= 0x36f || (point >= 0x20d0 && point <= 0x20ff)) return true;
  if (point < 0x483 || (point >= 0x2010 && point < 0x3000 && (point < 0x2cef || point > 0x2dff)) || (point >= 0x3040 && point < 0xa66f && point !== 0x3099 && point !== 0x309a) || point >= 0x1f000) return false;
  mark ??= /\p{M}/u;
  return mark.test(String.fromCodePoint(point));
}

const JOINER = 0x200d;

/** Does this code point belong to what stands before it: accents, variation marks, skin tones, tags of flags? */
function clings(point: number): boolean {
  if (point < 0x300) return false;
  return point === JOINER || (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0x1f3fb && point <= 0x1f3ff) || (point >= 0xe0020 && point <= 0xe007f) || isMark(point);
}

const flag = (point: number): boolean => point >= 0x1f1e6 && point <= 0x1f1ff;

/** What the cursor steps over in one go. `Intl.Segmenter` knows rarer scripts better, and takes longer to start than all the rest. */
function* clusters(text: string): Generator<string> {
  if (PLAIN.test(text)) {
    yield* text;
    return;
  }
  let start = 0;
  let before = -1;
  let pair = false;
  for (let at = 0; at < text.length; ) {
    const point = text.codePointAt(at) as number;
    const joined: boolean = at > start && (clings(point) || (before === JOINER && point > 0x2000) || (pair && flag(point)));
    if (at > start && !joined) {
      yield text.slice(start, at);
      start = at;
    }
    pair = flag(point) && !(joined && pair);
    before = point;
    at += point > 0xffff ? 2 : 1;
  }
  if (start < text.length) yield text.slice(start);
}

/** Control characters, escape sequences and marks that turn the direction of text: shown, never sent. */
function tamed(point: number): string | undefined {
  if (point === 9) return undefined;
  if (point < 0x20) return String.fromCharCode(0x2400 + point);
  if (point === 0x7f) return '\u2421';
  const turns = point === 0x61c || point === 0x200e || point === 0x200f || (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
  if ((point >= 0x80 && point < 0xa0) || turns || point === 0x2028 || point === 0x2029) return `<${point.toString(16).toUpperCase().padStart(2, '0')}>`;
  if (point >= 0xd800 && point <= 0xdfff) return '\ufffd';
  return undefined;
}

const SUSPECT = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/;

/** Safe to print, on one line: line breaks and tabs become a space. */
export function visible(text: string): string {
  if (!SUSPECT.test(text)) return text;
  let out = '';
  for (const c of text.replace(/\r\n?|\n|\t/g, ' ')) out += tamed(c.codePointAt(0) as number) ?? c;
  return out;
}

function clusterWidth(cluster: string): number {
  const point = cluster.codePointAt(0) as number;
  if (point < 0x300) return point === 0xad ? 0 : cluster.length > 1 && (cluster.charCodeAt(1) === PICTURE || cluster.charCodeAt(1) === KEYCAP) ? 2 : 1;
  if ((point >= 0x200b && point <= 0x200d) || point === 0x2060 || point === 0xfeff || (point >= 0xfe00 && point <= PICTURE) || isMark(point)) return 0;
  if (cluster.length > 1 && cluster.charCodeAt(1) === PICTURE) return 2;
  let low = 0;
  let high = WIDE.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [from, to] = WIDE[middle] as readonly [number, number];
    if (point < from) high = middle - 1;
    else if (point > to) low = middle + 1;
    else return 2;
  }
  return 1;
}

/** Columns that a text without line breaks takes. */
export function widthOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const cluster of clusters(text)) width += clusterWidth(cluster);
  return width;
}

const TAB = '    ';

/** @param at offset of the line in its text */
export function cellsOf(line: string, at = 0): Cell[] {
  const out: Cell[] = [];
  let start = at;
  for (const cluster of clusters(line)) {
    const end = start + cluster.length;
    if (cluster === '\t') out.push({ shown: TAB, width: TAB.length, start, end, space: true });
    else if (!SUSPECT.test(cluster)) out.push({ shown: cluster, width: clusterWidth(cluster), start, end, space: cluster === ' ' });
    else {
      let shown = '';
      for (const c of cluster) shown += tamed(c.codePointAt(0) as number) ?? c;
      out.push({ shown, width: widthOf(shown), start, end, space: false });
    }
    start = end;
  }
  return out;
}

/** Breaks cells into rows no wider than `width`: at spaces where there are any, inside a word where there are none. */
export function rowsOf(cells: readonly Cell[], width: number): Cell[][] {
  const rows: Cell[][] = [];
  let from = 0;
  while (from < cells.length) {
    let to = from;
    let used = 0;
    let breakAt = -1;
    while (to < cells.length) {
      const cell = cells[to] as Cell;
      if (used + cell.width > width && !cell.space && to > from) break;
      used += cell.width;
      to++;
      if (cell.space) breakAt = to;
    }
    if (to < cells.length && breakAt > from) to = breakAt;
    rows.push(cells.slice(from, to));
    from = to;
  }
  return rows.length === 0 ? [[]] : rows;
}

/** A row as printed; spaces at its end hang outside and are left off. */
export function shownRow(cells: readonly Cell[]): string {
  return cells.map((c) => c.shown).join('').trimEnd();
}

/** Prose in lines no wider than `width`. */
export function wrap(text: string, width: number): string[] {
  return rowsOf(cellsOf(visible(text)), Math.max(8, width)).map(shownRow);
}
