/** The replies of a library, judged: what the cache knows is taken from it, and of many replies other threads judge a part. The outcome is the same. */
import type { Engine } from '../engine.js';
import { type JudgedEntry, judgeEntry, type JudgeOptions } from '../library/judge.js';
import type { Item } from '../library/library.js';
import { Variables } from '../library/variables.js';
import type { Lines } from '../text/edits.js';
import type { Channel, Entry } from '../types.js';
import type { Cache } from './cache.js';
import { digest } from './digest.js';
import type { Progress } from './progress.js';
import type { Settings } from './settings.js';

/** A file as it was read. */
export type Read = Readonly<{ file: string; entries: readonly Entry[]; lines: Lines; settings: Settings }>;

/** What a thread is given at once. */
export type Chunk = Readonly<{ file: string; entries: readonly Entry[] }>;

/** Judges on other threads; whoever has no time gets nothing. */
export type Team = Readonly<{
  /** Judged by whoever is free, this thread among them; in order. `own` judges here, `done` hears of each chunk. */
  share: (chunks: readonly Chunk[], own: (chunk: Chunk) => JudgedEntry[], done: (replies: number) => void) => Promise<JudgedEntry[][]>;
}>;

/** Replies between two looks at the clock, and in what a thread is given. */
const CHUNK = 64;

/** Judges the replies of files; what engines and variables share is made once. */
export class Judge {
  private readonly variables = new Map<Engine, Variables>();

  constructor(private readonly channel: Channel | undefined) {}

  of(settings: Settings): (entry: Entry) => JudgedEntry {
    const { engine } = settings;
    let variables = this.variables.get(engine);
    if (variables === undefined) this.variables.set(engine, (variables = new Variables(engine.formats())));
    const known = variables;
    const lint = this.options(settings);
    return (entry) => judgeEntry(entry, engine, known, lint);
  }

  /** A channel that nobody named is the helpdesk's. */
  options({ lint, entries }: Settings): JudgeOptions {
    const { channel: settled, lang: _, ...rest } = lint;
    const said = this.channel !== undefined || entries.some(([key, , from]) => key === 'channel' && from !== 'default');
    return { ...rest, ...(said && settled !== undefined ? { channel: settled } : {}) };
  }
}

/** All of an entry that its judgement can depend on. */
const subjectOf = ({ reply, lang, channel, format, note, for: purpose, complaint }: Entry): unknown => [reply, lang ?? null, channel ?? null, format, note ?? false, purpose ?? null, complaint ?? null];

export async function judgeAll(reads: readonly Read[], judge: Judge, progress: Progress, cache: Cache | undefined, team: Team | undefined): Promise<Item[]> {
  const out: (JudgedEntry | undefined)[][] = reads.map(({ entries }) => new Array<JudgedEntry | undefined>(entries.length).fill(undefined));
  const all = reads.reduce((n, r) => n + r.entries.length, 0);
  const keys = new Map<Entry, string>();
  const told = new Map<Settings, string>();
  const conditionsOf = (settings: Settings): string => {
    const known = told.get(settings) ?? digest(JSON.stringify([judge.options(settings), settings.signature()]));
    told.set(settings, known);
    return known;
  };
  const chunks: (Chunk & Readonly<{ read: number; at: readonly number[] }>)[] = [];
  reads.forEach(({ file, entries, settings }, read) => {
    const conditions = cache === undefined ? '' : conditionsOf(settings);
    let at: number[] = [];
    const flush = (): void => {
      if (at.length > 0) chunks.push({ file, entries: at.map((i) => entries[i] as Entry), read, at });
      at = [];
    };
    entries.forEach((entry, i) => {
      if (cache !== undefined) {
        const key = cache.key(conditions, JSON.stringify(subjectOf(entry)));
        keys.set(entry, key);
        const known = cache.get(key);
        if (known !== undefined) {
          (out[read] as unknown[])[i] = known;
          return;
        }
      }
      at.push(i);
      if (at.length === CHUNK) flush();
    });
    flush();
  });
  const judges = new Map<Settings, (entry: Entry) => JudgedEntry>();
  const own = (chunk: Chunk): JudgedEntry[] => {
    const { settings } = reads[(chunk as (typeof chunks)[number]).read] as Read;
    let one = judges.get(settings);
    if (one === undefined) judges.set(settings, (one = judge.of(settings)));
    return chunk.entries.map(one);
  };
  let done = all - chunks.reduce((n, c) => n + c.entries.length, 0);
  const tell = (replies: number): void => progress.tell((done += replies), all);
  const judged = team === undefined ? chunks.map((c) => { const j = own(c); tell(j.length); return j; }) : await team.share(chunks, own, tell);
  chunks.forEach(({ read, at, entries }, c) => {
    at.forEach((i, n) => {
      const one = (judged[c] as JudgedEntry[])[n] as JudgedEntry;
      (out[read] as unknown[])[i] = one;
      cache?.put(keys.get(entries[n] as Entry) as string, one);
    });
  });
  progress.end();
  return reads.flatMap(({ entries, lines }, r) => entries.map((entry, i) => ({ entry, judged: (out[r] as JudgedEntry[])[i] as JudgedEntry, lines })));
}
