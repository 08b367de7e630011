/** `savy stream` beyond its lines: batches, several workers, slow readers. What a single line gives stands in cli.test.ts. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batch, batchesOf } from '../src/commands/batches.js';
import { inOrder } from '../src/commands/in-order.js';
import { run } from '../src/commands/main.js';
import { ROOT, savy, store } from './drive.js';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = [];
  for await (const item of items) out.push(item);
  return out;
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

const LINE = JSON.stringify({ message: 'Tuoli tuli rikki.', reply: 'Hei! Pahoittelemme aiheutunutta mielipahaa. -Minna' });

describe('batches', () => {
  it('lose no byte, and know their lines, wherever the pieces of the input end', async () => {
    const pieces = fc.array(fc.string({ unit: fc.constantFrom('a', 'ä', '\n', '\r\n') }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        const text = parts.join('');
        const batches = await all(batchesOf(each(parts.map((p) => Buffer.from(p)))));
        expect(Buffer.concat(batches.map((b) => b.bytes ?? Buffer.alloc(0))).toString()).toBe(text);
        let at = 0;
        for (const { line, bytes = Buffer.alloc(0) } of batches) {
          expect(line).toBe(text.slice(0, at).split('\n').length);
          at += Buffer.from(bytes).toString().length;
        }
      }),
    );
  });

  it('are no larger than they need to be, and a begun line waits for its end', async () => {
    const lines = `${'x'.repeat(999)}\n`.repeat(500);
    const sizes = (await all(batchesOf(each([lines])))).map((b) => b.bytes?.length ?? 0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1 << 16);
    expect(sizes.length).toBeLessThan(10);
    expect(await all(batchesOf(each(['{"a"', ':1}\n{', '}'])))).toEqual([{ line: 1, bytes: Buffer.from('{"a":1}\n') }, { line: 2, bytes: Buffer.from('{}') }]);
  });

  it('pass over a line that is longer than any exchange, and hold none of it', async () => {
    const shown = (b: Batch): string => `${b.line}: ${b.bytes === undefined ? 'too long' : Buffer.from(b.bytes).toString()}`;
    expect((await all(batchesOf(each(['a\nbbb', 'bbb', 'bbb\nc', '\n', 'dddd', 'dddd']), 5))).map(shown)).toEqual(['1: a\n', '2: too long', '3: c\n', '4: too long']);
  });
});

describe('workers', () => {
  it('hand on results in order, however long each takes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), async (delays, workers) => {
        const work = async (i: number): Promise<number> => (await wait(delays[i]), i);
        expect(await all(inOrder(each(delays.map((_, i) => i)), Array.from({ length: workers }, () => work)))).toEqual(delays.map((_, i) => i));
      }),
      { numRuns: 20 },
    );
  });

  it('take in no more than there is room for while the reader is slow', async () => {
    let taken = 0;
    let handed = 0;
    let most = 0;
    const source = async function* (): AsyncGenerator<number> {
      for (let i = 0; i < 200; i++) {
        taken++;
        yield i;
      }
    };
    for await (const _ of inOrder(source(), [async (i: number) => i, async (i: number) => i])) {
      most = Math.max(most, taken - handed);
      await wait(1);
      handed++;
    }
    expect(handed).toBe(200);
    expect(most).toBeLessThanOrEqual(12);
  });

  it('fail as the one that failed', async () => {
    const broken = async (i: number): Promise<number> => {
      if (i === 3) throw new Error('three');
      return i;
    };
    await expect(all(inOrder(each([1, 2, 3, 4, 5]), [broken, broken]))).rejects.toThrow('three');
  });
});

describe('stream', { timeout: 60_000 }, () => {
  it('waits for a slow reader before it reads on', async () => {
    let read = 0;
    let full = 0;
    const ahead: number[] = [];
    const stdin = {
      async *[Symbol.asyncIterator]() {
        for (let i = 0; i < 50; i++) {
          read++;
          yield `${LINE}\n`;
        }
      },
    };
    let written = 0;
    const stdout = {
      write: (text: string) => {
        written += text.split('\n').length - 1;
        ahead.push(read - written);
        full++;
        return false;
      },
      once: (_: 'drain', go: () => void) => setTimeout(go, 1),
    };
    const code = await run({ argv: ['stream', '--no-config'], stdin, stdout, stderr: { write: () => true }, env: {}, cwd: ROOT, store });
    expect(code).toBe(0);
    expect(full).toBe(50);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
  });

  it('ends with 1 for findings only when asked to, and with 2 for a broken line all the same', async () => {
    expect((await savy(['stream', '--no-config'], { stdin: LINE })).code).toBe(0);
    expect((await savy(['stream', '--no-config', '--fail-on', 'warning'], { stdin: LINE })).code).toBe(1);
    expect((await savy(['stream', '--no-config', '--fail-on', 'error'], { stdin: LINE })).code).toBe(0);
    expect((await savy(['stream', '--no-config', '--fail-on', 'warning'], { stdin: `${LINE}\n{` })).code).toBe(2);
  });

  it('says how long what took, beside the results, which stay as they are', async () => {
    const plain = await savy(['stream', '--no-config'], { stdin: LINE });
    const { out, err } = await savy(['stream', '--no-config', '--timing'], { stdin: LINE });
    expect(out).toBe(plain.out);
    for (const stage of ['read', 'cut', 'detect', 'analyse', 'facts', 'rules', 'fixes', 'report', 'apology/hollow']) expect(err).toMatch(new RegExp(`^${stage} +\\d`, 'm'));
  });
});

/** Threads start from the built program; `npm test` builds it first. */
describe('stream --jobs', { timeout: 60_000 }, () => {
  const program = (jobs: number, input: string): { status: number | null; stdout: string; stderr: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'savy.js'), 'stream', '--no-config', '--jobs', String(jobs)], { cwd: ROOT, input, encoding: 'utf8', maxBuffer: 1 << 28 });
    return { status, stdout, stderr };
  };

  it('gives the same bytes and the same exit code, broken lines among them', () => {
    const lines = Array.from({ length: 400 }, (_, i) =>
      i % 97 === 0 ? `{"id":${i},"reply":` : i % 53 === 0 ? '' : JSON.stringify({ id: `n${i}`, message: `Tilaus ${i} tuli rikki, missä uusi?`, reply: i % 2 === 0 ? 'Hei! Pahoittelemme aiheutunutta mielipahaa. -Minna' : `Hi! Sorry for any inconvenience with order ${i}.` }),
    );
    const input = `${lines.join('\n')}\n`;
    const one = program(1, input);
    expect(one.status).toBe(2);
    const several = program(3, input);
    expect({ ...several, stdout: several.stdout === one.stdout }).toEqual({ ...one, stdout: true });
    const found = one.stdout.trimEnd().split('\n').map((l) => JSON.parse(l) as { id?: string; error?: { line: number } });
    expect(found).toHaveLength(lines.filter((l) => l !== '').length);
    expect(found.flatMap((l) => (l.error === undefined ? [] : [l.error.line]))).toEqual(lines.flatMap((_, i) => (i % 97 === 0 ? [i + 1] : [])));
  });

  it('is quiet when its reader goes away', () => {
    const { stderr } = spawnSync('sh', ['-c', `"${process.execPath}" bin/savy.js stream --no-config --jobs 2 | head -1`], { cwd: ROOT, input: `${LINE}\n`.repeat(2000), encoding: 'utf8' });
    expect(stderr).toBe('');
  });

  it('says what is wrong with its settings once', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin', 'savy.js'), 'stream', '--jobs', '2', '--config', 'nowhere.yaml'], { cwd: ROOT, input: '{}', encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
