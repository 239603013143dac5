import { describe, expect, it } from '@jest/globals';
import { jaroWinkler } from '../compare/jaro-winkler.ts';
import { AT_MOST_PROBABLE, HOUSEHOLD_CAP, OWN, PROBABLE, PUBLISHED, TOGETHER } from './weights.ts';

describe('weights are the published ones', () => {
  it.each([
    ['name-exact', 17.06],
    ['name-near', 7.3],
    ['name-swapped', 14.01],
    ['name-alias', 11.48],
    ['name-alias-of-many', 9.15],
    ['name-like', 3.34],
    ['first-name-only', -0.02],
    ['surname-only', 2.76],
    ['name-different', -7.91],
    ['middle-name-exact', 6.24],
    ['middle-name-near', 3.63],
    ['middle-name-different', -4.58],
    ['birth-date-exact', 13.87],
    ['birth-date-other', 9.68],
    ['birth-date-other-of-many', 8.84],
    ['birth-date-one-edit', 3.29],
    ['birth-date-within-5-years', -4.42],
    ['birth-date-different', -8.58],
    ['postcode-rare', 15.06],
    ['postcode-uncommon', 12.03],
    ['postcode-common', 7.13],
    ['postcode-outward', 5.25],
    ['postcode-different', -2.32],
    ['identifiers-two-equal', 29.9],
    ['identifier-pnc-equal', 21.6],
    ['identifier-cro-equal', 21.8],
    ['identifier-core-equal', 14.5],
    ['identifier-other-equal', 19.9],
  ] as const)('%s is %d bits', (level, bits) => {
    // The published m and u are rounded to three or four figures, which moves the bits by a few hundredths.
    expect(Math.abs(PUBLISHED[level] - bits)).toBeLessThan(0.08);
  });

  it('no own level for names, dates or homes outweighs the published one it resembles', () => {
    expect(OWN['name-variant']).toBeLessThanOrEqual(PUBLISHED['name-alias']);
    expect(OWN['name-slip']).toBeLessThanOrEqual(PUBLISHED['name-alias'] + 0.02);
    expect(OWN['name-part']).toBeLessThan(PUBLISHED['name-alias']);
    expect(OWN['birth-date-two-parts']).toBeLessThan(PUBLISHED['birth-date-one-edit']);
    expect(OWN['same-house']).toBeLessThan(PUBLISHED['postcode-outward']);
    expect(OWN['birth-date-swapped']).toBeLessThan(PUBLISHED['birth-date-other']);
    expect(OWN['birth-date-month']).toBeLessThan(PUBLISHED['birth-date-exact']);
    expect(OWN['mobile-equal']).toBeLessThan(PUBLISHED['postcode-rare']);
    expect(OWN['postcode-other-house']).toBeLessThanOrEqual(PUBLISHED['postcode-outward']);
  });

  it('the household’s cap is one address, and the thresholds are in order', () => {
    expect(HOUSEHOLD_CAP).toBe(PUBLISHED['postcode-rare']);
    expect(PROBABLE).toBeLessThan(AT_MOST_PROBABLE);
    expect(AT_MOST_PROBABLE).toBeLessThan(TOGETHER);
  });
});

describe('Jaro-Winkler is DuckDB’s', () => {
  it.each([
    ['martha', 'marhta', 0.9611],
    ['dixon', 'dicksonx', 0.8133],
    ['dwayne', 'duane', 0.84],
    ['jellyfish', 'smellyfish', 0.8963],
    ['ab', 'ba', 0],
    ['a', 'b', 0],
    ['', 'a', 0],
    ['', '', 1],
    ['same', 'same', 1],
  ])('%s and %s', (a, b, similarity) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(similarity, 4);
    expect(jaroWinkler(b, a)).toBeCloseTo(similarity, 4);
  });
});
