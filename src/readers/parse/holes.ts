/**
 * Holes that a helpdesk or a person fills, found in raw text, before HTML or Markdown is taken apart: `<attribute key="…"/>` and
 * `<OTRS_…>` look like tags, `{{ a | default: "<b>" }}` holds one.
 */

/** Longest forms first: “#{{order}}” is a `#` before a hole in double braces. */
const HOLE = /\{\{\{?[^{}]{0,400}\}?\}\}|\{%[^%]{0,400}%\}|<%[^%]{0,400}%>|[#%$]\{[^{}]{0,400}\}|<\/?(?:OTRS|OTOBO)_[A-Z][^<>\n]{0,120}>|<attribute\s[^<>]{0,400}>/g;

/** What stands for a hole while a parser looks on: a letter of private use, as many as the hole is long. */
const MASK = '\ue000';

/** The text with each hole masked by as many characters, so that offsets stay. */
export function maskHoles(text: string): string {
  if (!/[{<]/.test(text)) return text;
  return text.replace(HOLE, (hole) => MASK.repeat(hole.length));
}
