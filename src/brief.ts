/** A brief for whoever writes the next draft, person or language model: what happened, what the reply must have and must not, what the last draft broke. */
import type { Engine } from './engine.js';
import { cues } from './facts/reading.js';
import { lint, type LintOptions, understand, type Understood } from './lint.js';
import { slotsOf } from './slots.js';
import { type Channel, type Exchange, type Facts, type Lang, UserError } from './types.js';
import { addresseeOf } from './voice.js';

export const MUSTS = ['greet', 'apologise', 'act', 'prevent', 'feel', 'escalate', 'play', 'thank', 'delay', 'sign'] as const;
export const AVOIDS = ['invented', 'stock', 'hollow', 'pass', 'blame', 'joke', 'sorry', 'personal'] as const;
export const MOODS = ['serious', 'angry', 'hurt', 'humorous'] as const;

/** Strings of the customer's are one line each, quotations as they stand; keys of `must` and `avoid` are told in `ui.yml`. */
export type Brief = Readonly<{
  lang: Lang;
  channel: Channel;
  /** Absent where the language knows one form only. */
  address?: 'sina' | 'te';
  customer?: string;
  agent?: string;
  intent: NonNullable<Facts['intent']>;
  moods: readonly (typeof MOODS)[number][];
  /** What happened, in the customer's words. */
  happened?: string;
  questions: readonly string[];
  /** Words of the customer's to take up. */
  take_up: readonly string[];
  must: readonly (typeof MUSTS)[number][];
  avoid: readonly (typeof AVOIDS)[number][];
  /** What the draft got, when there was one. */
  draft?: Readonly<{ grade: number; gradeText: string; broken: readonly Readonly<{ rule: string; message: string }>[] }>;
}>;

const QUESTIONS_MAX = 3;
const WORDS_MAX = 5;
const QUOTE_MAX = 160;
const BROKEN_MAX = 7;
/** What the customer calls something, and no word like any other. */
const PROPER = /^\p{Lu}|[\p{N}#-]/u;
/** A figure by itself names nothing. */
const BARE_NUMBER = /^[\d.,:/-]+$/;
/** More figures in a row are somebody's number: it is not for repeating. */
const LONG_NUMBER = /\d{5,}/;

/** One line that can't break out of the marks it is put in. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/["“”„»«]/g, "'").replace(/[\s\x00-\x1f\x7f]+/gu, ' ').trim();
  return line.length <= QUOTE_MAX ? line : `${line.slice(0, QUOTE_MAX).replace(/[\ud800-\udbff]$|\s+\S*$/u, '')}…`;
}

function questionsOf({ reading }: Understood): string[] {
  const { message, messageCues } = reading;
  if (message === undefined) return [];
  const rhetorical = cues(messageCues, 'ask.rhetorical', 'anger');
  const asked = message.sentences.filter((s) => s.mark === '?' && !rhetorical.some((h) => h.start < s.end && h.end > s.start));
  return asked.map((s) => oneLine(message.text.slice(s.start, s.end))).filter((q) => !LONG_NUMBER.test(q)).slice(0, QUESTIONS_MAX);
}

function wordsOf({ reading, signals }: Understood, known: readonly (string | undefined)[]): string[] {
  const text = reading.message?.text ?? '';
  const particular = (signals.get('particulars')?.evidence ?? []).filter((e) => e.in === 'message').map((e) => text.slice(e.range[0], e.range[1]));
  const all = [...known, ...particular].filter((w): w is string => w !== undefined && !LONG_NUMBER.test(w) && !BARE_NUMBER.test(w)).map(oneLine);
  return [...new Set(all)].filter((w) => !all.some((o) => o !== w && o.startsWith(w) && o.length > w.length)).slice(0, WORDS_MAX);
}

/**
 * @param exchange with the customer's message, and a draft or an empty reply
 * @throws UserError when there is no message, or for a language that savy does not know
 */
export function briefOf(exchange: Exchange, engine: Engine, options: LintOptions = {}): Brief {
  const understood = understand(exchange, engine, options);
  const { reading, judged, signals } = understood;
  if (reading.message === undefined) throw new UserError('there is no message to brief on', undefined, 'name what the customer wrote with --complaint');
  const slots = slotsOf(reading, signals);
  const { facts } = judged;
  const is = (name: string): boolean => signals.get(name)?.value === true;
  const intent = facts.intent ?? 'other';
  const serious = is('serious');
  const tender = serious || is('angry') || is('hurt');
  const humorous = is('humorous') && !tender;
  // Whoever asks in distress, or names a fault, complains as well.
  const complaint = intent === 'complaint' || (intent !== 'praise' && (tender || Number(signals.get('fault')?.value ?? 0) > 0));
  const drafted = exchange.reply.trim() !== '';
  const musts: Record<(typeof MUSTS)[number], boolean> = {
    greet: true,
    apologise: complaint,
    act: complaint,
    prevent: complaint && is('repeatable'),
    feel: tender && complaint,
    escalate: serious,
    play: humorous,
    thank: intent === 'praise',
    delay: is('late'),
    sign: true,
  };
  const avoids: Record<(typeof AVOIDS)[number], boolean> = {
    invented: true,
    stock: true,
    hollow: complaint,
    pass: complaint || intent === 'question',
    blame: complaint,
    joke: tender,
    sorry: intent === 'praise',
    personal: is('public'),
  };
  const result = drafted ? lint(exchange, engine, options) : undefined;
  const broken = [...(result?.findings ?? [])].filter((f, i, all) => f.beside === undefined && all.findIndex((o) => o.rule === f.rule) === i).sort((a, b) => b.cost - a.cost);
  const happened = slots['story']?.replace(/\d{5,}/g, '…');
  const customer = slots['addressee'];
  const agent = slots['agent'];
  return {
    lang: reading.reply.lang,
    channel: reading.channel,
    ...(reading.language.spec.address ? { address: addresseeOf(signals) } : {}),
    ...(customer === undefined ? {} : { customer: oneLine(customer) }),
    ...(agent === undefined ? {} : { agent: oneLine(agent) }),
    intent,
    moods: MOODS.filter((m) => (m === 'humorous' ? humorous : is(m))),
    ...(happened === undefined ? {} : { happened: oneLine(happened) }),
    questions: questionsOf(understood),
    take_up: wordsOf(understood, [slots['pet'], PROPER.test(slots['thing'] ?? '') ? slots['thing'] : undefined]),
    must: MUSTS.filter((m) => musts[m]),
    avoid: AVOIDS.filter((a) => avoids[a]),
    ...(result === undefined ? {} : { draft: { grade: result.grade, gradeText: result.gradeText, broken: broken.slice(0, BROKEN_MAX).map((f) => ({ rule: f.rule, message: f.message })) } }),
  };
}
