/** Text that every encoding can carry. */

/** Half of a pair without the other half has no place in UTF-8: it becomes U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
