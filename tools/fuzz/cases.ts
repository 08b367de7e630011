/** A seed → one run of savy: a command line, files, standard input, surroundings. */
import { FORMATS as LIBRARY_FORMATS } from '../../src/readers/library.js';
import { SCAN_FORMATS } from '../../src/commands/scan-formats.js';
import { PIECES } from './hostile.js';
import { invented, mutated } from './mutate.js';
import { Dice } from './random.js';
import { BASELINES, CACHES, CONFIGS, IGNORES, LIBRARIES, LINES, PACK, type Seed, TEXTS } from './seeds.js';

export type Case = Readonly<{
  seed: number;
  argv: readonly string[];
  /** By name, which may hold folders. */
  files: Readonly<Record<string, Buffer>>;
  stdin: Buffer | undefined;
  terminal: boolean;
  /** Files that this run may change or make. */
  writes: readonly string[];
}>;

const SMALL = 100_000;
const LARGE = 10_000_000;
/** One case in so many is a large one. */
const RARE = 400;

const DRAFT = 'draft.txt';
const MESSAGE = 'message.txt';

/** None that names a folder outside the case's own. */
const WORDS = PIECES.filter((p) => !/[\0/]|\.\./.test(p));

/** Words for options: sensible ones and others. */
const word = (dice: Dice, ...sensible: readonly string[]): string => (dice.chance(4) ? dice.pick(WORDS) : dice.pick(sensible));

class Maker {
  readonly argv: string[] = [];
  readonly files: Record<string, Buffer> = {};
  readonly writes: string[] = [];
  stdin: Buffer | undefined;
  private readonly most: number;

  constructor(readonly dice: Dice) {
    this.most = dice.chance(RARE) ? LARGE : SMALL;
  }

  bytes(from: readonly Seed[]): Buffer {
    const { dice } = this;
    const kind = dice.roll(10);
    if (kind < 2) return invented(dice, this.most);
    const seed = dice.pick(from).bytes;
    if (kind === 9) return seed;
    return mutated(seed, dice, () => dice.pick(dice.chance(4) ? LIBRARIES : from).bytes, this.most);
  }

  /** Now and then settings of the user's lie beside. */
  settings(): void {
    const { dice, files } = this;
    if (dice.chance(4)) {
      this.config();
      return;
    }
    if (dice.chance(2)) this.argv.push('--no-config');
  }

  config(): void {
    const { dice, files } = this;
    const seed = dice.pick(CONFIGS);
    files[seed.name] = dice.chance(3) ? seed.bytes : this.bytes(CONFIGS);
    if (dice.chance(2)) this.pack('style');
    if (dice.chance(2)) files['base.yml'] = this.bytes(CONFIGS);
    if (dice.chance(4)) files['node_modules/@kuura/savy/savy.yml'] = this.bytes(CONFIGS);
    if (dice.chance(6)) this.argv.push('--config', dice.pick([seed.name, 'base.yml', 'nowhere.yml', '.', '-']));
  }

  pack(dir: string): void {
    const { dice, files } = this;
    const folders = ['pack.yml', 'rules/house.yml', 'fi/cues/house.yml', 'en/cues/house.yml', 'fi/names.yml', 'cues/a.yml'];
    const seedFor = (path: string): readonly Seed[] => PACK.filter((s) => path.endsWith(s.name));
    const broken = dice.pick(folders);
    for (const path of folders) {
      const own = seedFor(path);
      if (own.length === 0 && path !== broken) continue;
      files[`${dir}/${path}`] = path === broken ? this.bytes(own.length > 0 ? own : PACK) : dice.pick(own).bytes;
    }
  }

  judging(): void {
    const { dice, argv } = this;
    this.settings();
    if (dice.chance(4)) argv.push('--channel', word(dice, 'social', 'email', 'chat', 'review', 'app'));
    if (dice.chance(6)) argv.push('--lang', word(dice, 'fi', 'en'));
    if (dice.chance(4)) argv.push('--ui', word(dice, 'fi', 'en'));
    if (dice.chance(4)) argv.push('--agent', word(dice, 'Noora', 'Anna-Maija'));
    if (dice.chance(12)) argv.push('--certain-only');
  }

  /** Draft and message: two files, standard input, a JSON object, a mail. */
  exchange(): void {
    const { dice, argv, files } = this;
    this.judging();
    if (dice.chance(6)) argv.push('--customer', word(dice, 'Maija', 'O’Brien'));
    if (dice.chance(10)) argv.push('--message-at', word(dice, '2024-03-04T19:10+02:00'), '--reply-at', word(dice, '2024-03-07T08:05+02:00'));
    const way = dice.roll(6);
    if (way === 0) this.stdin = this.bytes(TEXTS);
    else if (way === 1) this.stdin = this.bytes(LINES.map((s) => ({ ...s, bytes: s.bytes.subarray(0, s.bytes.indexOf(10)) })));
    else if (way === 2) argv.push(this.put('draft.json', this.bytes(LINES)));
    else argv.push(this.put(this.dice.chance(20) ? nameOf(dice) : DRAFT, this.bytes(TEXTS)));
    if (way !== 1 && way !== 2 && !dice.chance(3)) {
      this.put(MESSAGE, this.bytes(TEXTS));
      argv.push('-c', MESSAGE);
    }
  }

  put(name: string, bytes: Buffer): string {
    this.files[name] = bytes;
    return name;
  }

  threshold(): void {
    const { dice, argv } = this;
    if (dice.chance(8)) argv.push('--fail-on', word(dice, 'hint', 'warning', 'error'));
    if (dice.chance(8)) argv.push('--min-grade', word(dice, '7', '8-', '9½'));
    if (dice.chance(6)) argv.push('--quiet');
  }
}

/** A name that a file can have: no `/`, no NUL, short, and none that means something else. */
function nameOf(dice: Dice): string {
  const name = `x${dice.pick(PIECES).replace(/[/\0]|\p{Surrogate}/gu, '').slice(0, 40)}.txt`;
  return name === 'x.txt' ? DRAFT : name;
}

const COMMANDS: Readonly<Record<string, (m: Maker) => void>> = {
  check(m) {
    m.argv.push('check');
    m.exchange();
    m.threshold();
    m.argv.push('--format', m.dice.pick(SCAN_FORMATS));
    if (m.dice.chance(10)) {
      m.argv.push('-o', 'report.out');
      m.writes.push('report.out');
    }
    if (m.dice.chance(20)) m.argv.push('--print-config');
  },
  fix(m) {
    m.argv.push('fix');
    m.exchange();
    m.threshold();
    const { dice } = m;
    if (dice.chance(2)) m.argv.push('--draft');
    if (dice.chance(3)) m.argv.push('--json');
    else if (dice.chance(3)) m.argv.push('--diff');
    else if (dice.chance(3)) m.argv.push('--dry-run');
    if (dice.chance(4)) {
      m.argv.push('--write');
      if (!m.argv.includes('--dry-run')) m.writes.push(...Object.keys(m.files).filter((f) => m.argv.includes(f) && f !== MESSAGE && !f.startsWith('.savyrc') && f !== 'base.yml' && f !== 'package.json'));
    }
  },
  brief(m) {
    m.argv.push('brief');
    m.exchange();
    m.argv.push('--format', m.dice.pick(['text', 'json']));
  },
  stream(m) {
    m.argv.push('stream');
    m.judging();
    m.stdin = m.bytes(LINES);
  },
  scan(m) {
    const { dice, argv } = m;
    argv.push('scan');
    m.judging();
    m.threshold();
    const whole = dice.chance(3);
    const names: string[] = [];
    for (let n = 1 + dice.size(4); n > 0; n--) {
      const seed = dice.pick(LIBRARIES);
      const name = dice.chance(12) ? nameOf(dice) : `${n}.${dice.chance(6) ? dice.pick(['fi', 'en', 'sv']) + '.' : ''}${dice.chance(8) ? dice.pick(['json', 'yml', 'csv', 'html', 'md', 'txt', 'ndjson', 'tsv']) : seed.name.split('.').slice(1).join('.')}`;
      names.push(m.put(name, dice.chance(4) ? seed.bytes : m.bytes([seed, dice.pick(LIBRARIES)])));
    }
    if (whole) argv.push(dice.pick(['.', '*', '**/*', './']));
    else argv.push(...names);
    if (dice.chance(10)) {
      m.stdin = m.bytes(LIBRARIES);
      argv.push('-');
    }
    if (dice.chance(6)) argv.push('--from', dice.pick(LIBRARY_FORMATS));
    argv.push('--format', dice.pick(SCAN_FORMATS));
    if (dice.chance(10)) argv.push('--stats');
    if (dice.chance(10)) argv.push('--max-warnings', word(dice, '0', '10'));
    if (dice.chance(8)) m.files['.savyignore'] = m.bytes(IGNORES);
    if (dice.chance(5)) {
      m.files['.savy-baseline.json'] = m.bytes(BASELINES);
      if (dice.chance(2)) argv.push(dice.pick(['--update-baseline', '--prune-baseline', '--no-baseline']));
      m.writes.push('.savy-baseline.json');
    }
    if (dice.chance(5)) {
      if (dice.chance(2)) m.files['.savy-cache.json'] = m.bytes(CACHES);
      argv.push('--cache');
      m.writes.push('.savy-cache.json');
    }
  },
  rules(m) {
    const { dice, argv } = m;
    argv.push('rules');
    if (dice.chance(2)) {
      m.pack('style');
      argv.push('test', 'style');
    } else m.config();
    argv.push('--format', dice.pick(['pretty', 'json']));
  },
  init(m) {
    const seed = m.dice.pick(LIBRARIES);
    m.put(nameOf(m.dice).replace('.txt', seed.name.slice(seed.name.indexOf('.'))), m.bytes([seed]));
    if (m.dice.chance(3)) m.config();
    m.argv.push('init');
    if (m.dice.chance(3)) m.argv.push('--dry-run');
    else m.writes.push('.savyrc.yaml', '.savy-baseline.json', '.github/workflows/savy.yml');
    if (m.dice.chance(3)) m.argv.push('--force');
  },
  words(m) {
    for (let n = m.dice.roll(6); n > 0; n--) m.argv.push(word(m.dice, 'check', 'explain', 'scan', '--format', '--lang', '-c', '-', '--', '.', 'apology/hollow', '--help', '--version'));
    m.stdin = m.bytes(TEXTS);
  },
};
const OFTEN = ['check', 'check', 'check', 'fix', 'fix', 'fix', 'brief', 'stream', 'scan', 'scan', 'scan', 'scan', 'rules', 'rules', 'init', 'words'] as const;

export function caseOf(seed: number): Case {
  const dice = new Dice(seed);
  const maker = new Maker(dice);
  (COMMANDS[dice.pick(OFTEN)] as (m: Maker) => void)(maker);
  return { seed, argv: maker.argv, files: maker.files, stdin: maker.stdin, terminal: dice.chance(2), writes: maker.writes };
}

export function sizeOf({ files, stdin }: Case): number {
  return Object.values(files).reduce((n, b) => n + b.length, stdin?.length ?? 0);
}

/** For people: what to type and what to put where. */
export function shown({ seed, argv, files, stdin }: Case): string {
  const quoted = (bytes: Buffer): string => (bytes.length > 600 ? `${bytes.length} bytes, beginning with ${JSON.stringify(bytes.subarray(0, 200).toString('latin1'))}` : JSON.stringify(bytes.toString('latin1')));
  return [`seed ${seed}: savy ${argv.map((a) => JSON.stringify(a)).join(' ')}`, ...Object.entries(files).map(([name, bytes]) => `  ${JSON.stringify(name)}: ${quoted(bytes)}`), ...(stdin === undefined ? [] : [`  standard input: ${quoted(stdin)}`])].join('\n');
}
