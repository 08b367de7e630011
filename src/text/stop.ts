/** The text without the space and the punctuation at its end: how a sentence is quoted inside another, and how far a mark under it goes. */
export function withoutStop(text: string): string {
  return text.trimEnd().replace(/(?<=[\p{L}\p{N})])[.,;:]+$/u, '');
}
