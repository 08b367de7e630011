/** The commands and their options. Only this file knows commander; each command loads what it needs when it runs. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { inert } from '../reporters/inert.js';
import { visible } from '../reporters/width.js';
import { nearest } from '../rules/nearest.js';
import type { Store } from '../rules/load.js';
import { type Columns, UserError } from '../types.js';
import type { BriefOptions } from './brief.js';
import { check, type CheckOptions } from './check.js';
import type { FixOptions } from './fix.js';
import * as read from './options.js';
import type { InitOptions } from './init.js';
import type { ScanOptions } from './scan.js';
import { SCAN_FORMATS } from './scan-formats.js';
import { SCANNING } from './scan-help.js';
import type { StreamOptions } from './stream.js';
import { CLEAN, FAILED, type Surroundings } from './surroundings.js';

const EXAMPLES = `
Examples:
  pbpaste | savy check -c complaint.txt        a draft from the clipboard
  savy check reply.txt -c complaint.txt --channel email
  savy check outbox.txt                        a mail with the customer's text quoted under it
  echo '{"message": "…", "reply": "…"}' | savy check --format json
  savy fix reply.txt -c complaint.txt --agent Nora
  savy brief -c complaint.txt                  what a reply must have, for whoever writes it
  savy scan replies/ macros.csv                a library of canned replies
  savy stream < exchanges.jsonl > results.jsonl

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not run.`;

/** @returns the exit code */
export async function commandLine(surroundings: Surroundings, version: string, open: () => Store): Promise<number> {
  let code = CLEAN;
  const done = (command: Command, result: number | undefined): void => {
    code = result ?? FAILED;
    if (result === undefined) surroundings.stderr.write(`savy ${command.name()}: nothing to read: name a file or pipe a text in\n\n${command.helpInformation()}`);
  };

  const program = new Command('savy')
    .enablePositionalOptions()
    .description('Reads a draft reply against the customer’s message that it answers: what is wrong with it, a grade, and the fix.')
    .version(version, '-V, --version')
    .addHelpText('after', EXAMPLES);
  prepare(program, surroundings);

  exchange(judging(program.command('check', { isDefault: false })))
    .description('judge one draft')
    .option('--format <format>', `${SCAN_FORMATS.join(', ')} (default: pretty, in GitHub Actions github)`, value(read.scanFormat))
    .option('-q, --quiet', 'only warnings and errors')
    .option('--fail-on <level>', 'hint, warning or error: exit 1 from here on (default: warning)', value(read.level))
    .option('--min-grade <grade>', 'exit 1 below it: 7, 7.5, 7½, 8-', value(read.minGrade))
    .option('-o, --output <file>', 'write the report there')
    .option('--print-config', 'show the settings in force and stop')
    .option('--timing', 'say on standard error how long what took')
    .action(async (file: string | undefined, options: CheckOptions, command: Command) => done(command, await check(file, options, surroundings, open())));

  exchange(judging(program.command('fix')))
    .description('mend one draft: print it with all safe fixes, and say what is left for a person')
    .option('--draft', 'put in blanks, too, where a person has to say something')
    .option('--diff', 'print a unified diff instead of the draft')
    .option('--write', 'change the draft’s file')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--json', 'print the mended draft, the edits and what is left as JSON')
    .option('-q, --quiet', 'say only warnings and errors that are left')
    .option('--fail-on <level>', 'hint, warning or error left: exit 1 from here on (default: warning)', value(read.level))
    .option('--min-grade <grade>', 'exit 1 below it: 7, 7.5, 7½, 8-', value(read.minGrade))
    .action(async (file: string | undefined, options: FixOptions, command: Command) => {
      const { fix } = await import('./fix.js');
      done(command, await fix(file, options, surroundings, open()));
    });

  exchange(judging(program.command('brief')), 'the last draft, if there is one; - for standard input')
    .description('say what the next draft must have and must not')
    .option('--format <format>', 'text, json (default: text)', value(read.briefFormat))
    .action(async (file: string | undefined, options: BriefOptions, command: Command) => {
      const { brief } = await import('./brief.js');
      done(command, await brief(file, options, surroundings, open()));
    });

  judging(program.command('scan').addHelpText('after', SCANNING), 'what the reply or its helpdesk says, else email', 'language of replies that name none')
    .description('judge a library of canned replies: each one, and all against each other')
    .argument('[paths...]', 'files, folders and globs; - for standard input (default: the folder where you are)')
    .option('--from <format>', 'take this format for granted instead of looking')
    .option('--columns <columns>', 'what columns or fields hold, by name or number: reply=Answer,title=2; one for each language: reply=fi,reply=en', (given: string, before: Columns | undefined) => value((text) => read.columns(text, before))(given))
    .option('--format <format>', `${SCAN_FORMATS.join(', ')} (default: pretty, in GitHub Actions github)`, value(read.scanFormat))
    .option('-q, --quiet', 'only warnings and errors')
    .option('--fail-on <level>', 'hint, warning or error: exit 1 from here on (default: warning)', value(read.level))
    .option('--max-warnings <n>', 'let so many warnings pass', value(read.count))
    .option('--min-grade <grade>', 'exit 1 when a reply is below it: 7, 7.5, 7½, 8-', value(read.minGrade))
    .option('-o, --output <file>', 'write the report there')
    .option('--changed [ref]', 'only replies that changed since the branch left REF (default: the main branch)')
    .option('--baseline <file>', 'known findings, not told again (default: .savy-baseline.json when it is there)')
    .option('--no-baseline', 'tell known findings too')
    .option('--update-baseline', 'make all that is found known')
    .option('--prune-baseline', 'take out of the baseline what is no longer found')
    .option('--cache [file]', 'remember replies in which nothing was found (default: .savy-cache.json)')
    .option('--jobs <n>', 'judge on so many threads (default: all cores from 2,000 replies on)', value(read.jobs))
    .option('--stats', 'say how long what took')
    .action(async (paths: string[], options: ScanOptions, command: Command) => {
      const { scan } = await import('./scan.js');
      done(command, await scan(paths, options, surroundings, open()));
    });

  judging(program.command('stream'))
    .description('judge JSON exchanges, one a line, from standard input')
    .option('--jobs <n>', 'judge on so many threads (default: 1)', value(read.jobs))
    .option('--fail-on <level>', 'hint, warning or error: exit 1 from here on (default: findings are no failure)', value(read.level))
    .option('--timing', 'say on standard error how long what took')
    .action(async (options: StreamOptions, command: Command) => {
      const { stream } = await import('./stream.js');
      done(command, await stream(options, surroundings, open()));
    });

  program
    .command('init')
    .description('look at what is there, and write settings, a baseline and the CI’s file')
    .argument('[paths...]', 'where the canned replies are (default: looked for)')
    .option('--force', 'overwrite what is there')
    .option('--dry-run', 'write nothing, and say what would be')
    .action(async (paths: string[], options: InitOptions, command: Command) => {
      const { init } = await import('./init.js');
      done(command, await init(paths, options, surroundings, open()));
    });

  const ui = '--ui <language>';
  const uiHelp = 'language of texts: fi, en (default: en)';
  // An option behind `test` is its own, not one of `rules`.
  const rulesCommand = configured(program.command('rules').enablePositionalOptions())
    .description('list the rules, those of own packs too')
    .option('--format <format>', 'pretty, json (default: pretty)', value(read.format))
    .option(ui, uiHelp)
    .action(async (options: object, command: Command) => {
      const { rules } = await import('./rules.js');
      done(command, await rules(options, surroundings, open()));
    });
  rulesCommand
    .command('test')
    .description('run the examples of a pack’s rules, or of savy’s own')
    .argument('[dir]', 'the folder of the pack (default: savy’s own rules)')
    .option('--format <format>', 'pretty, json (default: pretty)', value(read.format))
    .action(async (dir: string | undefined, options: object, command: Command) => {
      const { rulesTest } = await import('./rules-test.js');
      done(command, await rulesTest(dir, options, surroundings, open()));
    });
  configured(program.command('explain'))
    .description('say why a rule is, and show a bad and a good reply')
    .argument('<rule>', 'for instance apology/hollow')
    .option('--format <format>', 'pretty, json (default: pretty)', value(read.format))
    .option(ui, uiHelp)
    .action(async (rule: string, options: object, command: Command) => {
      const { explain } = await import('./rules.js');
      done(command, await explain(rule, options, surroundings, open()));
    });

  for (const command of [...program.commands, ...rulesCommand.commands]) prepare(command, surroundings);
  if (surroundings.argv.length === 0) {
    surroundings.stderr.write(program.helpInformation());
    return FAILED;
  }
  try {
    await program.parseAsync([...surroundings.argv], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return CLEAN;
    surroundings.stderr.write(`savy: ${inert(visible(told(error, program)))}\n`);
    return FAILED;
  }
}

/** A stream is opened when it is first asked for, and most runs have nothing to say on standard error. */
function prepare(command: Command, surroundings: Surroundings): void {
  command.exitOverride().showSuggestionAfterError(true).configureOutput({
    writeOut: (text) => surroundings.stdout.write(text),
    // A mistake is told in one line, by us; help that was not asked for goes here too.
    writeErr: (text) => (text.startsWith('error:') ? undefined : surroundings.stderr.write(text)),
    getOutHelpWidth: () => surroundings.stdout.columns ?? 80,
    getErrHelpWidth: () => surroundings.stderr.columns ?? 80,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}

/** The draft, and options of every command that takes one exchange. */
function exchange(command: Command, draft = 'the draft; - or nothing: standard input'): Command {
  return command
    .argument('[file]', draft)
    .option('-c, --complaint <file>', 'the customer’s message')
    .option('--message <file>', 'the same as --complaint')
    .option('--customer <name>', 'the customer’s name')
    .option('--message-at <time>', 'when the message was written', value(read.time))
    .option('--reply-at <time>', 'when the reply goes out', value(read.time));
}

/** Options of every command that judges. */
function judging(command: Command, channel = 'social', lang = 'language of the reply'): Command {
  return configured(command)
    .option('--channel <channel>', `social, email, chat, review, app (default: ${channel})`, value(read.channel))
    .option('--lang <language>', `${lang}: fi, en (default: detected)`)
    .option('--ui <language>', 'language of messages: fi, en (default: the reply’s)')
    .option('--agent <name>', 'who answers')
    .option('--certain-only', 'leave out what is only likely')
    .option('--redact', 'mask names and numbers of people in all that is printed');
}

/** Options of every command that reads settings. */
function configured(command: Command): Command {
  return command.option('--config <file>', 'settings (default: .savyrc.yaml, found upwards)').option('--no-config', 'read no settings');
}

/** An option's reader, its complaint handed to commander so that it names the option. */
function value<T>(reader: (given: string) => T): (given: string) => T {
  return (given) => {
    try {
      return reader(given);
    } catch (error) {
      if (error instanceof UserError) throw new InvalidArgumentError(`${error.message}${error.hint === undefined ? '' : `: ${error.hint}`}`);
      throw error;
    }
  };
}

/** Commander's words on one line. */
function told(error: CommanderError, program: Command): string {
  // “option '--channel <channel>' argument 'fax' is invalid. why” → “--channel: why”.
  const text = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^option '(?:-\w, )?(--[\w-]+)[^']*' argument '[^']*' is invalid\. /, '$1: ')
    .replace(/^option '(?:-\w, )?(--[\w-]+ [^']*)' argument missing$/, '$1: the value is missing');
  if (error.code === 'commander.unknownOption' && !text.includes('Did you mean')) {
    const given = /'(--?[^'=]*)/.exec(text)?.[1] ?? '';
    const owners = program.commands.filter((c) => c.options.some((o) => o.long === given || o.short === given)).map((c) => `savy ${c.name()}`);
    if (owners.length > 0) return `${text}: it belongs to ${owners.join(', ')}`;
    const guess = nearest(given, [...new Set(program.commands.flatMap((c) => c.options.map((o) => o.long ?? '')))]);
    return `${text}${guess === undefined ? '' : ` (Did you mean ${guess}?)`}: savy --help lists commands and options`;
  }
  if (error.code === 'commander.unknownCommand' && !text.includes('Did you mean')) return `${text}: savy --help lists the commands; to judge a file: savy check FILE`;
  if (error.code === 'commander.missingArgument') return `${text}: savy rules lists what there is`;
  return text;
}
