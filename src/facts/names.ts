/** The names that rules may ask about. Facts are the codebook's; the rest are signals that only rules use. */

export const MESSAGE_FACTS = ['intent', 'humorous', 'angry', 'serious', 'asks'] as const;
export const REPLY_FACTS = [
  'apology', 'boilerplate', 'signed', 'deflects', 'private', 'specific', 'acts', 'blames', 'empathy', 'playful', 'toneclash', 'answers', 'address_in', 'address_out',
] as const;

export const EXTRA = [
  'channel', 'public', 'message', 'words', 'greeted', 'greeting', 'wrong_name', 'signature', 'register', 'faceless', 'stock', 'formulas', 'passes_on', 'voice', 'unfilled', 'named', 'late', 'owns_delay', 'hours', 'particulars', 'offered', 'particulars_taken',
  'data_asked', 'data_shown', 'code_asked', 'asked', 'fault', 'prevents', 'repeatable', 'escalates', 'blames_customer', 'excuses', 'policy', 'belittles', 'cheers', 'hurt', 'other_language', 'owns', 'unsigned_place', 'thanks', 'answers_part',
] as const;

export const SIGNALS: ReadonlySet<string> = new Set([...MESSAGE_FACTS, ...REPLY_FACTS, ...EXTRA, ...[...MESSAGE_FACTS, ...REPLY_FACTS].map((fact) => `${fact}_p`)]);
