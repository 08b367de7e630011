/**
 * An exchange and its safe fixes, applied until none is left to apply. Each round is proved: the reply is judged again, and a round that
 * brings in a finding, lowers the grade or leaves nothing said is not taken; then its fixes are tried one by one. Pure and deterministic.
 */
import type { Engine } from './engine.js';
import { type LintOptions, ruled, understand, type Understood } from './lint.js';
import { Pieces } from './text/pieces.js';
import { blanksIn } from './text/placeholders.js';
import type { Edit, Exchange, Finding, Fix, Result } from './types.js';

export type FixOptions = LintOptions & Readonly<{ /** Put in, too, what holds a blank for a person to fill. */ draft?: boolean }>;

/** A fix that was taken. */
export type Applied = Readonly<{ rule: string; title: string }>;

export type Fixed = Readonly<{
  /** The reply as it was given, judged. */
  before: Result;
  /** The mended one, judged. */
  after: Result;
  fixed: string;
  /** What makes `fixed` of the reply given: in its UTF-16 units, by place, apart from each other. */
  edits: readonly Edit[];
  applied: readonly Applied[];
  /** Fixes with blanks that were put in. */
  drafts: readonly Applied[];
  /** What is left for a person; places are in `fixed`. */
  remaining: readonly Finding[];
}>;

/** One state of the reply on its way. */
type State = Readonly<{ pieces: Pieces; understood: Understood; result: Result }>;
type Candidate = Readonly<{ rule: string; fix: Fix }>;

/** A reply takes a handful of trials; a text that takes more is none, and is left as it is. How many: as many as read so many characters. */
const TRIALS = { least: 20, most: 100, characters: 500_000 };
/** A reply of fewer words than this says nothing. */
const WORDS_LEAST = 2;

function judged(exchange: Exchange, pieces: Pieces, engine: Engine, options: FixOptions, before?: State): State {
  const given = { ...exchange, reply: pieces.text };
  const understood = understand(given, engine, options, before?.understood);
  return { pieces, understood, result: ruled(given, understood, engine, options) };
}

function counts(findings: readonly Finding[]): Map<string, number> {
  const out = new Map<string, number>();
  for (const { rule } of findings) out.set(rule, (out.get(rule) ?? 0) + 1);
  return out;
}

const words = (s: Understood): number => Number(s.signals.get('words')?.value ?? 0);
const onlyDeletes = (fix: Fix): boolean => fix.edits.every((e) => e.text.length < e.end - e.start);

/** The rules that have more findings in the mended reply than in the one before it. */
function newRules(state: State, next: State): Set<string> {
  const before = counts(state.result.findings);
  return new Set([...counts(next.result.findings)].filter(([rule, n]) => n > (before.get(rule) ?? 0)).map(([rule]) => rule));
}

/** How much the findings quote, those of one rule or all. */
function quotedBy({ result }: State, rule?: string): number {
  return result.findings.reduce((n, f) => n + (rule === undefined || f.rule === rule ? f.evidence.length : 0), 0);
}

/**
 * Is `next` what these fixes were to make of `state`? It has fewer findings, or those rest on less, or text is out; and each fix has done away
 * with its finding, or with something that it rested on, or has at least taken text out.
 */
function better(state: State, next: State, taken: readonly Candidate[]): boolean {
  if (next.result.lang !== state.result.lang || next.result.grade < state.result.grade) return false;
  if (words(next.understood) < Math.min(WORDS_LEAST, words(state.understood))) return false;
  if (newRules(state, next).size > 0) return false;
  const before = counts(state.result.findings);
  const after = counts(next.result.findings);
  const shorter = taken.every(({ fix }) => onlyDeletes(fix)) && next.pieces.text.length < state.pieces.text.length;
  // In this order, so that it comes to an end.
  const less = next.result.findings.length - state.result.findings.length || quotedBy(next) - quotedBy(state) || (shorter ? -1 : 1);
  return less < 0 && taken.every(({ rule, fix }) => onlyDeletes(fix) || (after.get(rule) ?? 0) < (before.get(rule) ?? 0) || quotedBy(next, rule) < quotedBy(state, rule));
}

const sorted = (edits: readonly Edit[]): Edit[] => [...edits].sort((a, b) => a.start - b.start || a.end - b.end);

/** May these edits be made beside those? They may touch, never reach into each other, nor both put something in at one place. */
function roomFor(edits: readonly Edit[], more: readonly Edit[]): boolean {
  const empty = (e: Edit): boolean => e.start === e.end;
  return more.every((a) => edits.every((b) => a.end < b.start || a.start > b.end || ((a.end === b.start || a.start === b.end) && !empty(a) && !empty(b))));
}

/** Those of the fixes that have room beside the ones before them. */
function apart(candidates: readonly Candidate[]): { taken: Candidate[]; edits: Edit[] } {
  const taken: Candidate[] = [];
  let edits: Edit[] = [];
  for (const c of candidates) {
    if (!roomFor(edits, c.fix.edits)) continue;
    taken.push(c);
    edits = sorted([...edits, ...c.fix.edits]);
  }
  return { taken, edits };
}

/** Does the edit put in no more than a mark, or a letter in the other case? */
const takesOut = (e: Edit): boolean => e.end > e.start && e.text.trim().length <= 1;

/**
 * Every safe fix that changes something, the first of each finding in `first`. Last come the parts of those that take out several things:
 * where a reply is nothing but stock, some of it can go.
 */
function candidatesOf(findings: readonly Finding[], text: string): { first: Candidate[]; all: Candidate[] } {
  const first: Candidate[] = [];
  const all: Candidate[] = [];
  const parts: Candidate[] = [];
  for (const { rule, fixes } of findings) {
    const own = fixes.filter((fix) => fix.safe && fix.edits.some((e) => text.slice(e.start, e.end) !== e.text)).map((fix) => ({ rule, fix }));
    if (own[0] !== undefined) first.push(own[0]);
    all.push(...own);
    for (const { fix } of own) if (fix.edits.length > 1 && fix.edits.every(takesOut)) parts.push(...fix.edits.map((e) => ({ rule, fix: { ...fix, edits: [e] } })).reverse());
  }
  return { first, all: [...all, ...parts] };
}

/**
 * What was not proved is not safe: such fixes are offered behind the others.
 * @param edits on the reply that was judged: a fix may say what another one did
 */
function onlyProved(result: Result, applied: readonly Applied[], edits: readonly Edit[] = []): Result {
  const made = (e: Edit): boolean => edits.some((o) => o.start === e.start && o.end === e.end && o.text === e.text);
  const proved = (rule: string, fix: Fix): boolean => applied.some((a) => a.rule === rule && a.title === fix.title) || fix.edits.every(made);
  if (result.findings.every((f) => f.fixes.every((x) => !x.safe || proved(f.rule, x)))) return result;
  const sorted = (rule: string, fixes: readonly Fix[]): Fix[] => {
    const refused = fixes.filter((x) => x.safe && !proved(rule, x));
    return [...fixes.filter((x) => !refused.includes(x)), ...refused.map((x) => ({ ...x, safe: false }))];
  };
  return { ...result, findings: result.findings.map((f) => ({ ...f, fixes: sorted(f.rule, f.fixes) })) };
}

/** A state no safe fix can better, and the fixes that led there. */
function settled(exchange: Exchange, start: State, engine: Engine, options: FixOptions): { state: State; applied: Applied[] } {
  const applied: Applied[] = [];
  let state = start;
  let trials = Math.max(TRIALS.least, Math.min(TRIALS.most, TRIALS.characters / (start.pieces.text.length + 1)));
  const trial = (candidates: readonly Candidate[]): boolean => {
    if (--trials < 0) return false;
    const { taken, edits } = apart(candidates);
    let next = judged(exchange, state.pieces.with(edits), engine, options, state);
    let more: Candidate[] = [];
    // What was brought in may have a safe fix of its own: “Oh no!” goes, and with it all that greeted.
    const fresh = newRules(state, next);
    if (fresh.size > 0) {
      const follow = apart(candidatesOf(next.result.findings.filter((f) => fresh.has(f.rule)), next.pieces.text).first);
      if (follow.taken.length === 0) return false;
      more = follow.taken;
      next = judged(exchange, next.pieces.with(follow.edits), engine, options, next);
    }
    if (!better(state, next, taken)) return false;
    state = next;
    applied.push(...[...taken, ...more].map(({ rule, fix }) => ({ rule, title: fix.title })));
    return true;
  };
  for (;;) {
    const { first, all } = candidatesOf(state.result.findings, state.pieces.text);
    if (first.length === 0) return { state, applied };
    if (trial(first)) continue;
    if (all.length > 1 && all.some((c) => trial([c]))) continue;
    return trials < 0 ? { state: start, applied: [] } : { state, applied };
  }
}

/** Where drafts go that meet at one place: greeting, apology, the story, the answer, who takes it on, the name. */
const ORDER = ['person/greeting-missing', 'apology', 'tone', 'template', 'answer', 'care', 'person'];
const rank = (rule: string): number => {
  const at = ORDER.findIndex((o) => rule === o || rule.startsWith(`${o}/`));
  return at < 0 ? ORDER.length : at;
};

/** The customer's words that a blank quotes. */
const quoted = (blank: string): string[] => [...blank.matchAll(/[“”"]([^“”"]+)[“”"]/gu)].map((m) => m[1] as string);

/** The fixes that need a person, one for each finding; no blank that stands there, or has stood there, comes twice. */
function drafted(state: State, asked: Set<string>): { pieces: Pieces; drafts: Applied[] } {
  for (const b of blanksIn(state.pieces.text)) asked.add(b);
  const taken: Candidate[] = [];
  let edits: Edit[] = [];
  for (const { rule, fixes } of state.result.findings.filter((f) => f.beside === undefined).sort((a, b) => rank(a.rule) - rank(b.rule))) {
    // A blank that stands there is somebody's question: it is not taken out again.
    const fix = fixes.find((f) => !f.safe && f.edits.some((e) => blanksIn(e.text).length > 0) && f.edits.every((e) => blanksIn(state.pieces.text.slice(e.start, e.end)).length === 0));
    const blanks = fix?.edits.flatMap((e) => blanksIn(e.text)) ?? [];
    if (fix === undefined || blanks.some((b) => asked.has(b) || (quoted(b).length > 0 && quoted(b).every((q) => [...asked].some((a) => a.includes(q)))))) continue;
    const more = beside(edits, fix.edits);
    if (more === undefined) continue;
    edits = more;
    taken.push({ rule, fix });
    for (const b of blanks) asked.add(b);
  }
  return { pieces: state.pieces.with(edits), drafts: taken.map(({ rule, fix }) => ({ rule, title: fix.title })) };
}

/** Edits and more edits, by place; what is put in where something is put in already comes behind it. Undefined when there is no room. */
function beside(edits: readonly Edit[], more: readonly Edit[]): Edit[] | undefined {
  const [one] = more;
  const at = more.length !== 1 || one === undefined || one.start !== one.end ? -1 : edits.findIndex((e) => e.start === one.start && e.end === one.end);
  const met = edits[at];
  // Two sentences put in before one that begins with a capital from now on.
  const raised = edits.findIndex((e) => one !== undefined && more.length === 1 && e.start === one.start && e.end === one.end && e.end === e.start + 1 && e.text.at(-1) === one.text.at(-1));
  const first = edits[raised];
  if (one !== undefined && first !== undefined) return edits.with(raised, { ...first, text: first.text.slice(0, -1) + one.text });
  if (one === undefined || met === undefined) return roomFor(edits, more) ? sorted([...edits, ...more]) : undefined;
  const gap = /\s$/.test(met.text) || /^\s/.test(one.text) ? '' : ' ';
  return edits.with(at, { ...met, text: met.text + gap + one.text });
}

/** @throws UserError for a language that savy does not know */
export function fixReply(exchange: Exchange, engine: Engine, given: FixOptions = {}): Fixed {
  const start = judged(exchange, Pieces.of(exchange.reply), engine, given);
  // The rounds that follow are one stage.
  const options = given.probe === undefined ? given : { ...given, probe: undefined };
  let { state, applied } = settled(exchange, start, engine, options);
  const drafts: Applied[] = [];
  const asked = new Set<string>();
  // What is put in may bring to light what else is missing. Every round asks something new, and there is only so much to ask.
  while (options.draft === true) {
    const draft = drafted(state, asked);
    if (draft.drafts.length === 0) break;
    drafts.push(...draft.drafts);
    const next = settled(exchange, judged(exchange, draft.pieces, engine, options, state), engine, options);
    state = next.state;
    applied = [...applied, ...next.applied];
  }
  given.probe?.('fixes');
  const after = onlyProved(state.result, []);
  const edits = state.pieces.edits();
  return { before: onlyProved(start.result, applied, edits), after, fixed: state.pieces.text, edits, applied, drafts, remaining: after.findings };
}
