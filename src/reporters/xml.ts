/** XML 1.0, with nothing in it that a parser would refuse. */

/** What no XML may hold, not even as a reference. */
const ILLEGAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
/** Marks of XML itself; white space, which attributes would lose; control characters and marks that turn the direction of text. */
const MARKS = /[&<>"'\t\n\r\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function escaped(text: string): string {
  return (
    text
      .replace(ILLEGAL, '\ufffd')
      .replace(MARKS, (c) => `&#${c.charCodeAt(0)};`)
      // GitHub's runner takes `##[` for a command wherever it stands in a line.
      .replaceAll('##[', '#&#35;[')
  );
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element on lines of its own; attributes without a value are left out. `inside` is XML already, or text. */
export function element(name: string, attributes: Attributes, inside: readonly string[] | string = []): string {
  const list = Object.entries(attributes).map(([key, value]) => (value === undefined ? '' : ` ${key}="${escaped(String(value))}"`));
  const open = `<${name}${list.join('')}`;
  if (typeof inside === 'string') return `${open}>${escaped(inside)}</${name}>\n`;
  return inside.length === 0 ? `${open}/>\n` : `${open}>\n${inside.join('')}</${name}>\n`;
}

export const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
