/** Text for people that a CI's log takes for text, whatever it quotes. */

/** GitHub's runner obeys lines that begin with `::`, blanks before it aside, and `##[` wherever it stands. */
export function inert(text: string): string {
  if (!text.includes('::') && !text.includes('##[')) return text;
  return text.replace(/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}
