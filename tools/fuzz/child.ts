/** The process that runs cases, one after another; `fuzz.ts` watches it. */
import { caseOf, shown } from './cases.js';
import { kindOf, minimised } from './minimise.js';
import { ranCase } from './run.js';

/** Time to make a failing case smaller, in seconds. */
const PATIENCE = 45;

/** Of one fault so many characters are told. */
const TOLD_MAX = 600;

/** What the parent hears: a case begins, has ended; what failed. */
export type Told = Readonly<{ seed: number; begins: true }> | Readonly<{ seed: number; ms: number; size: number; command: string; failure?: string; known?: string }>;

const tell = (told: Told): void => void process.send?.(told);
const [, , first = '1', dir = '', single] = process.argv;
const seen = new Set<string>();

for (let seed = Number(first); ; seed++) {
  tell({ seed, begins: true });
  const given = caseOf(seed);
  const { faults, ms, size } = await ranCase(given, dir);
  const [fault] = faults;
  const kind = fault === undefined ? undefined : `${given.argv[0]}: ${kindOf(fault)}`;
  const fresh = kind !== undefined && !seen.has(kind);
  if (kind !== undefined) seen.add(kind);
  const failure = fresh ? `${faults.map((f) => f.slice(0, TOLD_MAX)).join('\n  ')}\n${shown(await minimised(given, fault as string, dir, PATIENCE))}` : undefined;
  tell({ seed, ms, size, command: given.argv[0] ?? '', ...(failure === undefined ? {} : { failure }), ...(kind !== undefined && !fresh ? { known: kind } : {}) });
  if (single !== undefined) process.exit(faults.length > 0 ? 1 : 0);
}
