/** `--redact`: nothing that is printed names anybody, and everything still points where it did. */
import fc from 'fast-check';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCAN_FORMATS } from '../src/commands/scan-formats.js';
import { Engine } from '../src/engine.js';
import { Redactor } from '../src/redact.js';
import { savy, store } from './drive.js';

const MESSAGE = 'Hei,\n\ntilasin 3.3. paketin (tilaus 8841207), mutta Kaarinan pyörä puuttui siitä kokonaan. Soittakaa 040 123 4567 tai kirjoittakaa kaarina.q@posti.example. Tunnukseni on 131052-308T ja tilini FI21 1234 5600 0007 85.\n\nTerveisin\nTellervo Kuuranen';
const REPLY = 'Hei Tellervo,\n\npahoittelemme aiheutunutta mielipahaa. Tilaus 8841207 on hukassa, ja Tellervolle soitetaan numeroon +358 40 1234567. Henkilötunnus 131052-308T on oikea.\n\nTerveisin\nHjördis Ruska';
/** Of each what a reader could find somebody by. */
const SECRETS = /Tellervo|Kuuranen|Hjördis|Ruska|Kaarina|posti\.example|131052|308T|FI21|5600|8841207|123 ?4567|358/i;

const dir = mkdtempSync(join(tmpdir(), 'savy-redact-'));
writeFileSync(join(dir, 'm.txt'), MESSAGE);
writeFileSync(join(dir, 'r.txt'), REPLY);
writeFileSync(join(dir, 'x.json'), JSON.stringify({ id: 'a-1', message: MESSAGE, reply: REPLY }));
writeFileSync(join(dir, 'library.md'), `# Hukassa\n\n${REPLY}\n\n# Sama\n\n${REPLY}\n`);
const texts = ['r.txt', '-c', 'm.txt'];

const runs: (readonly string[])[] = [
  ...SCAN_FORMATS.flatMap((format) => [['check', ...texts, '--format', format], ['check', 'x.json', '--format', format], ['scan', 'library.md', '--format', format]]),
  ...[['--json'], ['--diff'], ['--dry-run'], [], ['--draft'], ['--draft', '--json']].map((how) => ['fix', ...texts, ...how]),
  ['brief', '-c', 'm.txt'],
  ['brief', ...texts, '--format', 'json'],
  ['stream'],
];

describe('redacted', () => {
  it.each(runs.map((argv) => [argv.join(' '), argv] as const))('savy %s', async (_, argv) => {
    const given = { cwd: dir, ...(argv[0] === 'stream' ? { stdin: `${JSON.stringify({ message: MESSAGE, reply: REPLY })}\n` } : {}) };
    const open = await savy([...argv, '--no-config'], given);
    const { code, out, err } = await savy([...argv, '--no-config', '--redact'], given);
    expect(`${out}${err}`).not.toMatch(SECRETS);
    // The verdict is the same.
    expect(code).toBe(open.code);
    expect(out.length).toBeGreaterThan(0);
  });

  it('leaves the file its names', async () => {
    writeFileSync(join(dir, 'w.txt'), REPLY);
    const { out, err } = await savy(['fix', 'w.txt', '-c', 'm.txt', '--write', '--redact', '--no-config'], { cwd: dir });
    expect(readFileSync(join(dir, 'w.txt'), 'utf8')).toMatch(/^Hei Tellervo/);
    expect(`${out}${err}`).not.toMatch(SECRETS);
  });

  it('keeps places, rules, costs and ids', async () => {
    const open = JSON.parse((await savy(['check', 'x.json', '--format', 'json', '--no-config'], { cwd: dir })).out);
    const shut = JSON.parse((await savy(['check', 'x.json', '--format', 'json', '--no-config', '--redact'], { cwd: dir })).out);
    expect(shut.id).toBe('a-1');
    const bones = (o: { findings: { rule: string; start: number; end: number; cost: number; fixes: { edits: { start: number; end: number; text: string }[] }[] }[] }): unknown =>
      o.findings.map((f) => [f.rule, f.start, f.end, f.cost, f.fixes.map((x) => x.edits.map((e) => [e.start, e.end, e.text.length]))]);
    expect(bones(shut)).toEqual(bones(open));
  });

  it('masks the agent that an option names', async () => {
    const { out } = await savy(['fix', '--agent', 'Xyrto', '--redact', '--no-config'], { stdin: 'Hei! Tilauksesi lähti tänään.' });
    expect(out).toMatch(/•{5}/);
    expect(out).not.toContain('Xyrto');
  });

  it('keeps the length of any text, and is done in one go', () => {
    const redactor = new Redactor(new Engine(store())).learn({ message: MESSAGE, reply: REPLY });
    const piece = fc.constantFrom('Tellervo', 'Tellervon', ' ', '\n', '131052-308T', '+358 40 1234567', 'a@b.fi', '😀', 'Å', 'x', '12', '(', '-', '.');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 12 }).map((p) => p.join('')), (text) => {
        const masked = redactor.mask(text);
        expect(masked.length).toBe(text.length);
        expect(redactor.mask(masked)).toBe(masked);
      }),
      { numRuns: 300 },
    );
  });
});
