/** The formal plural turned to the singular, unless several people may be meant. */
import { analyse } from '../text/document.js';
import { type Change, type Forms, wordsOf } from '../text/forms.js';
import type { Edit, Token } from '../types.js';
import { cues, type Reading } from './reading.js';
import { REACH, Turn } from './turn.js';

/** Words of a greeting come first. */
const GREETING_WORDS = 5;

export class ToOne extends Turn {
  constructor(reading: Reading, forms: Forms) {
    super(reading, forms, cues(reading.replyCues, 'address.te'));
  }

  turn(): Edit[] | undefined {
    const { forms, tokens } = this;
    const { spec } = forms;
    if (this.speaksToSeveral()) return undefined;
    /** Has an auxiliary of the customer's gone before, and has it had its participle? */
    let participle: 'none' | 'wanted' | 'had' = 'none';
    let prohibited = 0;
    for (const [i, token] of tokens.entries()) {
      if (this.near(i, -1) === undefined) {
        if (prohibited > 0) return undefined;
        participle = 'none';
      }
      if (!this.isOwn(token)) continue;
      if (prohibited > 0 && --prohibited === 0) return undefined;
      const word = token.norm;
      if (spec.others.includes(word)) participle = 'none';
      const agrees = spec.agreeing[word];
      const singular = agrees ?? (participle === 'none' ? undefined : forms.participle(word));
      if (singular !== undefined) {
        // A plural that agrees may be a real one.
        if (!this.isFromOne() || (agrees === undefined && ((participle === 'had' && !this.isJoined(i)) || this.between(i) !== ''))) return undefined;
        if (agrees === undefined) participle = 'had';
        this.replace(i, singular);
        continue;
      }
      const change = forms.toOne(word);
      if (change === undefined || (change.kind === 'pronoun' && !this.isInHit(token))) continue; // “TE-toimisto”
      switch (change.kind) {
        case 'forbidden':
          if (prohibited === 0) continue;
          prohibited = 0;
          break;
        case 'forbid':
          prohibited = REACH + 1;
          break;
        case 'pronoun':
          if (this.meansSeveral(i, change)) return undefined;
          break;
        case 'auxiliary':
          if (this.hasSeveralBehind(i) || this.isPredicateOfSeveral(i)) return undefined;
          participle = 'wanted';
          break;
        case 'command':
          if (this.hasSeveralBehind(i)) return undefined;
          break;
        default:
          if (!this.isAddress(token, change)) continue;
          if (change.kind === 'verb' && this.hasSeveralBehind(i)) return undefined;
      }
      if (change.kind !== 'pronoun' && this.isTitled(i)) return undefined;
      this.replace(i, change.to, change.kind === 'pronoun');
    }
    return prohibited > 0 ? undefined : this.edits;
  }

  /** The cues tell a possessive or a verb from what looks like one; under a clitic they are asked for the bare word. */
  private isAddress(token: Token, { base, clitic }: Change): boolean {
    return this.isHit(token) || (clitic !== '' && analyse(base, this.reading.language).hits.some((h) => h.cue === 'address.te'));
  }

  /** “Kaikki teistä”, “liukkailla teillä”, “asentaja on teillä”: others with the customer, a road, a home. */
  private meansSeveral(i: number, { base }: Change): boolean {
    const { beside, roads, at_home, asked_at_home, visits } = this.forms.spec;
    const several = wordsOf(beside);
    const before = this.near(i, -1)?.norm ?? '';
    const after = this.near(i, 1)?.norm ?? '';
    if (several.includes(before) || several.includes(after) || (roads[base] ?? []).some((e) => before.endsWith(e))) return true;
    if (at_home[base]?.includes(after) === false && !asked_at_home.includes(before)) return true;
    return (visits[base] ?? []).some((v) => before.startsWith(v) || after.startsWith(v));
  }

  /** “Menkää ulos kaikki.” */
  private hasSeveralBehind(i: number): boolean {
    return [1, 2].some((n) => this.forms.spec.behind_verb.includes(this.near(i, n)?.norm ?? ''));
  }

  /** “Olette tyytyväisiä.” */
  private isPredicateOfSeveral(i: number): boolean {
    const { fillers, several_predicates } = this.forms.spec;
    let n = 1;
    while (fillers.includes(this.near(i, n)?.norm ?? '')) n++;
    const next = this.near(i, n)?.norm ?? '';
    return several_predicates.some((e) => next.length > e.length + 1 && next.endsWith(e));
  }

  /** What the greeting, the reply or the message says of several people. */
  private speaksToSeveral(): boolean {
    const { spec } = this.forms;
    const { tokens, reading } = this;
    const addressees = wordsOf(spec.addressees);
    const anywhere = new Set(wordsOf(spec.anywhere));
    if (tokens.slice(0, GREETING_WORDS).some((t, i) => addressees.includes(t.norm) || this.joinsNames(i)) || tokens.some((t) => anywhere.has(t.norm))) return true;
    const we = new Set(wordsOf(spec.writes_as_we.words));
    const isWe = (t: Token): boolean => spec.writes_as_we.endings.some((e) => t.norm.length > e.length + 1 && t.norm.endsWith(e)) || this.plain(t).some((w) => we.has(w));
    return reading.message?.tokens.some((t) => t.kind === 'word' && isWe(t)) === true;
  }

  /** “Hei Anna ja Pekka”: several are named before the first mark, and nothing else goes on from there. */
  private joinsNames(i: number): boolean {
    const { joins, joins_on } = this.forms.spec;
    const { text } = this.reply;
    const [first, token] = [this.tokens[0], this.tokens[i]];
    const before = this.near(i, -1);
    if (first === undefined || token === undefined || before === undefined || /[,.!?:;\n]/.test(text.slice(first.start, token.start))) return false;
    if (!joins.includes(before.norm) && !joins.includes(this.between(i))) return false;
    return !joins_on.includes(token.norm) && (token.upper > 0 || /^\s*[,!\n]/.test(text.slice(token.end)));
  }

  /** A word of the message's as it is written out. */
  private plain(token: Token): readonly string[] {
    return (this.reading.messageLanguage ?? this.reading.language).forms.expand(token.norm);
  }

  /** Does one person write, or is one greeted by name? */
  private isFromOne(): boolean {
    if (this.reply.anatomy.greeting?.name !== undefined) return true;
    const i = new Set(wordsOf(this.forms.spec.writes_as_i));
    return this.reading.message?.tokens.some((t) => this.plain(t).some((w) => i.has(w))) === true;
  }
}
