import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalize } from './canonical-json.ts';

const text = (value: unknown) => {
  const result = canonicalize(value);
  return result.ok ? result.value : `refused: ${result.error}`;
};

describe('canonical JSON (RFC 8785)', () => {
  it('sorts names by UTF-16 code units, not by code points or language', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'];
    const object = Object.fromEntries(names.map((name) => [name, 0]));
    expect(text(object)).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`);
  });

  it('sorts at every depth and keeps the order of arrays', () => {
    expect(text({ b: [{ z: 1, a: 2 }, 1], a: null })).toBe('{"a":null,"b":[{"a":2,"z":1},1]}');
  });

  // IEEE 754 bit patterns and their one text, after appendix B of the RFC.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ])('writes the number with bits %s as %s', (bits, expected) => {
    expect(text(Buffer.from(bits, 'hex').readDoubleBE(0))).toBe(expected);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s', (value) => {
    expect(canonicalize({ value })).toEqual({ ok: false, error: 'number-not-finite' });
  });

  it('escapes what must be escaped in the one short form, and nothing else', () => {
    expect(text('\u20ac$\u000f\nA\'B"\\\\"/\u007f\u2028')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u007f\u2028"');
  });

  it.each(['\ud800', '\udc00', 'a\ud800b', '\udc00\ud800'])('refuses the lone surrogate in %j', (value) => {
    expect(canonicalize([value])).toEqual({ ok: false, error: 'lone-surrogate' });
    expect(canonicalize({ [value]: 1 })).toEqual({ ok: false, error: 'lone-surrogate' });
  });

  it.each([[undefined], [() => 1], [Symbol('s')], [1n], [new Date(0)], [new Map()], [[undefined]], [Buffer.of(1)]])(
    'refuses what is not JSON: %p',
    (value) => {
      expect(canonicalize({ nested: [value] })).toEqual({ ok: false, error: 'not-json' });
    },
  );

  it('refuses endless depth instead of running out of stack', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(canonicalize(loop)).toEqual({ ok: false, error: 'too-deep' });
  });

  it('treats __proto__ as any other name', () => {
    expect(text(JSON.parse('{"__proto__":{"a":1},"b":2}'))).toBe('{"__proto__":{"a":1},"b":2}');
  });

  it('gives one text for one meaning: order of writing does not matter, and reading it back changes nothing', () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(value, fc.dictionary(fc.string(), value), (inner, members) => {
        const forwards = { ...members, inner };
        const backwards = Object.fromEntries(Object.entries(forwards).reverse());
        const written = canonicalize(forwards);
        expect(canonicalize(backwards)).toEqual(written);
        if (!written.ok) return;
        expect(canonicalize(JSON.parse(written.value))).toEqual(written);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
