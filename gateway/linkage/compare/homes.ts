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

function isWithin(numbers: readonly string[], others: readonly string[]): boolean {
  for (const number of numbers) if (!others.includes(number)) return false;
  return true;
}

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

function anySameHouse(a: readonly StandardHome[], b: readonly StandardHome[]): boolean {
  for (const one of a) for (const other of b) if (isSameHouse(one, other)) return true;
  return false;
}

/** The share of people at all homes that both have held: the product over places, each counted once. */
function sharedShare(a: readonly StandardHome[], b: readonly StandardHome[]): number | undefined {
  let places: Map<string, boolean> | undefined;
  for (const home of a) {
    for (const other of b) {
      if (!isSameHome(home, other)) continue;
      places ??= new Map();
      const place = home.postcode ?? other.postcode ?? home.uprn ?? home.street?.house ?? '';
      places.set(place, (places.get(place) ?? false) || home.crowded || other.crowded);
    }
  }
  if (places === undefined) return undefined;
  let share = 1;
  for (const crowded of places.values()) share *= crowded ? CROWDED_POSTCODE_SHARE : HOME_POSTCODE_SHARE;
  return share;
}

function levelOfShare(share: number): Rule & keyof typeof PUBLISHED {
  if (share < RARE) return 'postcode-rare';
  return share < UNCOMMON ? 'postcode-uncommon' : 'postcode-common';
}

type Known = 'postcode' | 'outward' | 'uprn';

function anyMeet(a: readonly StandardHome[], b: readonly StandardHome[], known: Known): boolean {
  for (const { [known]: one } of a) {
    if (one !== undefined) for (const { [known]: other } of b) if (one === other) return true;
  }
  return false;
}

function anyHas(homes: readonly StandardHome[], known: Known): boolean {
  for (const { [known]: value } of homes) if (value !== undefined) return true;
  return false;
}

const apart = (finding: Finding): HomeComparison => ({ finding, shared: false, sameHouse: false });

const OTHER_HOUSE = apart({ comparison: 'address', rule: 'postcode-other-house', bits: OWN['postcode-other-house'] });
const SAME_DISTRICT = apart({ comparison: 'address', rule: 'postcode-outward', bits: PUBLISHED['postcode-outward'] });
const ELSEWHERE = apart({ comparison: 'address', rule: 'postcode-different', bits: PUBLISHED['postcode-different'] });

/** Compares every home ever held with every other; undefined where nothing can be compared. */
export function compareHomes(a: readonly StandardHome[], b: readonly StandardHome[]): HomeComparison | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const share = sharedShare(a, b);
  if (share !== undefined) {
    const rule = levelOfShare(share);
    const finding: Finding = { comparison: 'address', rule, bits: PUBLISHED[rule] };
    return { finding, shared: true, sameHouse: anySameHouse(a, b) };
  }
  const comparable = (anyHas(a, 'postcode') && anyHas(b, 'postcode')) || (anyHas(a, 'uprn') && anyHas(b, 'uprn'));
  if (!comparable) return undefined;
  if (anyMeet(a, b, 'postcode')) return OTHER_HOUSE;
  return anyMeet(a, b, 'outward') ? SAME_DISTRICT : ELSEWHERE;
}
