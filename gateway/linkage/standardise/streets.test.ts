import { describe, expect, it } from '@jest/globals';
import { compareHomes } from '../compare/homes.ts';
import { standardiseHome, standardiseHomeLine } from './homes.ts';
import { readStreet } from './streets.ts';

describe('house and street', () => {
  it.each([
    ['14 Quarry Lane, Riverton', '14 quarry lane', ['riverton']],
    ['14 QUARRY LN RIVERTON', '14 quarry lane', ['riverton']],
    ['Flat 2, 14 Quarry Ln., Riverton', '14 quarry lane', ['riverton']],
    ['12 St Mary’s Rd', '12 st marys road', []],
    ['12 High St, Eastmarch', '12 high street', ['eastmarch']],
    ['3a Union Gdns', '3a union gardens', []],
  ])('of "%s"', (text, house, places) => {
    expect(readStreet(text)).toEqual({ house, places });
  });

  it.each(['The Limes', 'Quarry Lane', 'Flat 4', '', '14', '9'.repeat(10_000), 'street '.repeat(2_000)])(
    'none where no number stands before a street',
    (text) => {
      expect(readStreet(text)).toBeUndefined();
    },
  );
});

describe('homes without a postcode, or with a slip in it', () => {
  const home = { lines: ['14 Quarry Lane', 'Riverton'], postcode: 'ZE8 1AD' };
  const compared = (
    other: Parameters<typeof standardiseHome>[0],
    mine: Parameters<typeof standardiseHome>[0] = home,
  ) => {
    const [one, two] = [standardiseHome(mine), standardiseHome(other)];
    return compareHomes(one === undefined ? [] : [one], two === undefined ? [] : [two]);
  };

  it.each([
    ['no postcode', { lines: ['14 Quarry Ln', 'Riverton'] }],
    ['no postcode, and a county more', { lines: ['14 Quarry Lane', 'Riverton', 'Marchshire'] }],
    ['one character of the postcode mistyped', { lines: ['14 Quarry Lane'], postcode: 'ZE8 1AB' }],
    ['two characters exchanged', { lines: ['14 Quarry Lane'], postcode: 'ZE8 1DA' }],
  ])('are one home: %s', (_, other) => {
    expect(compared(other)).toMatchObject({ shared: true, sameHouse: true, finding: { rule: 'postcode-rare' } });
  });

  it.each([
    ['the next house', { lines: ['16 Quarry Lane', 'Riverton'] }],
    ['a street of that name in another town', { lines: ['14 Quarry Lane', 'Eastmarch'] }],
    ['two towns of one county', { lines: ['14 Quarry Lane', 'Easting', 'Marchshire'] }, ['Riverton', 'Marchshire']],
    ['no town to compare', { lines: ['14 Quarry Lane'] }],
    ['another postcode', { lines: ['14 Quarry Lane', 'Riverton'], postcode: 'ZE4 7QF' }],
    ['another flat', { lines: ['Flat 3', '14 Quarry Lane', 'Riverton'] }, ['Riverton'], ['Flat 2']],
    ['no fixed abode', { lines: ['14 Quarry Lane', 'Riverton'], postcode: 'NF1 1NF' }],
  ])('are two, or nothing is known: %s', (_, other, towns: string[] = ['Riverton'], before: string[] = []) => {
    const mine = { lines: [...before, '14 Quarry Lane', ...towns], postcode: 'ZE8 1AD' };
    expect(compared(other, mine)?.shared ?? false).toBe(false);
  });

  it('an address in one line needs no postcode either', () => {
    expect(standardiseHomeLine('14 Quarry Lane, Riverton', undefined)).toMatchObject({
      street: { house: '14 quarry lane' },
    });
  });
});
