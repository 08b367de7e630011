/** “This finding is meant”: findings that a reply's own comments or fields silence, and silences that silence nothing. Pure. */
import type { Entry, EntryFinding, Suppression } from '../types.js';

/** Stands for every rule. */
const ALL = '*';

export type Silenced = Readonly<{
  kept: readonly EntryFinding[];
  silenced: readonly EntryFinding[];
  /** Suppressions with the rules (or `*`) of theirs that silenced nothing. */
  unused: readonly Readonly<{ suppression: Suppression; rules: readonly string[] }>[];
}>;

/** @param judged rules that had their say; one that was off is no proof that its suppression is idle */
export function silence({ suppressions }: Entry, findings: readonly EntryFinding[], judged: (rule: string) => boolean = () => true): Silenced {
  if (suppressions.length === 0) return { kept: findings, silenced: [], unused: [] };
  const silenced: EntryFinding[] = [];
  const kept: EntryFinding[] = [];
  const used = new Map<Suppression, Set<string>>(suppressions.map((s) => [s, new Set()]));
  for (const found of findings) {
    let quiet = false;
    // Each that names the rule counts as used, not the first alone.
    for (const [suppression, rules] of used) {
      const named = suppression.rules.find((rule) => rule === found.finding.rule || rule === ALL || (rule.endsWith('/*') && found.finding.rule.startsWith(rule.slice(0, -1))));
      if (named === undefined) continue;
      rules.add(named);
      quiet = true;
    }
    (quiet ? silenced : kept).push(found);
  }
  const unused = suppressions.map((suppression) => ({ suppression, rules: suppression.rules.filter((rule) => judged(rule) && !used.get(suppression)?.has(rule)) })).filter(({ rules }) => rules.length > 0);
  return { kept, silenced, unused };
}
