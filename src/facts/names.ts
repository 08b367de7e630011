/** The names that rules may ask about. */

/** Facts of the codebook that are read off the text. */
const READ_OFF = ['apology', 'signed', 'address_in', 'address_out'] as const;

/** Facts of the codebook that are weighed; each has its probability beside it, as `<fact>_p`. */
const WEIGHED = [
  'intent', 'humorous', 'angry', 'serious', 'asks', 'boilerplate', 'deflects', 'private', 'specific', 'acts', 'blames', 'empathy', 'playful', 'toneclash', 'answers',
] as const;

/** Signals that only rules use. */
const EXTRA = [
  'lang', 'channel', 'public', 'message', 'words', 'greeting', 'wrong_name', 'signature', 'register', 'faceless', 'stock', 'formulas', 'idle_formula', 'plain_question', 'thanks_formula', 'game', 'passes_on', 'voice', 'unfilled', 'named', 'late', 'owns_delay',
  'hours', 'particulars', 'offered', 'particulars_taken', 'data_asked', 'data_shown', 'data', 'code_asked', 'asked', 'fault', 'prevents', 'repeatable', 'escalates', 'blames_customer', 'excuses',
  'policy', 'belittles', 'cheers', 'doubled', 'letter', 'signoff', 'name_alone', 'praised', 'hurt', 'other_language', 'owns',
  // Of canned replies.
  'fragment', 'blank_greeting', 'hard_coded',
] as const;

export const SIGNALS: ReadonlySet<string> = new Set([...READ_OFF, ...WEIGHED, ...EXTRA, ...WEIGHED.map((fact) => `${fact}_p`)]);
