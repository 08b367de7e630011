/** Taking out what says nothing: whole sentences, clauses joined on by “and”, the very words. Never all that a reply says. */
import { clauseOf } from './clause.js';
import type { Reading } from './facts/reading.js';
import { idle } from './idle.js';
import { type Case, overlaps, placesOf, sentencesOf } from './places.js';
import { cutOut } from './seams.js';
import { wordsOf } from './text/repair.js';
import type { Document, Edit, Range } from './types.js';

/** The letter that takes the place of what goes takes its capital or lower case too; small letters only where the word is no name. */
function deletion({ reply, language }: Reading, range: Range): Edit {
  const { text, anatomy } = reply;
  const [from, end] = cutOut(text, range);
  // A mark that is kept moves up: “Hi Anna and thank you!” → “Hi Anna!”.
  const start = /[.!]/.test(text[end] ?? '') && end === range[1] ? text.slice(0, from).trimEnd().length : from;
  let next = end;
  while (next < text.length && /\s/u.test(text[next] as string)) next++;
  const first = reply.tokens.find((t) => t.start === range[0]);
  // “Hi, I would love to help. Please …”: that capital was the word's own.
  const own = first !== undefined && /^.(?:['’]|$)/u.test(text.slice(first.start, first.end)) && /,\s*$/.test(text.slice(0, from));
  const [gone, comes] = [own ? (text[range[0]] ?? '').toLowerCase() : (text[range[0]] ?? ''), text[next] ?? ''];
  if (from > range[0] || next >= anatomy.body[1]) return { start, end, text: '' };
  const between = text.slice(end, next);
  if (/\p{Lu}/u.test(gone) && /\p{Ll}/u.test(comes)) return { start, end: next + 1, text: between + comes.toUpperCase() };
  const token = reply.tokens.find((t) => t.start === next);
  if (!/\p{Ll}/u.test(gone) || !/\p{Lu}/u.test(comes)) return { start, end, text: '' };
  const lower = token !== undefined && token.upper === 1 && token.end - token.start > 1 && language.word(token.norm).common && !/['’]/.test(text.slice(token.start, token.end + 1));
  if (lower) return { start, end: next + 1, text: between + comes.toLowerCase() };
  // A word that may be a name keeps its capital: then the greeting before it is closed (“Hei, kiitos. Ymmärrän …” → “Hei! Ymmärrän …”).
  const led = /,(\s*)$/u.exec(text.slice(0, start));
  const close = led === null || start > anatomy.body[0] ? undefined : language.repair?.closes_greeting?.[/\n/.test(led[1] as string) ? 'above' : 'inline'];
  return close === undefined || led === null ? { start, end, text: '' } : { start: led.index, end, text: close + (led[1] as string) };
}

/** An emoji may have been all that parted two sentences: then a full stop does, or a comma where the writer goes on in small letters. */
function emojiOut({ reply, language }: Reading, range: Range): Edit {
  const { text } = reply;
  const [start, end] = cutOut(text, range);
  const before = text.slice(0, start).trimEnd();
  const next = reply.tokens.find((t) => t.start === end);
  const opens = next !== undefined && (next.upper > 0 || wordsOf(language.repair?.opens).has(next.norm));
  if (next === undefined || !/[\p{L}\p{N}]$/u.test(before) || /[\r\n]/.test(text.slice(before.length, end))) return { start, end, text: '' };
  if (!opens) return { start: before.length, end, text: next.kind === 'word' ? ', ' : ' ' };
  return { start: before.length, end: end + 1, text: `. ${(text[end] as string).toUpperCase()}` };
}

/** Takes out whole sentences, an emoji by itself; safely only those that say nothing else. */
export function deleted(c: Case): Edit[] | undefined {
  const { reading, spec } = c;
  const { reply, body } = reading;
  const places = placesOf(c);
  if (spec.at === 'clause') return clausesOut(c, places);
  const isEmoji = (r: Range): boolean => reply.tokens.some((t) => t.kind === 'emoji' && t.start === r[0] && t.end === r[1]);
  // Where cheer goes, all of its emoji go.
  const further = spec.drop === true ? body.filter((t) => t.kind === 'emoji').map((t): Range => [t.start, t.end]) : [];
  const emoji = spec.do === 'cut' ? places : [...places.filter(isEmoji), ...further];
  const rest = spec.do === 'cut' ? [] : places.filter((p) => !isEmoji(p));
  const found = sentencesOf(reading, rest).filter(({ sentence, range }) => !overlaps(range, reply.anatomy.greeting?.range) && (!spec.safe || idle(reading, sentence, places, spec.spare) || (spec.at === 'apology' && places.some((p) => fills(clauseOf(reading, p)?.range, range)))));
  const rangesOf = (of: typeof found): Range[] => merged(reply.text, [...of.map((f) => (greetedBefore(reply, f.range[0]) ? markKept(reply, f.range) : withEmoji(reply, f.range))), ...emoji]);
  const whole = rangesOf(found);
  // Of a reply that says nothing else the first thing stays: thanks are better than nothing.
  const empties = spec.safe && spec.do === 'delete' && body.every((t) => t.kind !== 'word' || whole.some(([s, e]) => t.start >= s && t.end <= e));
  const ranges = empties ? rangesOf(found.slice(1)) : whole;
  // And what is joined on by “and”: “… and have a great day!”
  const clauses = spec.drop === true ? (clausesOut(c, rest.filter((p) => !ranges.some((r) => overlaps(p, r)))) ?? []) : [];
  const edits = ranges.map((r) => (spec.do !== 'cut' && emoji.some((e) => e[0] === r[0]) ? emojiOut(reading, r) : deletion(reading, r)));
  const all = [...edits, ...clauses].sort((a, b) => a.start - b.start);
  return all.length === 0 || all.some((e, i) => i > 0 && e.start <= (all[i - 1] as Edit).end) ? undefined : all;
}

/**
 * Clauses at either end of their sentence that say nothing, with what joins them: “Thank you for your comments and …”, “… and thank you
 * for your patience.” In front only where what follows can open a sentence, and points back to nothing in it.
 */
function clausesOut(c: Case, places: readonly Range[]): Edit[] | undefined {
  const { reading, spec } = c;
  const { tokens } = reading.reply;
  const opens = wordsOf(reading.language.repair?.opens);
  const back = wordsOf(reading.language.repair?.points_back);
  const edits: Edit[] = [];
  for (const place of places) {
    const clause = clauseOf(reading, place);
    if (clause === undefined || clause.range[0] !== place[0] || !idle(reading, { ...clause, start: clause.range[0], end: clause.range[1] }, [place], spec.spare, true)) continue;
    const [before, next] = [tokens[clause.from - 2], clause.last ? undefined : tokens[clause.to + (clause.joined ? 1 : 0)]];
    if (clause.last && clause.behind && before !== undefined) {
      const marks = /[.!?…]+$/u.exec(reading.reply.text.slice(place[0], clause.range[1]))?.[0].length ?? 0;
      edits.push({ start: before.end, end: clause.range[1] - marks, text: '' });
    } else if (clause.first && next !== undefined && opens.has(next.norm) && !tokens.some((t, i) => i >= clause.to && t.sentence === next.sentence && back.has(t.norm))) edits.push(deletion(reading, [clause.range[0], next.start]));
  }
  const [one, ...more] = edits;
  return one === undefined || more.some((e, i) => e.start <= (edits[i] as Edit).end) ? undefined : edits;
}

/** The emoji right behind a sentence are part of it: nothing of a joke is left but its laughter. */
function withEmoji({ text, tokens }: Document, [start, end]: Range): Range {
  let to = end;
  for (const t of tokens) if (t.start >= to && t.kind === 'emoji' && /^[ \t]*$/.test(text.slice(to, t.start))) to = t.end;
  return [start, to];
}

/** Does nothing but space part the place from the greeting? */
function greetedBefore({ text, anatomy }: Document, at: number): boolean {
  const end = anatomy.greeting?.range[1];
  return end !== undefined && at >= end && /^[ \t]*$/.test(text.slice(end, at));
}

/** “Hi and thank you for your feedback!”: the greeting keeps the mark. */
function markKept({ text }: Document, [start, end]: Range): Range {
  return [start, end - (/[.!]+$/u.exec(text.slice(start, end))?.[0].length ?? 0)];
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
