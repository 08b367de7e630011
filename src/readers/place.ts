/** A reply in its file: edits on the reply → edits on the text of the file it was read from. */
import { applyEdits } from '../text/edits.js';
import { placeIn, traced } from '../text/traced.js';
import { type Edit, type Exchange, UserError } from '../types.js';
import { readJson } from './json.js';
import { parseJson } from './parse/json.js';

/**
 * The whole file with the reply changed and nothing else: in a mail only the draft's own part, in JSON only the string's own characters.
 * @param text the file's text as it was read
 * @throws UserError
 */
export function changedFile(text: string, json: boolean, { reply, offset = 0 }: Pick<Exchange, 'reply' | 'offset'>, edits: readonly Edit[], place: string): string {
  if (!json) return applyEdits(text, edits.map((e) => ({ ...e, start: e.start + offset, end: e.end + offset }))).text;
  const { root } = parseJson(traced(text));
  // What JSON.parse takes when a key stands twice.
  const last = (key: string) => (root?.kind === 'map' ? root.entries.findLast((e) => e.key === key)?.value : undefined);
  const literal = [last('reply'), last('draft')].find((v) => v?.kind === 'text');
  if (literal?.kind !== 'text' || literal.value.text !== reply) throw lost(place);
  const { stretches } = literal.value;
  // A file that writes its letters as \u00e4 goes on so.
  const ascii = /\\u[0-9a-f]{4}/i.test(text.slice(...literal.range)) && !/[^\0-\x7f]/.test(text);
  const changed = applyEdits(text, edits.map(({ start, end, text: come }) => {
    const [from, to] = placeIn(stretches, [start, end]);
    return { start: from, end: to, text: escaped(come, ascii) };
  })).text;
  if (readJson(changed, place).reply !== applyEdits(reply, edits).text) throw lost(place);
  return changed;
}

const lost = (place: string): UserError => new UserError('the reply can’t be changed in place', place, 'leave --write and --diff out to print the draft');

function escaped(text: string, ascii: boolean): string {
  const inside = JSON.stringify(text).slice(1, -1);
  return ascii ? inside.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : inside;
}
