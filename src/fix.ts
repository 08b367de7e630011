/** A rule's ways out → edits on this reply. Places are names; what they mean here is worked out from the anatomy. */
import type { Reading } from './facts/reading.js';
import { holds } from './rules/conditions.js';
import type { Rule } from './rules/types.js';
import { fill, type Slots, withoutSlots } from './slots.js';
import type { Document, Edit, Evidence, Fix, Lang, Range, Signals } from './types.js';

/** Widens a range to whole sentences, with the space behind it: what is left reads on. */
function sentencesAround(reading: Reading, [start, end]: Range): Range {
  const { text, sentences } = reading.reply;
  let from = start;
  let to = end;
  for (const s of sentences) {
    if (s.end <= start || s.start >= end) continue;
    from = Math.min(from, s.start);
    to = Math.max(to, s.end);
  }
  // Widening stops where the body begins; what stands before it is kept to its own words.
  from = Math.max(from, Math.min(start, reading.reply.anatomy.body[0]));
  while (to < text.length && (text[to] === ' ' || text[to] === '\t')) to++;
  return [from, to];
}

/** Where the reply's own words end: above the mail that is quoted under it. */
export function ownEnd({ text, anatomy }: Document): number {
  let end = text.trimEnd().length;
  for (const [from, to] of [...anatomy.quoted].reverse()) {
    if (to < end) break;
    end = text.slice(0, from).trimEnd().length;
  }
  return end;
}

/** Offset at which an insertion of that name goes. */
function insertion(reading: Reading, place: string): number {
  const { anatomy } = reading.reply;
  switch (place) {
    case 'greeting':
      return 0;
    case 'end':
      return ownEnd(reading.reply);
    case 'close':
      return anatomy.body[1];
    default:
      return anatomy.body[0];
  }
}

/** An inserted sentence stands apart from what is around it by one space, a signature by a line. */
function spaced(text: string, at: number, sentence: string, place: string): string {
  const before = text.slice(0, at);
  const after = text.slice(at);
  if (place === 'end') return `${before === '' ? '' : text.includes('\r\n') ? '\r\n' : '\n'}${sentence}`;
  const lead = before === '' || /\s$/.test(before) ? '' : ' ';
  const tail = after === '' || /^\s/.test(after) ? '' : ' ';
  return lead + sentence + tail;
}

/** Behind “Hei,” a sentence goes on in lower case; a word of one letter (“I”) keeps its own. */
function cased(text: string, at: number, sentence: string): string {
  const goesOn = /,[ \t]*(?:\r?\n\s*)?$/.test(text.slice(Math.max(0, at - 80), at)) && /^\p{Lu}\p{Ll}/u.test(sentence) && /^\s*\p{Ll}/u.test(text.slice(at));
  return goesOn ? sentence.slice(0, 1).toLowerCase() + sentence.slice(1) : sentence;
}

/** The fixes of a finding, safe ones first; only those whose words exist in the reply's language. */
export function fixesOf(rule: Rule, reading: Reading, signals: Signals, slots: Slots, evidence: Evidence | undefined, ui: Lang): Fix[] {
  const { reply } = reading;
  const out: Fix[] = [];
  for (const spec of rule.fixes) {
    if (spec.when !== undefined && !holds(spec.when, signals)) continue;
    const named = spec.title[ui] ?? spec.title['en'] ?? '';
    const title = fill([named, withoutSlots(named)], slots) ?? '';
    if (spec.do === 'advise') {
      const lines = spec.text?.[reply.lang];
      const text = lines === undefined ? undefined : fill(lines, slots);
      out.push({ title: text === undefined ? title : `${title}: ${text}`, safe: false, edits: [] });
      continue;
    }
    const edits: Edit[] = [];
    if (spec.do === 'insert') {
      const text = fill(spec.text?.[reply.lang] ?? [], slots);
      if (text === undefined) continue;
      const place = spec.at ?? 'body';
      const at = insertion(reading, place);
      edits.push({ start: at, end: at, text: spaced(reply.text, at, cased(reply.text, at, text), place) });
    } else {
      const shown = spec.at === undefined || spec.at === 'sentence' ? undefined : signals.get(spec.at)?.evidence.find((e) => e.in === 'reply');
      const range = (shown ?? (evidence?.in === 'reply' ? evidence : undefined))?.range;
      if (range === undefined) continue;
      if (spec.do === 'delete') {
        const [start, end] = sentencesAround(reading, range);
        edits.push({ start, end, text: '' });
      } else {
        const text = fill(spec.text?.[reply.lang] ?? [], slots);
        if (text === undefined) continue;
        const [start, end] = spec.at === 'sentence' ? sentencesAround(reading, range) : range;
        const begun = cased(reply.text, start, text);
        edits.push({ start, end, text: spec.at === 'sentence' && /\s$/.test(reply.text.slice(start, end)) ? `${begun} ` : begun });
      }
    }
    out.push({ title, safe: spec.safe, edits });
  }
  return out.sort((a, b) => Number(b.safe) - Number(a.safe));
}
