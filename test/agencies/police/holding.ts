import type { Holding } from '../../population/types.ts';

/** One man as a force holds him, and the woman whose details stand in his file. Builders for tests. */

export const HIS_NUMBER = '+447700900101';
export const HER_NUMBER = '+447700900202';
export const MOTHERS_NUMBER = '+447700900303';
export const HER_HOME = { lines: ['Flat 3', '12 Elm Street', 'Riverton'], postcode: 'ZE4 1AB', uprn: '999000000012' };
export const HIS_HOME = { lines: ['40 Canal Road', 'Riverton'], postcode: 'ZE5 2BD', uprn: '999000000040' };

/** Daniel Ashworth, with what is said changed. */
export function holdingOf(changes: Partial<Holding> = {}): Holding {
  return {
    agency: 'police',
    reference: 'URN-000101',
    otherReferences: [],
    citizen: 'P000001',
    names: [{ given: 'Daniel', middle: 'James', family: 'Ashworth' }],
    aliases: [{ given: 'Danny', family: 'Ash' }],
    dateOfBirth: '1988-04-09',
    sex: 'male',
    pnc: '2012/0394773H',
    cro: '265416/12G',
    addresses: [{ ...HIS_HOME, type: 'home', from: '2025-01-10', lastConfirmed: '2026-10-01' }],
    phones: [{ number: HIS_NUMBER, type: 'mobile', recordedAs: 'self', lastConfirmed: '2026-10-01' }],
    emails: ['dan.ashworth@example.org'],
    others: [
      {
        citizen: 'V000002',
        as: 'victim',
        name: { given: 'Marisa', family: 'Quennell' },
        phones: [HER_NUMBER],
        address: { ...HER_HOME, type: 'home' },
      },
    ],
    noFixedAbode: false,
    restricted: false,
    licenceConditions: [],
    orders: [],
    relationshipOnly: false,
    lastUpdated: '2026-10-01',
    ...changes,
  };
}
