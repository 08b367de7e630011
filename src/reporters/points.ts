/** Points and grades as people write them: `1½`, `¾`, `0,3`. */

const QUARTERS = ['', '¼', '½', '¾'] as const;

export function points(value: number, decimal: string): string {
  const quarters = Math.round(value * 4);
  if (Math.abs(value * 4 - quarters) < 1e-9) {
    const whole = Math.floor(quarters / 4);
    const part = QUARTERS[quarters % 4] ?? '';
    return whole === 0 && part !== '' ? part : `${whole}${part}`;
  }
  return String(Math.round(value * 100) / 100).replace('.', decimal);
}

/**
 * `10 − 1 − ½ = 8½`, and how the sum became the grade where the two differ.
 * @param words `sum.least` and `sum.rounded` hold `{grade}`
 */
export function sum(costs: readonly number[], grade: number, words: Readonly<Record<string, string>>): string {
  const decimal = words['decimal'] ?? '.';
  const taken = costs.filter((c) => c > 0);
  const left = 10 - taken.reduce((a, b) => a + b, 0);
  if (taken.length === 0) return '';
  const shown = left < 0 ? `−${points(-left, decimal)}` : points(left, decimal);
  const line = `10 ${taken.map((c) => `− ${points(c, decimal)}`).join(' ')} = ${shown}`;
  if (Math.abs(left - grade) < 1e-9) return line;
  const key = left < grade && grade === 4 ? 'sum.least' : 'sum.rounded';
  return `${line}, ${(words[key] ?? '{grade}').replace('{grade}', points(grade, decimal))}`;
}
