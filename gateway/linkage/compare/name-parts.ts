import { sameConsonants, sameGivenFamily, sameSurnameFamily } from '../standardise/name-families.ts';
import type { StandardName } from '../standardise/standard-person.ts';
import { calledBy, withoutRespect } from '../standardise/called-by.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { areTwoFirstNames, isFirstNameSlip, isSurnameSlip } from './spelling.ts';

/** How two parts of a name stand to each other, nearest first. */
export type Likeness = 'equal' | 'variant' | 'slip' | 'part' | 'near' | 'initial' | 'unknown' | 'like' | 'different';

/** The published model's two bounds. */
const NEAR = 0.9;
const LIKE = 0.7;

function byDistance(a: string, b: string): Likeness {
  const similarity = jaroWinkler(a, b);
  if (similarity >= NEAR) return 'near';
  return similarity >= LIKE ? 'like' : 'different';
}

function compareGiven(a: string, b: string, consonantsOnly: boolean): Likeness {
  if (a === '' || b === '') return 'unknown';
  if (a.length === 1 || b.length === 1) return a.charAt(0) === b.charAt(0) ? 'initial' : 'different';
  if (a === b) return 'equal';
  if (sameGivenFamily(a, b) || withoutRespect(a) === withoutRespect(b)) return 'variant';
  if (consonantsOnly && sameConsonants(a, b)) return 'variant';
  if (isFirstNameSlip(a, b)) return 'slip';
  const likeness = byDistance(a, b);
  return likeness === 'near' && areTwoFirstNames(a, b) ? 'like' : likeness;
}

/**
 * How like two first names are. `initial`: one is a single letter, with which the other begins. Of two whose first name
 * is one that brothers share, the names that they are called by are compared; of one such, either will do.
 */
export function compareFirstNames(a: StandardName, b: StandardName): Likeness {
  const consonantsOnly = a.consonantsOnly || b.consonantsOnly;
  const [calledA, calledB] = [calledBy(a), calledBy(b)];
  if (calledA !== undefined && calledB !== undefined) return compareGiven(calledA, calledB, consonantsOnly);
  const plain = compareGiven(a.first, b.first, consonantsOnly);
  if (plain === 'equal' || (calledA === undefined && calledB === undefined)) return plain;
  const called = compareGiven(calledA ?? a.first, calledB ?? b.first, consonantsOnly);
  return called === 'equal' || called === 'variant' ? called : plain;
}

function isWithin(words: readonly string[], others: readonly string[]): boolean {
  for (const word of words) if (!others.includes(word)) return false;
  return true;
}

/** `O'Hare` and `Hare`, `O'Day` and `Day` are two surnames; those of which both are one stand in a family. */
const differByO = (a: string, b: string): boolean => a === `o${b}` || b === `o${a}`;

/** How like two surnames are. `part`: one is a word of the other, as one half of a double-barrelled name. */
export function compareSurnames(a: StandardName, b: StandardName): Likeness {
  if (a.last === '' || b.last === '') return 'unknown';
  if (a.last === b.last) return 'equal';
  if (a.lastBare === b.lastBare || sameSurnameFamily(a.last, b.last)) return 'variant';
  if ((a.consonantsOnly || b.consonantsOnly) && sameConsonants(a.last, b.last)) return 'variant';
  if (isWithin(a.lastWords, b.lastWords) || isWithin(b.lastWords, a.lastWords)) return 'part';
  if (differByO(a.last, b.last)) return 'like';
  if (isSurnameSlip(a.last, b.last)) return 'slip';
  return byDistance(a.last, b.last);
}
