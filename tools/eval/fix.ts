/**
 * `npm run eval:fix [-- --show RULE | --pairs N] [--lang LANG]`
 *
 * Mends labelled exchanges as `savy fix` does and prints, for each language, of how many findings of the rules that ought to be mendable
 * a safe fix is at hand when the agent's name is given, how many of them were taken, and the mean grade before and after. Then the mean
 * grades of `fixtures/mended/`: as written, after safe fixes, and with the drafts filled by hand. `--show` prints the findings of a rule
 * that have none, `--pairs` every Nth reply before and after. Runs over `../shared/eval` where it is at hand, else over `fixtures/`.
 */
import { Engine } from '../../src/engine.js';
import { fixReply, type Fixed } from '../../src/fixing.js';
import { loadSource } from '../../src/rules/load.js';
import { dev, exchangeOf, ROOT } from './data.js';
import { lint } from '../../src/lint.js';
import { fixtures } from './fixtures.js';
import { filled, mended } from './mended.js';

/** Rules whose findings should mostly have a fix that anybody may take. */
const MENDABLE = ['apology/hollow', 'apology/unneeded', 'template/boilerplate', 'person/'] as const;
/** Of these there is nothing to type for anybody but the writer. */
const ADVICE: ReadonlySet<string> = new Set(['person/faceless']);
const AGENT: Readonly<Record<string, string>> = { fi: 'Noora', en: 'Nora' };
const GOAL = 0.8;

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const mean = (xs: readonly number[]): string => (xs.reduce((a, b) => a + b, 0) / Math.max(1, xs.length)).toFixed(2);
const show = option('--show');
const pairs = Number(option('--pairs') ?? 0);
const engine = new Engine(loadSource(`${ROOT}rules`));

for (const lang of ['fi', 'en'].filter((l) => (option('--lang') ?? l) === l)) {
  const set = dev(lang) ?? fixtures(lang);
  const tally = new Map<string, { found: number; safe: number; gone: number }>();
  const all: Fixed[] = set.map((x) => fixReply({ ...exchangeOf(x), agent: AGENT[lang] }, engine, { ui: 'en' }));
  all.forEach((fixed, i) => {
    const left = new Set(fixed.remaining.map((f) => f.rule));
    for (const f of fixed.before.findings) {
      const group = MENDABLE.find((m) => f.rule.startsWith(m));
      if (group === undefined || ADVICE.has(f.rule)) continue;
      const t = tally.get(f.rule) ?? { found: 0, safe: 0, gone: 0 };
      const safe = f.fixes.some((x) => x.safe);
      tally.set(f.rule, { found: t.found + 1, safe: t.safe + Number(safe), gone: t.gone + Number(!left.has(f.rule)) });
      if (show === f.rule && (!safe || process.argv.includes('--all'))) console.log(`${set[i]?.id} ${f.evidence.join(' | ')}\n  < ${set[i]?.complaint.replace(/\n/g, '⏎').slice(0, 300)}\n  > ${set[i]?.reply.replace(/\n/g, '⏎')}\n  = ${fixed.fixed.replace(/\n/g, '⏎')}\n`);
    }
    if (pairs > 0 && fixed.edits.length > 0 && i % pairs === 0) console.log(`${set[i]?.id} ${fixed.before.gradeText} → ${fixed.after.gradeText}  ${fixed.applied.map((a) => a.rule).join(', ')}\n  < ${set[i]?.reply.replace(/\n/g, '⏎')}\n  > ${fixed.fixed.replace(/\n/g, '⏎')}\n`);
  });
  console.log(`${lang}  ${set.length} exchanges, ${all.filter((f) => f.edits.length > 0).length} mended; mean grade ${mean(all.map((f) => f.before.grade))} → ${mean(all.map((f) => f.after.grade))}`);
  const total = { found: 0, safe: 0, gone: 0 };
  for (const [rule, t] of [...tally].sort()) {
    console.log(`  ${rule.padEnd(26)} ${String(t.found).padStart(4)} found  ${String(Math.round((100 * t.safe) / t.found)).padStart(3)} % safe  ${String(Math.round((100 * t.gone) / t.found)).padStart(3)} % gone`);
    total.found += t.found;
    total.safe += t.safe;
  }
  const own = mended().filter((m) => m.exchange.lang === lang).map(({ exchange, answers }) => {
    const { before, after } = fixReply(exchange, engine);
    return [before.grade, after.grade, lint({ ...exchange, reply: filled(fixReply(exchange, engine, { draft: true }).fixed, answers) }, engine).grade] as const;
  });
  console.log(`  filled by hand: ${own.length} exchanges, mean grade ${[0, 1, 2].map((i) => mean(own.map((g) => g[i] as number))).join(' → ')} (as written, safe fixes, drafts filled)`);
  console.log(`  ${'together'.padEnd(26)} ${String(total.found).padStart(4)} found  ${String(Math.round((100 * total.safe) / Math.max(1, total.found))).padStart(3)} % safe  ${total.safe >= GOAL * total.found ? 'as it should be' : `should be ${100 * GOAL} %`}`);
}
