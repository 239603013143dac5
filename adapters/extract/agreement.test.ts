import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  birthDatesAgree,
  couldBeSought,
  foldIdentifier,
  foldName,
  foldPhone,
  isPlaceholder,
  namesAgree,
  readingsOf,
} from './agreement.ts';
import type { HeldRecord, SoughtPerson } from './held-record.ts';
import { makeLookup } from './lookup.ts';

const recordOf = (changes: Partial<HeldRecord>): HeldRecord => ({
  reference: 'A-1',
  supersedes: [],
  restricted: false,
  names: [{ given: 'Owen', family: 'Rees' }],
  dateOfBirth: '1979-03-05',
  sex: 'male',
  identifiers: [],
  postcodes: [],
  contacts: [],
  othersContacts: [],
  values: [],
  withheldFields: [],
  ...changes,
});

const soughtOf = (changes: Partial<SoughtPerson> = {}): SoughtPerson => ({
  names: [{ given: 'Owen', family: 'Rees' }],
  datesOfBirth: ['1979-03-05'],
  sex: 'male',
  identifiers: [],
  postcodes: [],
  phones: [],
  emails: [],
  ...changes,
});

describe('agreement', () => {
  it.each([
    ['12/394773H', '2012/0394773H'],
    ['2012/394773h', '2012/0394773H'],
    ['76/1A', '1976/0000001A'],
    ['73/1A', '2073/0000001A'],
  ])('PNC %s is PNC %s', (one, other) => {
    expect(foldIdentifier({ type: 'PNC', value: one })).toBe(foldIdentifier({ type: 'PNC', value: other }));
  });

  it('identifiers of different types never agree, nor a PNC of another letter', () => {
    const folded = [
      { type: 'PNC' as const, value: '2012/0394773H' },
      { type: 'CRO' as const, value: '2012/0394773H' },
      { type: 'PNC' as const, value: '2012/0394773J' },
      { type: 'PNC' as const, value: '1912/0394773H' },
    ].map(foldIdentifier);
    expect(new Set(folded).size).toBe(4);
  });

  it('a name is the same with accents, case, hyphens and apostrophes or without, and an empty one agrees with none', () => {
    expect(foldName("  O'Connor-Łódź É ")).toBe(foldName('oconnorłódźe'));
    expect(namesAgree([{ given: 'Zoë Ann', family: 'O’Hara' }], [{ given: 'ZOE', family: "O'Hara" }])).toBe(true);
    expect(namesAgree([{ given: '', family: '' }], [{ given: '', family: '' }])).toBe(false);
    expect(namesAgree([{ family: 'Rees' }], [{ given: 'Owen', family: 'Rees' }])).toBe(false);
  });

  it('a telephone number is the same in every spelling', () => {
    expect(new Set(['+44 7700 900123', '07700900123', '00447700900123'].map(foldPhone)).size).toBe(1);
  });

  it('a date read with day and month exchanged reads back, and a placeholder agrees with nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (month, day) => {
        const two = (n: number): string => String(n).padStart(2, '0');
        const date = `1980-${two(month)}-${two(day)}`;
        for (const reading of readingsOf(date)) expect(readingsOf(reading)).toContain(date);
        expect(readingsOf(date)).toHaveLength(day > 12 || day === month ? 1 : 2);
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(birthDatesAgree(['1900-01-01'], '1900-01-01')).toBe(false);
    expect(isPlaceholder(undefined)).toBe(true);
  });

  it('P5: a record with another birth date, another sex or no part of a name in common is not whom we asked about', () => {
    expect(couldBeSought(soughtOf(), recordOf({}))).toBe(true);
    expect(couldBeSought(soughtOf(), recordOf({ dateOfBirth: '1979-03-06' }))).toBe(false);
    expect(couldBeSought(soughtOf(), recordOf({ sex: 'female' }))).toBe(false);
    expect(couldBeSought(soughtOf(), recordOf({ names: [{ given: 'Paul', family: 'Moss' }] }))).toBe(false);
  });

  it('whatever the lookup finds could be whom we asked about', () => {
    const name = fc.record({
      given: fc.constantFrom('Owen', 'Paul', 'Amir'),
      family: fc.constantFrom('Rees', 'Moss', 'Khan'),
    });
    const date = fc.constantFrom('1979-03-05', '1979-05-03', '1900-01-01', '1990-10-20');
    const postcode = fc.constantFrom('ZE4 1AB', 'ZE5 2BD');
    const pnc = fc.constantFrom('2012/0394773H', '2001/0000001A');
    const record = fc.record({
      names: fc.array(name, { minLength: 1, maxLength: 2 }),
      dateOfBirth: date,
      sex: fc.constantFrom('male' as const, 'female' as const),
      identifiers: fc.array(fc.record({ type: fc.constant('PNC' as const), value: pnc }), { maxLength: 1 }),
      postcodes: fc.array(postcode, { maxLength: 1 }),
    });
    let found = 0;
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), record, (held, wanted) => {
        const records = held.map((one, index) => recordOf({ ...one, reference: `A-${index}` }));
        const sought = soughtOf({ ...wanted, datesOfBirth: [wanted.dateOfBirth] });
        const answer = makeLookup(records).find(sought);
        if (answer.outcome !== 'found') return;
        for (const one of records.filter(({ reference }) => answer.references.includes(reference))) {
          found += 1;
          expect(couldBeSought(sought, one)).toBe(true);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('where more than ten agree on the four, the contact reference says which', () => {
    const crowd = Array.from({ length: 12 }, (_, index) =>
      recordOf({ reference: `A-${index}`, postcodes: [index < 2 ? 'ZE4 1AB' : 'ZE5 2BD'] }),
    );
    const lookup = makeLookup(crowd);
    expect(lookup.find(soughtOf())).toEqual({ outcome: 'too-many-matches' });
    expect(lookup.find(soughtOf({ postcodes: ['ze41ab'] }))).toEqual({ outcome: 'found', references: ['A-0', 'A-1'] });
  });
});
