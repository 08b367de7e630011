/** Exchange → Result: the one path, used by every command, editor, server and test. Pure and deterministic. */
import type { Engine } from './engine.js';
import { judgeExchange, type Judged } from './facts/judge.js';
import { read, type Reading } from './facts/reading.js';
import { signalsOf } from './facts/signals.js';
import { fixesOf } from './fix.js';
import { grade, gradeText } from './grade.js';
import { besideOthers } from './rules/beside.js';
import { holds } from './rules/conditions.js';
import type { Condition, Merit, Rule, RuleSetting } from './rules/types.js';
import { fill, slotsOf, type Slots, withoutSlots } from './slots.js';
import { analyse, wording } from './text/document.js';
import { Lines } from './text/edits.js';
import { ownEnd } from './text/own.js';
import { quotations, unquote, unquoted } from './text/quotes.js';
import { outermost } from './text/ranges.js';
import { withoutStop } from './text/stop.js';
import type { Segmented } from './text/tokens.js';
import type { Channel, Document, Evidence, Exchange, Finding, Kept, Lang, Probe, Range, Result, Signals } from './types.js';

export type LintOptions = Readonly<{
  /** Taken when the exchange names none. Default: social. */
  channel?: Channel;
  /** Taken when the exchange names none; else detected. */
  lang?: Lang;
  /** Language of messages and reasons. Default: the reply's. */
  ui?: Lang;
  agent?: string;
  rules?: Readonly<Record<string, RuleSetting>>;
  /** Leave out what is only `likely`. */
  certainOnly?: boolean;
  /** The reply is a canned one: rules say what they think of those. */
  library?: boolean;
  /** More that fixes may name. */
  slots?: Slots;
  /** Told of each stage and rule; results never depend on it. */
  probe?: Probe | undefined;
}>;

export type Understood = Readonly<{
  reading: Reading;
  judged: Judged;
  signals: Signals;
  /** The message as its language was told by. */
  cutMessage?: Segmented | undefined;
}>;

const UI_DEFAULT = 'en';
/** A longer quotation tells nobody where to look. */
const QUOTE_MAX = 200;
/** More quotations tell no more. */
const EVIDENCE_MAX = 8;
/** A message sure to be in another language than a reply that is sure of its own: both need this many words. */
const LANGUAGE_WORDS = 4;

/** A mail in one piece: the draft on top, the customer's text quoted under it. */
function withMessage(exchange: Exchange): Exchange {
  if (exchange.message !== undefined && exchange.message.trim() !== '') return exchange;
  const ranges = quotations(exchange.reply);
  if (ranges.length === 0) return exchange;
  const message = unquote(exchange.reply, ranges);
  return message === '' ? exchange : { ...exchange, message };
}

/**
 * Analysis, facts and signals, before any rule has spoken.
 * @param before the same exchange with another reply: its message is not analysed again
 */
export function understand(given: Exchange, engine: Engine, options: LintOptions = {}, before?: Understood): Understood {
  const known = options.agent === undefined || given.agent !== undefined ? given : { ...given, agent: options.agent };
  const exchange = options.library === true ? known : withMessage(known);
  const channel = exchange.channel ?? options.channel ?? 'social';
  const { holes } = exchange;
  const { probe } = options;
  const words = wording(exchange.reply, holes);
  const cutReply = engine.cut(words);
  const hasMessage = exchange.message !== undefined && exchange.message.trim() !== '';
  const earlier = before?.reading.message?.text === exchange.message ? before : undefined;
  const cutMessage = hasMessage ? (earlier?.cutMessage ?? engine.cut(wording(exchange.message as string, undefined))) : undefined;
  probe?.('cut');
  const forced = exchange.lang ?? options.lang;
  const own = forced === undefined ? unquoted(words) : '';
  const cutOwn = forced !== undefined || own === words ? cutReply : engine.cut(own);
  const first = forced === undefined ? engine.detect(own, cutOwn) : { lang: forced, sure: true };
  const theirs = cutMessage === undefined ? undefined : engine.detect(exchange.message as string, cutMessage, first.sure ? undefined : first.lang);
  // A short reply says too little of its language; then the message's decides.
  const replyIs = first.sure || theirs === undefined || forced !== undefined ? first : engine.detect(own, cutOwn, theirs.lang);
  const messageIs = theirs === undefined || theirs.sure ? theirs : engine.detect(exchange.message as string, cutMessage ?? engine.cut(''), replyIs.lang);

  probe?.('detect');
  const language = engine.language(replyIs.lang);
  const theirLanguage = messageIs === undefined ? undefined : engine.language(messageIs.lang);
  probe?.('load');
  let message: Document | undefined;
  const same = messageIs !== undefined && earlier?.reading.message?.lang === messageIs.lang ? earlier : undefined;
  if (same !== undefined) message = same.reading.message;
  else if (theirLanguage !== undefined) message = analyse(exchange.message as string, theirLanguage, cutMessage === undefined ? {} : { segmented: cutMessage });
  const reply = analyse(exchange.reply, language, { segmented: cutReply, ...(message === undefined ? {} : { message }), ...(holes === undefined ? {} : { holes }) });
  const reading = read(exchange, channel, reply, language, message, theirLanguage, same?.reading);
  probe?.('analyse');
  const count = (d: Document): number => d.tokens.reduce((n, t) => (t.kind === 'word' ? n + 1 : n), 0);
  const other = message !== undefined && messageIs !== undefined && messageIs.lang !== replyIs.lang && (messageIs.sure || count(message) >= 12) && (replyIs.sure || forced !== undefined) && Math.min(count(message), count(reply)) >= LANGUAGE_WORDS;

  const messageModel = messageIs === undefined ? undefined : engine.model(messageIs.lang);
  const replyModel = engine.model(replyIs.lang);
  const vectors = messageModel === undefined && replyModel === undefined ? undefined : engine.vectors();
  probe?.('load');
  const judged = judgeExchange(reading, {
    ...(messageModel === undefined ? {} : { message: messageModel }),
    ...(replyModel === undefined ? {} : { reply: replyModel }),
    ...(vectors === undefined ? {} : { vectors }),
  }, same?.judged.heard);
  const signals = signalsOf(reading, judged, other, engine.cues);
  probe?.('facts');
  return { reading, judged, signals, cutMessage };
}

/** Where a finding stands when nothing in the reply shows it. */
function placeOf(rule: Rule, reading: Reading, signals: Signals): Evidence[] {
  const { anatomy } = reading.reply;
  const at = (range: Range): Evidence[] => [{ in: 'reply', range }];
  switch (rule.at) {
    case 'start':
      return at([0, 0]);
    case 'end': {
      const end = ownEnd(reading.reply);
      return at([end, end]);
    }
    case 'body':
      return at(anatomy.body);
    case 'close':
      return at([anatomy.body[1], anatomy.body[1]]);
    default: {
      const shown = signals.get(rule.at)?.evidence.filter((e) => e.in === 'reply') ?? [];
      return shown.length > 0 ? [...shown] : at([anatomy.body[0], anatomy.body[0]]);
    }
  }
}

/** The condition that made the rule trip. */
function tripped(rule: Rule, signals: Signals): Condition | undefined {
  for (const condition of rule.when) {
    if (!holds(condition, signals)) continue;
    for (const exception of rule.unless) if (holds(exception, signals)) return undefined;
    return condition;
  }
  return undefined;
}

/** A finding is as sure as the least sure fact it rests on. */
function confidenceOf(condition: Condition, signals: Signals): Finding['confidence'] {
  for (const key in condition) if (signals.get(key)?.confidence === 'likely') return 'likely';
  return 'certain';
}

function quoteOf(text: string, [start, end]: Range): string {
  return withoutStop(text.slice(start, end).replace(/\s+/g, ' ').trim());
}

/** What stands in the reply may be as long as the reply. */
function shortened(quotation: string): string {
  return quotation.length <= QUOTE_MAX ? quotation : `${quotation.slice(0, QUOTE_MAX - 1)}…`;
}

/** The first quotations that say something, each once: so many as a finding tells. */
function distinct(quotes: Iterable<string>, key: (quote: string) => string): string[] {
  const out = new Map<string, string>();
  for (const q of quotes) {
    if (q !== '' && !out.has(key(q))) out.set(key(q), q);
    if (out.size >= EVIDENCE_MAX) break;
  }
  return [...out.values()];
}

function* quoted(text: string, ranges: Iterable<Range>): Generator<string> {
  for (const range of ranges) yield quoteOf(text, range);
}

/** The finding of a rule that holds, or one for each place; evidence as quotations from reply and message. */
function findingsOf(rule: Rule, condition: Condition, understood: Understood, slots: Slots, lines: Lines, cost: number, level: Finding['level'], ui: Lang, mark: string): Finding[] {
  const { reading, signals } = understood;
  const places = placeOf(rule, reading, signals);
  // One finding stands at the first place; the others are quoted.
  const marked = rule.each ? places : places.slice(0, 1);
  // What several cues saw is quoted once, at its longest.
  const short = function* (): Generator<string> {
    for (const q of quoted(reading.reply.text, outermost(places.map((p) => p.range)))) if (q.length < QUOTE_MAX) yield q;
  };
  const quotes = distinct(short(), (q) => q.toLowerCase());
  const told = Object.keys(condition).flatMap((k) => (signals.get(k)?.evidence ?? []).filter((e) => e.in === 'message').map((e) => e.range));
  const theirs = distinct(quoted(reading.message?.text ?? '', told), (q) => q);
  return marked.map((place, i) => {
    const [start, end] = place.range;
    const own = rule.each ? [shortened(quoteOf(reading.reply.text, place.range))] : quotes;
    const filled: Slots = { ...slots, quote_reply: own[0], quotes: own.slice(0, 4).map((q) => mark.replace('{text}', () => q)).join(', '), count: String(places.length) };
    return {
      rule: rule.id,
      level,
      start,
      end,
      ...lines.at(start),
      message: fill([rule.message[ui] ?? '', withoutSlots(rule.message[ui] ?? '')], filled) ?? rule.id,
      why: rule.why[ui] ?? '',
      evidence: [...new Set([...own, ...theirs])].filter((q) => q !== '').slice(0, EVIDENCE_MAX),
      confidence: rule.confidence ?? confidenceOf(condition, signals),
      cost: i === 0 ? cost : 0,
      fixes: fixesOf(rule, reading, signals, filled, place, ui),
    };
  });
}

/** Has this rule anything to say of a reply like this one? */
function speaks(rule: Rule, { reading, signals }: Understood, library: boolean): boolean {
  if (rule.scope === 'between') return false;
  if (!library) return rule.scope === undefined;
  const alone = reading.message === undefined && reading.exchange.for === undefined;
  return rule.library !== 'off' && !(rule.library === 'paired' && alone) && !(rule.whole && signals.get('fragment')?.value === true);
}

function levelOf({ library, level }: Rule, inLibrary: boolean): Finding['level'] {
  return !inLibrary || library === undefined || library === 'off' || library === 'paired' ? level : library;
}

/** What a rule needs of the customer's side: the very message, or at least what it is like. */
function isMet({ needs }: Rule, { message, exchange }: Reading): boolean {
  return needs === undefined || message !== undefined || (needs === 'mood' && exchange.for !== undefined);
}

/** What a 10 would take and this reply has not. */
function keptBack(merits: readonly Merit[], { channel }: Reading, signals: Signals, ui: Lang): Kept[] {
  return merits.filter((m) => m.points[channel] > 0 && m.when.some((c) => holds(c, signals))).map((m) => ({ what: m.id, points: m.points[channel], text: m.text[ui] ?? m.id }));
}

/** @param exchange as a reader handed it over. Never throws on any text. */
export function lint(exchange: Exchange, engine: Engine, options: LintOptions = {}): Result {
  return ruled(exchange, understand(exchange, engine, options), engine, options);
}

/** What the rules say of an exchange that is understood. */
export function ruled(exchange: Exchange, understood: Understood, engine: Engine, options: LintOptions = {}): Result {
  const { reading, judged, signals } = understood;
  const { probe } = options;
  const library = options.library === true;
  const lang = reading.reply.lang;
  const ui = options.ui ?? (engine.speaks(lang) ? lang : UI_DEFAULT);
  // Only a finding needs them.
  let slots: Slots | undefined;
  const mark = engine.words(ui)['quotation'] ?? '“{text}”';
  let lines: Lines | undefined;
  const found: Finding[] = [];
  let leftOut = false;
  for (const rule of engine.rules) {
    const setting = options.rules?.[rule.id];
    if (setting?.level === 'off' || !speaks(rule, understood, library)) continue;
    if (!isMet(rule, reading)) {
      leftOut = true;
      continue;
    }
    const condition = tripped(rule, signals);
    if (condition === undefined) {
      probe?.('rules', rule.id);
      continue;
    }
    const cost = setting?.points ?? rule.points[reading.channel];
    if (slots === undefined) {
      slots = { ...slotsOf(reading, signals), ...options.slots };
      probe?.('slots');
    }
    lines ??= new Lines(reading.reply.text);
    const own = findingsOf(rule, condition, understood, slots, lines, cost, setting?.level ?? levelOf(rule, library), ui, mark);
    found.push(...(options.certainOnly === true ? own.filter((f) => f.confidence === 'certain') : own));
    probe?.('rules', rule.id);
  }
  const others = besideOthers(engine.rules, found);
  const findings = found.map((f) => {
    const beside = others.get(f.rule);
    return beside === undefined ? f : { ...f, cost: 0, beside };
  });
  findings.sort((a, b) => a.start - b.start || b.end - a.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0));
  const kept = keptBack(engine.merits, reading, signals, ui);
  probe?.('grade');
  const value = grade([...kept.map((k) => k.points), ...findings.map((f) => f.cost)]);
  return {
    ...(exchange.id === undefined ? {} : { id: exchange.id }),
    lang,
    channel: reading.channel,
    grade: value,
    gradeText: gradeText(value),
    facts: judged.facts,
    findings,
    ...(kept.length === 0 ? {} : { kept }),
    ...(leftOut ? { left_out: ['no-message'] } : {}),
  };
}
