import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dropLongLines } from './link-long-lines.ts';

const LIMIT = 20;

/** The text and the numbers told, when the text comes in pieces of these lengths. */
async function drop(text: string, lengths: readonly number[]): Promise<{ text: string; told: number[] }> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text);
    let at = 0;
    for (const length of [...lengths, bytes.byteLength]) {
      yield await Promise.resolve(bytes.subarray(at, at + length));
      at += length;
    }
  }
  const told: number[] = [];
  const kept: Uint8Array[] = [];
  for await (const piece of dropLongLines(pieces(), LIMIT, (line) => told.push(line))) kept.push(piece);
  return { text: Buffer.concat(kept).toString(), told };
}

describe('P11: a line past the limit is taken out, and its end stays', () => {
  it.each([
    ['\n', [2, 4]],
    ['\r\n', [2, 4]],
    ['\r', [2, 4]],
  ])('with %j as the end of a line', async (end, told) => {
    const long = 'x'.repeat(LIMIT + 1);
    expect(await drop(['a', long, 'b', long, ''].join(end), [3, 30, 1])).toEqual({
      text: ['a', '', 'b', '', ''].join(end),
      told,
    });
  });

  it('in the last line too, which has no end', async () => {
    expect(await drop(`a\n${'x'.repeat(100)}`, [50])).toEqual({ text: 'a\n', told: [2] });
  });

  it('wherever the table is cut', async () => {
    const line = fc.oneof(fc.constant(''), fc.string({ unit: 'grapheme-ascii', maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.array(fc.nat(40), { maxLength: 12 }),
        async (lines, cuts) => {
          const isLong = (text: string): boolean => Buffer.byteLength(text) > LIMIT;
          expect(await drop(lines.join('\n'), cuts)).toEqual({
            text: lines.map((text) => (isLong(text) ? '' : text)).join('\n'),
            told: lines.flatMap((text, at) => (isLong(text) ? [at + 1] : [])),
          });
        },
      ),
      { seed: 20, numRuns: 300 },
    );
  });
});
