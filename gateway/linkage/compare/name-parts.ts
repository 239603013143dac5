import { sameConsonants, sameGivenFamily, sameSurnameFamily } from '../standardise/name-families.ts';
import type { StandardName } from '../standardise/standard-person.ts';
import { jaroWinkler } from './jaro-winkler.ts';

/** How two parts of a name stand to each other, nearest first. */
export type Likeness = 'equal' | 'variant' | 'part' | 'near' | 'initial' | 'unknown' | 'like' | 'different';

/** The published model's two bounds. */
const NEAR = 0.9;
const LIKE = 0.7;

function byDistance(a: string, b: string): Likeness {
  const similarity = jaroWinkler(a, b);
  if (similarity >= NEAR) return 'near';
  return similarity >= LIKE ? 'like' : 'different';
}

/** How like two first names are. `initial`: one is a single letter, with which the other begins. */
export function compareFirstNames(a: StandardName, b: StandardName): Likeness {
  if (a.first === '' || b.first === '') return 'unknown';
  if (a.first.length === 1 || b.first.length === 1) {
    return a.first.charAt(0) === b.first.charAt(0) ? 'initial' : 'different';
  }
  if (a.first === b.first) return 'equal';
  if (sameGivenFamily(a.first, b.first)) return 'variant';
  if ((a.consonantsOnly || b.consonantsOnly) && sameConsonants(a.first, b.first)) return 'variant';
  return byDistance(a.first, b.first);
}

const isWithin = (words: readonly string[], others: readonly string[]): boolean =>
  words.every((word) => others.includes(word));

/** How like two surnames are. `part`: one is a word of the other, as one half of a double-barrelled name. */
export function compareSurnames(a: StandardName, b: StandardName): Likeness {
  if (a.last === '' || b.last === '') return 'unknown';
  if (a.last === b.last) return 'equal';
  if (a.lastWords.join('') === b.lastWords.join('') || sameSurnameFamily(a.last, b.last)) return 'variant';
  if ((a.consonantsOnly || b.consonantsOnly) && sameConsonants(a.last, b.last)) return 'variant';
  if (isWithin(a.lastWords, b.lastWords) || isWithin(b.lastWords, a.lastWords)) return 'part';
  return byDistance(a.last, b.last);
}
