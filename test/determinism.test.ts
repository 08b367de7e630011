/** The same input gives the same bytes: whatever the locale, the time zone, the order of files, the threads, the cache, the line ends. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Engine } from '../src/engine.js';
import { outcomeOf } from '../src/outcome.js';
import { CASE, ROOT, savy, store } from './drive.js';

const dir = mkdtempSync(join(tmpdir(), 'savy-same-'));
cpSync(join(ROOT, 'fixtures/libraries'), join(dir, 'libraries'), { recursive: true });
writeFileSync(join(dir, 'many.ndjson'), Array.from({ length: 300 }, (_, i) => `{"reply":"Hei! Pahoittelemme aiheutunutta mielipahaa, tapaus ${i}. ${i % 7 === 0 ? 'Kiitos palautteesta!' : ''} Terveisin Noora"}\n`).join(''));
const LINES = readdirSync(join(ROOT, 'fixtures/exchanges')).map((name) => JSON.stringify({ id: name, message: readFileSync(join(ROOT, 'fixtures/exchanges', name, 'message.txt'), 'utf8'), reply: readFileSync(join(ROOT, 'fixtures/exchanges', name, 'reply.txt'), 'utf8') }));

function program(argv: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(ROOT, 'bin/savy.js'), ...argv, '--no-config'], { cwd: dir, encoding: 'utf8', input, env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env }, maxBuffer: 1 << 28 });
  return `${status}\n${stderr}\n${stdout}`;
}

const WORLDS: readonly Readonly<Record<string, string>>[] = [
  { LC_ALL: 'C', TZ: 'UTC' },
  { LC_ALL: 'fi_FI.UTF-8', LANG: 'fi_FI.UTF-8', TZ: 'Europe/Helsinki' },
  { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
  { LC_ALL: 'ar_EG.UTF-8', LANGUAGE: 'ar', TZ: 'America/St_Johns' },
];

describe('the same bytes', () => {
  const at = ['--message-at', '2024-03-04T23:50+02:00', '--reply-at', '2024-03-07T00:05+02:00'];
  const draft = ['check', join(CASE, 'reply.txt'), '-c', join(CASE, 'message.txt'), ...at];
  it.each([[...draft], [...draft, '--format', 'json'], [...draft, '--ui', 'fi'], ['scan', 'libraries', '--format', 'json']].map((argv) => [argv.slice(0, 2).join(' ').replace(ROOT, ''), argv] as const))('in every locale and time zone: %s', (_, argv) => {
    const [first, ...others] = WORLDS.map((env) => program(argv, env));
    expect((first as string).length).toBeGreaterThan(100);
    for (const other of others) expect(other).toBe(first);
  }, 120_000);

  it('with one thread or several, of a scan and of a stream', () => {
    const scanned = ['scan', 'many.ndjson', 'libraries', '--format', 'json'];
    expect(program([...scanned, '--jobs', '2'])).toBe(program([...scanned, '--jobs', '1']));
    const input = `${Array.from({ length: 20 }, () => LINES.join('\n')).join('\n')}\n{\n`;
    expect(program(['stream', '--jobs', '2'], {}, input)).toBe(program(['stream'], {}, input));
  }, 120_000);

  it('whatever order the files come in, and however often they are named', async () => {
    const files = readdirSync(join(dir, 'libraries'), { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name)).sort();
    const scan = async (paths: readonly string[]): Promise<string> => (await savy(['scan', ...paths, '--format', 'json', '--no-config'], { cwd: dir })).out;
    const one = await scan(files);
    expect(await scan([...files].reverse())).toBe(one);
    expect(await scan([...files, ...files])).toBe(one);
  }, 120_000);

  it('with a cache that is cold, warm, broken or another’s', () => {
    const argv = ['scan', 'many.ndjson', 'libraries', '--format', 'json'];
    const bare = program(argv);
    const cached = [...argv, '--cache'];
    expect(program(cached)).toBe(bare);
    expect(program(cached)).toBe(bare);
    const file = join(dir, '.savy-cache.json');
    const kept = readFileSync(file, 'utf8');
    for (const broken of [kept.slice(0, kept.length / 2), kept.replace(/"grade":\d+/g, '"grade":4'), '{}']) {
      writeFileSync(file, broken);
      expect(program(cached)).toBe(bare);
    }
    rmSync(file);
  }, 240_000);

  it('twice in one process', async () => {
    const run = async (): Promise<string> => (await savy(['stream', '--no-config'], { stdin: `${LINES.join('\n')}\n` })).out;
    const first = await run();
    expect(await run()).toBe(first);
    expect((await savy(['stream', '--no-config'], { stdin: `${[...LINES].reverse().join('\n')}\n` })).out.split('\n').filter((l) => l !== '').reverse().join('\n')).toBe(first.trimEnd());
  }, 60_000);
});

it('line ends change places, and nothing else', () => {
  const engine = new Engine(store());
  for (const line of LINES) {
    const { message, reply } = JSON.parse(line) as { message: string; reply: string };
    const crlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');
    const bones = (text: string, ends: string): unknown => {
      const o = outcomeOf({ message: ends === '\n' ? message : crlf(message), reply: text }, engine);
      const lf = (s: string): string => s.replaceAll('\r\n', '\n');
      return { ...o, fixed: lf(o.fixed ?? ''), findings: o.findings.map((f) => ({ ...f, start: lf(text.slice(0, f.start)).length, end: lf(text.slice(0, f.end)).length, message: lf(f.message), evidence: f.evidence.map(lf), fixes: f.fixes.map((x) => ({ ...x, title: lf(x.title), edits: x.edits.map((e) => ({ start: lf(text.slice(0, e.start)).length, end: lf(text.slice(0, e.end)).length, text: lf(e.text) })) })) })) };
    };
    expect(bones(crlf(reply), '\r\n')).toEqual(bones(reply, '\n'));
  }
}, 60_000);
