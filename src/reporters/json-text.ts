/** Values → JSON that is safe wherever it lands: a terminal, a CI's log, a reader that takes only well-formed text. */
import { wellFormed } from '../text/wellformed.js';

/** Left as they are by `JSON.stringify`: control characters above ASCII, marks that turn the direction of text, line separators. */
const UNSAFE = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** One document without a line break at its end; `indent` as in `JSON.stringify`. */
export function jsonText(value: unknown, indent?: number): string {
  let text = JSON.stringify(value, undefined, indent);
  // A lone surrogate comes out as an escape, and only then is the slower way taken.
  if (/\\ud[89a-f]/.test(text)) text = JSON.stringify(value, (_, v: unknown) => (typeof v === 'string' ? wellFormed(v) : v), indent);
  // GitHub's runner takes `##[` for a command wherever it stands in a line.
  return text.replace(UNSAFE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).replaceAll('##[', '#\\u0023[');
}
