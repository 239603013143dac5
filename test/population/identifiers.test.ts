import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mistypedPnc } from './corruption.ts';
import { croOf, identifierStock, nhsCheckDigit, pncOf } from './identifiers.ts';
import { validCro, validNhsNumber, validPnc } from './integrity.ts';
import { randomOf } from './random.ts';

describe('check characters', () => {
  it('are those of published examples', () => {
    expect(pncOf(2012, 394773)).toBe('2012/0394773H');
    expect(nhsCheckDigit('943476591')).toBe('9');
  });

  it('fit every PNC and CRO number made', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1950, max: 2026 }), fc.integer({ min: 1, max: 999_999 }), (year, serial) => {
        expect([validPnc(pncOf(year, serial)), validCro(croOf(year, serial))]).toEqual([true, true]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('give every mistyped PNC number away', () => {
    const random = randomOf(3);
    for (let serial = 1; serial < 500; serial += 1)
      expect(validPnc(mistypedPnc(random, pncOf(2009, serial)))).toBe(false);
  });

  it('fit every NHS number handed out, each once', () => {
    const stock = identifierStock(randomOf(3));
    const numbers = Array.from({ length: 5000 }, () => stock.nhsNumber());
    expect(numbers.filter((number) => !validNhsNumber(number))).toEqual([]);
    expect(new Set(numbers).size).toBe(5000);
  });
});

describe('the generator of chance', () => {
  it('spreads evenly and reaches both ends', () => {
    const random = randomOf(11);
    const counts = new Map<number, number>();
    for (let n = 0; n < 60_000; n += 1) {
      const drawn = random.between(1, 6);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('draws by weight', () => {
    const random = randomOf(12);
    const draws = Array.from({ length: 10_000 }, () =>
      random.weighted([
        ['a', 3],
        ['b', 1],
        ['never', 0],
      ] as const),
    );
    expect(draws).not.toContain('never');
    expect(Math.abs(draws.filter((draw) => draw === 'a').length - 7500)).toBeLessThan(200);
  });
});
