/** A library's report in the format asked for; each is loaded when it is. */
import { isAbsolute, relative, resolve } from 'node:path';
import { type LibraryView, type RuleText } from '../reporters/library.js';
import { PLAIN } from '../reporters/report.js';
import type { Store } from '../rules/load.js';
import type { LibraryReport } from '../types.js';
import { isTop, upwards } from './find-config.js';
import { STDIN } from './io.js';
import { plain } from './rules.js';
import { formatOf, type ScanFormat } from './scan-formats.js';
import type { Settings } from './settings.js';
import { columnsOf, styleFor } from './style.js';
import type { Surroundings } from './surroundings.js';

/** Set by the build. */
declare const SAVY_VERSION: string;
const UI_DEFAULT = 'en';

type Options = Readonly<{ format?: ScanFormat; output?: string; quiet?: boolean }>;

/** Names of files as the CI knows them, from the top of the repository; what lies outside keeps its name. */
function fromTop(cwd: string): (file: string) => string {
  const top = upwards(cwd, undefined).find(isTop);
  return (file) => {
    if (top === undefined || file === STDIN) return file;
    const way = relative(top, resolve(cwd, file)).replaceAll('\\', '/');
    return way.startsWith('../') || isAbsolute(way) ? file : way;
  };
}

export async function rendered(report: LibraryReport, options: Options, settings: Settings, surroundings: Surroundings, store: Store): Promise<string> {
  const ui = settings.lint.ui ?? UI_DEFAULT;
  const words = store.ui(ui) ?? store.ui(UI_DEFAULT) ?? {};
  const rules = settings.engine.rules.map((r): RuleText => ({ id: r.id, level: r.level, about: plain(r.message[ui] ?? ''), why: r.why[ui] ?? '', source: r.source }));
  const view: LibraryView = { words, rules, version: typeof SAVY_VERSION === 'undefined' ? '0' : SAVY_VERSION, failOn: settings.failOn, path: fromTop(surroundings.cwd) };
  switch (formatOf(options, surroundings)) {
    case 'compact':
      return (await import('../reporters/compact-library.js')).compactLibrary(report);
    case 'json':
      return (await import('../reporters/json-library.js')).jsonLibrary(report);
    case 'ndjson':
      return (await import('../reporters/json-library.js')).ndjsonLibrary(report);
    case 'github':
      return (await import('../reporters/github.js')).githubReport(report, view);
    case 'gitlab':
      return (await import('../reporters/gitlab.js')).gitlabReport(report, view);
    case 'sarif':
      return (await import('../reporters/sarif.js')).sarifReport(report, view);
    case 'junit':
      return (await import('../reporters/junit.js')).junitReport(report, view);
    case 'checkstyle':
      return (await import('../reporters/checkstyle.js')).checkstyleReport(report, view);
    case 'markdown':
      return (await import('../reporters/markdown.js')).markdownReport(report, view);
    case 'pretty': {
      const toFile = options.output !== undefined;
      const style = toFile ? PLAIN : await styleFor(surroundings.stdout, surroundings.env);
      const columns = columnsOf(toFile ? surroundings.stderr : surroundings.stdout, surroundings.env);
      return (await import('../reporters/pretty-library.js')).prettyLibrary(report, { style, columns, words });
    }
  }
}
