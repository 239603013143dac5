import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSearch } from '../../test/agencies/health/search.ts';
import { CASCADE, knownOf, type Query } from './cascade.ts';

const queries = (person: Parameters<typeof knownOf>[0]): Query[] => {
  const known = knownOf(person);
  return CASCADE.flatMap((step) => {
    const query = step.query(known);
    return query === undefined ? [] : [query];
  });
};

const valueOf = (query: Query | undefined, name: string): string | undefined =>
  query?.find(([parameter]) => parameter === name)?.[1];

describe('the cascade of searches', () => {
  it.each([
    ['Daniel', 'Dan*'],
    ['Jo', 'Jo*'],
    ['\u00c9lo\u00efse', '\u00c9lo*'],
    ['D\u2019Arcy', 'D\u2019A*'],
    ['A*', undefined],
    ['J', undefined],
    ['\u0000\u0007', undefined],
  ])('the given name %j is searched as %j', (given, expected) => {
    const [first] = queries({ names: [{ given, family: 'Okafor' }], dateOfBirth: '1985-05-17' });
    expect(valueOf(first, 'given')).toBe(expected);
  });

  it('a name in one piece gives its first and last word', () => {
    const [first] = queries({ names: [{ full: 'Daniel Peter Okafor' }], dateOfBirth: '1985-05-17' });
    expect([valueOf(first, 'family'), valueOf(first, 'given')]).toEqual(['Okafor', 'Dan*']);
  });

  it.each([
    ['1985-02', ['ge1985-02-01', 'le1985-02-28']],
    ['1984-02', ['ge1984-02-01', 'le1984-02-29']],
    ['1985', ['ge1985-01-01', 'le1985-12-31']],
    ['1985-05-17', ['eq1985-05-17']],
  ])('the birth date %s is searched as %j', (dateOfBirth, expected) => {
    const [first] = queries({ names: [{ given: 'Daniel', family: 'Okafor' }], dateOfBirth });
    expect(first?.filter(([name]) => name === 'birthdate').map(([, value]) => value)).toEqual(expected);
  });

  it.each(['ZZ99 3VZ', 'nonsense', '', 'R*'])('the postcode %j is no area to search in', (postcode) => {
    expect(knownOf({ addresses: [{ postcode }] }).area).toBeUndefined();
  });

  it('too little is no search: a family name and a birth date are also his sister\u2019s', () => {
    expect(queries({ names: [{ family: 'Okafor' }], dateOfBirth: '1985-05-17' })).toEqual([]);
    expect(queries({ names: [{ given: 'Daniel', family: 'Okafor' }] })).toEqual([]);
  });

  it('whatever a case holds, every search keeps the rules of the service', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('*', 'A*', 'Sm*th', 'O\u2019Neil-Jones'),
    );
    const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2020-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(
        text,
        text,
        dates,
        fc.constantFrom(4, 7, 10),
        fc.constantFrom('RV3 4AB', 'M1 1AA', '*'),
        (given, family, date, digits, postcode) => {
          const person = {
            names: [{ given, family }],
            dateOfBirth: date.toISOString().slice(0, digits),
            addresses: [{ postcode }],
          };
          for (const query of queries(person)) {
            const read = readSearch(new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])));
            expect(read.ok).toBe(true);
            expect(query.some(([name]) => name === 'phone' || name === 'email')).toBe(false);
          }
        },
      ),
      { seed: 1, numRuns: 400 },
    );
  });
});
