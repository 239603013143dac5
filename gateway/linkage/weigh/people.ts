import { compareBirthDates, type BirthDateComparison } from '../compare/birth-dates.ts';
import { compareHomes, type HomeComparison } from '../compare/homes.ts';
import { compareIdentifiers, type IdentifierComparison } from '../compare/identifiers.ts';
import { compareMiddleNames } from '../compare/middle-names.ts';
import { compareNames, type NameComparison } from '../compare/names.ts';
import type { StandardPerson } from '../standardise/standard-person.ts';
import type { Finding } from './finding.ts';

/** All that two people's own values say, before anybody else in the answer is looked at. */
export interface PeopleComparison {
  readonly names: NameComparison | undefined;
  readonly middleNames: Finding | undefined;
  readonly birthDates: BirthDateComparison | undefined;
  readonly homes: HomeComparison | undefined;
  readonly identifiers: IdentifierComparison;
  readonly sex: 'equal' | 'different' | undefined;
  readonly generationsDiffer: boolean;
  /** Set from outside: one has no birth date, and nobody else of the name is known there (one-of-the-name.ts). */
  readonly oneOfTheName?: boolean;
}

const compareSex = (a: StandardPerson, b: StandardPerson): PeopleComparison['sex'] => {
  if (a.sex === undefined || b.sex === undefined) return undefined;
  return a.sex === b.sex ? 'equal' : 'different';
};

/** Compares all values of one person with all values of the other. Symmetrical. */
export const comparePeople = (a: StandardPerson, b: StandardPerson): PeopleComparison => ({
  names: compareNames(a.names, b.names),
  middleNames: compareMiddleNames(a.middleNames, b.middleNames),
  birthDates: compareBirthDates(a.birthDates, b.birthDates),
  homes: compareHomes(a.homes, b.homes),
  identifiers: compareIdentifiers(a.identifiers, b.identifiers),
  sex: compareSex(a, b),
  generationsDiffer: a.generation !== undefined && b.generation !== undefined && a.generation !== b.generation,
});

/** Whether something that a household does not share tells the two apart: then what they share is not one man's. */
export const areTwoPeople = ({ names, birthDates, sex, generationsDiffer: differ }: PeopleComparison): boolean =>
  names?.first === 'differs' || birthDates?.agrees === 'no' || sex === 'different' || differ;

/** Whether the first name agrees and nothing else tells the two apart, though a birth date may be missing. */
export const mayBeOnePerson = (compared: PeopleComparison): boolean =>
  compared.names?.first === 'agrees' && !areTwoPeople(compared);

/**
 * Whether first name and birth date, which a household does not share, both point at one person. Only then is
 * evidence that a household shares more than one address's worth.
 */
export const pointsAtOnePerson = ({
  names,
  birthDates,
  generationsDiffer: differ,
  oneOfTheName,
}: PeopleComparison): boolean =>
  names?.first === 'agrees' &&
  !differ &&
  (birthDates === undefined ? oneOfTheName === true : birthDates.agrees !== 'no');
