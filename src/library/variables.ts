/** The holes of a canned reply: what its helpdesk fills in by itself. Slots to fill by hand are found with the language's own words, in `analyse`. */
import type { Formats, FormatSpec } from '../rules/formats.js';
import type { Hole } from '../types.js';

/** What every variable has one of. */
const HINT = /[{<%#[*]|&lt;/;
const NOTHING: FormatSpec = {};

export class Variables {
  private readonly form: RegExp;
  private readonly given: RegExp;
  private readonly empty: RegExp;

  constructor(private readonly data: Formats) {
    this.form = new RegExp(Object.values(data.forms).map((f) => `(?:${f})`).join('|'), 'gu');
    this.given = new RegExp(data.fallback.given, 'iu');
    this.empty = new RegExp(data.fallback.empty, 'iu');
  }

  of(format: string): FormatSpec {
    return Object.hasOwn(this.data.formats, format) ? (this.data.formats[format] as FormatSpec) : NOTHING;
  }

  /** @returns the variables of a reply, by place */
  find(reply: string, format: string): Hole[] {
    if (!HINT.test(reply)) return [];
    const blanks = this.of(format).blank === true;
    return [...reply.matchAll(this.form)].map((m) => ({
      start: m.index,
      end: m.index + m[0].length,
      blank: this.empty.test(m[0]) || (blanks && !this.given.test(m[0])),
    }));
  }
}
