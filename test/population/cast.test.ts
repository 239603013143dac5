import { describe, expect, it } from '@jest/globals';
import { caseSchema } from '../../schemas/case.ts';
import { castCases } from './cast-cases.ts';
import { DANIEL } from './cast-daniel.ts';
import { demoCast, together } from './cast.ts';
import { generatePopulation } from './generate.ts';
import { outOfPlace } from './integrity.ts';
import { DRAMA_LANDLINE, DRAMA_MOBILE } from './phones.ts';
import { oneLine } from './places.ts';
import { holdingsOf, truthOf } from './truth.ts';
import { OFFICE_LINE } from './workers.ts';

const asOf = '2026-11-22';
const cast = demoCast(asOf);
const truth = truthOf(cast);
const AGENCIES = ['police', 'probation', 'housing', 'health', 'childrens'] as const;

describe('the cast', () => {
  it.each([asOf, '2028-02-29', '2027-01-01'])('is in its place on %s', (day) => {
    expect(outOfPlace(demoCast(day))).toEqual([]);
  });

  it('stands beside any borough without a number, reference or person in common', () => {
    const borough = generatePopulation({ seed: 1, asOf, perpetrators: 300 });
    expect(outOfPlace(together(borough, cast))).toEqual([]);
    const keepers = new Set(cast.citizens.filter(({ id }) => id.startsWith('S-KEEPER')).map(({ id }) => id));
    const points = (all: typeof cast): string[] =>
      all.citizens.filter(({ id }) => !keepers.has(id)).flatMap(({ contacts }) => contacts.map(({ value }) => value));
    const lodging = new Set(cast.holdings.flatMap(({ addresses }) => addresses.filter(isLodging).map(oneLine)));
    const theirs = new Set(points(borough));
    expect(points(cast).filter((value) => theirs.has(value) && !lodging.has(value))).toEqual([]);
    expect(() => together(borough, demoCast('2026-11-23'))).toThrow('different days');
  });

  it('has drama numbers only, because people read them', () => {
    const numbers = cast.citizens.flatMap(({ contacts }) => contacts.filter(({ kind }) => kind === 'phone'));
    const held = cast.holdings.flatMap(({ phones, others, worker }) => [
      ...phones.map(({ number }) => number),
      ...others.flatMap((other) => other.phones),
      ...(worker?.phone === undefined ? [] : [worker.phone]),
    ]);
    const all = [...numbers.map(({ value }) => value), ...held];
    expect(
      all.filter((number) => ![DRAMA_MOBILE, DRAMA_LANDLINE, OFFICE_LINE].some((range) => range.test(number))),
    ).toEqual([]);
  });

  it('holds nobody of the name that nobody holds', () => {
    expect(truth.holdingsOfCitizen('CAST-emmanuel-asante')).toEqual([]);
  });

  it.each(AGENCIES)('gives %s something to hold', (agency) => {
    expect(holdingsOf(cast, agency).length).toBeGreaterThan(1);
  });
});

const isLodging = ({ type }: { readonly type: string }): boolean => type === 'hostel' || type === 'approved';

describe('Daniel', () => {
  const his = truth.holdingsOfCitizen(DANIEL);
  const numbersAt = (agency: string, recordedAs = 'self'): readonly string[] =>
    his
      .filter((holding) => holding.agency === agency)
      .flatMap(({ phones }) => phones.filter((phone) => phone.recordedAs === recordedAs).map(({ number }) => number));

  it('is known to all five agencies, to children’s services through his son only', () => {
    expect(his.map(({ agency }) => agency).sort()).toEqual([...AGENCIES].sort());
    expect(his.find(({ agency }) => agency === 'childrens')?.relationshipOnly).toBe(true);
    const child = cast.holdings.find(({ citizen }) => citizen === 'CAST-tobi-okoro');
    expect(child?.others.map(({ citizen }) => citizen)).toContain(DANIEL);
  });

  it.each([
    ['police', [[]]],
    ['probation', [[DANIEL]]],
    ['housing', [['CAST-chloe-bennett']]],
    ['health', [['CAST-grace-okoro'], [DANIEL]]],
    ['childrens', [[DANIEL]]],
  ])('what %s records as his number really reaches %j', (agency, reached) => {
    expect(numbersAt(agency).map((number) => truth.reachedBy('phone', number, asOf))).toEqual(reached);
  });

  it('housing has the same number as his and as hers', () => {
    expect(numbersAt('housing', 'partner')).toEqual(numbersAt('housing'));
  });

  it('the home that police hold is where she lives and he no longer does', () => {
    const home = his.find(({ agency }) => agency === 'police')?.addresses[0];
    expect(home?.reallyOf).toBe('CAST-chloe-bennett');
    expect(truth.reachedBy('address', home === undefined ? '' : oneLine(home), asOf)).not.toContain(DANIEL);
  });

  it('father of his name and twin of his birth date are in the registers too', () => {
    const senior = truth.holdingsOfCitizen('CAST-daniel-okoro-senior');
    const twin = truth.holdingsOfCitizen('CAST-david-okoro');
    expect([senior.length, twin.length]).toEqual([2, 2]);
    expect(twin.map(({ dateOfBirth }) => dateOfBirth)).toEqual(['1988-03-14', '1988-03-14']);
  });
});

describe('the cases of the cast', () => {
  it('are cases of the register, once their protected contacts are sealed', () => {
    for (const { subjectIs, protectedContacts, ...kase } of castCases(asOf)) {
      const sealed = protectedContacts.map(({ kind, whose }) => ({ kind, whose, seal: 'A'.repeat(43) }));
      expect(caseSchema.safeParse({ ...kase, protectedContacts: sealed }).error?.issues ?? []).toEqual([]);
      expect(truth.citizen(subjectIs)?.kind).toBe('perpetrator');
    }
  });

  it('cover every main character once, and every category that a case can be in', () => {
    const cases = castCases(asOf);
    const main = cast.citizens.filter(({ kind }) => kind === 'perpetrator').map(({ id }) => id);
    expect(cases.map(({ subjectIs }) => subjectIs).sort()).toEqual(main.sort());
    expect([...new Set(cases.map(({ category }) => category))].sort()).toEqual([
      'closed',
      'contact',
      'hold',
      'monitor',
    ]);
    expect(cases[0]?.subjectIs).toBe(DANIEL);
  });

  it('seal only what really reaches a protected person', () => {
    for (const { protectedContacts } of castCases(asOf)) {
      for (const { kind, value } of protectedContacts) {
        const reached = truth.reachedBy(kind, value, asOf).map((id) => truth.citizen(id)?.kind);
        expect(reached).toContain('victim');
      }
    }
  });
});
