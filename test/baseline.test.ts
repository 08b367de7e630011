import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { savy, store } from './drive.js';
import { type Scratch, scratch } from './scratch.js';

const HOLLOW = 'We apologise for any inconvenience caused by this.';
const SORRY_IF = 'We are sorry if you feel that way.';
const body = (text: string): string => `Hi {{customer.name}}! ${text} A new pair in the right size left our shop this morning.`;
const yaml = (replies: Readonly<Record<string, string>>): string => Object.entries(replies).map(([key, text]) => `- key: ${key}\n  reply: ${JSON.stringify(body(text))}\n`).join('');
vi.setConfig({ testTimeout: 60_000 });
// Loaded once, and on nobody's time.
store();
const FILE = '.savy-baseline.json';

const scan = (s: Scratch, ...argv: string[]) => savy(['scan', '.', '--no-config', '--format', 'compact', ...argv], { cwd: s.dir });
const lines = (s: Scratch): string => readFileSync(join(s.dir, FILE), 'utf8');

async function made(replies: Readonly<Record<string, string>>): Promise<Scratch> {
  const s = scratch({ 'a.yml': yaml(replies) });
  expect(await scan(s)).toMatchObject({ code: 1 });
  expect(await scan(s, '--update-baseline')).toMatchObject({ code: 0, out: '' });
  return s;
}

describe('a baseline', () => {
  it('holds what is known, as hashes, one on each line, in order', async () => {
    const s = await made({ sent: HOLLOW, feel: SORRY_IF });
    const text = lines(s);
    expect(text).not.toMatch(/inconvenience|sent|a\.yml|customer\.name/i);
    const rows = text.split('\n').filter((l) => /^ {4}"/.test(l));
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) expect(row).toMatch(/^ {4}"[a-z/-]+ [0-9a-f]{16} [0-9a-f]{16} [0-9a-f]{16}": \d+,?$/);
    expect([...rows].sort()).toEqual(rows);
    expect(await scan(s)).toEqual({ code: 0, out: '', err: '' });
    expect((await scan(s, '--no-baseline')).out).toContain('apology/hollow');
  });

  it('knows a reply that was moved, renamed, or has new neighbours', async () => {
    const s = await made({ sent: HOLLOW });
    s.write('a.yml', yaml({ first: 'The shop is open until six.', 'sent-again': HOLLOW, last: 'Take the receipt along.' }));
    expect((await scan(s)).out).toBe('');
    renameSync(join(s.dir, 'a.yml'), join(s.dir, 'b.yml'));
    expect((await scan(s)).out).toBe('');
  });

  it('fails on what is new', async () => {
    const s = await made({ sent: HOLLOW });
    s.write('b.yml', yaml({ other: SORRY_IF }));
    const { code, out } = await scan(s);
    expect(code).toBe(1);
    expect(out).toMatch(/^b\.yml:2:/);
    expect(out).not.toContain('a.yml');
  });

  it('counts: the same words once more are new', async () => {
    const s = await made({ sent: HOLLOW });
    s.write('a.yml', yaml({ sent: HOLLOW, late: `${HOLLOW} The parcel will be there on Thursday at noon.` }));
    const { code, out } = await scan(s);
    expect(code).toBe(1);
    expect(out).toMatch(/^a\.yml:4:.*apology\/hollow.*\n$/);
  });

  it('tells what is gone, and prunes it', async () => {
    const s = await made({ sent: HOLLOW, feel: SORRY_IF });
    s.write('a.yml', yaml({ feel: SORRY_IF }));
    expect((await scan(s)).err).toMatch(/^savy: \.savy-baseline\.json: no longer found: \d+; --prune-baseline/);
    // A run that reads less proves nothing of the rest.
    s.write('c.yml', yaml({ x: 'Take the receipt along.' }));
    expect((await savy(['scan', 'c.yml', '--no-config'], { cwd: s.dir })).err).toBe('');
    const before = lines(s);
    expect((await savy(['scan', 'c.yml', '--no-config', '--prune-baseline'], { cwd: s.dir })).code).toBe(0);
    expect(lines(s)).toBe(before);
    expect((await scan(s, '--prune-baseline')).err).toMatch(/taken out: \d+/);
    expect(lines(s).match(/apology\/hollow/g)).toHaveLength(1);
    expect(await scan(s)).toEqual({ code: 0, out: '', err: '' });
    s.write('a.yml', yaml({ sent: HOLLOW, feel: SORRY_IF }));
    expect((await scan(s)).out).toContain('apology/hollow');
  });

  it('of a part is put beside what is known of the rest', async () => {
    const s = await made({ sent: HOLLOW });
    s.write('b.yml', yaml({ other: SORRY_IF }));
    await savy(['scan', 'b.yml', '--no-config', '--update-baseline'], { cwd: s.dir });
    expect(await scan(s)).toEqual({ code: 0, out: '', err: '' });
  });

  it('forgives a reply its grade too', async () => {
    const s = await made({ sent: HOLLOW });
    expect((await scan(s, '--min-grade', '10', '--no-baseline', '--fail-on', 'error')).code).toBe(1);
    expect((await scan(s, '--min-grade', '10')).code).toBe(0);
  });

  it.each([
    ['{"savy-baseline": 1,\n<<<<<<< ours', 'broken.json:2:1: ', 'keep the lines of both sides'],
    ['{}', 'broken.json: is no baseline', '--update-baseline'],
    ['{"savy-baseline": 1, "scope": "", "findings": {"a b": 1}}', 'broken.json: is no baseline', ''],
    ['[1', 'broken.json:1:3: ', ''],
  ])('that is broken is told: %s', async (text, place, hint) => {
    const s = scratch({ 'broken.json': text, 'a.yml': yaml({ sent: HOLLOW }) });
    const { code, err } = await savy(['scan', 'a.yml', '--no-config', '--baseline', 'broken.json'], { cwd: s.dir });
    expect(code).toBe(2);
    expect(err).toContain(place);
    expect(err).toContain(hint);
  });

  it('takes no other file’s place', async () => {
    const s = scratch({ 'a.yml': yaml({ sent: HOLLOW }) });
    expect(await savy(['scan', '--no-config', '--update-baseline', '--baseline', 'a.yml'], { cwd: s.dir })).toMatchObject({ code: 2, err: expect.stringContaining('a.yml: is no baseline of savy') as string });
    expect(readFileSync(join(s.dir, 'a.yml'), 'utf8')).toBe(yaml({ sent: HOLLOW }));
    expect((await scan(s, '--baseline', 'none.json')).err).toContain('none.json: no such file');
    expect(existsSync(join(s.dir, FILE))).toBe(false);
  });
});
