import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { boundaryOf, readMultipart } from './multipart.ts';

const B = '----WebKitFormBoundaryAbc123';
const part = (name: string, content: string | Buffer, filename?: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${B}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n` +
        `${filename === undefined ? '' : 'Content-Type: text/csv\r\n'}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
const whole = (...parts: readonly Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from(`--${B}--\r\n`)]);

describe('a form with a file', () => {
  it('gives its fields and its file, byte for byte, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = readMultipart(whole(part('formToken', 'abc'), part('list', Buffer.from(bytes), 'a.csv')), B);
        expect(read).toMatchObject({ ok: true, value: { fields: { formToken: 'abc' } } });
        expect(read.ok && Buffer.from(read.value.files.get('list') ?? []).equals(Buffer.from(bytes))).toBe(true);
      }),
      { seed: 60, numRuns: 200 },
    );
  });

  it('knows the boundary that browsers write, and no other', () => {
    expect(boundaryOf(`multipart/form-data; boundary=${B}`)).toBe(B);
    for (const other of [
      undefined,
      'text/plain',
      'multipart/form-data',
      `multipart/mixed; boundary=${B}`,
      'multipart/form-data; boundary="a b"',
    ])
      expect(boundaryOf(other)).toBeUndefined();
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no closing boundary', part('a', 'b')],
    ['something before the first boundary', Buffer.concat([Buffer.from('x\r\n'), whole(part('a', 'b'))])],
    ['something after the last', Buffer.concat([whole(part('a', 'b')), Buffer.from('tail')])],
    ['a name twice', whole(part('list', 'a', 'a.csv'), part('list', 'b', 'b.csv'))],
    ['a field that is a name of the prototype', whole(part('__proto__', 'x'))],
    ['a field that is too long', whole(part('a', 'x'.repeat(1_025)))],
    [
      'a header too much',
      whole(
        Buffer.concat([
          Buffer.from(
            `--${B}\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n`,
          ),
        ]),
      ),
    ],
    ['no header', whole(Buffer.from(`--${B}\r\n\r\nx\r\n`))],
    ['a line break in a file name', whole(part('list', 'a', 'a\r\nX: y'))],
  ])('refuses one with %s', (_name, body) => {
    expect(readMultipart(body, B)).toEqual({ ok: false, error: 'not-multipart' });
  });

  it('refuses one with more parts than a form of ours has', () => {
    const parts = Array.from({ length: 13 }, (_v, n) => part(`f${n}`, 'x'));
    expect(readMultipart(whole(...parts), B)).toEqual({ ok: false, error: 'too-many-parts' });
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readMultipart(Buffer.from(bytes), B).ok).toBe(false);
      }),
      { seed: 61, numRuns: 300 },
    );
  });
});
