/** Lists and maps as Python and Ruby print them (`[{'field': 'status', 'value': None}]`, `{"field"=>"status"}`) → the same as JSON, each character with its place. */
import { type Traced, Weaver } from '../../text/traced.js';

const WORDS: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null', nil: 'null' };
const WORD = /[a-z]{3,5}(?!\w)/iy;
const CONTROL: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"' };

/** Does it open as such a list or map does, and as JSON never? */
export function isLiteral(text: string): boolean {
  return /^\s*[[{][\s[{]*(?:'|"(?:[^"\\\n]|\\.){0,100}"\s*=>|:\w+\s*=>)/.test(text.slice(0, 300));
}

export function jsonOf(source: Traced): Traced {
  const { text } = source;
  const weaver = new Weaver(source);
  let at = 0;
  while (at < text.length) {
    const c = text[at] as string;
    WORD.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    const symbol = c === ':' ? /^:(\w+)(?=\s*=>)/.exec(text.slice(at, at + 60)) : null;
    if (c === "'" || c === '"') at = string(weaver, text, at);
    else if (text.startsWith('=>', at)) at = put(weaver, ':', at, 2);
    else if (symbol !== null) at = put(weaver, `"${symbol[1] as string}"`, at, symbol[0].length);
    else if (word !== undefined && Object.hasOwn(WORDS, word)) at = put(weaver, WORDS[word] as string, at, word.length);
    else {
      weaver.copy(at, at + 1);
      at++;
    }
  }
  return weaver.done();
}

function put(weaver: Weaver, text: string, at: number, length: number): number {
  weaver.put(text, at, at + length);
  return at + length;
}

/** The literal that opens at `start`, in double quotes. @returns what stands behind it */
function string(weaver: Weaver, text: string, start: number): number {
  const mark = text[start];
  let at = put(weaver, '"', start, 1);
  let copied = at;
  const escape = (as: string, length: number): void => {
    weaver.copy(copied, at).put(as, at, at + length);
    copied = at += length;
  };
  while (at < text.length && text[at] !== mark) {
    const c = text[at] as string;
    const next = text[at + 1] ?? '';
    if (c === '\\' && next === 'x') escape(`\\u00${text.slice(at + 2, at + 4)}`, 4);
    else if (c === '\\' && '\'#aev0'.includes(next) && next !== '') escape(next === "'" || next === '#' ? next : ' ', 2);
    else if (c === '\\') at += 2;
    else if (Object.hasOwn(CONTROL, c)) escape(CONTROL[c] as string, 1);
    else at++;
  }
  at = Math.min(at, text.length);
  weaver.copy(copied, at);
  return at < text.length ? put(weaver, '"', at, 1) : at;
}
