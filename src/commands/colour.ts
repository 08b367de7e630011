/** Colour as a value. Only this file knows chalk, and only a coloured report loads it. */
import { Chalk, type ColorSupportLevel } from 'chalk';
import type { Style } from '../reporters/report.js';

export function coloured(level: ColorSupportLevel): Style {
  const c = new Chalk({ level });
  // chalk paints all its arguments; here there is one, even when `map` hands over three.
  const one = (paint: (text: string) => string) => (text: string) => paint(text);
  return { error: one(c.red), warning: one(c.yellow), hint: one(c.cyan), bold: one(c.bold), dim: one(c.dim), good: one(c.green), gone: one(c.red), come: one(c.green) };
}
