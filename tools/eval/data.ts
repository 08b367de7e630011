/** Labelled exchanges: the project's own fixtures, and the shared ones where they are at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Channel, Exchange, Facts } from '../../src/types.js';

type Labels = Facts & { grade?: number };
export type Labelled = Readonly<{ id: string; lang: string; channel?: string; kind?: string; complaint: string; reply: string; labels: Labels }>;

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Beside the project on a developer's machine; everything falls back on `fixtures/` without it. */
export const SHARED = join(ROOT, '..', 'shared');

function readLines(path: string): Labelled[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((l) => l.trim() !== '')
    .map((l) => JSON.parse(l) as Labelled);
}

/** What may ship in fitted weights: written for this project. */
export function training(lang: string): Labelled[] {
  const dir = join(ROOT, 'fixtures', 'training');
  return readdirSync(dir)
    .filter((f) => f.startsWith(`${lang}-`) && f.endsWith('.jsonl'))
    .sort()
    .flatMap((f) => readLines(join(dir, f)));
}

/** The dev half of the evaluation set, or undefined without the shared folder. */
export function dev(lang: string): Labelled[] | undefined {
  const path = join(SHARED, 'eval', `${lang}-dev.jsonl`);
  return existsSync(path) ? readLines(path) : undefined;
}

/** Real exchanges with labels, to measure with only: they never ship. */
export function real(lang: string): Labelled[] {
  const path = join(SHARED, 'eval', 'train', `${lang}.jsonl`);
  return existsSync(path) ? readLines(path).filter((x) => x.kind === 'real') : [];
}

const CHANNEL: Readonly<Record<string, Channel>> = { social: 'social', email: 'email', form: 'email', chat: 'chat', review: 'review', app: 'app' };

export function exchangeOf(x: Labelled): Exchange {
  return { id: x.id, message: x.complaint, reply: x.reply, lang: x.lang, channel: CHANNEL[x.channel ?? 'social'] ?? 'social' };
}
