import { doorNumbers, type DoorNumbers } from './address.ts';
import { readPostcode } from './postcode.ts';

/**
 * Homes that may be one although their lines do not say so. A worker who is sent two doors from the victim, or to her
 * door under a postcode with a slip in it, is sent to the victim.
 */

/** A home as far as its line tells. */
export interface Home {
  readonly postcode?: string;
  readonly doors: DoorNumbers;
  /** Words of the street, without "Road" and the like. */
  readonly street: ReadonlySet<string>;
  /** All other words: town, county. */
  readonly beyond: ReadonlySet<string>;
}

/**
 * Reads a line for comparing homes, also one that is no usable address: a postcode alone, a street without postcode.
 *
 * @param text plain text, see spelling.ts
 */
export function readHome(text: string): Home {
  const found = readPostcode(text);
  const parts = (found?.rest ?? text).split(/[,;\n]/).filter((part) => /[\p{L}\d]/u.test(part));
  const at = parts.findIndex((part) => /\d/.test(part) && !UNIT.test(part));
  // "14, Mill Lane": the street is in the next part.
  const last = at !== -1 && wordsOf(parts[at] ?? '').length === 0 ? at + 1 : Math.max(at, 0);
  return {
    ...(found === undefined ? {} : { postcode: found.postcode }),
    doors: doorNumbers(parts),
    street: new Set(wordsOf(parts[last] ?? '')),
    beyond: new Set(parts.slice(last + 1).flatMap(wordsOf)),
  };
}

const UNIT = /^\s*(?:flat|flt|apartment|apt|unit|room|rm|studio)\b/i;

function wordsOf(part: string): string[] {
  return part
    .toUpperCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1 && !SORTS_OF_STREET.has(word));
}

const SORTS_OF_STREET = new Set(
  (
    'ROAD RD STREET ST LANE LN AVENUE AVE AV CLOSE CL DRIVE DR COURT CT GARDENS GDNS GROVE GR TERRACE TER WAY PLACE PL ' +
    'CRESCENT CRES HILL PARK SQUARE SQ WALK MEWS RISE VIEW GREEN THE FLAT FLT APARTMENT APT UNIT ROOM RM STUDIO HOUSE ' +
    'BASEMENT GROUND FIRST SECOND THIRD TOP FLOOR LOWER UPPER NO'
  ).split(' '),
);

/**
 * Whether two homes may be one: in one postcode, where a door number is missing, one of several, or turned about; under
 * two postcodes of one district, or none, where door and street are the same. Flat 3 is not flat 2, and 16 is not 14.
 */
export function mayBeOneHome(a: Home, b: Home): boolean {
  if (a.postcode !== undefined && a.postcode === b.postcode) return mayBeOneDoor(a.doors, b.doors);
  if (a.postcode !== undefined && b.postcode !== undefined && outward(a.postcode) !== outward(b.postcode)) return false;
  const isSomewhere = a.doors.buildings.length > 0 && a.street.size > 0;
  if (!isSomewhere || !areEqual(a.street, b.street) || !mayBeOneDoor(a.doors, b.doors)) return false;
  return a.beyond.size === 0 || b.beyond.size === 0 || [...a.beyond].some((word) => b.beyond.has(word));
}

const outward = (postcode: string): string => postcode.split(' ')[0] ?? '';

function mayBeOneDoor(a: DoorNumbers, b: DoorNumbers): boolean {
  const [one, other] = [numbersOf(a), numbersOf(b)];
  if (one.length === 0 || other.length === 0) return true;
  const buildings = a.buildings.some((number) => b.buildings.some((each) => isOneDoor(number, each)));
  const isOtherFlat = a.units.length > 0 && b.units.length > 0 && !a.units.some((unit) => b.units.includes(unit));
  return buildings && !isOtherFlat;
}

const numbersOf = ({ units, buildings }: DoorNumbers): readonly string[] => [...units, ...buildings];

/** The same, or turned about: 14 and 41. Other slips are the neighbours' numbers. */
function isOneDoor(a: string, b: string): boolean {
  return a === b || (a.length > 1 && Array.from(a).reverse().join('') === b);
}

function areEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((word) => b.has(word));
}
