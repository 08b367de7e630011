/** Nothing leaves the machine, nothing is written that was not asked for, and what savy keeps tells nothing of the texts. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CASE, ROOT, savy } from './drive.js';

/** Loaded before savy: whatever would open a socket or ask for a name says so and fails; so does a write outside the folder given. */
const GUARD = `
const tell = (what) => { require('node:fs').writeSync(2, 'GUARD ' + what + '\\n'); throw new Error('refused: ' + what); };
const refuse = (name, keys) => { const m = require(name); for (const k of keys) m[k] = () => tell(name + '.' + k); };
refuse('node:net', ['connect', 'createConnection', 'createServer']);
require('node:net').Socket.prototype.connect = () => tell('Socket.connect');
refuse('node:dgram', ['createSocket']);
refuse('node:http', ['request', 'get', 'createServer']);
refuse('node:https', ['request', 'get', 'createServer']);
refuse('node:http2', ['connect', 'createServer']);
refuse('node:tls', ['connect', 'createServer']);
refuse('node:dns', ['lookup', 'resolve', 'resolve4', 'resolve6', 'lookupService']);
refuse('node:dns/promises', ['lookup', 'resolve']);
globalThis.fetch = () => tell('fetch');
globalThis.WebSocket = class { constructor() { tell('WebSocket'); } };
const fs = require('node:fs');
const { resolve, sep } = require('node:path');
const home = process.env.SAVY_TEST_DIR;
const within = (p) => typeof p === 'number' || resolve(String(p)) === home || resolve(String(p)).startsWith(home + sep) || String(p).startsWith('/dev/');
for (const k of ['writeFileSync', 'appendFileSync', 'mkdirSync', 'rmSync', 'unlinkSync', 'renameSync', 'truncateSync', 'createWriteStream', 'writeFile', 'copyFileSync', 'cpSync', 'symlinkSync', 'mkdtempSync', 'chmodSync']) {
  const own = fs[k];
  fs[k] = (p, ...rest) => (within(p) ? own(p, ...rest) : tell('fs.' + k + ' ' + p));
}
const open = fs.openSync;
fs.openSync = (p, flags = 'r', ...rest) => (flags === 'r' || within(p) ? open(p, flags, ...rest) : tell('fs.openSync ' + p));
for (const k of ['writeFile', 'open', 'mkdir', 'rm', 'rename']) {
  const own = fs.promises[k];
  fs.promises[k] = (p, ...rest) => (k === 'open' && (rest[0] ?? 'r') === 'r') || within(p) ? own(p, ...rest) : tell('fs.promises.' + k + ' ' + p);
}
require('node:module').syncBuiltinESMExports();
`;

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'savy-privacy-'));
  for (const name of ['reply.txt', 'message.txt']) cpSync(join(CASE, name), join(dir, name));
  cpSync(join(ROOT, 'fixtures/libraries'), join(dir, 'libraries'), { recursive: true });
  cpSync(join(ROOT, 'integrations/packs/kahvila'), join(dir, 'kahvila'), { recursive: true });
  writeFileSync(join(dir, '.savyrc.yaml'), 'packs: [kahvila]\nbrands: [Kuura]\n');
  writeFileSync(join(dir, '.git'), '');
  return dir;
}

const EXCHANGE = ['reply.txt', '-c', 'message.txt'];
/** A run, and what it may leave behind. */
const RUNS: readonly (readonly [argv: readonly string[], made: readonly string[]])[] = [
  [['check', ...EXCHANGE], []],
  [['check', ...EXCHANGE, '--format', 'sarif', '-o', 'report.sarif'], ['report.sarif']],
  [['fix', ...EXCHANGE, '--diff'], []],
  [['fix', ...EXCHANGE, '--write', '--agent', 'Noora'], []],
  [['brief', ...EXCHANGE], []],
  [['scan', 'libraries'], []],
  [['scan', 'libraries', '--jobs', '2', '--cache', '--update-baseline'], ['.savy-baseline.json', '.savy-cache.json']],
  [['rules'], []],
  [['rules', 'test', 'kahvila'], []],
  [['explain', 'apology/hollow'], []],
  [['stream'], []],
  [['init', 'libraries', '--force'], ['.savy-baseline.json']],
];

describe('the built program', () => {
  it.each(RUNS.map(([argv, made]) => [argv.join(' '), argv, made] as const))('savy %s: no socket, no name looked up, no file beside those asked for', (_, argv, made) => {
    const dir = folder();
    const guard = join(mkdtempSync(join(tmpdir(), 'savy-guard-')), 'guard.cjs');
    writeFileSync(guard, GUARD);
    const before = readdirSync(dir);
    const { status, stderr } = spawnSync(process.execPath, ['--require', guard, join(ROOT, 'bin/savy.js'), ...argv], { cwd: dir, encoding: 'utf8', input: '{"reply":"Hei!"}\n', env: { ...process.env, SAVY_TEST_DIR: dir, NO_COLOR: '1' } });
    expect(stderr).not.toContain('GUARD');
    expect([0, 1, 2]).toContain(status);
    if (!argv.includes('libraries')) expect(status, stderr).not.toBe(2);
    expect(readdirSync(dir).filter((f) => !before.includes(f))).toEqual(made);
  }, 60_000);

  it('and the guard bites', () => {
    const dir = folder();
    const guard = join(dir, 'guard.cjs');
    writeFileSync(guard, GUARD);
    for (const code of ["fetch('http://127.0.0.1:9')", "require('node:net').connect(9)", "require('node:fs').writeFileSync('/tmp/elsewhere', '')", "require('node:dns').lookup('x', () => 0)"]) {
      expect(spawnSync(process.execPath, ['--require', guard, '-e', code], { encoding: 'utf8', env: { ...process.env, SAVY_TEST_DIR: dir } }).stderr).toContain('GUARD');
    }
  }, 60_000);
});

it('a baseline and a cache hold no word of the texts, of titles or of names', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'savy-kept-'));
  const words = ['Tellervo', 'polkupyörä', 'mielipahaa', 'Kuurankukka', 'rauhanneuvottelut', 'perämoottori'];
  const bad = `Hei ${words[0]},\n\npahoittelemme aiheutunutta mielipahaa, ${words[1]} ja ${words[3]} ovat hukassa. ${words[4]} alkavat.`;
  const good = `Hei Tellervo!\n\nAnteeksi, että ${words[5]} puuttui paketista. Lähetin sinulle uuden tänään, ja se on perillä torstaina.\n\nTerveisin\nHjördis Ruska`;
  writeFileSync(join(dir, 'Kuurankukka.md'), `# ${words[3]}\n\n${bad}\n\n# ${words[4]}\n\n${good}\n\n# ${words[5]}\n\nHei! ${words[5]} odottaa noutoa huomenna.\n`);
  await savy(['scan', 'Kuurankukka.md', '--cache', '--update-baseline', '--no-config'], { cwd: dir });
  for (const file of ['.savy-baseline.json', '.savy-cache.json']) {
    const kept = readFileSync(join(dir, file), 'utf8');
    expect(kept.length).toBeGreaterThan(80);
    for (const word of [...words, 'Hjördis', 'Ruska', 'paketista', 'torstaina']) {
      expect(kept.toLowerCase(), `${file}: ${word}`).not.toContain(word.toLowerCase());
      // Nor written with escapes, nor as bytes that anyone can turn back.
      expect(kept.toLowerCase()).not.toContain(JSON.stringify(word).slice(1, -1).replace(/[^\x00-\x7f]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`).toLowerCase());
      expect(kept).not.toContain(Buffer.from(word).toString('base64').replace(/=+$/, '').slice(0, -1));
    }
  }
}, 60_000);
