/** What reporters are given: plain data. Colour comes as a value, words of the report's own as a list. */
import type { Level, Outcome } from '../types.js';

export type Report = Readonly<{
  /** The file's name as the user wrote it; `-` for standard input. */
  file: string;
  /** The reply that offsets point into. */
  reply: string;
  outcome: Outcome;
  /** Lines of the file above the reply. */
  linesAbove?: number;
}>;

type Paint = (text: string) => string;
export type Style = Readonly<Record<Level | 'bold' | 'dim' | 'good' | 'gone' | 'come', Paint>>;

const same: Paint = (text) => text;
export const PLAIN: Style = { error: same, warning: same, hint: same, bold: same, dim: same, good: same, gone: same, come: same };

export type View = Readonly<{ style: Style; columns: number; words: Readonly<Record<string, string>> }>;
