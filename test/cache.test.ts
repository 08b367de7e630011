import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { savy, store } from './drive.js';
import { scratch } from './scratch.js';

vi.setConfig({ testTimeout: 60_000 });
// Loaded once, and on nobody's time.
store();
const CLEAN = 'Hi {{customer.name}}! A new pair in the right size left our shop this morning, and Thursday is when it will be with you.';
const HOLLOW = 'Hi {{customer.name}}! We apologise for any inconvenience caused. The Quilted Heron jacket left our shop this morning.';
const LIBRARY = [CLEAN, HOLLOW, `${CLEAN} Take the Otterburn receipt along.`].map((reply, i) => `- key: k${i}\n  reply: ${JSON.stringify(reply)}\n`).join('');

describe('--cache', () => {
  it('changes nothing but the time it takes, and holds no text', async () => {
    const s = scratch({ 'a.yml': LIBRARY });
    const scan = (...argv: string[]) => savy(['scan', 'a.yml', '--no-config', '--format', 'json', ...argv], { cwd: s.dir });
    const bare = await scan();
    expect(await scan('--cache')).toEqual(bare);
    const kept = readFileSync(join(s.dir, '.savy-cache.json'), 'utf8');
    expect(kept.split('\n')).toHaveLength(4);
    expect(kept).not.toMatch(/inconvenience|heron|otterburn|thursday|customer\.name/i);
    expect(await scan('--cache')).toEqual(bare);
    expect(readFileSync(join(s.dir, '.savy-cache.json'), 'utf8')).toBe(kept);
    // Other settings, other judgements.
    const ruled = await scan('--channel', 'chat');
    expect(await scan('--cache', '--channel', 'chat')).toEqual(ruled);
    expect(await scan('--cache')).toEqual(bare);
  });

  it.each(['', 'rubbish', '{"savy-cache":1,"program":"x","entries":"y"}\nz {"result":{}}\n', '\0\0'])('that is broken is as good as none: %j', async (text) => {
    const s = scratch({ 'a.yml': LIBRARY, '.savy-cache.json': text });
    const scan = (...argv: string[]) => savy(['scan', 'a.yml', '--no-config', '--format', 'json', ...argv], { cwd: s.dir });
    expect(await scan('--cache')).toEqual(await scan());
    expect(readFileSync(join(s.dir, '.savy-cache.json'), 'utf8')).toMatch(/^\{"savy-cache":1,"program":"[0-9a-f]{64}"/);
  });

  it('tampered with is not believed', async () => {
    const s = scratch({ 'a.yml': LIBRARY });
    const scan = () => savy(['scan', 'a.yml', '--no-config', '--format', 'json', '--cache', 'c'], { cwd: s.dir });
    const bare = await scan();
    s.write('c', readFileSync(join(s.dir, 'c'), 'utf8').replaceAll('"grade":', '"grade":1'));
    expect(await scan()).toEqual(bare);
  });

  it('takes no other file’s place', async () => {
    const s = scratch({ 'a.yml': LIBRARY });
    const { err } = await savy(['scan', '--no-config', '--cache', 'a.yml'], { cwd: s.dir });
    expect(err).toBe('savy: a.yml is no cache of savy, and is left alone\n');
    expect(readFileSync(join(s.dir, 'a.yml'), 'utf8')).toBe(LIBRARY);
  });
});
