import { describe, expect, it } from '@jest/globals';
import { makeTheirsTest, sealOthers, type Seal } from './whose.ts';

const noSeal: Seal = () => undefined;
const plainSeal: Seal = (kind, value) => `${kind}|${value}`.padEnd(43, '_').slice(0, 43);

const address = (value: string, postcode?: string, uprn?: string) => ({
  kind: 'address' as const,
  value,
  ...(postcode === undefined ? {} : { postcode }),
  ...(uprn === undefined ? {} : { uprn }),
});

describe('whose a contact is', () => {
  it('P4: keeps only seals of other people’s contacts, and nothing of one that cannot be sealed', () => {
    const others = [{ kind: 'phone' as const, value: '07700 900202', whose: 'victim' as const }];
    expect(sealOthers(others, noSeal)).toEqual([]);
    expect(sealOthers(others, plainSeal)).toEqual([
      { kind: 'phone', seal: plainSeal('phone', '07700 900202'), whose: 'victim' },
    ]);
  });

  it('P4: a value of two people is sealed once, as that of the one who is most in danger', () => {
    const value = '07700 900202';
    for (const order of [
      ['friend', 'victim'],
      ['victim', 'friend'],
    ] as const) {
      const others = order.map((whose) => ({ kind: 'phone' as const, value, whose }));
      expect(sealOthers(others, plainSeal).map(({ whose }) => whose)).toEqual(['victim']);
    }
  });

  it.each([
    ['the same words', address('12 Elm Street, ZE4 1AB', 'ZE4 1AB'), true],
    ['an abbreviation', address('12 Elm St, Riverton, ZE4 1AB', 'ze41ab'), true],
    ['the same UPRN with leading zeros', address('The Mill', undefined, '000100'), true],
    ['a flat of the house', address('Flat 1, 12 Elm Street, ZE4 1AB', 'ZE4 1AB'), false],
    ['the house next door', address('14 Elm Street, ZE4 1AB', 'ZE4 1AB'), false],
    ['the same number in another street', address('12 Elm Street, ZE5 9ZZ', 'ZE5 9ZZ'), false],
  ])('P4: an address of his that is %s as hers', (_how, his, theirs) => {
    const hers = [{ ...address('12 Elm Street, ZE4 1AB', 'ZE4 1AB', '100'), whose: 'victim' as const }];
    expect(makeTheirsTest(hers, noSeal)(his)).toBe(theirs);
  });

  it('P4: what the gateway’s own seal calls the same is the same', () => {
    const hers = [{ ...address('Elm Cottage'), whose: 'victim' as const }];
    expect(makeTheirsTest(hers, () => 'one-seal')(address('The Cottage on Elm'))).toBe(true);
  });
});
