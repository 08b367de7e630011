/** HTML → the text that a customer reads, each character with its place. Never closed, badly nested, pasted from Outlook: all is read. */
import { Tokenizer } from 'htmlparser2';
import { cut, type Traced, Weaver } from '../../text/traced.js';
import { maskHoles } from './holes.js';

export type Plain = Readonly<{ text: Traced; comments: readonly Traced[] }>;

const tags = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Nothing in these is read. */
const HIDDEN = tags('script style head title template noscript object svg math audio video iframe map canvas');
/** A blank line before and behind. */
const PARAGRAPH = tags('p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr');
/** A line of their own. */
const BLOCK = tags('address article aside body center dd details dialog div dt fieldset figcaption figure footer form header html legend li main menu nav option section summary tr tbody thead tfoot caption');
const CELL = tags('td th');
const INLINE = tags('a abbr acronym area b base basefont bdi bdo big br button cite code col colgroup data datalist del dfn em embed font i img input ins kbd label link mark meta meter nobr optgroup output param picture progress q rb rp rt ruby s samp select small source span strike strong sub sup textarea time track tt u var wbr');
const known = (name: string): boolean => INLINE.has(name) || BLOCK.has(name) || PARAGRAPH.has(name) || CELL.has(name) || HIDDEN.has(name);

/** An opening or closing tag of an element that exists. */
const TAG = /<\/?([a-z][a-z0-9]{0,11})(?=[\s/>])/gi;
/** In a body that has none of these the line breaks of the source are the breaks. */
const BREAKING = tags('p br div table tr td');
const ENTITY = /&(?:[a-z]{2,8}[0-9]{0,2}|#[0-9]{1,6}|#x[0-9a-f]{1,5});/i;

function elements(text: string): Set<string> {
  const found = new Set<string>();
  for (const m of text.matchAll(TAG)) {
    const name = (m[1] as string).toLowerCase();
    if (known(name)) found.add(name);
  }
  return found;
}

/** Is this body written in HTML? A `<name>` or a `<` alone does not make it so. */
export function looksLikeHtml(text: string): boolean {
  return (text.includes('<') && elements(maskHoles(text)).size > 0) || (text.includes('&') && ENTITY.test(text));
}

/** Names that are closed somewhere; an unknown tag that never is, is a slot: `<name>`. */
function closedNames(masked: string): ReadonlySet<string> {
  return new Set([...masked.matchAll(/<\/([^\s<>/]{1,60})/g)].map((m) => (m[1] as string).toLowerCase()));
}

/** @param options.keepBreaks breaks of line in the source are breaks; default: when no element makes any */
export function parseHtml(source: Traced, options: { keepBreaks?: boolean } = {}): Plain {
  const { text } = source;
  const masked = maskHoles(text);
  const keepsBreaks = options.keepBreaks ?? ![...elements(masked)].some((name) => BREAKING.has(name));
  const closed = closedNames(masked);
  const page = new Page(source, keepsBreaks);
  const comments: Traced[] = [];
  /** The element that hides what is in it, and how many of its name are open. */
  let hidden: { name: string; depth: number } | undefined;
  let open = { name: '', start: 0, unseen: false, from: 1 };
  let attribute = '';

  const opened = (end: number, selfClosed: boolean): void => {
    const { name, start, unseen } = open;
    if (name === 'body') hidden = undefined;
    if (hidden !== undefined) {
      if (hidden.name === name && !selfClosed) hidden.depth++;
    } else if (HIDDEN.has(name) || unseen) {
      if (!selfClosed && (closed.has(name) || name === 'head')) hidden = { name, depth: 1 };
    } else if (!known(name)) {
      if (!/[:-]/.test(name) && !closed.has(name)) page.copy(start, end);
    } else if (name === 'br') page.breakBy(1);
    else {
      edge(name, start);
      if (name === 'pre') page.pre++;
      if (name === 'ul') page.lists.push(NaN);
      if (name === 'ol') page.lists.push(open.from);
      if (name === 'li') page.item();
    }
  };
  const edge = (name: string, at: number): void => {
    if (PARAGRAPH.has(name)) page.breakTo(page.lists.length > 0 ? 1 : 2);
    else if (BLOCK.has(name)) page.breakTo(1);
    else if (CELL.has(name)) page.blankAt(at, at);
  };

  // The tokenizer alone: a tree of elements is of no use here, and of one nested a million deep even less.
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      onopentagname(start, end) {
        open = { name: masked.slice(start, end).toLowerCase(), start: start - 1, unseen: false, from: 1 };
      },
      onattribname(start, end) {
        attribute = masked.slice(start, end).toLowerCase();
      },
      onattribdata(start, end) {
        if (attribute === 'style' && /display\s*:\s*none/i.test(masked.slice(start, end))) open.unseen = true;
        if (attribute === 'start') open.from = Number.parseInt(masked.slice(start, end), 10) || 1;
      },
      onattribentity() {},
      onattribend() {},
      onopentagend: (end) => opened(end + 1, false),
      onselfclosingtag: (end) => opened(end + 1, true),
      onclosetag(start, end) {
        const name = masked.slice(start, end).toLowerCase();
        if (hidden !== undefined) {
          if (hidden.name === name && --hidden.depth === 0) hidden = undefined;
          return;
        }
        if (name === 'ul' || name === 'ol') page.lists.pop();
        if (name === 'pre') page.pre = Math.max(0, page.pre - 1);
        edge(name, start);
      },
      ontext(start, end) {
        // At the end of a text that stops inside a tag (`<b/`) there is no start: browsers drop it too.
        if (hidden === undefined && start >= 0) page.flow(start, end);
      },
      ontextentity(point, end) {
        if (hidden === undefined) page.entity(String.fromCodePoint(point), text.lastIndexOf('&', end - 1), end);
      },
      oncomment(start, end, mark) {
        comments.push(cut(source, start, end - mark));
      },
      oncdata() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  );
  tokenizer.write(masked);
  tokenizer.end();
  return { text: page.done(), comments };
}

/** The text as it grows: breaks and blanks are owed until something follows them. */
class Page {
  pre = 0;
  /** Numbers of the next items of the lists that are open; NaN where they have none. */
  readonly lists: number[] = [];
  private readonly weaver: Weaver;
  private breaks = 0;
  private blank: readonly [number, number] | undefined;

  constructor(
    private readonly source: Traced,
    private readonly keepsBreaks: boolean,
  ) {
    this.weaver = new Weaver(source);
  }

  breakBy(n: number): void {
    this.breakTo(this.breaks + n);
  }

  breakTo(n: number): void {
    this.breaks = Math.max(this.breaks, n);
    this.blank = undefined;
  }

  blankAt(start: number, end: number): void {
    if (this.breaks === 0) this.blank ??= [start, end];
  }

  copy(start: number, end: number): void {
    if (end <= start) return;
    this.settle();
    this.weaver.copy(start, end);
  }

  entity(value: string, start: number, end: number): void {
    if (value.length === 1 && isBlank(value.charCodeAt(0))) return this.blankAt(start, end);
    this.settle();
    this.weaver.put(value === '\u00a0' ? ' ' : value, start, end);
  }

  item(): void {
    const number = this.lists[this.lists.length - 1];
    this.settle();
    if (number === undefined || Number.isNaN(number)) this.weaver.text('- ');
    else {
      this.lists[this.lists.length - 1] = number + 1;
      this.weaver.text(`${number}. `);
    }
  }

  /** Text between tags: blanks in a row are one. */
  flow(start: number, end: number): void {
    const { text } = this.source;
    for (let at = start; at < end; ) {
      let stop = at;
      while (stop < end && !isBlank(text.charCodeAt(stop))) stop++;
      this.copy(at, stop);
      at = stop;
      while (stop < end && isBlank(text.charCodeAt(stop))) stop++;
      if (stop > at) this.gap(at, stop);
      at = stop;
    }
  }

  done(): Traced {
    return this.weaver.done();
  }

  private gap(start: number, end: number): void {
    const lines = this.keepsBreaks || this.pre > 0 ? this.source.text.slice(start, end).split('\n').length - 1 : 0;
    if (lines > 0) this.breakBy(lines);
    else this.blankAt(start, end);
  }

  private settle(): void {
    if (this.weaver.length > 0) {
      if (this.breaks > 0) this.weaver.text('\n'.repeat(Math.min(this.breaks, 2)));
      else if (this.blank !== undefined) {
        const [start, end] = this.blank;
        if (end > start) this.weaver.put(' ', start, end);
        else this.weaver.text(' ');
      }
    }
    this.breaks = 0;
    this.blank = undefined;
  }
}

function isBlank(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}
