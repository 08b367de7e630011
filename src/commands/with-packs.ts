/** Savy's own rules and those of packs, as one store. */
import { CUE, MESSAGE_CUE } from '../facts/signals.js';
import type { Store } from '../rules/load.js';
import type { Pack } from '../rules/packs.js';
import type { Rule } from '../rules/types.js';

/** Cues that the rules ask for by name. */
function asked(rules: readonly Rule[]): string[] {
  const names = rules.flatMap((r) => [r.at, ...r.fixes.flatMap((f) => [f.at ?? '', ...Object.keys(f.when ?? {})]), ...[...r.when, ...r.unless].flatMap((c) => Object.keys(c))]);
  return [...new Set(names.filter((name) => name.startsWith(CUE) || name.startsWith(MESSAGE_CUE)))];
}

export function withPacks(store: Store, packs: readonly Pack[]): Store {
  const own = packs.flatMap((p) => p.rules);
  const rules = [...store.index.rules, ...own];
  return { ...store, index: { ...store.index, rules, cues: asked(own) }, examples: (id) => own.find((r) => r.id === id)?.examples ?? store.examples(id) };
}
