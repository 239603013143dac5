import { isoDateSchema } from '../../schemas/names.ts';
import { longPnc } from './agreement.ts';
import { checkLetter, nhsCheckDigit } from './identifiers.ts';
import { oneLine } from './places.ts';
import type { HeldAddress, HeldPhone, Holding, Population } from './types.ts';

/** Royal Mail's format with its letter rules: what may stand first, second and in the last two places. */
const POSTCODE = /^[A-PR-UWYZ][A-HK-Y]\d{1,2} \d[ABD-HJLNP-UW-Z]{2}$/u;

/** Every fault of a population as a sentence; empty is as it must be. For tests of whatever makes populations. */
export function outOfPlace(population: Population): readonly string[] {
  return [
    ...dangling(population),
    ...doubles(population.citizens.map(({ id }) => id)).map((id) => `citizen ${id} twice`),
    ...doubles(population.holdings.flatMap(referencesOf)).map((reference) => `reference ${reference} twice`),
    ...doubles(population.holdings.map(({ agency, citizen }) => `${agency}:${citizen}`)).map((held) => `${held} twice`),
    ...population.citizens.flatMap((citizen) =>
      citizen.contacts.flatMap(({ worksFrom, worksTo }) => badPeriod(citizen.id, { from: worksFrom, to: worksTo })),
    ),
    ...population.holdings.flatMap((holding) => [
      ...badDates(holding, population.asOf),
      ...badIdentifiers(holding),
      ...holding.addresses.flatMap(badAddress),
    ]),
  ];
}

function dangling({ citizens, holdings }: Population): readonly string[] {
  const ids = new Set(citizens.map(({ id }) => id));
  const named = [
    ...citizens.flatMap(({ relations, contacts }) => [
      ...relations.map(({ to }) => to),
      ...contacts.map(({ owner }) => owner),
    ]),
    ...holdings.flatMap(({ citizen, others, phones, addresses, tenancy }) => [
      citizen,
      ...others.map((other) => other.citizen),
      ...[...phones, ...addresses].map(({ reallyOf }) => reallyOf),
      tenancy?.jointWith,
    ]),
  ];
  return named
    .filter((id) => id !== undefined)
    .filter((id) => !ids.has(id))
    .map((id) => `nobody is ${id}`);
}

const referencesOf = ({ agency, reference, otherReferences }: Holding): readonly string[] =>
  [reference, ...otherReferences.map(({ value }) => value)].map((each) => `${agency}:${each}`);

const doubles = (values: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
};

function badDates(holding: Holding, asOf: string): readonly string[] {
  const points: readonly (HeldAddress | HeldPhone)[] = [...holding.addresses, ...holding.phones];
  const past = [
    holding.lastUpdated,
    holding.releasedOn,
    holding.custody?.since,
    ...points.map((each) => each.lastConfirmed),
  ];
  return [
    ...points.flatMap((point) => badPeriod(holding.reference, point)),
    ...past
      .filter((date) => date !== undefined && date > asOf)
      .map((date) => `${holding.reference} knows ${date ?? ''} ahead`),
    ...points
      .filter(({ lastConfirmed = '' }) => lastConfirmed > holding.lastUpdated)
      .map(() => `${holding.reference} confirmed unwritten`),
    ...(holding.dateOfBirth === undefined || isoDateSchema.safeParse(holding.dateOfBirth).success
      ? []
      : [`${holding.reference} birth date ${holding.dateOfBirth}`]),
  ];
}

interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly lastConfirmed?: string | undefined;
}

function badPeriod(whose: string, { from, to, lastConfirmed }: Period): readonly string[] {
  const dates = [from, to, lastConfirmed].filter((date) => date !== undefined);
  const unreal = dates.some((date) => !isoDateSchema.safeParse(date).success);
  const backwards = from !== undefined && [to, lastConfirmed].some((date) => date !== undefined && date < from);
  return unreal || backwards
    ? [`${whose} has period ${from ?? ''} to ${to ?? ''} confirmed ${lastConfirmed ?? ''}`]
    : [];
}

function badIdentifiers({ agency, reference, pnc, cro, nhsNumber, otherReferences }: Holding): readonly string[] {
  const superseded = otherReferences.filter(({ type }) => agency === 'health' && type === 'superseded');
  const nhs = [nhsNumber, ...superseded.map(({ value }) => value), ...(agency === 'health' ? [reference] : [])];
  const badNhs = nhs.filter((value) => value !== undefined && !validNhsNumber(value));
  // Probation's clerks mistype; what police hold is what the PNC gave out.
  const badPnc = agency === 'police' && pnc !== undefined && !validPnc(pnc);
  const badCro = cro !== undefined && !validCro(cro);
  return [
    ...badNhs.map((value) => `${reference} has NHS number ${value ?? ''}`),
    ...(badPnc ? [`${reference} has PNC ${pnc}`] : []),
    ...(badCro ? [`${reference} has CRO ${cro}`] : []),
  ];
}

/** Ten digits of the test range 999 whose last is right. */
export const validNhsNumber = (value: string): boolean =>
  /^999\d{7}$/u.test(value) && nhsCheckDigit(value.slice(0, 9)) === value.charAt(9);

/** A PNC number, long or short, whose check letter is right. */
export function validPnc(value: string): boolean {
  const long = longPnc(value);
  return long !== undefined && checkLetter(long.slice(2, 4), long.slice(5, 12)) === long.charAt(12);
}

/** A CRO number of the ordinary form whose check letter is right. */
export const validCro = (value: string): boolean =>
  /^\d{6}\/\d{2}[A-Z]$/u.test(value) && checkLetter(value.slice(7, 9), value.slice(0, 6)) === value.charAt(9);

const badAddress = (address: HeldAddress): readonly string[] =>
  address.postcode !== undefined && POSTCODE.test(address.postcode)
    ? []
    : [`no postcode of the UK: ${oneLine(address)}`];
