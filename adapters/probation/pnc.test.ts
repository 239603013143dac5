import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pncKey, pncLong } from './pnc.ts';

describe('PNC identifiers', () => {
  it.each([
    ['12/394773H', '2012/0394773H'],
    ['2012/394773h', '2012/0394773H'],
    [' 2012/0394773H ', '2012/0394773H'],
    ['20120394773H', '2012/0394773H'],
    ['98/1A', '1998/0000001A'],
    ['26/1A', '2026/0000001A'],
    ['27/1A', '1927/0000001A'],
  ])('%j is asked for as %j', (written, long) => {
    expect(pncLong(written, '2026-03-02')).toBe(long);
  });

  it.each(['', '12', '12/394773', '12/H', '123/394773H', '12394773H', '2012/03947731H', 'X100001', '**REDACTED**'])(
    '%j is none and is not asked for',
    (written) => {
      expect(pncLong(written, '2026-03-02')).toBeUndefined();
      expect(pncKey(written)).toBeUndefined();
    },
  );

  it('P5: two notations are equal exactly when year, serial and letter are', () => {
    const year = fc.integer({ min: 1970, max: 2026 });
    const serial = fc.integer({ min: 1, max: 9_999_999 });
    const letter = fc.constantFrom('A', 'H', 'J', 'Q', 'Z');
    fc.assert(
      fc.property(year, serial, serial, letter, (y, one, other, check) => {
        const short = `${String(y).slice(2)}/${one}${check}`;
        const long = `${y}/${String(other).padStart(7, '0')}${check}`;
        expect(pncKey(short) === pncKey(long)).toBe(one === other);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
