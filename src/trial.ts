/** Rules against their own examples: the one thing that `savy rules test` and the project's tests run. Pure. */
import type { Engine } from './engine.js';
import { libraryFindings } from './library/example.js';
import { lint } from './lint.js';
import type { Example, Rule } from './rules/types.js';
import { applyEdits } from './text/edits.js';
import type { Finding } from './types.js';

/**
 * `noisy` a good example trips the rule, `missing` a bad one does not, `wrong` it does at other words than the example says, `unfixed` a safe
 * fix leaves the finding, `bare` the rule lacks examples or reasons, `twice` something stands twice.
 */
export const KINDS = ['noisy', 'missing', 'wrong', 'unfixed', 'bare', 'twice'] as const;
export type Kind = (typeof KINDS)[number];

/** `what`: the words it is about. `place`: `file:line:column`. */
export type Trouble = Readonly<{ kind: Kind; rule: string; what: string; place: string }>;

type Examples = Rule['examples'];

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

function found(rule: Rule, example: Example, engine: Engine, reply = example.reply): Finding[] {
  const findings = rule.scope === undefined ? lint({ ...example, reply }, engine).findings : libraryFindings({ ...example, reply }, engine);
  return findings.filter((f) => f.rule === rule.id);
}

/** The same words, in any order? */
function same(said: readonly string[], actual: readonly string[]): boolean {
  const key = (list: readonly string[]): string => JSON.stringify([...new Set(list.map(plain))].sort());
  return key(said) === key(actual);
}

function misplaced({ at, finds, reply }: Example, findings: readonly Finding[]): string | undefined {
  const marked = findings.map((f) => reply.slice(f.start, f.end));
  const quoted = findings.flatMap((f) => f.evidence);
  if (at !== undefined && !same(at, marked)) return marked.map(plain).join(' | ');
  return finds === undefined || same(finds, quoted) ? undefined : quoted.join(' | ');
}

/**
 * Where its safe fixes leave the reply, when they leave the finding too. Fixes that only take text out may do so: what was taken out was one
 * thing that was wrong.
 */
function unfixed(rule: Rule, example: Example, findings: readonly Finding[], engine: Engine): string | undefined {
  const fixes = findings.flatMap((f) => f.fixes.filter((x) => x.safe).slice(0, 1));
  const edits = fixes.flatMap((f) => f.edits);
  if (edits.length === 0) return undefined;
  const after = applyEdits(example.reply, edits).text;
  const left = found(rule, example, engine, after);
  if (left.length === 0) return undefined;
  const same = left.some((f) => f.fixes.some((x) => x.safe && x.edits.length > 0));
  return same || edits.some((e) => e.text.length >= e.end - e.start) ? after : undefined;
}

/** What went wrong with the examples of a rule. */
export function tried(rule: Rule, { bad, good }: Examples, engine: Engine): Trouble[] {
  const out: Trouble[] = [];
  const tell = (kind: Kind, example: Example, what: string): void => void out.push({ kind, rule: rule.id, what, place: example.place ?? rule.place });
  const seen = new Set<string>();
  for (const example of [...bad, ...good]) {
    const key = JSON.stringify({ ...example, place: '' });
    if (seen.has(key)) tell('twice', example, plain(example.reply));
    seen.add(key);
  }
  for (const example of good) {
    const [first] = found(rule, example, engine);
    if (first !== undefined) tell('noisy', example, plain(example.reply.slice(first.start, first.end)) || plain(example.reply));
  }
  for (const example of bad) {
    const findings = found(rule, example, engine);
    if (findings.length === 0) {
      tell('missing', example, plain(example.reply));
      continue;
    }
    const elsewhere = misplaced(example, findings);
    if (elsewhere !== undefined) tell('wrong', example, elsewhere);
    const after = unfixed(rule, example, findings, engine);
    if (after !== undefined) tell('unfixed', example, plain(after));
  }
  return out;
}
