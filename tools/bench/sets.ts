/** Exchanges to measure with: real English ones where they lie beside the project, else the fixtures'; Finnish ones made of the fixtures. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SHARED, training } from '../eval/data.js';

export type Set = Readonly<{ lang: string; from: string; lines: readonly string[] }>;

const SIZE = 20_000;

/** The fixtures' messages and replies; each round pairs every message with another reply, so that no exchange comes twice. */
function made(lang: string, size: number): string[] {
  const all = training(lang);
  return Array.from({ length: size }, (_, i) => {
    const round = Math.floor(i / all.length);
    const { complaint, channel } = all[i % all.length] as (typeof all)[number];
    const { reply } = all[(i + round * 7) % all.length] as (typeof all)[number];
    return JSON.stringify({ id: `${lang}-${i}`, ...(channel === undefined ? {} : { channel }), message: complaint, reply });
  });
}

export function sets(): Set[] {
  const path = join(SHARED, 'eval', 'unlabelled-en.jsonl.gz');
  const real = existsSync(path) ? gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter((l) => l !== '') : undefined;
  const en = real ?? made('en', SIZE);
  return [
    { lang: 'en', from: real === undefined ? 'made of the fixtures' : 'real replies of companies', lines: en },
    { lang: 'fi', from: 'made of the fixtures', lines: made('fi', en.length) },
  ];
}

/** English and Finnish by turns, over and over, numbered. */
export function* mixed(count: number): Generator<string> {
  const [en, fi] = sets() as [Set, Set];
  for (let i = 0; i < count; i++) yield (i % 2 === 0 ? en : fi).lines[(i >> 1) % en.lines.length] as string;
}

/** So many, spread over the whole. */
export function spread<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: Math.min(count, list.length) }, (_, i) => list[Math.floor((i * list.length) / Math.min(count, list.length))] as T);
}
