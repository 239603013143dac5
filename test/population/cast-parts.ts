import type { IsoDate } from '../../schemas/names.ts';
import { daysBefore } from './calendar.ts';
import { nhsCheckDigit, pncOf } from './identifiers.ts';
import { oneLine, type Dwelling } from './places.ts';
import type { Citizen, HeldAddress, HeldOther, HeldPhone, Holding, TrueContact } from './types.ts';

/** What the hand-written cast is put together from. Periods are days before the day it is as of. */

export type DaysAgo = (days: number) => IsoDate;

export const daysAgo =
  (asOf: IsoDate): DaysAgo =>
  (days) =>
    daysBefore(asOf, days);

/** The cast's own mobiles: 07700 900000 to 900099; the generated population begins at 900100. */
export const castMobile = (n: number): string => `+4477009000${String(n).padStart(2, '0')}`;

/** The cast's own NHS numbers, in the last thousand of the test range. Throws where this serial can have none. */
export function castNhsNumber(serial: number): string {
  const nine = `999999${String(serial).padStart(3, '0')}`;
  const check = nhsCheckDigit(nine);
  if (check === undefined) throw new Error(`no NHS number begins ${nine}`);
  return `${nine}${check}`;
}

/** The cast's own PNC numbers, above the generated serials. */
export const castPnc = (year: number, n: number): string => pncOf(year, 900_000 + n);

/** Streets that the generated borough has not; the units of their postcodes begin with Z, which it never uses. */
const dwelling = (line: string, postcode: string, n: number): Dwelling => ({
  lines: [...line.split(', '), 'Riverton'],
  postcode,
  uprn: `9990991${String(n).padStart(5, '0')}`,
});

export const HOMES = {
  lanternRow: dwelling('Flat 2, 27 Lantern Row', 'ZE5 2ZA', 1),
  tollgateYard: dwelling('8 Tollgate Yard', 'ZE6 4ZB', 2),
  saltersCourt: dwelling('15 Salters Court', 'ZE4 7ZU', 3),
  hopeTerrace: dwelling('3 Hope Terrace', 'ZE8 1ZD', 4),
  lockKeepers: dwelling('41 Lock Keepers Rise', 'ZE9 5ZE', 5),
  beaconView: dwelling('Flat 9, 112 Beacon View', 'ZE7 8ZF', 6),
  millstonePlace: dwelling('6 Millstone Place', 'ZE4 2ZG', 7),
  cobblersNook: dwelling('19 Cobblers Nook', 'ZE6 9ZH', 8),
  drumlinDrive: dwelling('77 Drumlin Drive', 'ZE8 3ZJ', 9),
  paperMakers: dwelling('22 Papermakers Fold', 'ZE5 6ZL', 10),
  gaslightMews: dwelling('5 Gaslight Mews', 'ZE9 2ZN', 11),
  starlingHeath: dwelling('30 Starling Heath', 'ZE7 4ZP', 12),
  bellfounders: dwelling('11 Bellfounders Walk', 'ZE6 1ZQ', 13),
  victimHarding: dwelling('48 Osprey Reach', 'ZE8 6ZR', 14),
  victimMarsden: dwelling('2 Thimble Hall', 'ZE4 4ZS', 15),
  elsewhere: dwelling('64 Wherry Wharf', 'ZE9 9ZT', 16),
  ludlow: dwelling('33 Ludlow Steps', 'ZE4 9ZW', 17),
} as const;

/** `[number or dwelling, from days ago, to days ago]`. */
type Spell<T> = readonly [thing: T, from: number, to?: number];

export interface CastPerson extends Omit<Citizen, 'contacts' | 'aliases' | 'situations' | 'relations'> {
  readonly aliases?: Citizen['aliases'];
  readonly situations?: Citizen['situations'];
  readonly relations?: Citizen['relations'];
  readonly mobiles?: readonly Spell<number>[];
  readonly homes?: readonly Spell<Dwelling>[];
  readonly email?: string;
}

/** A citizen with the truth of what reaches them. */
export function castCitizen(ago: DaysAgo, person: CastPerson): Citizen {
  const { mobiles = [], homes = [], email, aliases = [], situations = [], relations = [], ...known } = person;
  const contact = (kind: TrueContact['kind'], value: string, from: number, to?: number): TrueContact => ({
    kind,
    value,
    owner: known.id,
    worksFrom: ago(from),
    ...(to === undefined ? {} : { worksTo: ago(to) }),
  });
  return {
    ...known,
    aliases,
    situations,
    relations,
    contacts: [
      ...mobiles.map(([number, from, to]) => contact('phone', castMobile(number), from, to)),
      ...(email === undefined ? [] : [contact('email', email, 2000)]),
      ...homes.map(([home, from, to]) => contact('address', oneLine(home), from, to)),
    ],
  };
}

/** A plain holding of a citizen, told apart by what is given. */
export function castHolding(
  ago: DaysAgo,
  citizen: Citizen,
  parts: Pick<Holding, 'agency' | 'reference'> & Partial<Holding>,
): Holding {
  return {
    otherReferences: [],
    citizen: citizen.id,
    names: [citizen.name],
    aliases: [],
    dateOfBirth: citizen.dateOfBirth,
    sex: citizen.sex,
    addresses: [],
    phones: [],
    emails: [],
    others: [],
    noFixedAbode: false,
    restricted: false,
    licenceConditions: [],
    orders: [],
    relationshipOnly: false,
    lastUpdated: ago(30),
    ...(parts.agency === 'health' ? { nhsNumber: parts.reference } : {}),
    ...parts,
  };
}

export const held = (
  home: Dwelling,
  type: HeldAddress['type'],
  period: Pick<HeldAddress, 'from' | 'to' | 'lastConfirmed'>,
): HeldAddress => ({ ...home, type, ...period });

export const phone = (
  number: number,
  recordedAs: HeldPhone['recordedAs'],
  period: Pick<HeldPhone, 'from' | 'to' | 'lastConfirmed'> = {},
): HeldPhone => ({ number: castMobile(number), type: 'mobile', recordedAs, ...period });

export function other(
  citizen: Citizen,
  as: HeldOther['as'],
  numbers: readonly number[] = [],
  home?: Dwelling,
): HeldOther {
  const { given, family } = citizen.name;
  return {
    citizen: citizen.id,
    as,
    name: { given, family },
    dateOfBirth: citizen.dateOfBirth,
    phones: numbers.map(castMobile),
    ...(home === undefined ? {} : { address: { ...home, type: 'home' } }),
  };
}

/** The form of a staff member's or practice's entry in a file. */
export const worker = (name: string, team: string, line: number): NonNullable<Holding['worker']> => ({
  name,
  team,
  phone: `+4430699908${String(line).padStart(2, '0')}`,
  email: `${name.toLowerCase().replace(' ', '.')}@riverton.example`,
});
