/** Whatever the texts hold, what people are shown is text: no control characters, no escapes, no commands of a CI. (Libraries: report-formats.test.ts.) */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCAN_FORMATS } from '../src/commands/scan-formats.js';
import { inert } from '../src/reporters/inert.js';
import { savy } from './drive.js';
import { PIECES } from '../tools/fuzz/hostile.js';

/** Beside line breaks and tabs: C0, C1, marks that turn text round, line separators, halves of pairs. */
// eslint-disable-next-line no-control-regex
const RAW = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u;
const COMMAND = /^\s*::|##\[/m;

const words = ['Hei Maija', 'pahoittelemme aiheutunutta mielipahaa', 'kiitos yhteydenotostanne', 'Sorry for any inconvenience', '\n\n', '. ', 'Noora', ' '];
const hostile = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...PIECES) }, { weight: 2, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }), { minLength: 1, maxLength: 12 }).map((p) => p.join(''));
const exchange = fc.record({ message: hostile, reply: hostile, customer: hostile, agent: hostile }).map((e) => JSON.stringify(e));
const numRuns = 12;

describe('whatever an exchange holds', () => {
  const commands: readonly (readonly string[])[] = [...SCAN_FORMATS.map((format) => ['check', '--format', format]), ['fix', '--json'], ['fix', '--dry-run'], ['fix', '--draft'], ['brief'], ['brief', '--format', 'json'], ['stream'], ['check', '--redact']];
  it.each(commands.map((argv) => [argv.join(' '), argv] as const))('savy %s', async (_, argv) => {
    await fc.assert(
      fc.asyncProperty(exchange, async (stdin) => {
        const { code, out, err } = await savy([...argv, '--no-config'], { stdin: `${stdin}\n`, outTty: argv[0] === 'fix', env: { NO_COLOR: '1' } });
        expect([0, 1, 2]).toContain(code);
        expect(out).not.toMatch(RAW);
        expect(err).not.toMatch(RAW);
        expect(err).not.toMatch(COMMAND);
        if (!argv.includes('github') && !argv.includes('--draft')) expect(out).not.toMatch(COMMAND);
      }),
      { numRuns },
    );
  }, 120_000);

  it('options and names of files, too', async () => {
    await fc.assert(
      fc.asyncProperty(hostile.filter((p) => !p.includes('\0') && p.length < 200), fc.constantFrom('--channel', '--lang', '--format', '--min-grade', '--config', '-c', '--nonsense'), async (what, option) => {
        for (const argv of [['check', option, what], ['check', `x${what}`], ['explain', what], [what]]) {
          const { err, out } = await savy(argv, { stdin: 'Hei!', env: { NO_COLOR: '1' } });
          expect(`${out}${err}`).not.toMatch(RAW);
          expect(err).not.toMatch(COMMAND);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

it('a line that would be a command is a line', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('::', ':', ' ', '\t', '\u00a0', '\n', '\r', '\u2028', '##[', '#', '[', 'x', '::error::'), { maxLength: 12 }).map((p) => p.join('')), (text) => {
      for (const line of inert(text).split(/\r\n|[\r\n\u2028]/)) expect(line.trimStart().startsWith('::')).toBe(false);
      expect(inert(text)).not.toContain('##[');
      expect(inert(inert(text))).toBe(inert(text));
    }),
  );
});
