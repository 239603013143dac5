import { fullNameShare, givenNameShare } from '../compare/frequencies.ts';
import type { StandardName, StandardPerson } from '../standardise/standard-person.ts';

/**
 * How many other people of England and Wales there may be who bear the same first name, middle name and surname and were
 * born on the same day: 60 million people, 22,000 days of birth among the living to 60, and the shares of the tables,
 * each taken for larger than it is.
 */

const PEOPLE = 60e6;
const BIRTH_DAYS = 22_000;
/** In the one town where a family, clan or village has settled its names are ten times as common (`FREQUENCY_BOUNDS`). */
const SETTLED_TOGETHER = 10;
/** Tables count first names of both sexes; a man's middle name is a man's. */
const OF_ONE_SEX = 2;
/** A name off the tables, or rare on them, may be a community's ordinary middle name. */
const MIDDLE_NAME_LEAST = 1e-3;
/** Shorter ones stand for something else: `Wm`, `Jr`. */
const WRITTEN_OUT = 3;

/** Two who agree on name, middle name and birth date. */
export interface SameThroughout {
  /** The expected number of other people in England and Wales who agree on all of it too. */
  readonly others: number;
  /** Share of those of a sex who bear the middle name. */
  readonly middleShare: number;
}

/** Share of those of a sex who bear the rarest middle name that both have, written out; undefined where there is none. */
function sharedMiddleNameShare(a: StandardPerson, b: StandardPerson): number | undefined {
  const shared = a.middleNames.filter((name) => name.length >= WRITTEN_OUT && b.middleNames.includes(name));
  if (shared.length === 0) return undefined;
  return OF_ONE_SEX * Math.min(...shared.map((name) => Math.max(MIDDLE_NAME_LEAST, givenNameShare(name))));
}

const isWritten = ({ first, last }: StandardName): boolean => first.length > 1 && last.length > 1;

/** The commonest full name that both bear letter by letter, as a share of people. */
function sharedNameShare(a: StandardPerson, b: StandardPerson): number | undefined {
  const shares = a.names
    .filter((one) => isWritten(one) && b.names.some(({ first, last }) => first === one.first && last === one.last))
    .map(({ first, last }) => fullNameShare(first, last));
  return shares.length === 0 ? undefined : Math.max(...shares);
}

/** Many papers from abroad give 1 January for "some day that year": it is the birthday of whole communities. */
const haveADayOfBirth = (a: StandardPerson, b: StandardPerson): boolean =>
  a.birthDates.some(
    ({ text, day, month }) =>
      day !== undefined && !(day === 1 && month === 1) && b.birthDates.some((other) => other.text === text),
  );

/** Undefined where the two do not agree, letter by letter, on all of name, middle name and day of birth. */
export function findSameThroughout(a: StandardPerson, b: StandardPerson): SameThroughout | undefined {
  const middleShare = sharedMiddleNameShare(a, b);
  if (middleShare === undefined || !haveADayOfBirth(a, b)) return undefined;
  const nameShare = sharedNameShare(a, b);
  if (nameShare === undefined) return undefined;
  return { others: ((PEOPLE * nameShare * SETTLED_TOGETHER) / BIRTH_DAYS) * middleShare, middleShare };
}
