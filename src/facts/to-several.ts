/** The singular turned to the formal plural. A participle stays as it is: “te olette saanut” speaks to one. */
import type { Forms } from '../text/forms.js';
import type { Edit, Token } from '../types.js';
import { cues, type Reading } from './reading.js';
import { REACH, Turn } from './turn.js';

/** As far as a genitive reaches for what is owned. */
const OWNED_REACH = 3;

export class ToSeveral extends Turn {
  constructor(reading: Reading, forms: Forms) {
    super(reading, forms, cues(reading.replyCues, 'address.sina'));
  }

  turn(): Edit[] | undefined {
    const { forms, tokens } = this;
    let prohibited = 0;
    for (const [i, token] of tokens.entries()) {
      if (this.near(i, -1) === undefined && prohibited > 0) return undefined;
      if (!this.isOwn(token)) continue;
      if (prohibited > 0 && --prohibited === 0) return undefined;
      const change = forms.toSeveral(token.norm, this.isHit(token));
      if (change === undefined) {
        if (this.maybeVerb(i)) return undefined;
        continue;
      }
      switch (change.kind) {
        case 'unsure':
          return undefined;
        case 'homonym':
          if (this.maybeVerb(i)) return undefined;
          continue;
        case 'auxiliary':
          if (!this.isHit(token)) return undefined; // “et mä” is another word
          break;
        case 'pronoun':
          if (!this.isInHit(token)) continue; // “sinä päivänä”
          if (forms.spec.genitives.includes(change.base) && !this.isFollowed(i)) return undefined;
          break;
        case 'forbid':
          prohibited = REACH + 1;
          break;
        case 'command': {
          if (prohibited > 0) {
            prohibited = 0;
            this.replace(i, `${forms.prohibition(change.base) ?? ''}${change.clitic}`);
            continue;
          }
          const is = this.isCommand(i, change.base);
          if (is === undefined) return undefined;
          if (!is) continue;
          break;
        }
        default:
      }
      if (change.kind !== 'pronoun' && this.isTitled(i)) return undefined;
      this.replace(i, change.to);
    }
    return prohibited > 0 ? undefined : this.edits;
  }

  /** A genitive goes with something owned or a verb of necessity, or ends what it stands in. */
  private isFollowed(i: number): boolean {
    const next = this.near(i, 1);
    if (next === undefined || this.between(i + 1) !== '' || this.forms.spec.necessities.includes(next.norm)) return true;
    for (let n = 1; n <= OWNED_REACH; n++) {
      const token = this.near(i, n);
      if (token !== undefined && this.forms.toSeveral(token.norm, this.isHit(token))?.kind === 'owned') return true;
    }
    return false;
  }

  /** Undefined when it may be one. What no cue knows is one where a clause begins in a sentence that has another. */
  private isCommand(i: number, base: string): boolean | undefined {
    if (this.isNegated(i)) return false;
    if (this.isInHit(this.tokens[i] as Token)) return true;
    const joined = this.isJoined(i);
    const marked = this.between(i) !== '';
    if (!this.begins(i) && !marked && !joined) return false;
    const other = this.forms.isHomonym(base);
    if (this.commandsBeside(i)) return other ? undefined : true;
    return other && !this.begins(i) ? false : undefined;
  }

  /** Is there a command in the sentence that the cues know? */
  private commandsBeside(i: number): boolean {
    const { sentence } = this.tokens[i] as Token;
    return this.tokens.some((t, n) => t.sentence === sentence && this.isInHit(t) && !this.isNegated(n) && this.forms.toSeveral(t.norm, false)?.kind === 'command');
  }

  private isNegated(i: number): boolean {
    for (let n = 1; n <= REACH; n++) {
      if (this.between(i - n + 1) !== '') return false;
      if (this.forms.spec.negated.includes(this.near(i, -n)?.norm ?? '')) return true;
    }
    return false;
  }

  /** Behind a word that opens a clause a word with the verb's ending may be a verb, unless a plural verb follows: then it is a noun. */
  private maybeVerb(i: number): boolean {
    const { spec } = this.forms;
    const { norm } = this.tokens[i] as Token;
    if (!norm.endsWith(spec.finite[0]) || !spec.vowels.includes(norm[norm.length - 2] ?? ' ')) return false;
    if (!spec.clauses.includes(this.near(i, -1)?.norm ?? '')) return false;
    for (let n = 1, next = this.near(i, n); next !== undefined; next = this.near(i, ++n)) if (spec.plural_verbs.some((e) => next?.norm.endsWith(e))) return false;
    return true;
  }
}
