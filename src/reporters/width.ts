/** How wide text stands in a terminal, and what of it may reach one. */

/** One thing that the cursor steps over: what is shown, how wide, and which part of the text it stands for. */
export type Cell = Readonly<{ shown: string; width: number; start: number; end: number; space: boolean }>;

// eslint-disable-next-line no-control-regex
const PLAIN = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*$/;
const WIDE = /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u{1f1e6}-\u{1f1ff}]|^[0-9#*]\ufe0f?\u20e3/u;
const NOTHING = /^[\p{M}\u200b-\u200d\u2060\ufe00-\ufe0f\u00ad\ufeff]+$/u;

let graphemes: Intl.Segmenter | undefined;

function* clusters(text: string): Generator<string> {
  if (PLAIN.test(text)) {
    yield* text;
    return;
  }
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of graphemes.segment(text)) yield segment;
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

// eslint-disable-next-line no-control-regex
const SUSPECT = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/;

/** Safe to print, on one line: line breaks and tabs become a space. */
export function visible(text: string): string {
  if (!SUSPECT.test(text)) return text;
  let out = '';
  for (const c of text.replace(/\r\n?|\n|\t/g, ' ')) out += tamed(c.codePointAt(0) as number) ?? c;
  return out;
}

function clusterWidth(cluster: string): number {
  const code = cluster.charCodeAt(0);
  if (code < 0x300 && cluster.length === 1) return 1;
  if (NOTHING.test(cluster)) return 0;
  return EMOJI.test(cluster) || WIDE.test(cluster) ? 2 : 1;
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
