/**
 * Forms of address: how a word that speaks to one person, familiarly, becomes the one that speaks to one person formally, as to several,
 * and back. Knows words one at a time; what stands around them is looked at in `facts/to-one.ts` and `facts/to-several.ts`. Words come from `address.yml`.
 */

export type Form = 'sina' | 'te';

type Pair = readonly [one: string, several: string];
type Pairs = Readonly<Record<string, string>>;

/** `address.yml` of a language that tells the two apart. Plain data; pairs go from the singular to the plural. */
export type FormsSpec = Readonly<{
  /** Endings of finite verbs and of possessives; what stands before them is the same in both forms. */
  finite: Pair;
  owned: Pair;
  /** Endings of a command to several, and of one that follows the word of prohibition. */
  command: readonly string[];
  forbidden: readonly string[];
  /** Endings of plural participles → of the singular, after a back and after a front vowel. */
  participles: Readonly<Record<string, readonly string[]>>;
  vowels: string;
  /** Vowels that make endings back or front, in the same order. */
  back: string;
  front: string;
  clitics: readonly string[];
  pronouns: Pairs;
  /** Pronouns that say whose: they want a possessive behind them. */
  genitives: readonly string[];
  /** Spoken words, turned only to the plural. */
  spoken: Pairs;
  negations: Pairs;
  /** Words of prohibition: the verb that follows changes with them. */
  forbids: Pairs;
  auxiliaries: readonly string[];
  /** Verbs in other persons: a participle behind one of them is not the customer's. */
  others: readonly string[];
  not_participles: readonly string[];
  beside: string;
  behind_verb: readonly string[];
  anywhere: string;
  /** Plural words that agree with the address → singular. */
  agreeing: Pairs;
  /** A case of the pronoun that may mean the customer's home → what follows it when it does not, what comes before it then, and beginnings of words beside it when it does. */
  at_home: Readonly<Record<string, readonly string[]>>;
  asked_at_home: readonly string[];
  visits: Readonly<Record<string, readonly string[]>>;
  /** Plural case of the pronoun → endings of a word before it that make it another noun. */
  roads: Readonly<Record<string, readonly string[]>>;
  several_predicates: readonly string[];
  fillers: readonly string[];
  addressees: string;
  joins: readonly string[];
  joins_on: readonly string[];
  writes_as_we: Readonly<{ words: string; endings: readonly string[] }>;
  writes_as_i: string;
  negated: readonly string[];
  goes_on: readonly string[];
  clauses: readonly string[];
  plural_verbs: readonly string[];
  necessities: readonly string[];
  owned_endings: string;
  /** Endings of what is owned that lost a vowel in speech: what they should be is not guessed at. */
  worn: readonly string[];
  verb_endings: readonly string[];
  not_owned: string;
  things: string;
  /** Infinitive → present and past to one person, command to several where there is one. */
  verbs: Pairs;
  homonyms: readonly string[];
  /** Commands that are the third person as well end so. */
  third_person: readonly string[];
}>;

/**
 * What a word of address is: `command` and `forbidden` only where the sentence wants one; `homonym` a verb that is a plural noun as well;
 * `unsure` when it may be no address at all.
 */
export type Kind = 'pronoun' | 'verb' | 'auxiliary' | 'owned' | 'command' | 'forbid' | 'forbidden' | 'homonym' | 'unsure';
export type Change = Readonly<{ kind: Kind; base: string; clitic: string; to: string }>;

type Verb = Readonly<{ present: string; past: string; command: string | undefined }>;

/** A line of `verbs`; undefined when it is not two or three words with the right endings. */
export function verbOf(line: string, spec: FormsSpec): Verb | undefined {
  const [present, past, command, more] = line.split(' ');
  if (present === undefined || past === undefined || more !== undefined) return undefined;
  const second = spec.finite[0];
  return present.endsWith(second) && past.endsWith(second) && (command === undefined || spec.command.some((e) => command.endsWith(e))) ? { present, past, command } : undefined;
}

export const wordsOf = (list: string): string[] => list.split(/\s+/u).filter((w) => w !== '');

const turned = (pairs: Pairs): Map<string, string> => new Map(Object.entries(pairs).map(([one, several]) => [several, one]));

/** Shorter ends of compounds say too little: “kanta-asiakas” ends in “as”. */
const COMPOUND_MIN = 4;

export class Forms {
  private readonly toOneWords: readonly (readonly [Kind, ReadonlyMap<string, string>])[];
  private readonly toSeveralWords: readonly (readonly [Kind, ReadonlyMap<string, string>])[];
  private readonly seconds = new Set<string>();
  /** Command to one → to several, and → to several when it is a prohibition. */
  private readonly commands = new Map<string, string>();
  private readonly prohibited = new Map<string, string>();
  private readonly pasts = new Set<string>();
  private readonly auxiliaries: ReadonlySet<string>;
  private readonly homonyms: ReadonlySet<string>;
  private readonly notOwned: ReadonlySet<string>;
  private readonly notOwnedEnds: readonly string[];
  private readonly ownedEnds: readonly string[];
  private readonly things: ReadonlySet<string>;

  constructor(readonly spec: FormsSpec) {
    const commandsBack = new Map<string, string>();
    const prohibitedBack = new Map<string, string>();
    const [second] = spec.finite;
    for (const line of Object.values(spec.verbs)) {
      const verb = verbOf(line, spec);
      if (verb === undefined) continue;
      this.seconds.add(verb.present).add(verb.past);
      this.pasts.add(verb.past.slice(0, -second.length));
      const { command } = verb;
      if (command === undefined) continue;
      const one = verb.present.slice(0, -second.length);
      const ending = spec.command.findIndex((e) => command.endsWith(e));
      const prohibited = command.slice(0, -(spec.command[ending] as string).length) + (spec.forbidden[ending] ?? '');
      this.commands.set(one, command);
      this.prohibited.set(one, prohibited);
      commandsBack.set(command, one);
      prohibitedBack.set(prohibited, one);
    }
    this.toOneWords = [['pronoun', turned(spec.pronouns)], ['auxiliary', turned(spec.negations)], ['forbid', turned(spec.forbids)], ['command', commandsBack], ['forbidden', prohibitedBack]];
    this.toSeveralWords = [['pronoun', new Map([...Object.entries(spec.pronouns), ...Object.entries(spec.spoken)])], ['auxiliary', new Map(Object.entries(spec.negations))], ['forbid', new Map(Object.entries(spec.forbids))]];
    this.auxiliaries = new Set(spec.auxiliaries);
    this.homonyms = new Set(spec.homonyms);
    const none = wordsOf(spec.not_owned);
    this.notOwned = new Set(none.filter((w) => !w.startsWith('*')));
    this.notOwnedEnds = none.filter((w) => w.startsWith('*')).map((w) => w.slice(1));
    this.ownedEnds = wordsOf(spec.owned_endings);
    this.things = new Set(wordsOf(spec.things));
  }

  /** An ending as the last vowel of the word wants it. */
  harmonise(ending: string, word: string): string {
    const { back, front } = this.spec;
    let to = front;
    for (let i = word.length - 1; i >= 0; i--) {
      const c = word[i] as string;
      if (back.includes(c)) to = back;
      if (back.includes(c) || front.includes(c)) break;
    }
    const from = to === back ? front : back;
    return [...ending].map((c) => (from.includes(c) ? (to[from.indexOf(c)] as string) : c)).join('');
  }

  /** The word as it stands, then without each clitic that it may end in. */
  private *splits(word: string): Generator<readonly [base: string, clitic: string]> {
    yield [word, ''];
    for (const clitic of this.spec.clitics) {
      const base = word.slice(0, -clitic.length);
      if (base.length > 1 && word.endsWith(clitic) && this.harmonise(clitic, base) === clitic) yield [base, clitic];
    }
  }

  private listed(base: string, clitic: string, tables: readonly (readonly [Kind, ReadonlyMap<string, string>])[]): Change | undefined {
    for (const [kind, words] of tables) {
      const to = words.get(base);
      if (to !== undefined) return { kind, base, clitic, to: to + this.harmonise(clitic, to) };
    }
    return undefined;
  }

  /** @param word in lower case. Whether an unlisted verb or noun is one, its look does not say: that is left to the cues. */
  toOne(word: string): Change | undefined {
    for (const [base, clitic] of this.splits(word)) {
      const listed = this.listed(base, clitic, this.toOneWords);
      if (listed !== undefined) return listed;
      for (const [kind, [one, several]] of [['verb', this.spec.finite], ['owned', this.spec.owned]] as const)
        if (base.endsWith(several) && base.length > several.length + 1) return { kind: this.auxiliaries.has(base) ? 'auxiliary' : kind, base, clitic, to: base.slice(0, -several.length) + one + clitic };
    }
    return undefined;
  }

  /** @param sure a cue says that the word speaks to one person */
  toSeveral(word: string, sure: boolean): Change | undefined {
    const { finite, owned } = this.spec;
    for (const [base, clitic] of this.splits(word)) {
      const listed = this.listed(base, clitic, this.toSeveralWords);
      if (listed !== undefined) return listed;
      const command = this.commands.get(base);
      if (command !== undefined && !base.endsWith(owned[0])) return { kind: 'command', base, clitic, to: command + clitic };
      if (this.seconds.has(base) || this.spec.verb_endings.some((e) => base.endsWith(e)) || (sure && clitic === '' && base.endsWith(finite[0])))
        return { kind: this.homonyms.has(base) && !sure ? 'homonym' : 'verb', base, clitic, to: base.slice(0, -finite[0].length) + finite[1] + clitic };
      if (clitic === '' && this.spec.worn.some((e) => base.length > e.length + 1 && base.endsWith(e))) return { kind: 'unsure', base, clitic, to: '' };
      if (base.endsWith(owned[0])) {
        const is = sure ? true : this.isOwned(base);
        if (is !== false) return { kind: is === true ? 'owned' : 'unsure', base, clitic, to: base.slice(0, -owned[0].length) + owned[1] + clitic };
      }
    }
    return undefined;
  }

  /** The command of that verb when it follows the word of prohibition to several. */
  prohibition(one: string): string | undefined {
    return this.prohibited.get(one);
  }

  /** Is a command of that form another word as well, or the third person? */
  isHomonym(word: string): boolean {
    return this.homonyms.has(word) || this.spec.third_person.some((e) => word.endsWith(e));
  }

  /** A plural participle in the singular. */
  participle(word: string): string | undefined {
    if (this.spec.not_participles.some((e) => word.endsWith(e))) return undefined;
    let best: string | undefined;
    for (const ending of Object.keys(this.spec.participles)) if (word.endsWith(ending) && ending.length > (best?.length ?? 0)) best = ending;
    if (best === undefined) return undefined;
    const stem = word.slice(0, -best.length);
    const endings = this.spec.participles[best] as readonly string[];
    return stem.length < 2 ? undefined : stem + (endings.find((e) => this.harmonise(e, stem) === e) ?? '');
  }

  /** Undefined when nothing tells. A consonant before the ending says no: possessives follow vowels. */
  private isOwned(word: string): boolean | undefined {
    const stem = word.slice(0, -this.spec.owned[0].length);
    if (stem === '' || !this.spec.vowels.includes(stem[stem.length - 1] as string)) return false;
    const past = this.notOwned.has(word) || this.pasts.has(word);
    if (this.things.has(stem)) return past ? undefined : true;
    if (past || this.notOwnedEnds.some((e) => word.endsWith(e))) return false;
    if (this.ownedEnds.some((e) => word.length > e.length + 1 && word.endsWith(e))) return true;
    for (let i = 1; i + COMPOUND_MIN <= stem.length; i++) if (this.things.has(stem.slice(i))) return true;
    return undefined;
  }
}
