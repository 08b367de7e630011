/** Keys of words that are related though they differ: compounds, and words typed without the letters of their language. */
import type { FoldSpec } from './fold.js';

function has(key: string, letters: string): boolean {
  for (let i = 0; i < key.length; i++) if (letters.includes(key.charAt(i))) return true;
  return false;
}

function bare(key: string, restore: string, letters: Readonly<Record<string, string>>): string {
  let out = '';
  for (let i = 0; i < key.length; i++) {
    const letter = key.charAt(i);
    out += restore.includes(letter) ? (letters[letter] ?? letter) : letter;
  }
  return out;
}

/**
 * Whether two keys are of one word, or one begins the other as the first part of a compound may ("keksipaket", "keks"). A hint, not an
 * identity: it is not transitive. Keys that differ only in that one lacks the letters of `spec.restore` throughout are related too.
 */
export function related(keyA: string, keyB: string, spec: FoldSpec): boolean {
  if (keyA === keyB) return keyA !== '';
  const { restore, letters, compounds: rule } = spec;
  if (restore !== undefined && letters !== undefined && keyA.length === keyB.length && has(keyA, restore) !== has(keyB, restore))
    return bare(keyA, restore, letters) === bare(keyB, restore, letters);
  if (rule === undefined) return false;
  const short = keyA.length < keyB.length ? keyA : keyB;
  const long = short === keyA ? keyB : keyA;
  return short.length >= rule.min && long.length - short.length >= rule.tail && long.startsWith(short);
}

/** Many keys, asked whether any is related to another: the same answers as `related` gives, in time that does not grow with their number. */
export class Relatives {
  private readonly keys: ReadonlySet<string>;
  /** What a key that lacks the letters must be, and one that has them must become, to be related. */
  private readonly lacking = new Set<string>();
  private readonly bared = new Set<string>();
  /** What longer keys begin with. */
  private readonly beginnings = new Set<string>();

  constructor(
    keys: Iterable<string>,
    private readonly spec: FoldSpec | undefined,
  ) {
    this.keys = new Set(keys);
    const { restore, letters, compounds } = spec ?? {};
    for (const key of this.keys) {
      if (restore !== undefined && letters !== undefined) {
        if (has(key, restore)) this.bared.add(bare(key, restore, letters));
        else this.lacking.add(key);
      }
      if (compounds !== undefined) for (let n = compounds.min; n <= key.length - compounds.tail; n++) this.beginnings.add(key.slice(0, n));
    }
  }

  has(key: string): boolean {
    if (this.keys.has(key)) return key !== '';
    const { restore, letters, compounds } = this.spec ?? {};
    if (restore !== undefined && letters !== undefined && (has(key, restore) ? this.lacking.has(bare(key, restore, letters)) : this.bared.has(key))) return true;
    if (compounds === undefined) return false;
    if (key.length >= compounds.min && this.beginnings.has(key)) return true;
    for (let n = compounds.min; n <= key.length - compounds.tail; n++) if (this.keys.has(key.slice(0, n))) return true;
    return false;
  }
}
