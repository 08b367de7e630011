/** A file changed in place: whole at every moment, and changed in nothing but its text. */
import { spawn } from 'node:child_process';
import * as disk from 'node:fs';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Disk, writeBack } from '../src/commands/write.js';
import { decode, decodeAny } from '../src/readers/text.js';
import { ROOT, savy } from './drive.js';

let dir = '';
const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'savy-write-'));
});

const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const big = (text: string): Buffer => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);
const marked = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf8');
const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('writing back', () => {
  it.each([['UTF-8', (t: string) => Buffer.from(t)], ['UTF-8 with a mark', marked], ['UTF-16', utf16], ['UTF-16, big end first', big], ['Latin-1', latin]] as const)('keeps %s, line ends and mode', (_, encode) => {
    const path = file('a.txt', encode('Hei! Päivää.\r\nöö\n'));
    chmodSync(path, 0o640);
    writeBack(dir, 'a.txt', decodeAny(readFileSync(path), 'a.txt').text, 'Hei Anna! Päivää.\r\nöö\n');
    expect(readFileSync(path).equals(encode('Hei Anna! Päivää.\r\nöö\n'))).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(dir)).toEqual(['a.txt']);
  });

  it('refuses what the encoding can’t hold', () => {
    const path = file('a.txt', latin('Päivää'));
    expect(() => writeBack(dir, 'a.txt', 'Päivää', 'Päivää 😀')).toThrow(/no sign for a letter/);
    expect(readFileSync(path).equals(latin('Päivää'))).toBe(true);
  });

  it('refuses a link that leads out of the tree, and follows one that does not', () => {
    const outside = mkdtempSync(join(tmpdir(), 'savy-outside-'));
    writeFileSync(join(outside, 'secret.txt'), 'theirs');
    symlinkSync(join(outside, 'secret.txt'), join(dir, 'link.txt'));
    symlinkSync(outside, join(dir, 'folder'));
    for (const name of ['link.txt', 'folder/secret.txt']) expect(() => writeBack(dir, name, 'theirs', 'ours')).toThrow(/leads out of/);
    expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('theirs');
    mkdirSync(join(dir, 'sub'));
    const real = file('sub/real.txt', 'old');
    symlinkSync(real, join(dir, 'inner.txt'));
    writeBack(dir, 'inner.txt', 'old', 'new');
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(disk.lstatSync(join(dir, 'inner.txt')).isSymbolicLink()).toBe(true);
  });

  /** A disk on which one thing goes wrong. */
  const failing = (what: keyof Disk, code: string, after = 0): Disk => {
    let calls = 0;
    const fail = (...given: never[]): unknown => {
      if (calls++ >= after) throw Object.assign(new Error(code), { code });
      return (disk[what] as (...a: never[]) => unknown)(...given);
    };
    return { ...disk, [what]: fail };
  };

  it.each([['writeSync', 'ENOSPC', 'no room on the disk'], ['fsyncSync', 'EIO', 'can’t be written'], ['renameSync', 'EACCES', 'may not be written'], ['openSync', 'EROFS', 'may not be written']] as const)('leaves the file whole and nothing beside it when %s fails', (what, code, said) => {
    const path = file('a.txt', 'old');
    expect(() => writeBack(dir, 'a.txt', 'old', 'new', failing(what, code))).toThrow(said);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(['a.txt']);
  });

  it('fills the disk half-way, and is whole all the same', () => {
    const path = file('a.txt', 'old');
    let written = 0;
    const small: Disk = {
      ...disk,
      writeSync: ((fd: number, bytes: Uint8Array, at: number, length: number) => {
        if (written >= 4096) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        written += Math.min(length, 1024);
        return disk.writeSync(fd, bytes, at, Math.min(length, 1024));
      }) as Disk['writeSync'],
    };
    expect(() => writeBack(dir, 'a.txt', 'old', 'x'.repeat(10_000), small)).toThrow('no room on the disk');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dir)).toEqual(['a.txt']);
  });

  it('refuses a file that has changed since it was read', () => {
    file('a.txt', 'else');
    expect(() => writeBack(dir, 'a.txt', 'old', 'new')).toThrow(/without loss/);
    expect(readFileSync(join(dir, 'a.txt'), 'utf8')).toBe('else');
  });

  it('leaves the old text or the new, whole, when it is killed at any moment', async () => {
    const texts = ['a', 'b'].map((c) => c.repeat(2_000_000));
    const path = file('a.txt', texts[0] as string);
    const script = file('w.mts', `import { writeBack } from ${JSON.stringify(join(ROOT, 'src/commands/write.ts'))};\nconst t = ['a', 'b'].map((c) => c.repeat(2_000_000));\nconsole.log('go');\nfor (let i = 0; ; i++) writeBack(${JSON.stringify(dirname(path))}, 'a.txt', t[i % 2], t[(i + 1) % 2]), await new Promise((go) => setTimeout(go, 2));\n`);
    for (const [signal, wait] of [['SIGKILL', 15], ['SIGKILL', 40], ['SIGKILL', 77], ['SIGINT', 20], ['SIGTERM', 55], ['SIGHUP', 35]] as const) {
      writeFileSync(path, texts[0] as string);
      const child = spawn(process.execPath, ['--import', 'tsx', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
      await new Promise((go) => child.stdout.once('data', go));
      await new Promise((go) => setTimeout(go, wait));
      child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      const ended = await new Promise((go) => child.once('close', (_, by) => go(by)));
      clearTimeout(late);
      expect(ended).toBe(signal);
      expect(texts.includes(readFileSync(path, 'utf8'))).toBe(true);
      // What can be heard is heard only when the write is done: nothing is left beside the file.
      if (signal !== 'SIGKILL') expect(readdirSync(dir).filter((f) => f.includes('.savy-'))).toEqual([]);
      else for (const f of readdirSync(dir)) if (f.includes('.savy-')) rmSync(join(dir, f));
    }
  }, 60_000);
});

describe('savy fix', () => {
  const REPLY = 'Hei Anna!\r\n\r\nTilauksesi lähti tänään.\r\n';
  const MENDED = 'Hei Anna!\r\n\r\nTilauksesi lähti tänään.\r\n\r\nYstävällisin terveisin\r\nNoora\r\n';

  it('prints the mended draft, and says on the side what was done', async () => {
    const { code, out, err } = await savy(['fix', '--agent', 'Noora', '--no-config'], { stdin: REPLY });
    expect([code, out]).toEqual([0, MENDED]);
    expect(err).toContain('person/signature-missing');
  }, 30_000);

  it('takes the agent’s name from the option, the surroundings, then the settings', async () => {
    file('.savyrc.yaml', 'agent: Kaisa\n');
    const signed = async (argv: string[], env: Record<string, string>): Promise<string> => /\n(\p{L}+)\r?\n$/u.exec((await savy(['fix', ...argv], { stdin: REPLY, cwd: dir, env })).out)?.[1] ?? '';
    expect(await signed(['--agent', 'Noora'], { SAVY_AGENT: 'Ville' })).toBe('Noora');
    expect(await signed([], { SAVY_AGENT: 'Ville' })).toBe('Ville');
    expect(await signed([], { SAVY_AGENT: ' ' })).toBe('Kaisa');
    const { out } = await savy(['check', '--print-config'], { cwd: dir, env: { SAVY_AGENT: 'Ville' } });
    expect(out).toMatch(/agent: "Ville" +# SAVY_AGENT/);
  });

  it('writes in place, and not with --dry-run', async () => {
    const path = file('r.txt', utf16(REPLY));
    const dry = await savy(['fix', 'r.txt', '--write', '--dry-run', '--agent', 'Noora', '--no-config'], { cwd: dir });
    expect(dry.out).toContain('person/signature-missing');
    expect(decode(readFileSync(path), 'r')).toBe(REPLY);
    const { code, out } = await savy(['fix', 'r.txt', '--write', '--agent', 'Noora', '--no-config'], { cwd: dir });
    expect([code, out]).toEqual([0, '']);
    expect(readFileSync(path).equals(utf16(MENDED))).toBe(true);
    expect((await savy(['fix', '--write', '--no-config'], { stdin: REPLY })).code).toBe(2);
  });

  it('changes only the reply’s own characters in JSON', async () => {
    const json = '{ "x": [1.0, "\\u00e4"],\n  "reply": "Hei Anna! L\\u00e4hetys on matkalla \\ud83d\\ude00 t\\u00e4n\\u00e4\\u00e4n.",\t"id": "7" }\n';
    const path = file('r.json', json);
    await savy(['fix', 'r.json', '--write', '--agent', 'Päivi', '--no-config'], { cwd: dir });
    expect(readFileSync(path, 'utf8')).toBe(json.replace('\\u00e4\\u00e4n.', '\\u00e4\\u00e4n. -P\\u00e4ivi'));
  });

  it('changes only the draft’s own part in a mail', async () => {
    const mail = readFileSync(`${ROOT}/fixtures/mail/fi-gmail.txt`, 'utf8');
    const path = file('m.txt', `To: a@b.example\nSubject: Re\n\n${mail}`);
    const before = readFileSync(path, 'utf8');
    await savy(['fix', 'm.txt', '--write', '--agent', 'Noora', '--no-config'], { cwd: dir });
    const after = readFileSync(path, 'utf8');
    const quoted = /\n[^\n]*:\n+>[\s\S]*$/.exec(before)?.[0] ?? '';
    expect(quoted).not.toBe('');
    expect(after.endsWith(quoted)).toBe(true);
    expect(after.startsWith('To: a@b.example\nSubject: Re\n\n')).toBe(true);
  });

  it('prints a diff that says where, and JSON that says all', async () => {
    const { out } = await savy(['fix', '--diff', '--agent', 'Noora', '--no-config'], { stdin: 'Hei Anna! Tilauksesi lähti tänään.\n' });
    expect(out).toContain('-Hei Anna! Tilauksesi lähti tänään.\n+Hei Anna! Tilauksesi lähti tänään. -Noora\n');
    const coloured = await savy(['fix', '--diff', '--agent', 'Noora', '--no-config'], { stdin: 'Hei Anna! Tilauksesi lähti tänään.\u001b[2J\n', outTty: true });
    expect(coloured.out).toContain('\u001b[32m+');
    expect(coloured.out).not.toContain('\u001b[2J');
    const told = JSON.parse((await savy(['fix', '--json', '--agent', 'Noora', '--no-config'], { stdin: 'Hei Anna! Tilauksesi lähti tänään.' })).out) as { fixed: string; edits: object[]; remaining: object[] };
    expect(told).toMatchObject({ fixed: 'Hei Anna! Tilauksesi lähti tänään. -Noora', edits: [{ start: 34, end: 34, text: ' -Noora' }], remaining: [] });
  });

  it('ends with 1 when something is left for a person', async () => {
    const { code, out, err } = await savy(['fix', '--draft', '--no-config', '--ui', 'en'], { stdin: '{"message": "Keitto oli kylmää ja tarjoilija tiuski.", "reply": "Hei! Palautteesi on kirjattu. -Noora"}' });
    expect(code).toBe(1);
    expect(out).toContain('⟨');
    expect(err).toMatch(/Left for you:[\s\S]*template\/unfilled/);
  });
});
