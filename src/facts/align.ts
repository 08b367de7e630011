/**
 * One form of address through a whole reply, sinä or te. All or nothing: a word that may be an address and can't be turned with
 * certainty, or anything that speaks of several people, leaves the reply as it is.
 */
import { analyse } from '../text/document.js';
import { applyEdits } from '../text/edits.js';
import type { Form } from '../text/forms.js';
import type { Edit, Hole } from '../types.js';
import { type Addressed, addressed } from './address.js';
import { cues, read, type Reading } from './reading.js';
import { ToOne } from './to-one.js';
import { ToSeveral } from './to-several.js';

/** In a text of this many words such a letter is missing only when it was typed without. */
const BY_CHANCE = 15;

/** The customer's own form when the message shows it; else, of a mixture, the one that most of the reply uses. */
export function wanted(address: Addressed): Form | undefined {
  if (address.in !== 'none') return address.in;
  const { sina, te } = address.evidence;
  return !address.mixed || sina.length === te.length ? undefined : sina.length > te.length ? 'sina' : 'te';
}

/**
 * Edits, by place, that bring every address of the reply into one form.
 * @param given the form wanted; without it the one that `wanted` tells
 * @returns undefined when there is nothing to turn or no certain way to do it
 */
export function align(reading: Reading, given?: Form): Edit[] | undefined {
  const { reply, language } = reading;
  const form = given ?? wanted(addressed(reading));
  const forms = form === undefined ? undefined : language.addressForms();
  if (forms === undefined || form === undefined) return undefined;
  if (cues(reading.replyCues, 'address.several').length + cues(reading.messageCues, 'address.several').length > 0) return undefined;
  const edits = form === 'sina' ? new ToOne(reading, forms).turn() : new ToSeveral(reading, forms).turn();
  if (edits === undefined || edits.length === 0) return undefined;
  // A text without the language's own letters gets none; in a short one they may be missing by chance.
  if (reply.stripped && reply.tokens.length >= BY_CHANCE && edits.some((e) => /[^\0-\x7f]/.test(e.text))) return undefined;
  return settles(reading, edits, form) ? edits : undefined;
}

/** Holes as they stand behind the edits; an edit never reaches into one. */
function shifted(holes: readonly Hole[], edits: readonly Edit[]): Hole[] {
  return holes.map((hole) => {
    const by = edits.reduce((n, e) => (e.end <= hole.start ? n + e.text.length - (e.end - e.start) : n), 0);
    return { ...hole, start: hole.start + by, end: hole.end + by };
  });
}

/** Do the facts find one form alone in the reply as edited? Then nothing was overlooked that they know of. */
function settles(reading: Reading, edits: readonly Edit[], form: Form): boolean {
  const { exchange, channel, language, message, messageLanguage } = reading;
  const { text } = applyEdits(reading.reply.text, edits);
  const holes = exchange.holes === undefined ? undefined : shifted(exchange.holes, edits);
  const reply = analyse(text, language, { ...(message === undefined ? {} : { message }), ...(holes === undefined ? {} : { holes }) });
  const { evidence } = addressed(read({ ...exchange, reply: text, holes }, channel, reply, language, message, messageLanguage));
  return evidence[form === 'sina' ? 'te' : 'sina'].length === 0;
}
