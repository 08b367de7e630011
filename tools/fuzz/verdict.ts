/** What must hold of everything that savy prints, whatever it was given. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Case } from './cases.js';

export type Printed = Readonly<{ code: number; out: string; err: string }>;

/** Control characters beside line breaks and tabs, what turns the direction of text, halves of pairs. */
const RAW = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;
/** How far a scan has come, at a terminal: savy's own. */
const PROGRESS = /\r\x1b\[K(?:savy: \d+ \/ \d+)?/g;
/** What JavaScript says when a program is wrong. */
const TRACE = /\n\s+at .*:\d+:\d+|Cannot read propert|is not a function|is not iterable|is not defined|undefined \(reading|Maximum call stack|Invalid array length|Invalid string length|\[object Object\]/;
const COMMAND = /^::(?:error|warning|notice) (?:[A-Za-z]+=[^:,\n]*)(?:,[A-Za-z]+=[^:,\n]*)*::/;

const valueOf = (argv: readonly string[], option: string): string | undefined => (argv.includes(option) ? argv[argv.indexOf(option) + 1] : undefined);

function escaped(text: string): string {
  const found = RAW.exec(text);
  return found === null ? '' : `U+${(found[0].codePointAt(0) as number).toString(16).padStart(4, '0')} near ${JSON.stringify(text.slice(Math.max(0, found.index - 60), found.index + 20))}`;
}

function parsed(what: string, text: string): string[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [`${what} is no JSON: ${(error as Error).message}`];
  }
}

function xml(what: string, text: string): string[] {
  const valid = XMLValidator.validate(text);
  if (valid !== true) return [`${what} is no XML: ${valid.err.msg}`];
  new XMLParser({ ignoreAttributes: false, processEntities: false }).parse(text);
  return /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text) ? [`${what} holds characters that XML has not`] : [];
}

const lines = (what: string, text: string): string[] => text.split('\n').slice(0, -1).flatMap((line) => parsed(what, line)).slice(0, 1);

/** A report in its own format is well-formed. */
function wellFormed(format: string, out: string): string[] {
  switch (format) {
    case 'json':
    case 'sarif':
    case 'gitlab':
      return parsed(format, out);
    case 'ndjson':
      return lines(format, out);
    case 'junit':
    case 'checkstyle':
      return xml(format, out);
    case 'github':
      return out.split('\n').some((line) => (line.trimStart().startsWith('::') && !COMMAND.test(line)) || line.includes('##[')) ? ['github: a command was smuggled in'] : [];
    default:
      return [];
  }
}

export function faultsOf({ argv, terminal, writes }: Case, { code, out, err: all }: Printed): string[] {
  const err = all.replace(PROGRESS, '');
  const faults: string[] = [];
  if (code !== 0 && code !== 1 && code !== 2) faults.push(`ended with ${code}`);
  const [command] = argv;
  // The draft itself goes into a file or another program as it is.
  const draft = command === 'fix' && !argv.includes('--json') && !argv.includes('--dry-run') && !terminal;
  const printed = draft ? '' : escaped(out);
  if (printed !== '') faults.push(`printed ${printed}`);
  // A diff has to be exact for whoever applies it.
  const exact = draft || (command === 'fix' && argv.includes('--diff'));
  for (const text of [exact ? '' : out, err]) if (valueOf(argv, '--format') !== 'github' && (/^\s*::/m.test(text) || text.includes('##['))) faults.push('a line that GitHub takes for a command');
  const told = escaped(err);
  if (told !== '') faults.push(`said ${told}`);
  if (TRACE.test(err)) faults.push(`said ${JSON.stringify(TRACE.exec(err)?.[0])} in ${JSON.stringify(err.slice(0, 300))}`);
  if (code === 2 && err === '' && out === '' && command !== 'stream') faults.push('failed and said nothing');
  if (command !== 'stream' && code === 2 && out === '' && err.trimEnd().includes('\n') && !err.includes('Usage:') && !err.startsWith('Usage')) faults.push(`failed in more than one line: ${JSON.stringify(err.slice(0, 300))}`);
  if (out !== '' && code !== 2 && !argv.includes('--print-config') && !argv.includes('--help')) {
    const format = valueOf(argv, '--format');
    if (command === 'check' || command === 'scan' || command === 'brief' || command === 'rules') faults.push(...wellFormed(format ?? '', out));
    if (command === 'fix' && argv.includes('--json')) faults.push(...parsed('fix --json', out));
  }
  if (command === 'stream') faults.push(...lines('stream', out));
  if (command === 'scan' && code === 2 && out !== '') faults.push(...wellFormed(valueOf(argv, '--format') ?? '', out));
  // A mistake of savy's own, told as if it were the file's.
  const [hidden] = /Cannot read propert[^"\n]*|[\w.]+ is not a function|[\w.]+ is not iterable|Maximum call stack[^"\n]*|Invalid regular expression[^"\n]*/.exec(out) ?? [];
  if (command === 'scan' && hidden !== undefined) faults.push(`told a mistake of its own: ${hidden}`);
  void writes;
  return faults;
}
