import type { StandardHome } from '../standardise/standard-person.ts';
import type { Finding, Rule } from '../weigh/finding.ts';
import { OWN, PUBLISHED } from '../weigh/weights.ts';
import { isOneEdit } from './spelling.ts';
import { CROWDED_POSTCODE_SHARE, HOME_POSTCODE_SHARE } from './frequencies.ts';

export interface HomeComparison {
  readonly finding: Finding;
  /** They have lived, or live, under one roof. */
  readonly shared: boolean;
  /** By UPRN, or by postcode and the same numbers: not only the same street. */
  readonly sameHouse: boolean;
}

/** The published model's bounds on the product of the shares of all postcodes in common. */
const RARE = 1e-5;
const UNCOMMON = 1e-4;

const isWithin = (numbers: readonly string[], others: readonly string[]): boolean =>
  numbers.every((number) => others.includes(number));

/** Whether two homes at one postcode are two houses: by UPRN, else by house and flat numbers where both have some. */
function isOtherHouse(a: StandardHome, b: StandardHome): boolean {
  if (a.uprn !== undefined && b.uprn !== undefined) return a.uprn !== b.uprn;
  if (a.numbers.length === 0 || b.numbers.length === 0) return false;
  return !isWithin(a.numbers, b.numbers) && !isWithin(b.numbers, a.numbers);
}

/**
 * The same number in the same street, where a postcode is missing (then the town has to agree) or the two differ by one
 * slip: there are hundreds of High Streets, but few in one postal district.
 */
function isSameStreetHouse(a: StandardHome, b: StandardHome): boolean {
  if (a.street === undefined || a.street.house !== b.street?.house || isOtherHouse(a, b)) return false;
  if (a.postcode !== undefined && b.postcode !== undefined) return isOneEdit(a.postcode, b.postcode);
  const [one, other] = [a.street.places, b.street.places];
  // One register writes the town alone, another the county too; two towns of one county are two places.
  return Math.min(one.length, other.length) > 0 && (isWithin(one, other) || isWithin(other, one));
}

const isSameHome = (a: StandardHome, b: StandardHome): boolean =>
  (a.uprn !== undefined && a.uprn === b.uprn) ||
  (a.postcode !== undefined && a.postcode === b.postcode && !isOtherHouse(a, b)) ||
  isSameStreetHouse(a, b);

const isSameHouse = (a: StandardHome, b: StandardHome): boolean =>
  !a.crowded &&
  !b.crowded &&
  ((a.uprn !== undefined && a.uprn === b.uprn) || (a.numbers.length > 0 && b.numbers.length > 0 && isSameHome(a, b)));

const anySameHouse = (a: readonly StandardHome[], b: readonly StandardHome[]): boolean =>
  a.some((one) => b.some((other) => isSameHouse(one, other)));

/** The share of people at all homes that both have held: the product over places, each counted once. */
function sharedShare(a: readonly StandardHome[], b: readonly StandardHome[]): number | undefined {
  const places = new Map<string, boolean>();
  for (const home of a) {
    for (const other of b) {
      if (!isSameHome(home, other)) continue;
      const place = home.postcode ?? other.postcode ?? home.uprn ?? home.street?.house ?? '';
      places.set(place, (places.get(place) ?? false) || home.crowded || other.crowded);
    }
  }
  if (places.size === 0) return undefined;
  return [...places.values()].reduce(
    (share, crowded) => share * (crowded ? CROWDED_POSTCODE_SHARE : HOME_POSTCODE_SHARE),
    1,
  );
}

function levelOfShare(share: number): Rule & keyof typeof PUBLISHED {
  if (share < RARE) return 'postcode-rare';
  return share < UNCOMMON ? 'postcode-uncommon' : 'postcode-common';
}

const anyMeet = (
  a: readonly StandardHome[],
  b: readonly StandardHome[],
  key: (home: StandardHome) => string | undefined,
): boolean => a.some((home) => key(home) !== undefined && b.some((other) => key(home) === key(other)));

/** Compares every home ever held with every other; undefined where nothing can be compared. */
export function compareHomes(a: readonly StandardHome[], b: readonly StandardHome[]): HomeComparison | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const comparison = 'address';
  const share = sharedShare(a, b);
  if (share !== undefined) {
    const rule = levelOfShare(share);
    return { finding: { comparison, rule, bits: PUBLISHED[rule] }, shared: true, sameHouse: anySameHouse(a, b) };
  }
  const comparable =
    (a.some((home) => home.postcode !== undefined) && b.some((home) => home.postcode !== undefined)) ||
    (a.some((home) => home.uprn !== undefined) && b.some((home) => home.uprn !== undefined));
  if (!comparable) return undefined;
  if (anyMeet(a, b, (home) => home.postcode)) {
    return {
      finding: { comparison, rule: 'postcode-other-house', bits: OWN['postcode-other-house'] },
      shared: false,
      sameHouse: false,
    };
  }
  const rule = anyMeet(a, b, (home) => home.outward) ? 'postcode-outward' : 'postcode-different';
  return { finding: { comparison, rule, bits: PUBLISHED[rule] }, shared: false, sameHouse: false };
}
