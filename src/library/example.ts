/** What a library's rules say of their own examples. */
import type { Engine } from '../engine.js';
import type { Example, ExampleReply } from '../rules/types.js';
import { Lines } from '../text/edits.js';
import type { Entry, Finding } from '../types.js';
import { judgeEntry } from './judge.js';
import { type Item, libraryReport } from './library.js';
import { Variables } from './variables.js';

const FILE = 'example';

function entryOf({ lang, channel, format, for: purpose, message }: Example, given: ExampleReply, from: number): Entry {
  const { reply } = given;
  return {
    file: FILE, key: given.key ?? String(from), title: given.title, shortcut: given.shortcut, lang: given.lang ?? lang, channel, reply, format: format ?? '', for: purpose, complaint: message,
    stretches: [{ start: 0, end: reply.length, from, to: from + reply.length }],
    suppressions: given.ignore === undefined ? [] : [{ rules: given.ignore, reason: FILE, place: { file: FILE, line: 1, column: 1, endLine: 1, endColumn: 1 } }],
  };
}

/** Findings in the example's replies as in a library of their own; offsets are into each one's text. */
export function libraryFindings(example: Example, engine: Engine): Finding[] {
  const variables = new Variables(engine.formats());
  const replies = example.replies ?? [{ reply: example.reply }];
  let at = 0;
  const items = replies.map((given): Item => {
    const entry = entryOf(example, given, at);
    at += given.reply.length + 1;
    return { entry, judged: judgeEntry(entry, engine, variables), lines: new Lines('') };
  });
  return libraryReport(items, [], engine, { hash: (text) => text }).results.flatMap((r) => r.findings.map((f) => f.finding));
}
