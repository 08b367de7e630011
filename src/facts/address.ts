/** Singular or polite plural you, for languages that tell them apart. */
import type { Evidence, Hit } from '../types.js';
import { type Cues, cues, inMessage, inReply, type Reading } from './reading.js';

export type Address = 'sina' | 'te' | 'none';
export type Addressed = Readonly<{
  in: Address;
  out: Address;
  /** Both towards one person in the same reply. */
  mixed: boolean;
  evidence: Readonly<{ in: readonly Evidence[]; sina: readonly Evidence[]; te: readonly Evidence[] }>;
}>;

function side(found: Cues): { sina: readonly Hit[]; te: readonly Hit[] } {
  return { sina: cues(found, 'address.sina'), te: cues(found, 'address.te') };
}

/**
 * A customer's plural you means the company unless a formal cue says otherwise, so the message has cues of its own (`address.in.*`).
 * A reply that mixes the two counts as `sina`, as the codebook has it.
 */
export function addressed(reading: Reading): Addressed {
  const reply = side(reading.replyCues);
  const inSina = cues(reading.messageCues, 'address.in.sina');
  const inTe = cues(reading.messageCues, 'address.in.te');
  const theirs: Address = inTe.length > 0 ? 'te' : inSina.length > 0 ? 'sina' : 'none';
  // A plural may be meant for several: a family, a couple. Then it mixes with nothing.
  const several = cues(reading.messageCues, 'address.several').length > 0 || cues(reading.replyCues, 'address.several').length > 0;
  // One or two plurals may mean a household that the message only mentions; without a message one says nothing.
  const household = cues(reading.messageCues, 'address.household').length > 0;
  const enough = household ? 3 : reading.message === undefined ? 2 : 1;
  return {
    in: theirs,
    out: reply.sina.length > 0 ? 'sina' : reply.te.length > 0 ? 'te' : 'none',
    mixed: reply.sina.length > 0 && reply.te.length >= enough && !several,
    evidence: { in: inMessage(inTe.length > 0 ? inTe : inSina), sina: inReply(reply.sina), te: inReply(reply.te) },
  };
}
