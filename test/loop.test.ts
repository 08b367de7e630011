/** Draft → check → brief → draft: whoever does what the brief says is done when every blank is answered. */
import { describe, expect, it } from 'vitest';
import type { Brief } from '../src/brief.js';
import { blanksIn } from '../src/text/placeholders.js';
import { filled, mended } from '../tools/eval/mended.js';
import { type Ran, savy } from './drive.js';

const cases = mended();
const ROUNDS = 4;

describe('the loop', () => {
  it('has ten exchanges to go round, half of them Finnish', () => {
    expect(['fi', 'en'].map((lang) => cases.filter((c) => c.exchange.lang === lang).length)).toEqual([5, 5]);
  });

  it.each(cases.map((c) => [c.name, c] as const))('%s ends clean', async (_, { exchange, answers }) => {
    const run = (command: string, reply: string, ...options: string[]): Promise<Ran> => savy([command, ...options, '--no-config', '--ui', 'en'], { stdin: JSON.stringify({ ...exchange, reply }) });
    const brief = async (reply: string): Promise<Brief> => JSON.parse((await run('brief', reply, '--format', 'json')).out) as Brief;

    let reply = exchange.reply;
    expect((await brief(reply)).draft?.broken.length).toBeGreaterThan(0);
    for (let round = 0; round < ROUNDS && ((await brief(reply)).draft?.broken.length ?? 0) > 0; round++) {
      const draft = (await run('fix', reply, '--draft')).out;
      const blanks = blanksIn(draft);
      if (blanks.length > 0) {
        // A draft as it stands goes nowhere: every blank is an error of its own.
        const refused = await run('check', draft, '--format', 'json');
        const { findings } = JSON.parse(refused.out) as { findings: { rule: string; level: string }[] };
        expect(refused.code).toBe(1);
        expect(findings.filter((f) => f.rule === 'template/unfilled' && f.level === 'error').length).toBe(blanks.length);
      }
      reply = filled(draft, answers);
    }
    expect(blanksIn(reply), 'every blank was answered').toEqual([]);
    const checked = await run('check', reply, '--fail-on', 'hint', '--format', 'json');
    expect((JSON.parse(checked.out) as { findings: object[] }).findings).toEqual([]);
    expect(checked.code).toBe(0);
    // Nothing is left to mend, and nothing is mended.
    expect((await run('fix', reply, '--draft')).out).toBe(reply);
    expect((await brief(reply)).draft?.broken).toEqual([]);
  }, 30_000);
});
