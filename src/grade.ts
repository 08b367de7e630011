/** Points → a Finnish school grade, 4 to 10 in quarters, written as schools write it. */

const BEST = 10;
const WORST = 4;

/** @returns a multiple of 0.25 between 4 and 10 */
export function grade(costs: readonly number[]): number {
  const left = BEST - costs.reduce((sum, c) => sum + c, 0);
  return Math.round(Math.min(BEST, Math.max(WORST, left)) * 4) / 4;
}

/** `7-` 6.75, `7` 7, `7+` 7.25, `7½` 7.5. */
export function gradeText(value: number): string {
  const whole = Math.floor(value);
  const part = value - whole;
  if (part === 0.25) return `${whole}+`;
  if (part === 0.5) return `${whole}½`;
  if (part === 0.75) return `${whole + 1}-`;
  return String(whole);
}
