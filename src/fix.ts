/** A rule's ways out → edits on this reply. Places are names; what they mean here is worked out from the anatomy. */
import { align } from './facts/align.js';
import type { Reading } from './facts/reading.js';
import { clauseOf } from './clause.js';
import { idle } from './idle.js';
import { holds } from './rules/conditions.js';
import type { FixSpec, Rule } from './rules/types.js';
import { continues, cutOut, eol, insertSentence, lowered, trimmedEnd, whole } from './seams.js';
import { fill, type Slots, withoutSlots } from './slots.js';
import { isLetter, ownEnd, ownStart, spokenStart } from './text/own.js';
import type { Document, Edit, Evidence, Fix, Lang, Range, Sentence, Signals } from './types.js';

/** What a fix is made from. */
type Case = Readonly<{ spec: FixSpec; reading: Reading; signals: Signals; slots: Slots; evidence: Evidence | undefined; /** What the finding stands on. */ finding: string; /** What another edit of the fix takes. */ taken?: Range }>;

/** The sentences that these ranges touch, each once, with their part of the body: what stands before and below it is kept. */
function sentencesOf({ reply }: Reading, ranges: readonly Range[]): { sentence: Sentence; range: Range }[] {
  const { sentences, anatomy } = reply;
  const [from, to] = anatomy.body;
  const out: { sentence: Sentence; range: Range }[] = [];
  for (const sentence of sentences) {
    const hit = ranges.find(([start, end]) => sentence.end > start && sentence.start < end);
    if (hit === undefined) continue;
    // A cue may begin in the greeting (“Hi Anna, sorry about that”).
    const start = Math.max(spokenStart(reply, sentence), Math.min(hit[0], from));
    out.push({ sentence, range: [start, sentence.end > to && sentence.start < to ? trimmedEnd(reply.text, to) : sentence.end] });
  }
  return out;
}

function overlaps(a: Range, b: Range | undefined): boolean {
  return b !== undefined && a[0] < b[1] && a[1] > b[0];
}

/** Evidence in the reply: all that the named signal has, or what the finding stands on. */
function placesOf({ spec, signals, evidence, taken }: Case): Range[] {
  const place = spec.of ?? spec.at;
  const named = place === undefined || place === 'sentence' ? undefined : signals.get(place)?.evidence.filter((e) => e.in === 'reply').map((e) => e.range);
  const places = named !== undefined && named.length > 0 ? named : evidence?.in === 'reply' ? [evidence.range] : [];
  return taken === undefined ? places : places.filter((p) => !overlaps(p, taken));
}

/** The letter that takes the place of what goes takes its capital or lower case too; small letters only where the word is no name. */
function deletion({ reply, language }: Reading, range: Range): Edit {
  const { text, anatomy } = reply;
  const [start, end] = cutOut(text, range);
  let next = end;
  while (next < text.length && /\s/u.test(text[next] as string)) next++;
  const [gone, comes] = [text[range[0]] ?? '', text[next] ?? ''];
  if (start > range[0] || next >= anatomy.body[1]) return { start, end, text: '' };
  const between = text.slice(end, next);
  if (/\p{Lu}/u.test(gone) && /\p{Ll}/u.test(comes)) return { start, end: next + 1, text: between + comes.toUpperCase() };
  const token = reply.tokens.find((t) => t.start === next);
  const lower = /\p{Ll}/u.test(gone) && token !== undefined && token.upper === 1 && token.end - token.start > 1 && language.word(token.norm).common && !/['’]/.test(text.slice(token.start, token.end + 1));
  return lower ? { start, end: next + 1, text: between + comes.toLowerCase() } : { start, end, text: '' };
}

/** Takes out whole sentences, an emoji by itself; safely only those that say nothing else, and never all that the reply says. */
function deleted(c: Case): Edit[] | undefined {
  const { reading, spec } = c;
  const { reply, body } = reading;
  const places = placesOf(c);
  const isEmoji = (r: Range): boolean => reply.tokens.some((t) => t.kind === 'emoji' && t.start === r[0] && t.end === r[1]);
  const emoji = spec.do === 'cut' ? places : places.filter(isEmoji);
  const rest = spec.do === 'cut' ? [] : places.filter((p) => !isEmoji(p));
  const found = sentencesOf(reading, rest).filter(({ sentence, range }) => !overlaps(range, reply.anatomy.greeting?.range) && (!spec.safe || idle(reading, sentence, places) || (spec.at === 'apology' && places.some((p) => fills(clauseOf(reading, p)?.range, range)))));
  const ranges = merged(reply.text, [...found.map((f) => f.range), ...emoji]);
  if (ranges.length === 0) return undefined;
  if (spec.safe && spec.do === 'delete' && body.every((t) => t.kind !== 'word' || ranges.some(([s, e]) => t.start >= s && t.end <= e))) return undefined;
  return ranges.map((r) => deletion(reading, markKept(reading, r)));
}

/** “Hi and thank you for your feedback!”: the greeting keeps the mark. */
function markKept({ reply }: Reading, [start, end]: Range): Range {
  const { text, anatomy } = reply;
  const greeted = anatomy.greeting !== undefined && /^[ \t]*$/.test(text.slice(anatomy.greeting.range[1], start)) && start >= anatomy.greeting.range[1];
  const marks = greeted ? (/[.!]+$/u.exec(text.slice(start, end))?.[0].length ?? 0) : 0;
  return [start, end - marks];
}

/** Is the clause all of the sentence? */
function fills(clause: Range | undefined, [start, end]: Range): boolean {
  return clause !== undefined && clause[0] <= start && clause[1] >= end;
}

/** By place; what only spaces part is one. */
function merged(text: string, ranges: readonly Range[]): Range[] {
  const out: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last !== undefined && (start <= last[1] || /^[ \t\u00a0]*$/.test(text.slice(last[1], start)))) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

function replaced(c: Case): Edit[] | undefined {
  const { spec, reading, signals, slots } = c;
  const { text: reply, lang } = reading.reply;
  const [range] = placesOf(c);
  const text = fill(spec.text?.[lang] ?? [], slots);
  if (range === undefined || text === undefined || (spec.of !== undefined && signals.get(spec.of)?.evidence.length === 0)) return undefined;
  if (spec.at === 'clause') {
    const clause = clauseOf(reading, range);
    if (clause === undefined) return undefined;
    const { range: [start, end], joined, behind, last } = clause;
    const marks = /[.!]+$/u.exec(reply.slice(start, end))?.[0] ?? '';
    // A clause that is joined to the next is closed by a comma where it holds one itself; sorrow ends in no exclamation.
    const close = joined && text.includes(slots['told'] ?? '\n') ? ',' : last && marks !== '' ? '.' : '';
    const said = text.replace(/\.$/u, '') + close;
    return [{ start, end: last ? end : end - marks.length, text: behind || continues(reply, start) ? lowered(said) : said }];
  }
  if (spec.at !== 'sentence') return [{ start: range[0], end: range[1], text }];
  const found = sentencesOf(reading, [range]);
  const [first, last] = [found[0], found[found.length - 1]];
  if (first === undefined || last === undefined) return undefined;
  const [start, end] = [first.range[0], last.range[1]];
  if (overlaps([start, end], reading.reply.anatomy.greeting?.range)) return undefined;
  if (spec.safe && !found.every((f) => idle(reading, f.sentence, [range]))) return undefined;
  const edit: Edit = { start, end, text: continues(reply, start) ? lowered(text) : text };
  if (spec.drop !== true) return [edit];
  const others = deleted({ ...c, taken: [start, end], spec: { do: 'delete', safe: true, title: spec.title, at: c.finding } }) ?? [];
  return [edit, ...others.filter((e) => e.end <= start || e.start >= end)];
}

/** A name under a sign-off, or before the unit that signs: on a line of its own where those stand on one. */
function beside(text: string, at: number, name: string, below: boolean): Edit {
  const lineStart = (i: number): boolean => /(?:^|[\r\n])[ \t]*$/.test(text.slice(0, i));
  if (!below) {
    // The mark of a signature stays in front: “-Customer Service”.
    const mark = /^[-–—^~/*]\s*/u.exec(text.slice(at))?.[0].length ?? 0;
    const own = mark === 0 && lineStart(at);
    return { start: at + mark, end: at + mark, text: own ? name + eol(text) : `${name}, ` };
  }
  const [, line = ''] = /([^\r\n]*)$/.exec(text.slice(0, at)) ?? [];
  const mark = /^[,.:!]+/.exec(text.slice(at))?.[0] ?? '';
  const end = at + mark.length;
  const own = line.trim().split(/\s+/u).length <= 3 && lineStart(at - line.length);
  return { start: end, end, text: (own ? eol(text) : /[.!]$/.test(mark) ? ' -' : ' ') + name };
}

/** Does the unit sign on a line of its own, behind a sign-off or behind a sentence, and say nothing but its name? */
function standsAlone({ text, anatomy }: Document): boolean {
  const [from, to] = anatomy.signature.range ?? [0, 0];
  const off = anatomy.signOff?.[1];
  if (/[:[\]()]/.test(text.slice(from, to))) return false;
  return (off !== undefined && /^[\s,.:!]*$/.test(text.slice(off, from))) || /(?:^|[\r\n]|[.!?…)\p{Extended_Pictographic}]\s)[ \t]*$/u.test(text.slice(0, from));
}

function inserted({ spec, reading, slots }: Case): Edit[] | undefined {
  const { reply } = reading;
  const { text, anatomy } = reply;
  const sentence = fill(spec.text?.[reply.lang] ?? [], slots)?.replace(/\n/g, eol(text));
  if (sentence === undefined) return undefined;
  const blankLine = eol(text).repeat(2);
  const lines = isLetter(reply, reading.channel);
  switch (spec.at) {
    case 'greeting': {
      const at = ownStart(reply);
      return [{ start: at, end: at, text: sentence + (lines ? blankLine : ' ') }];
    }
    case 'end': {
      const at = anatomy.postscript === undefined ? ownEnd(reply) : trimmedEnd(text, anatomy.postscript[0]);
      const own = text.slice(ownStart(reply), at);
      return [{ start: at, end: at, text: (lines ? blankLine : /[\r\n]/.test(own) ? eol(text) : ' ') + sentence }];
    }
    case 'signature': {
      const [at] = anatomy.signature.range ?? [];
      const off = anatomy.signOff?.[1];
      if (at === undefined) return undefined;
      // On the line below the sign-off, whatever stands there.
      if (off !== undefined && off < at && /[\r\n]/.test(text.slice(off, at))) return [beside(text, off, sentence, true)];
      return standsAlone(reply) ? [beside(text, at, sentence, false)] : undefined;
    }
    case 'signoff':
      return anatomy.signOff === undefined ? undefined : [beside(text, anatomy.signOff[1], sentence, true)];
    case 'close':
      return [insertSentence(text, Math.max(anatomy.body[0], trimmedEnd(text, anatomy.body[1])), sentence)];
    default:
      return [insertSentence(text, anatomy.body[0], sentence)];
  }
}

function editsOf(c: Case): Edit[] | undefined {
  switch (c.spec.do) {
    case 'advise':
      return [];
    case 'insert':
      return inserted(c);
    case 'address':
      return align(c.reading);
    case 'replace':
      return replaced(c);
    case 'delete':
    case 'cut':
      return deleted(c);
  }
}

/** The fixes of a finding, safe ones first; only those whose words exist in the reply's language. */
export function fixesOf(rule: Rule, reading: Reading, signals: Signals, slots: Slots, evidence: Evidence | undefined, ui: Lang): Fix[] {
  const { reply } = reading;
  const out: Fix[] = [];
  const titleOf = (spec: FixSpec | undefined): string => {
    const named = spec?.title[ui] ?? spec?.title['en'] ?? '';
    return fill([named, withoutSlots(named)], slots) ?? '';
  };
  for (const spec of rule.fixes) {
    if (spec.when !== undefined && !holds(spec.when, signals)) continue;
    const title = titleOf(spec);
    const edits = editsOf({ spec, reading, signals, slots, evidence, finding: rule.at });
    if (edits === undefined || !whole(reply, edits)) continue;
    const said = spec.do !== 'advise' || spec.text === undefined ? undefined : fill(spec.text[reply.lang] ?? [], slots);
    // Words that this exchange can't fill are no advice.
    if (spec.do === 'advise' && said === undefined && spec.text?.[reply.lang] !== undefined) continue;
    out.push({ title: said === undefined ? title : `${title}: ${said}`, safe: spec.safe && edits.length > 0, edits });
  }
  // No edit has a place here; what is to be done can be said all the same.
  if (out.length === 0) out.push({ title: titleOf(rule.fixes[0]), safe: false, edits: [] });
  return out.sort((a, b) => Number(b.safe) - Number(a.safe));
}
