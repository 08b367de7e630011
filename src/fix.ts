/** A rule's ways out → edits on this reply. Places are names; what they mean here is worked out from the anatomy. */
import { align } from './facts/align.js';
import { cues, type Reading } from './facts/reading.js';
import { clauseOf } from './clause.js';
import { deleted } from './deletion.js';
import { idle } from './idle.js';
import { type Case, overlaps, placesOf, sentencesOf } from './places.js';
import { holds } from './rules/conditions.js';
import type { FixSpec, Rule } from './rules/types.js';
import { continues, eol, insertSentence, lowered, trimmedEnd, whole } from './seams.js';
import { fill, type Slots, withoutSlots } from './slots.js';
import { isLetter, ownEnd, ownStart } from './text/own.js';
import type { Document, Edit, Evidence, Fix, Lang, Signals, Token } from './types.js';

/** Does nothing that says something stand between the greeting and here? Then “this” is what the customer wrote about. */
function saysFirst({ reply, language, replyCues }: Reading, at: number): boolean {
  const [from] = reply.anatomy.body;
  const thanks = cues(replyCues, 'stock', 'thanks', 'apology', 'empathy');
  const own = reply.sentences.filter((s) => s.end > from && s.end <= at && reply.tokens.slice(s.from, s.to).some((t) => t.kind === 'word' && t.start >= from));
  return language.repair?.this !== undefined && own.every((s) => thanks.some((h) => h.start < s.end && h.end > s.start));
}

function replaced(c: Case): Edit[] | undefined {
  const { spec, reading } = c;
  const { text: reply, lang } = reading.reply;
  const [range] = placesOf(c);
  const slots = range !== undefined && saysFirst(reading, range[0]) ? { ...c.slots, this: reading.language.repair?.this } : c.slots;
  const text = fill(spec.text?.[lang] ?? [], slots);
  if (range === undefined || text === undefined) return undefined;
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
  if (spec.safe && !found.every((f) => idle(reading, f.sentence, [range], spec.spare))) return undefined;
  const edit: Edit = { start, end, text: continues(reply, start) ? lowered(text) : text };
  if (spec.drop !== true) return [edit];
  const others = deleted({ ...c, taken: [start, end], spec: { do: 'delete', safe: true, title: spec.title, at: c.finding } }) ?? [];
  return [edit, ...others.filter((e) => e.end <= start || e.start >= end)];
}

/** A unit's name has no more words than this, and little ones no more letters. */
const UNIT_WORDS = 6;
const LITTLE = 3;

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
  const end = at + mark.length + (/^[ \t]+(?=[\r\n]|$)/.exec(text.slice(at + mark.length))?.[0].length ?? 0);
  const own = line.trim().split(/\s+/u).length <= 3 && lineStart(at - line.length);
  return { start: end, end, text: (own ? eol(text) : /[.!]$/.test(mark) ? ' -' : ' ') + name };
}

/** A unit's name is made of capitals, words for units, and little words between them; what has other words in it is a sentence. */
function isUnit({ tokens, hits }: Document, from: number, to: number): boolean {
  const known = (t: Token): boolean => hits.some((h) => h.cue.startsWith('anatomy.') && h.start <= t.start && h.end >= t.end);
  const own = tokens.filter((t) => t.start >= from && t.end <= to);
  return own.length <= UNIT_WORDS && own.every((t) => t.kind === 'number' || (t.kind === 'word' && (t.upper > 0 || known(t) || t.end - t.start <= LITTLE)));
}

/** Does the unit sign on a line of its own, behind a sign-off or behind a sentence, and say nothing but its name? */
function standsAlone(document: Document): boolean {
  const { text, anatomy } = document;
  const [from, to] = anatomy.signature.range ?? [0, 0];
  const off = anatomy.signOff?.[1];
  if (/[:[\]()]/.test(text.slice(from, to)) || !isUnit(document, from, to)) return false;
  const led = document.hits.some((h) => h.cue === 'anatomy.lead' && h.end <= from && /^[ \t]*$/.test(text.slice(h.end, from)));
  return led || (off !== undefined && /^[\s,.:!]*$/.test(text.slice(off, from))) || /(?:^|[\r\n]|[.!?…)\p{Extended_Pictographic}]\s)[ \t]*$/u.test(text.slice(0, from));
}

/** Of a unit that signs on several lines (“City of Ely / Parks”), where the first begins; the line of a sign-off is none. */
function topLine({ text, anatomy, hits }: Document, at: number): number {
  const from = Math.max(anatomy.body[0], ...hits.filter((h) => h.cue === 'anatomy.signoff' && h.end <= at).map((h) => h.end));
  const above = /(?:^|[\r\n])((?:\p{Lu}[\p{L}\p{N}&’'-]*(?: [\p{L}\p{N}&’'-]+){0,3}\r?\n)+)$/u.exec(text.slice(from, at))?.[1];
  return above === undefined ? at : at - above.length;
}

/** What turns to somebody before it says anything: “Helo Ravi!”, “SSAV3, …”. */
const CALLS_WORDS = 3;

/** Does the text open with a few words set off by a comma or a mark, of which the last may be a name? */
function callsOut({ text, tokens }: Document, at: number): boolean {
  const own = tokens.filter((t) => t.start >= at && t.kind !== 'mention').slice(0, CALLS_WORDS);
  const last = own.findIndex((t) => /^[,!]/.test(text.slice(t.end)));
  const token = own[last];
  return token !== undefined && token.upper > 0 && (last > 0 || /\p{N}/u.test(token.norm)) && own.slice(0, last).every((t, i) => /^[ \t]+$/.test(text.slice(t.end, own[i + 1]?.start)));
}

/** Where the body ends, but for the wishes that it ends in. */
function beforeWishes({ reply, replyCues }: Reading): number {
  const wishes = cues(replyCues, 'cheer', 'stock.closing');
  let [, end] = reply.anatomy.body;
  for (const s of [...reply.sentences].reverse()) {
    if (s.end > end) continue;
    if (s.mark === '?' || !wishes.some((h) => h.start === s.start && h.end <= s.end)) break;
    end = s.start;
  }
  return end;
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
      if (callsOut(reply, at)) return undefined;
      return [{ start: at, end: at, text: sentence + (lines ? blankLine : ' ') }];
    }
    case 'end': {
      const at = anatomy.postscript === undefined ? ownEnd(reply) : trimmedEnd(text, anatomy.postscript[0]);
      const own = text.slice(ownStart(reply), at);
      // Behind a mark somebody has signed already, by no name that is known: “-The night shift”.
      const signed = /[.!?…)\p{Extended_Pictographic}]\s+[-–—^~]\s?(\p{Lu}[^.!?\r\n]{1,40})$/u.exec(text.slice(0, at))?.[1];
      if (signed !== undefined && !lines && slots['agent'] !== undefined && sentence.endsWith(slots['agent'])) return [{ start: at - signed.length, end: at - signed.length, text: `${slots['agent']}, ` }];
      // A last line that is no sentence is whoever's the reply is: the name stands above it.
      const line = /(?:\r?\n[ \t]*\r?\n)(\p{Lu}[^\r\n.!?:,]{1,40})$/u.exec(text.slice(0, at))?.[1];
      if (line !== undefined && lines && slots['agent'] !== undefined && sentence.endsWith(slots['agent']) && isUnit(reply, at - line.length, at)) return [beside(text, at - line.length, slots['agent'], false)];
      return [{ start: at, end: at, text: (lines ? blankLine : /[\r\n]/.test(own) ? eol(text) : ' ') + sentence }];
    }
    case 'signature': {
      const [at] = anatomy.signature.range ?? [];
      const off = anatomy.signOff?.[1];
      if (at === undefined) return undefined;
      // “Terkuin keittiö ja sali”: the name comes behind a sign-off that the unit's own line begins with.
      const led = reply.hits.find((h) => h.cue === 'anatomy.signoff' && h.start === at && h.end < ownEnd(reply));
      if (led !== undefined && /^ \p{L}/u.test(text.slice(led.end))) return [{ start: led.end + 1, end: led.end + 1, text: `${sentence}, ` }];
      // On the line below the sign-off, whatever stands there.
      if (off !== undefined && off < at && /[\r\n]/.test(text.slice(off, at))) return [beside(text, off, sentence, true)];
      return standsAlone(reply) ? [beside(text, topLine(reply, at), sentence, false)] : undefined;
    }
    case 'signoff':
      return anatomy.signOff === undefined ? undefined : [beside(text, anatomy.signOff[1], sentence, true)];
    case 'close':
      return [insertSentence(text, Math.max(anatomy.body[0], trimmedEnd(text, beforeWishes(reading))), sentence)];
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
