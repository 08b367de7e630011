/** Text that every encoding can carry. */

/** Half of a pair without the other half has no place in UTF-8: it becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

/** In a longer text marks may be piled up by the thousand, and to put those in order takes ever longer the more there are. */
const SHORT = 200;
const PILED = /\p{M}{100}/u;

/** Unicode's composed form (NFC); a text with marks piled up that no script has stays as it is. */
export function composed(text: string): string {
  return text.length > SHORT && PILED.test(text) ? text : text.normalize('NFC');
}
