/** Formats of a report. */
import type { Surroundings } from './surroundings.js';

export const SCAN_FORMATS = ['pretty', 'compact', 'json', 'ndjson', 'github', 'gitlab', 'sarif', 'junit', 'checkstyle', 'markdown'] as const;
export type ScanFormat = (typeof SCAN_FORMATS)[number];

/** In GitHub Actions findings are annotations unless somebody wants them otherwise. */
export function formatOf({ format, output }: Readonly<{ format?: ScanFormat; output?: string }>, { env }: Surroundings): ScanFormat {
  return format ?? (env['GITHUB_ACTIONS'] === 'true' && output === undefined ? 'github' : 'pretty');
}

/** A program gets every finding; people, and what shows them to people, are not told of one fault twice. */
export function isWhole(format: ScanFormat): boolean {
  return format === 'json' || format === 'ndjson';
}
