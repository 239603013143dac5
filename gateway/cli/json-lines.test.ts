import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { err, ok } from '../../schemas/result.ts';
import { answerLines, LINE_BYTES_MAX, readLines, type AnswerLine, type Line } from './json-lines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* chunksOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

async function linesOf(pieces: readonly Uint8Array[], bytesMax?: number): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(chunksOf(pieces), bytesMax)) lines.push(line);
  return lines;
}

const echo: AnswerLine = (text) => ok({ answer: { text }, notices: [] });

async function run(text: string, answer: AnswerLine) {
  const reports: string[] = [];
  const answers: string[] = [];
  const count = { questions: 0, broken: 0 };
  for await (const line of answerLines(chunksOf([bytes(text)]), answer, (said) => reports.push(said), count)) {
    answers.push(line);
  }
  return { answers, reports, count };
}

describe('a stream is parted into lines', () => {
  it('gives the same lines wherever the stream is cut, inside a character too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ''))),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }),
        async (texts, sizes) => {
          const wholes = texts.map((text) => Buffer.from(text).toString());
          const whole = bytes(wholes.map((text) => `${text}\n`).join(''));
          const pieces: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < whole.byteLength; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            pieces.push(whole.subarray(at, at + size));
            at += size;
          }
          const withoutMark = wholes.map((text) => text.replace(/^\uFEFF/, ''));
          expect(await linesOf(pieces)).toEqual(
            withoutMark.map((value, index) => ({ number: index + 1, text: { ok: true, value } })),
          );
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('reads a last line without an end, and none after one with an end', async () => {
    expect((await linesOf([bytes('a\nb')])).length).toBe(2);
    expect((await linesOf([bytes('a\nb\n')])).length).toBe(2);
    expect(await linesOf([])).toEqual([]);
  });

  it('P11: passes over a line past the limit, keeps counting, and reads the next', async () => {
    const lines = await linesOf([bytes('12345'), bytes('6\n1234'), bytes('5\nx')], 5);
    expect(lines).toEqual([
      { number: 1, text: { ok: false, error: 'line-too-long' } },
      { number: 2, text: { ok: true, value: '12345' } },
      { number: 3, text: { ok: true, value: 'x' } },
    ]);
  });

  it('refuses bytes that are no UTF-8 instead of reading a letter into a name', async () => {
    const lines = await linesOf([new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72, 0x0a]), bytes('ok')]);
    expect(lines.map(({ text }) => text.ok)).toEqual([false, true]);
  });
});

describe('every good line is answered, in order', () => {
  const oddIsBroken: AnswerLine = (text) =>
    Number(text) % 2 === 1
      ? err({ code: 'field-missing', places: [{ pointer: '/a/0', code: 'missing' }] })
      : ok({ answer: { n: Number(text) }, notices: [] });

  it('whatever lines between them are broken, each named by its number', async () => {
    const { answers, reports, count } = await run('2\n3\r\n\n4\r\n5', oddIsBroken);
    expect(answers).toEqual(['{"n":2}\n', '{"n":4}\n']);
    expect(reports).toEqual(['line 2: refused, /a/0 missing', 'line 5: refused, /a/0 missing']);
    expect(count).toEqual({ questions: 4, broken: 2 });
  });

  it('and a notice does not make a line broken', async () => {
    const { answers, reports, count } = await run('x', () =>
      ok({ answer: {}, notices: [{ pointer: '/protectedContacts/0', code: 'not-a-contact' }] }),
    );
    expect(answers).toEqual(['{}\n']);
    expect(reports).toEqual(['line 1: answered, but /protectedContacts/0 not-a-contact']);
    expect(count.broken).toBe(0);
  });

  it('P8: a bug costs one line, and its message, which may hold a value, is not repeated', async () => {
    const { answers, reports } = await run('a\nb', (text) => {
      if (text === 'a') throw new Error('Daniel Marlowe');
      return echo(text);
    });
    expect(answers).toEqual(['{"text":"b"}\n']);
    expect(reports).toEqual(['line 1: refused, fault-of-ours']);
  });
});

describe('P11: memory stays flat over a long file', () => {
  it('never takes more from the input than a slow output has room for, over 50,000 lines', async () => {
    const LINES = 50_000;
    const LINES_A_CHUNK = 10;
    // What may be under way: the chunk at hand, and what the streams between us and the disk hold in their buffers.
    const UNDER_WAY_MAX = 100;
    let given = 0;
    let taken = 0;
    let mostUnderWay = 0;
    async function* input(): AsyncGenerator<Uint8Array> {
      while (given < LINES) {
        given += LINES_A_CHUNK;
        mostUnderWay = Math.max(mostUnderWay, given - taken);
        yield await Promise.resolve(bytes('x\n'.repeat(LINES_A_CHUNK)));
      }
    }
    const slow = new Writable({
      highWaterMark: 64,
      write: (_chunk, _encoding, done) => {
        taken += 1;
        if (taken % 100 === 0) setImmediate(done);
        else done();
      },
    });
    const count = { questions: 0, broken: 0 };
    await pipeline(input(), (chunks) => answerLines(chunks, echo, () => undefined, count), slow);
    expect({ taken, count }).toEqual({ taken: LINES, count: { questions: LINES, broken: 0 } });
    expect(mostUnderWay).toBeLessThanOrEqual(UNDER_WAY_MAX);
  });

  it('holds an output that takes nothing against the input: it is not read on', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1;
        yield await Promise.resolve(bytes('x\n'));
      }
    }
    const stop = new AbortController();
    const stuck = new Writable({ highWaterMark: 64, write: () => undefined });
    const running = pipeline(
      endless(),
      (chunks) => answerLines(chunks, echo, () => undefined, { questions: 0, broken: 0 }),
      stuck,
      { signal: stop.signal },
    );
    for (let turn = 0; turn < 1_000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const after = given;
    stop.abort();
    await expect(running).rejects.toThrow();
    expect(after).toBeLessThanOrEqual(100);
  });

  it('lets go of a line past the limit as it comes', async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(0x78);
    const pieces = Array.from({ length: LINE_BYTES_MAX / megabyte.byteLength + 8 }, () => megabyte);
    expect((await linesOf([...pieces, bytes('\nx')])).map(({ text }) => text)).toEqual([err('line-too-long'), ok('x')]);
  });
});
