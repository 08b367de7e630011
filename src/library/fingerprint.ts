/** A finding's name that stays when the file changes around it: a hash, since customers' and colleagues' words must not leak into a baseline. */
import { composed } from '../text/wellformed.js';
import type { Entry, Range } from '../types.js';

/** Any text to a short one that tells nothing of it. */
export type Hash = (text: string) => string;

const plain = (text: string): string => composed(text).toLowerCase().replace(/\s+/gu, ' ').trim();

/**
 * @param range the faulted words; the whole reply, or no words at all, count as none: then rule and key alone name the finding
 * @param identity in place of key and words
 */
export function fingerprint(hash: Hash, rule: string, { key, reply }: Entry, [start, end]: Range, identity?: string): string {
  const words = start <= 0 && end >= reply.length ? '' : reply.slice(start, end);
  return hash(identity === undefined ? [rule, plain(key), plain(words)].join('\0') : [rule, plain(identity)].join('\0'));
}
