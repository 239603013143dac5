import { GIVEN_NAMES } from './given-name-shares.ts';
import { SURNAMES } from './surname-shares.ts';

interface Known {
  readonly share: number;
  readonly group: string;
}

function readTable(table: string): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const cell of table.split(/[|\n]/)) {
    const [name, perMillion, group = ''] = cell.trim().split(' ');
    if (name !== undefined && perMillion !== undefined) known.set(name, { share: Number(perMillion) / 1e6, group });
  }
  return known;
}

const surnames = readTable(SURNAMES);
const givenNames = readTable(GIVEN_NAMES);

/**
 * What a name off the tables is taken to be. A surname past the five hundredth is borne by some 70 in a million people,
 * weighted by bearers (Zipf's law from the last of the table on); a first name past the last, 15 in a million, by fewer.
 * Both are taken for commoner, since a family or a village brings its names along to one town.
 */
const OTHER_SURNAME: Known = { share: 1e-4, group: '' };
const OTHER_GIVEN: Known = { share: 1e-4, group: '' };

/** How much more often a first name goes with a surname of its own community than two drawn apart would meet. */
const COMMUNITY_LIFT: Readonly<Record<string, number>> = { m: 10, s: 25, h: 15, p: 50, w: 1.5 };

/** Share of people with this surname, 0 to 1. */
export const surnameShare = (surname: string): number => (surnames.get(surname) ?? OTHER_SURNAME).share;

/** Whether this is a first name that many people are given: a slip of the pen would rarely turn one into another. */
export const isKnownGivenName = (given: string): boolean => givenNames.has(given);

/** Whether this is a surname of the table. */
export const isKnownSurname = (surname: string): boolean => surnames.has(surname);

/** Share of people with this first name, 0 to 1; also used for middle names. */
export const givenNameShare = (given: string): number => (givenNames.get(given) ?? OTHER_GIVEN).share;

/** Share of people with this first name and surname together, 0 to 1. */
export function fullNameShare(given: string, surname: string): number {
  const first = givenNames.get(given) ?? OTHER_GIVEN;
  const last = surnames.get(surname) ?? OTHER_SURNAME;
  const lift = first.group !== '' && first.group === last.group ? (COMMUNITY_LIFT[first.group] ?? 1) : 1;
  return first.share * last.share * lift;
}

/**
 * Share of people at an ordinary postcode, and at one where many unrelated people live. About 1.8 million postcodes
 * serve the United Kingdom (ONS Postcode Directory); those of registers of offenders are fewer and fuller.
 */
export const HOME_POSTCODE_SHARE = 4e-6;
export const CROWDED_POSTCODE_SHARE = 5e-4;
