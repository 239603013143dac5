import { ARABIC_AND_TURKISH } from './families/arabic-and-turkish.ts';
import { BRITISH } from './families/british.ts';
import { EAST_ASIAN } from './families/east-asian.ts';
import { EASTERN_EUROPEAN } from './families/eastern-european.ts';
import { GREEK } from './families/greek.ts';
import { IRISH_AND_GAELIC } from './families/irish-and-gaelic.ts';
import { SOUTH_ASIAN } from './families/south-asian.ts';
import { WELSH } from './families/welsh.ts';
import { WEST_AFRICAN } from './families/west-african.ts';
import { consonants } from './latin.ts';

/**
 * Which names are forms of one: a record must not be lost because a clerk heard "Shivaun" and another read "Siobhan".
 * Membership of a family only ever gives the weight of a variant, never that of an exact name.
 */
const ORIGINS = [
  BRITISH,
  IRISH_AND_GAELIC,
  WELSH,
  EASTERN_EUROPEAN,
  GREEK,
  SOUTH_ASIAN,
  WEST_AFRICAN,
  ARABIC_AND_TURKISH,
  EAST_ASIAN,
];

type Families = ReadonlyMap<string, readonly number[]>;

function indexFamilies(lists: readonly string[]): Families {
  const index = new Map<string, number[]>();
  const lines = lists.flatMap((list) => list.split('\n')).filter((line) => line !== '');
  lines.forEach((line, family) => {
    for (const name of line.split(' ')) {
      const known = index.get(name);
      if (known === undefined) index.set(name, [family]);
      else known.push(family);
    }
  });
  return index;
}

/** Whether a first name stands in a family: it is a name that people bear. */
export const hasGivenFamily = (given: string): boolean => GIVEN_FAMILIES.has(given);

const GIVEN_FAMILIES = indexFamilies(ORIGINS.flatMap(({ given = '', either = '' }) => [given, either]));
const SURNAME_FAMILIES = indexFamilies(ORIGINS.flatMap(({ surnames = '', either = '' }) => [surnames, either]));

function shareFamily(families: Families, a: string, b: string): boolean {
  const ofA = families.get(a);
  if (ofA === undefined) return false;
  const ofB = families.get(b);
  return ofB !== undefined && ofA.some((family) => ofB.includes(family));
}

/** The families that a given name, or a surname, stands in, as numbers; none for most. For whoever compares many. */
export const givenFamiliesOf = (given: string): readonly number[] => GIVEN_FAMILIES.get(given) ?? NO_FAMILY;
export const surnameFamiliesOf = (surname: string): readonly number[] => SURNAME_FAMILIES.get(surname) ?? NO_FAMILY;
const NO_FAMILY: readonly number[] = [];

/** Whether two different given names are forms of one. */
export const sameGivenFamily = (a: string, b: string): boolean => shareFamily(GIVEN_FAMILIES, a, b);

function initialsByFamily(families: Families): ReadonlyMap<number, string> {
  const initials = new Map<number, string>();
  for (const [name, ofName] of families) {
    for (const family of ofName) initials.set(family, (initials.get(family) ?? '') + name.charAt(0));
  }
  return initials;
}

const GIVEN_INITIALS = initialsByFamily(GIVEN_FAMILIES);

/** Whether a form of a given name begins with a letter: `B` may be a Robert who is called Bob. */
export const mayBeCalledBy = (initial: string, given: string): boolean =>
  givenFamiliesOf(given).some((family) => GIVEN_INITIALS.get(family)?.includes(initial) ?? false);

/**
 * One form for all that a rule makes of a surname: `Kowalska` is `Kowalski`'s sister's or wife's, `Ivanova` that of
 * `Ivanov`; `MacInnes` and `McInnes` are written for one another.
 */
export const formOfSurname = (surname: string): string =>
  surname
    .replace(/(s|c|dz)ka$/, '$1ki')
    .replace(/([oe])va$/, '$1v')
    .replace(/^mac(?=[a-z]{3})/, 'mc');

/** Whether two different surnames are forms of one. */
export const sameSurnameFamily = (a: string, b: string): boolean =>
  shareFamily(SURNAME_FAMILIES, a, b) || formOfSurname(a) === formOfSurname(b);

/** Whether two names have the same consonants: for a name whose script omitted the vowels. Two at least, or it says nothing. */
export function sameConsonants(a: string, b: string): boolean {
  const skeleton = consonants(a);
  return skeleton.length >= 2 && skeleton === consonants(b);
}
