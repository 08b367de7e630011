/** Engines by what a company adds to savy: one for all files that share it. */
import { Engine } from '../engine.js';
import { additionsOf } from '../rules/additions.js';
import type { FileConfig } from '../rules/config.js';
import type { Store } from '../rules/load.js';
import type { Pack } from '../rules/packs.js';
import { UserError } from '../types.js';
import { withPacks } from './with-packs.js';

type Equipped = Readonly<{
  engine: Engine;
  store: Store;
  /** Tells engines apart from one run to the next: all that is added to savy's own. */
  signature: () => string;
}>;

export class Engines {
  private readonly known = new Map<string, Equipped>();

  constructor(private readonly store: Store) {}

  /** @throws UserError when two packs have the same name */
  of(config: FileConfig, given: readonly Pack[]): Equipped {
    const packs = given.filter((pack, i) => given.findIndex((p) => p.dir === pack.dir) === i);
    for (const pack of packs) {
      const other = packs.find((p) => p.name === pack.name);
      if (other !== undefined && other !== pack) throw new UserError(`two packs are called “${pack.name}”`, pack.file, `the other one is ${other.file}`);
    }
    const key = JSON.stringify([config.brands, config.agents, config.phrases, packs.map((p) => p.dir)]);
    let equipped = this.known.get(key);
    if (equipped === undefined) this.known.set(key, (equipped = this.made(config, packs)));
    return equipped;
  }

  private made(config: FileConfig, packs: readonly Pack[]): Equipped {
    const store = packs.length === 0 ? this.store : withPacks(this.store, packs);
    const additions = additionsOf(config, packs.length === 0 ? undefined : (lang) => ({ names: packs.flatMap((p) => p.names(lang)), phrases: packs.flatMap((p) => p.phrases(lang)) }));
    const signature = (): string => JSON.stringify([config.brands, config.agents, config.phrases, packs.map((p) => [p.name, p.languages, p.rules, p.languages.map((lang) => [p.phrases(lang), p.names(lang)])])]);
    return { store, engine: new Engine(store, additions), signature };
  }
}
