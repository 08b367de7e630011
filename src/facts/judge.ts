/**
 * The codebook's facts of one exchange. What has a plain form (apology, signature, address) is read off; what takes weighing goes to the
 * fitted model, with the cues as evidence; where no model is at hand the cues decide alone.
 */
import type { Document, Evidence, Facts, Purpose, Value } from '../types.js';
import type { Vectors } from '../text/vectors.js';
import { type Address, addressed, type Addressed } from './address.js';
import { type Apology, apology } from './apology.js';
import { weightiest } from './explain.js';
import { chain, tellMessage, tellPair, tellReply, verdictName } from './features.js';
import type { Judgement, Model } from './model.js';
import { cues, inMessage, inReply, type Reading } from './reading.js';
import { Sums } from './sums.js';

/** Moods of the message that the pair's facts turn on, and traits of the reply. */
export const MOODS = ['humorous', 'angry', 'serious', 'asks', 'intent=praise', 'intent=complaint'] as const;
/** In the order in which they are judged: each sees those before it. */
export const TRAITS = ['specific', 'boilerplate', 'acts', 'private', 'deflects', 'blames', 'empathy', 'playful'] as const;
export const PAIR = ['toneclash', 'answers=no'] as const;
export const INTENTS = ['complaint', 'question', 'praise', 'other'] as const;

/** Which cues show a fact, for evidence and for judging without a model. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  humorous: ['humour'],
  angry: ['anger'],
  serious: ['serious'],
  asks: ['ask.question', 'ask.request'],
  boilerplate: ['stock'],
  deflects: ['deflect'],
  private: ['private'],
  acts: ['act'],
  blames: ['blame'],
  empathy: ['empathy'],
  playful: ['play'],
};

export type Verdict = Readonly<{ value: Value; evidence: readonly Evidence[]; confidence: 'certain' | 'likely'; probability: number }>;

export type Judged = Readonly<{
  facts: Facts;
  verdicts: ReadonlyMap<string, Verdict>;
  apology: Apology;
  address?: Addressed;
  /** What of all this the message alone decides; absent without one. */
  heard?: Heard;
}>;

/** Moods and intent of a message. */
type Heard = Readonly<{ facts: Partial<Facts>; verdicts: ReadonlyMap<string, Verdict>; moods: Readonly<Record<string, number>> }>;

/** Models by the language of the text they read: the message's for moods, the reply's for the rest. */
export type Judges = Readonly<{ message?: Model; reply?: Model; vectors?: Vectors }>;

/** Log-odds beyond the threshold at which a verdict counts as certain. */
const CERTAIN = 3.2;

/** An answer this close to where the body begins opens it. */
const DIRECT_CHARS = 12;

/** How much surer, in log-odds, play must be than severity to count. */
const SEVERITY_FIRST = 0.5;

/** Below this probability no intent stands out, and the commonest is taken. */
const INTENT_MIN = 0.35;
/** Praise shown by a cue, with no fault shown, needs no more than this. */
const PRAISE_MIN = 0.25;

/**
 * Facts that people state in words: where a cue stands, a middling probability is enough; where none does, the model must be sure of it.
 * For the others the model's own threshold decides.
 */
const STATED: ReadonlySet<string> = new Set(['angry', 'serious', 'blames', 'empathy', 'private']);
/** What is true of a message that is only said to be like this. */
const STATED_BY: Readonly<Record<Purpose, Partial<Facts>>> = {
  humorous: { humorous: true, angry: false, serious: false },
  angry: { intent: 'complaint', angry: true, humorous: false },
  serious: { intent: 'complaint', serious: true, humorous: false },
  complaint: { intent: 'complaint' },
  question: { intent: 'question', asks: true, humorous: false, angry: false, serious: false },
  praise: { intent: 'praise', humorous: false, angry: false, serious: false },
};
/** Log-odds: probabilities 0.1 and 0.68. */
const WITH_CUE = -2.2;
const WITHOUT_CUE = 0.75;

function judge(model: Model | undefined, fact: string, told: Sums | undefined, shown: number): Judgement {
  if (model === undefined || told === undefined || !model.has(fact)) return shown > 0 ? { probability: 0.8, holds: true, margin: 1 } : { probability: 0.2, holds: false, margin: -1 };
  if (STATED.has(fact)) return model.judge(fact, told.sums, shown > 0 ? WITH_CUE : WITHOUT_CUE);
  return model.judge(fact, told.sums);
}

const trustOf = (j: Judgement): Verdict['confidence'] => (Math.abs(j.margin) >= CERTAIN ? 'certain' : 'likely');

function hear(reading: Reading, message: Document, { message: model, vectors }: Judges): Heard {
  const facts: Partial<Facts> = {};
  const verdicts = new Map<string, Verdict>();
  const moods: Record<string, number> = {};
  const told = model === undefined ? undefined : new Sums(model);
  if (told !== undefined) tellMessage(told, reading, vectors);
  const margins = new Map<string, number>();
  for (const fact of ['serious', 'humorous', 'angry', 'asks'] as const) {
    const hits = cues(reading.messageCues, ...(SHOWN[fact] ?? []));
    const j = judge(model, fact, told, hits.length);
    moods[fact] = j.probability;
    margins.set(fact, j.margin);
    facts[fact] = j.holds;
    const evidence = hits.length === 0 && j.holds && model !== undefined && reading.messageLanguage !== undefined ? weightiest(message, reading.messageLanguage, model, fact, 'm') : inMessage(hits);
    verdicts.set(fact, { value: j.holds, evidence, confidence: trustOf(j), probability: j.probability });
  }
  let best: (typeof INTENTS)[number] = 'complaint';
  let top = -1;
  for (const intent of INTENTS) {
    const j = judge(model, `intent=${intent}`, told, cues(reading.messageCues, `intent.${intent}`).length);
    moods[`intent=${intent}`] = j.probability;
    if (j.probability > top) {
      top = j.probability;
      best = intent;
    }
  }
  if (top < INTENT_MIN) best = 'complaint';
  // Praise that stands in words, and no fault that does: the commonest intent has to give way.
  const faultless = best === 'complaint' && moods['intent=praise'] !== undefined && moods['intent=praise'] >= PRAISE_MIN && cues(reading.messageCues, 'intent.praise').length > 0;
  if (faultless && cues(reading.messageCues, 'intent.complaint', 'anger', 'repeat').length === 0) {
    best = 'praise';
    top = moods['intent=praise'] as number;
  }
  facts.intent = best;
  verdicts.set('intent', { value: best, evidence: inMessage(cues(reading.messageCues, `intent.${best}`)), confidence: top >= 0.9 ? 'certain' : 'likely', probability: top });
  // Severity before humour: a serious message is not funny, unless its play is much the surer.
  if (facts.serious === true && facts.humorous === true) facts[(margins.get('humorous') ?? 0) > (margins.get('serious') ?? 0) + SEVERITY_FIRST ? 'serious' : 'humorous'] = false;
  return { facts, verdicts, moods };
}

/**
 * Moods of the message first, then traits of the reply, then what only the pair tells: each step sees those before it, as in fitting.
 * @param known what the very same message was heard to say
 */
export function judgeExchange(reading: Reading, judges: Judges, known?: Heard): Judged {
  const apologised = apology(reading);
  const heard = reading.message === undefined ? undefined : (known ?? hear(reading, reading.message, judges));
  const verdicts = new Map(heard?.verdicts);
  const moods: Record<string, number> = { ...heard?.moods };
  const facts: Facts = { apology: apologised.value, boilerplate: false, signed: reading.reply.anatomy.signature.kind === 'person', deflects: false, private: false, acts: false, blames: false, empathy: false, playful: false, ...heard?.facts };

  const stated = reading.message === undefined && reading.exchange.for !== undefined ? STATED_BY[reading.exchange.for] : undefined;
  if (stated !== undefined) {
    Object.assign(facts, stated);
    for (const [fact, value] of Object.entries(stated)) {
      verdicts.set(fact, { value, evidence: [], confidence: 'certain', probability: 1 });
      moods[typeof value === 'string' ? `${fact}=${value}` : fact] = value === false ? 0 : 1;
    }
  }

  const own = judges.reply === undefined ? undefined : new Sums(judges.reply);
  if (own !== undefined) {
    tellReply(own, reading, judges.vectors);
    for (const mood of MOODS) if (moods[mood] !== undefined) own.set(verdictName(mood), moods[mood]);
    own.set(`r:apology=${apologised.value}`, 1);
  }
  const traits: Record<string, number> = { apology_real: apologised.value === 'real' ? 1 : 0, apology_none: apologised.value === 'none' ? 1 : 0 };
  const margins = new Map<string, number>();
  for (const fact of TRAITS) {
    if (fact === 'specific' && reading.message === undefined) continue;
    const hits = cues(reading.replyCues, ...(SHOWN[fact] ?? []));
    const j = judge(judges.reply, fact, own, fact === 'specific' ? (reading.echo.weight >= 1 ? 1 : 0) : hits.length);
    traits[fact] = j.probability;
    if (own !== undefined) chain(own, fact, j.probability);
    margins.set(fact, j.margin);
    facts[fact] = j.holds;
    const evidence = fact === 'specific' ? reading.echo.taken.map((t): Evidence => ({ in: 'reply', range: [t.start, t.end] })) : hits.length === 0 && j.holds && judges.reply !== undefined ? weightiest(reading.reply, reading.language, judges.reply, fact, 'r', reading.reply.anatomy.body) : inReply(hits);
    verdicts.set(fact, { value: j.holds, evidence, confidence: trustOf(j), probability: j.probability });
  }
  // “On, 10–16!”: whoever opens with the answer itself has read the question.
  const direct = facts.asks === true && !facts.deflects && cues(reading.replyCues, 'answer.direct').some((h) => h.start <= (reading.body[0]?.start ?? 0) + DIRECT_CHARS);
  if (direct) facts.boilerplate = false;
  // A reply can't both fit anyone and tell of this story, nor hand the matter on and deal with it: the surer verdict stays.
  const surer = (a: string, b: string): boolean => (margins.get(a) ?? 0) > (margins.get(b) ?? 0);
  if (facts.boilerplate && facts.specific === true) facts[surer('specific', 'boilerplate') ? 'boilerplate' : 'specific'] = false;
  if (facts.deflects && facts.acts) facts[surer('acts', 'deflects') ? 'deflects' : 'acts'] = false;

  if (reading.message !== undefined || stated !== undefined) {
    if (own !== undefined) tellPair(own, own, moods, traits);
    const clash = judge(judges.reply, 'toneclash', own, facts.humorous === true && !facts.playful ? 1 : 0);
    // A formula can't have noticed the play.
    facts.toneclash = clash.holds || (facts.humorous === true && facts.boilerplate && !facts.playful);
    verdicts.set('toneclash', { value: clash.holds, evidence: [], confidence: trustOf(clash), probability: clash.probability });
  }
  if (reading.message !== undefined) {
    const no = judge(judges.reply, 'answers=no', own, facts.deflects ? 1 : 0);
    // What hands the question on, or would fit any other, does not answer it; what deals with this very matter does.
    const unanswered = facts.acts && facts.specific === true ? false : facts.deflects || (facts.boilerplate && !facts.acts && !direct) || (no.holds && !direct);
    facts.answers = facts.asks === true ? (unanswered ? 'no' : 'yes') : 'na';
    verdicts.set('answers', { value: facts.answers, evidence: [], confidence: no.holds === unanswered ? trustOf(no) : 'likely', probability: no.probability });
  }

  const address = reading.language.spec.address ? addressed(reading) : undefined;
  if (address !== undefined) {
    if (reading.message !== undefined && reading.messageLanguage?.spec.address === true) facts.address_in = address.in as Address;
    else if (reading.message !== undefined) facts.address_in = 'none';
    facts.address_out = address.out;
  }
  return { facts, verdicts, apology: apologised, ...(address === undefined ? {} : { address }), ...(heard === undefined ? {} : { heard }) };
}
