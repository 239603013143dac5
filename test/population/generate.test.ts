import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { measuredAgreement } from './agreement.ts';
import { generatePopulation } from './generate.ts';
import { BULK_MOBILE, DRAMA_LANDLINE, DRAMA_MOBILE } from './phones.ts';
import { KNOWN_TO, PUBLISHED } from './rates.ts';
import { truthOf } from './truth.ts';
import { SITUATIONS, type HeldAgency, type Holding, type Population } from './types.ts';
import { truthIn } from './wire-check.ts';
import { OFFICE_LINE } from './workers.ts';
import { outOfPlace } from './integrity.ts';

const asOf = '2026-11-22';
const borough = generatePopulation({ seed: 1, asOf, perpetrators: 3000 });
const truth = truthOf(borough);
const perpetrators = borough.citizens.filter(({ kind }) => kind === 'perpetrator');

describe('the population is reproducible', () => {
  it('gives the same people and records for the same options', () => {
    const again = generatePopulation({ seed: 7, asOf, perpetrators: 200 });
    expect(generatePopulation({ seed: 7, asOf, perpetrators: 200 })).toStrictEqual(again);
  });

  it('gives other people for another seed', () => {
    const [a, b] = [7, 8].map((seed) => generatePopulation({ seed, asOf, perpetrators: 20 }).citizens);
    expect(a).not.toEqual(b);
  });

  it('moves every date with the day it is as of', () => {
    const later = generatePopulation({ seed: 7, asOf: '2027-03-01', perpetrators: 50 });
    expect(outOfPlace(later)).toEqual([]);
  });
});

describe('everything in the population is in its place', () => {
  it('has no dangling relation, double reference, false date, malformed postcode or number out of range', () => {
    expect(outOfPlace(borough)).toEqual([]);
  });

  it('holds for any seed and size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 0, max: 90 }), (seed, count) => {
        const population = generatePopulation({ seed, asOf, perpetrators: count });
        expect(outOfPlace(population)).toEqual([]);
        expect(population.citizens.filter(({ kind }) => kind === 'perpetrator')).toHaveLength(count);
      }),
      { seed: 1, numRuns: 12 },
    );
  });
});

describe('hard cases', () => {
  const small = truthOf(generatePopulation({ seed: 5, asOf, perpetrators: 84 }));

  it.each(SITUATIONS)('has at least three people in situation %s, even in a population of 84', (situation) => {
    // A plain example may still fall to a slip in some record.
    const least = situation === 'plain' ? 1 : 3;
    expect(small.inSituation(situation).length).toBeGreaterThanOrEqual(least);
    expect(truth.inSituation(situation).length).toBeGreaterThanOrEqual(3);
  });

  it('knows perpetrators to agencies at the rates said', () => {
    for (const [agency, rate] of Object.entries(KNOWN_TO)) {
      const known = perpetrators.filter(({ id }) => truth.holdingsOfCitizen(id).some((held) => held.agency === agency));
      expect(Math.abs(known.length / perpetrators.length - rate)).toBeLessThan(0.04);
    }
  });
});

describe('two agencies’ records of one person agree as often as published', () => {
  it.each([1, 2])('within 0.03 of each figure (seed %i)', (seed) => {
    const measured = measuredAgreement(seed === 1 ? borough : generatePopulation({ seed, asOf, perpetrators: 3000 }));
    expect(measured.pairs).toBeGreaterThan(10_000);
    const compared: readonly (readonly [what: string, found: number, published: number])[] = [
      ['first and last name', measured.nameExact, PUBLISHED.nameExact],
      ['middle name', measured.middleExact, PUBLISHED.middleExact],
      ['birth date', measured.birthDateExact, PUBLISHED.birthDateExact],
      ['any postcode', measured.anyPostcode, PUBLISHED.anyPostcode],
      ['outward code only', measured.sameOutwardOnly, PUBLISHED.sameOutwardOnly],
      ['PNC number', measured.pncEqual, PUBLISHED.identifierAgrees - PUBLISHED.identifierCoreOnly],
    ];
    expect(compared.filter(([, found, published]) => !(Math.abs(found - published) <= 0.03))).toEqual([]);
  });
});

const phonesOf = ({ contacts }: Population['citizens'][number]): readonly string[] =>
  contacts.filter(({ kind }) => kind === 'phone').map(({ value }) => value);

const holdingOf = (id: string, agency: HeldAgency): Holding => {
  const held = truth.holdingsOfCitizen(id).find((holding) => holding.agency === agency);
  if (held === undefined) throw new Error(`${id} is not held by ${agency}`);
  return held;
};

describe('the truth of contact points', () => {
  it('a number recorded as his that is the victim’s reaches the victim and never him', () => {
    for (const { id } of truth.inSituation('victims-number-recorded-as-his')) {
      const phones = truth.holdingsOfCitizen(id).flatMap((held) => held.phones);
      const hers = phones.filter(({ recordedAs, reallyOf }) => recordedAs === 'self' && isVictim(reallyOf));
      expect(hers.length).toBeGreaterThan(0);
    }
  });

  it('his mother’s number stands at health as his', () => {
    for (const { id, relations } of truth.inSituation('mothers-number-recorded-as-his')) {
      const mother = relations.find(({ as }) => as === 'mother')?.to;
      const phones = holdingOf(id, 'health').phones.filter(({ recordedAs }) => recordedAs === 'self');
      expect(phones.map(({ reallyOf }) => reallyOf)).toContain(mother);
    }
  });

  it('a re-assigned number reaches the stranger only, and an agency still holds it', () => {
    for (const { id, contacts } of truth.inSituation('number-reassigned-to-stranger')) {
      const given = contacts.filter(({ kind, owner }) => kind === 'phone' && owner !== id);
      expect(given).toHaveLength(1);
      const number = given[0]?.value ?? '';
      const reached = truth.reachedBy('phone', number, asOf);
      expect(reached).toEqual([given[0]?.owner]);
      const held = truth.holdingsOfCitizen(id).flatMap((holding) => holding.phones.map((phone) => phone.number));
      expect(held).toContain(number);
    }
  });

  it('a phone shared with the victim reaches both', () => {
    for (const { id, contacts, relations } of truth.inSituation('phone-shared-with-victim')) {
      const victims = relations.filter(({ as }) => as === 'victim').map(({ to }) => to);
      const reached = contacts.map(({ value }) => truth.reachedBy('phone', value, asOf));
      expect(reached.some((ids) => ids.includes(id) && victims.some((victim) => ids.includes(victim)))).toBe(true);
    }
  });

  it('nobody in custody answers a phone of his own', () => {
    for (const { id, contacts } of truth.inSituation('in-custody')) {
      const phones = contacts.filter(({ kind }) => kind === 'phone');
      expect(phones.filter(({ value }) => truth.reachedBy('phone', value, asOf).includes(id))).toEqual([]);
      expect(holdingOf(id, 'probation').custody).toBeDefined();
    }
  });

  it('the victim’s address at police is where she lives and he does not', () => {
    for (const { id } of truth.inSituation('victims-address-at-police')) {
      const hers = holdingOf(id, 'police').addresses.filter(({ reallyOf }) => isVictim(reallyOf));
      expect(hers.length).toBeGreaterThan(0);
    }
  });

  it('a dead number reaches nobody', () => {
    const dead = perpetrators.flatMap(({ id, contacts }) =>
      contacts.filter(({ kind, owner, worksTo }) => kind === 'phone' && owner === id && worksTo !== undefined),
    );
    expect(dead.length).toBeGreaterThan(1000);
    for (const { owner, value } of dead) expect(truth.reachedBy('phone', value, asOf)).not.toContain(owner);
  });

  const isVictim = (id: string | undefined): boolean => id !== undefined && truth.citizen(id)?.kind === 'victim';
});

describe('phone numbers reach nobody real', () => {
  const held = borough.holdings.flatMap(({ phones }) => phones.map(({ number }) => number));
  const numbers = [...new Set([...held, ...borough.citizens.flatMap(phonesOf)])];

  it('every number is from a declared range', () => {
    const declared = [DRAMA_MOBILE, DRAMA_LANDLINE, BULK_MOBILE, OFFICE_LINE];
    expect(numbers.filter((number) => !declared.some((range) => range.test(number)))).toEqual([]);
  });

  it('a bulk mobile is like a drama mobile to a phone library: possible, and no operator’s', () => {
    const mobiles = numbers.filter((each) => BULK_MOBILE.test(each) || DRAMA_MOBILE.test(each));
    const told = mobiles.map((number) => parsePhoneNumberFromString(number));
    expect(told.filter((parsed) => parsed?.isPossible() !== true || parsed.isValid())).toEqual([]);
  });

  it('examples of every situation show drama numbers only', () => {
    const examples = perpetrators.slice(0, 84).flatMap(phonesOf);
    expect(examples.length).toBeGreaterThan(84);
    expect(examples.filter((number) => BULK_MOBILE.test(number))).toEqual([]);
  });
});

describe('truth stays off the wire', () => {
  it('no field but the documented ones carries a citizen’s id', () => {
    const wire = JSON.stringify(borough.holdings, (key, value: unknown) =>
      key === 'citizen' || key === 'reallyOf' || key === 'jointWith' ? undefined : value,
    );
    expect(truthIn(wire, borough)).toEqual([]);
  });

  it('the check that simulators use finds a key, and an id wherever it is', () => {
    const [citizen] = borough.citizens;
    if (citizen === undefined) throw new Error('the borough is empty');
    expect(truthIn(JSON.stringify({ citizen: 'x' }), borough)).toEqual(['citizen']);
    expect(truthIn(`{"note":"see ${citizen.id}"}`, borough)).toEqual([citizen.id]);
    expect(truthIn('{"note":"nothing"}', borough)).toEqual([]);
  });
});
