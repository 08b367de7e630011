/** A case that fails → a smaller one that fails the same way. */
import type { Case } from './cases.js';
import { ranCase } from './run.js';

/** Faults of one kind differ in their figures. */
export const kindOf = (fault: string): string => fault.replace(/near[\s\S]*$|U\+[\da-f]+/g, '').replace(/\d+/g, '0').split('\n')[0]?.slice(0, 50) ?? '';

type Fails = (given: Case) => Promise<boolean>;

/** Ever smaller pieces are taken out for as long as it still fails. */
async function smaller(bytes: Buffer, fails: (bytes: Buffer) => Promise<boolean>, until: number): Promise<Buffer> {
  let best = bytes;
  for (let piece = Math.ceil(best.length / 2); piece >= 1 && Date.now() < until; piece = piece === 1 ? 0 : Math.ceil(piece / 2)) {
    for (let at = 0; at < best.length && Date.now() < until; ) {
      const next = Buffer.concat([best.subarray(0, at), best.subarray(at + piece)]);
      if (await fails(next)) best = next;
      else at += piece;
    }
  }
  return best;
}

export async function minimised(given: Case, fault: string, dir: string, seconds: number): Promise<Case> {
  const until = Date.now() + seconds * 1000;
  const kind = kindOf(fault);
  const fails: Fails = async (c) => (await ranCase(c, dir)).faults.some((f) => kindOf(f) === kind);
  let best = given;
  const attempt = async (next: Case): Promise<void> => {
    if (Date.now() < until && (await fails(next))) best = next;
  };
  for (const name of Object.keys(best.files)) await attempt({ ...best, files: Object.fromEntries(Object.entries(best.files).filter(([n]) => n !== name)) });
  for (let i = best.argv.length - 1; i > 0; i--) await attempt({ ...best, argv: best.argv.filter((_, n) => n !== i) });
  for (const name of Object.keys(best.files)) {
    const bytes = await smaller(best.files[name] as Buffer, (b) => fails({ ...best, files: { ...best.files, [name]: b } }), until);
    best = { ...best, files: { ...best.files, [name]: bytes } };
  }
  if (best.stdin !== undefined) best = { ...best, stdin: await smaller(best.stdin, (b) => fails({ ...best, stdin: b }), until) };
  return best;
}
