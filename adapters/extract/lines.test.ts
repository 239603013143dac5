import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { EXTRACT_LIMITS, type ExtractLimits } from './limits.ts';
import { linesOf, type LineBlock } from './lines.ts';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function read(
  bytes: Buffer,
  size = 7,
  limits: Partial<ExtractLimits> = {},
  signal = new AbortController().signal,
) {
  const blocks: LineBlock[] = [];
  for await (const block of linesOf(inChunks(bytes, size), { ...EXTRACT_LIMITS, ...limits }, signal))
    blocks.push(block);
  return { lines: blocks.flatMap((block) => (block.kind === 'lines' ? block.lines : [])), last: blocks.at(-1) };
}

describe('lines of an extract', () => {
  it('are the same however the bytes arrive, and hashed whole', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', ',', '"', 'é', '漢', '🙂', ' '), maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (lines, size, crlf) => {
          const bytes = Buffer.from(lines.map((one) => one + (crlf ? '\r\n' : '\n')).join(''));
          const seen = await read(bytes, size);
          expect(seen.lines).toEqual(lines);
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          expect(seen.last).toEqual({ kind: 'end', tally: { bytes: bytes.length, sha256 } });
        },
      ),
      { seed: 1, numRuns: 150 },
    );
  });

  it('a last line without an ending counts', async () => {
    expect((await read(Buffer.from('a\nb'))).lines).toEqual(['a', 'b']);
  });

  it.each([
    ['a NUL byte', Buffer.from('a\0b\n'), {}, 'nul-byte'],
    ['half a character at the end', Buffer.from([0x61, 0xe6, 0xbc]), {}, 'not-utf8'],
    ['UTF-16', Buffer.from('\ufeffabc\n', 'utf16le').filter((byte) => byte !== 0), {}, 'not-utf8'],
    ['P11: a line without end', Buffer.alloc(400, 0x61), { lineMax: 100 }, 'line-too-long'],
    ['P11: a file without end', Buffer.from('ab\n'.repeat(400)), { fileBytesMax: 1000 }, 'file-too-large'],
  ] as const)('%s ends the reading', async (_what, bytes, limits, fault) => {
    expect((await read(Buffer.from(bytes), 64, limits)).last).toEqual({ kind: 'fault', fault });
  });

  it('P11: a load that ran out of time stops', async () => {
    expect((await read(Buffer.from('a\n'), 1, {}, AbortSignal.abort())).last).toEqual({
      kind: 'fault',
      fault: 'too-slow',
    });
  });
});
