/** What the readers of helpdesks share: going through the records, telling a reply from what is wrong with it. */
import type { Traced } from '../../text/traced.js';
import { field, isMap, type Tree, type TreeMap } from '../../text/tree.js';
import { metaOf } from '../fields.js';
import { bodyText } from '../parse/body.js';
import { plainMarkdown } from '../parse/inline.js';
import type { Draft, Fault, Found, Reader } from '../reader.js';
import { claim, type Records, recordsOf, type Written } from './records.js';

/** What a reader knows better than the fields say. `as`: what the body is written in; else HTML or text, whatever it looks like. */
type More = Partial<Omit<Draft, 'key'>> & Readonly<{ key?: string | undefined; as?: 'html' | 'text' | 'markdown' | undefined }>;

/** The drafts of a file and what was wrong, as they come up. */
export class Finds {
  private readonly entries: Draft[] = [];
  private readonly faults: Fault[];
  /** Records that have given a reply, with its language. */
  private readonly named = new Map<Tree, Set<string | undefined>>();

  constructor(private readonly records: Records) {
    this.faults = [...records.flaws];
  }

  /** Goes through the records; what is no record is said and passed over. */
  each(read: (record: TreeMap, index: number) => void): this {
    let index = 0;
    for (const item of this.records.items) {
      if (isMap(item)) read(item, index);
      else this.fault(item, 'is no reply: a map of fields was expected');
      index++;
    }
    return this;
  }

  /**
   * The text under the first of the keys that holds one. An empty text is no mistake: a folder, a draft. Anything else is said.
   * @returns undefined when there is nothing to read
   */
  body(record: Tree, ...keys: readonly string[]): Traced | undefined {
    let empty = false;
    let wrong: Tree | undefined;
    for (const key of keys) {
      const found = field(record, key);
      if (found?.kind === 'text' && found.value.text.trim() !== '') return found.value;
      if (found?.kind === 'text') empty = true;
      else if (found !== undefined && !(found.kind === 'other' && found.value === null)) wrong ??= found;
    }
    if (wrong !== undefined) this.fault(wrong, `“${keys.find((k) => field(record, k) === wrong) ?? ''}” must be a text`);
    else if (!empty) this.fault(record, `has no “${keys[0] ?? ''}”`);
    return undefined;
  }

  /**
   * Adds a reply under its own name: its id, its title, else its number. What every record may say of itself is read here.
   * @param index number of the record from 0
   */
  add(record: Tree, index: number, text: Traced, { as, key: own, note, ...more }: More = {}): void {
    const { draft, key, faults } = metaOf(record);
    this.faults.push(...faults);
    // The second reply of a record (for another channel, say) has its name no second time.
    const known = this.named.get(record) ?? new Set();
    const lang = 'lang' in more ? more.lang : draft.lang;
    const again = known.has(lang) ? { title: undefined, shortcut: undefined } : {};
    if (note !== true) this.named.set(record, known.add(lang));
    this.entries.push({ ...draft, note: note === true || draft.note, key: own ?? key ?? draft.title ?? String(index + 1), extent: record.range, ...(as === 'markdown' ? plainMarkdown(text) : bodyText(text, as === undefined ? undefined : as === 'html')), ...more, ...again });
  }

  fault({ range: [from] }: Pick<Tree, 'range'>, message: string, more: Partial<Fault> = {}): void {
    this.faults.push({ at: from, message, ...more });
  }

  done(): Found {
    return { entries: this.entries, faults: this.faults, comments: this.records.comments };
  }
}

export type Helpdesk = Written &
  Readonly<{
    name: string;
    title: string;
    /** How sure it is of a file whose records are `own`. */
    sure: number;
    own: (record: TreeMap) => boolean;
    /** Reads one record. */
    each: (finds: Finds, record: TreeMap, index: number, records: Records) => void;
  }>;

/** A reader of records, each of them a reply or several. */
export function helpdesk({ name, title, sure, own, each, ...written }: Helpdesk): Reader {
  return {
    name,
    title,
    extensions: ['.json', '.ndjson', '.jsonl', '.yml', '.yaml', '.sql', ...(written.csv === true ? ['.csv', '.tsv'] : [])],
    claims: (source) => claim(recordsOf(source, written), own, sure),
    read(source) {
      const records = recordsOf(source, written);
      if (records === undefined) return NOTHING;
      const finds = new Finds(records);
      return finds.each((record, i) => each(finds, record, i, records)).done();
    },
  };
}

/** Several exports of one helpdesk, under its name: the surest reads the file. */
export function together(name: string, title: string, ...readers: readonly Reader[]): Reader {
  return {
    name,
    title,
    extensions: [...new Set(readers.flatMap((r) => r.extensions ?? []))],
    claims: (source) => Math.max(...readers.map((r) => r.claims(source))),
    read(source, options) {
      const [first, ...others] = readers;
      const surest = others.reduce((best, r) => (best === undefined || r.claims(source) > best.claims(source) ? r : best), first);
      return surest?.read(source, options) ?? NOTHING;
    },
  };
}

/** Nothing of this helpdesk: what a reader finds when it is forced on another file. */
export const NOTHING: Found = { entries: [], faults: [{ at: 0, message: 'holds no replies in this format' }] };
