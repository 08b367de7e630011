/** A text that is edited again and again, and remembers what of it is the original: many rounds of edits come out as one list. */
import type { Edit } from '../types.js';

/** A stretch of the original, or text that came in. */
type Piece = Readonly<{ start: number; end: number; added?: undefined }> | Readonly<{ added: string }>;

const lengthOf = (p: Piece): number => (p.added === undefined ? p.end - p.start : p.added.length);

function part(p: Piece, from: number, to: number): Piece {
  return p.added === undefined ? { start: p.start + from, end: p.start + to } : { added: p.added.slice(from, to) };
}

export class Pieces {
  private constructor(
    readonly original: string,
    readonly text: string,
    private readonly pieces: readonly Piece[],
  ) {}

  static of(original: string): Pieces {
    return new Pieces(original, original, [{ start: 0, end: original.length }]);
  }

  /** @param edits on the text as it stands now, by place, without overlap */
  with(edits: readonly Edit[]): Pieces {
    const out: Piece[] = [];
    let text = '';
    let at = 0;
    for (const { start, end, text: added } of edits) {
      out.push(...this.between(at, start));
      if (added !== '') out.push({ added });
      text += this.text.slice(at, start) + added;
      at = end;
    }
    out.push(...this.between(at, this.text.length));
    return new Pieces(this.original, text + this.text.slice(at), out);
  }

  private between(from: number, to: number): Piece[] {
    const out: Piece[] = [];
    let at = 0;
    for (const p of this.pieces) {
      const length = lengthOf(p);
      const [a, b] = [Math.max(from, at), Math.min(to, at + length)];
      if (a < b) out.push(part(p, a - at, b - at));
      at += length;
    }
    return out;
  }

  /** The edits that make the text of now out of the original: by place, apart from each other. */
  edits(): Edit[] {
    const out: Edit[] = [];
    let at = 0;
    let added = '';
    const put = (to: number): void => {
      if (added !== '' || to > at) out.push({ start: at, end: to, text: added });
      added = '';
    };
    for (const p of this.pieces) {
      if (p.added !== undefined) added += p.added;
      else {
        put(p.start);
        at = p.end;
      }
    }
    put(this.original.length);
    return out;
  }
}
