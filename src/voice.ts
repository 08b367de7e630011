/** Who speaks and to whom, as the reply has it: the words that a sentence put into it must agree with. */
import type { Reading } from './facts/reading.js';
import type { Addressee } from './wording.js';
import { clear } from './text/document.js';
import { wordsOf } from './text/repair.js';
import type { Signals } from './types.js';

/** One person, unless the reply says “we” outside its apology and never “I”. */
function writer({ language, body }: Reading, signals: Signals): 'i' | 'we' {
  const spec = language.repair?.writer;
  if (spec === undefined) return 'i';
  const sorry = (signals.get('apology')?.evidence ?? []).map((e) => e.range).sort((a, b) => a[0] - b[0]);
  const counted = clear(body, sorry).filter((t) => t.kind === 'word');
  const speaks = (who: 'i' | 'we'): boolean => counted.some((t) => wordsOf(spec[who].words).has(t.norm) || spec[who].endings.some((e) => t.norm.endsWith(e) && t.norm.length > e.length + 2));
  return !speaks('i') && speaks('we') ? 'we' : 'i';
}

/** What the reply calls its reader, or should: the customer's own way goes before one that clashes with it. */
export function addresseeOf(signals: Signals): Addressee {
  const ours = signals.get('address_out')?.value;
  const theirs = signals.get('address_in')?.value;
  const said = signals.get('register')?.value === 'fits' && ours !== 'none' ? ours : theirs === 'none' ? ours : theirs;
  return said === 'te' ? 'te' : 'sina';
}

/** The slots whose words follow from both. */
export function voiceSlots(reading: Reading, signals: Signals): Record<string, string> {
  const { repair } = reading.language;
  if (repair === undefined) return {};
  const out: Record<string, string> = {};
  const [who, whom] = [writer(reading, signals), addresseeOf(signals)];
  for (const [name, words] of Object.entries(repair.by_writer)) out[name] = words[who];
  for (const [name, words] of Object.entries(repair.by_address)) out[name] = words[whom];
  return out;
}
