/** `savy check`: one draft against the message that it answers. */
import { outcomeOf } from '../outcome.js';
import { compactReport } from '../reporters/compact.js';
import { jsonLine, jsonReport } from '../reporters/json.js';
import { prettyReport } from '../reporters/pretty.js';
import { type Report, PLAIN } from '../reporters/report.js';
import type { Store } from '../rules/load.js';
import { LEVELS, type Outcome } from '../types.js';
import { type ExchangeOptions, readExchange, sources } from './exchange.js';
import { writeText } from './io.js';
import { formatOf, isWhole, type ScanFormat } from './scan-formats.js';
import { type JudgingOptions, type Settings, settle } from './settings.js';
import { columnsOf, styleFor } from './style.js';
import { CLEAN, FOUND, type Surroundings } from './surroundings.js';

export type CheckOptions = JudgingOptions &
  ExchangeOptions &
  Readonly<{
    format?: ScanFormat;
    quiet?: boolean;
    output?: string;
    printConfig?: boolean;
    timing?: boolean;
  }>;

/** @returns undefined when there is nothing to read and somebody sits at the terminal */
export async function check(file: string | undefined, options: CheckOptions, surroundings: Surroundings, store: Store): Promise<number | undefined> {
  if (options.printConfig === true) {
    const { printConfig } = await import('./print-config.js');
    surroundings.stdout.write(printConfig(await settle(options, surroundings, store, file)));
    return CLEAN;
  }
  const from = sources(file, options, surroundings);
  if (from === undefined) return undefined;
  const timing = options.timing === true ? (await import('./timing.js')).sinceStart() : undefined;
  const settings = await settle(options, surroundings, store, file);
  timing?.probe('settings');
  const { exchange, draft, linesAbove } = await readExchange(from, options, surroundings, store);
  timing?.probe('read');
  const outcome = outcomeOf(exchange, settings.engine, timing === undefined ? settings.lint : { ...settings.lint, probe: timing.probe });
  const whole: Report = { file: draft, reply: exchange.reply, outcome, linesAbove };
  const report = settings.redact === true ? (await import('./redacted.js')).redactedReport(whole, exchange, settings) : whole;
  const text = await rendered(report, options, settings, surroundings, store);
  if (options.output === undefined) surroundings.stdout.write(text);
  else writeText(surroundings.cwd, options.output, text);
  timing?.probe('report');
  if (timing !== undefined) surroundings.stderr.write(timing.table());
  return exitCode(outcome, settings);
}

async function rendered(report: Report, options: CheckOptions, settings: Settings, surroundings: Surroundings, store: Store): Promise<string> {
  const { outcome } = report;
  const quiet = options.quiet === true;
  const format = formatOf(options, surroundings);
  const whole = isWhole(format);
  const shown: Outcome = { ...outcome, findings: outcome.findings.filter((f) => (whole || f.beside === undefined) && (!quiet || f.level !== 'hint')) };
  switch (format) {
    case 'json':
      return jsonReport(shown);
    case 'ndjson':
      return jsonLine(shown);
    case 'compact':
      return compactReport({ ...report, outcome: shown });
    case 'pretty': {
      const toFile = options.output !== undefined;
      const style = toFile ? PLAIN : await styleFor(surroundings.stdout, surroundings.env);
      const words = store.ui(settings.lint.ui ?? outcome.lang) ?? store.ui('en') ?? {};
      return prettyReport(report, { style, columns: columnsOf(toFile ? surroundings.stderr : surroundings.stdout, surroundings.env), words, quiet });
    }
    default: {
      const [{ libraryOf }, library] = await Promise.all([import('./draft-report.js'), import('./scan-report.js')]);
      return library.rendered(libraryOf({ ...report, outcome: shown }), { ...options, format }, settings, surroundings, store);
    }
  }
}

export function exitCode(outcome: Outcome, { failOn, minGrade }: Pick<Settings, 'failOn' | 'minGrade'>): number {
  const threshold = LEVELS.indexOf(failOn);
  // What stands beside another finding is that one's fault, and as grave.
  if (outcome.findings.some((f) => f.beside === undefined && LEVELS.indexOf(f.level) >= threshold)) return FOUND;
  return minGrade !== undefined && outcome.grade < minGrade ? FOUND : CLEAN;
}
