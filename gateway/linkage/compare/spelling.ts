import { hasGivenFamily } from '../standardise/name-families.ts';
import { isNameOfItsOwn } from '../standardise/names-of-their-own.ts';
import { isKnownGivenName, isKnownSurname } from './frequencies.ts';

/**
 * Whether two spellings are likely one name: one slip of the pen (Damerau 1964: one letter too many, too few, another,
 * or two neighbours exchanged), or two ways to write one sound. Two names that many people bear are two names, however
 * alike they look: `Arun` and `Arjun` may be brothers, `Arun` and `Arunn` are not.
 */

/** Shorter names have neighbours that are names of their own. */
const SHORTEST = 4;

/** Whether one edit leads from one text to the other: optimal string alignment distance 1. */
export function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  const exchanged = short.charAt(at) === long.charAt(at + 1) && short.charAt(at + 1) === long.charAt(at);
  return exchanged && short.slice(at + 2) === long.slice(at + 2);
}

/** Letters that one language writes for the sound of another's, longest first. General knowledge of spellings. */
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/sch|sh|sz|ś/g, 's'],
  [/tch|ch|cz|cs/g, 'c'],
  [/ph/g, 'f'],
  [/kh|gh|ck|q|c(?=[aoulrtk]|$)/g, 'k'],
  [/dh/g, 'd'],
  [/th/g, 't'],
  [/bh/g, 'b'],
  [/w|v/g, 'v'],
  [/ks|x/g, 'ks'],
  [/z/g, 's'],
  [/j|y/g, 'i'],
];

/** What is left of a name when it is heard and written down by somebody else: sounds, without vowels past the first. */
export function soundKey(name: string): string {
  let key = name;
  for (const [spelled, sound] of SOUNDS) key = key.replace(spelled, sound);
  const first = key.charAt(0).replace(/[aeiou]/, 'a');
  return (
    first +
    key
      .slice(1)
      .replace(/[aeiouh]/g, '')
      .replace(/(.)\1+/g, '$1')
  );
}

/** A longer text is no one name. */
const LONGEST = 40;
/** A sound key of fewer letters fits too many names. */
const SHORTEST_KEY = 3;

function soundsAlike(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2 || Math.max(a.length, b.length) > LONGEST) return false;
  const key = soundKey(a);
  return key.length >= SHORTEST_KEY && key === soundKey(b);
}

const isLongEnough = (a: string, b: string): boolean => Math.min(a.length, b.length) >= SHORTEST;

/** Whether two first names are two, however alike: each is a name of its own, or one is the other sex's form of it. */
export const areTwoFirstNames = (a: string, b: string): boolean =>
  isOtherSexForm(a, b) || (isName(a) && isName(b) && a !== b);

/** `Michael` and `Michaela`, `Mario` and `Maria` are a man and a woman. */
const isOtherSexForm = (a: string, b: string): boolean => {
  const stem = (name: string) => name.replace(/[aeo]$/, '');
  return stem(a) === stem(b);
};

const isName = (given: string): boolean => isKnownGivenName(given) || hasGivenFamily(given) || isNameOfItsOwn(given);

const withoutDoubles = (name: string): string => name.replace(/(.)\1+/g, '$1');

/** Slips that hardly ever make one name of another: a letter doubled or not, or two neighbours exchanged. */
const isHarmless = (a: string, b: string): boolean =>
  Math.max(a.length, b.length) <= LONGEST &&
  (withoutDoubles(a) === withoutDoubles(b) || (a.length === b.length && isOneEdit(a, b) && sameLetters(a, b)));

const sameLetters = (a: string, b: string): boolean => Array.from(a).sort().join('') === Array.from(b).sort().join('');

/**
 * Whether two first names are one, written twice. One of the two must be a name that people are given, so that it
 * tells what was meant, and the other not, or the slip one that makes no other name; the first letter is rarely
 * mistyped (Pollock and Zamora 1984), while twins' names often rhyme.
 */
export function isFirstNameSlip(a: string, b: string): boolean {
  if (!isLongEnough(a, b) || a.charAt(0) !== b.charAt(0) || isOtherSexForm(a, b)) return false;
  const known = [a, b].filter(isName).length;
  if (known === 2) return false;
  return isHarmless(a, b) || (known === 1 && (isOneEdit(a, b) || soundsAlike(a, b)));
}

/** Whether two surnames are one, written twice. */
export function isSurnameSlip(a: string, b: string): boolean {
  if (!isLongEnough(a, b) || (isKnownSurname(a) && isKnownSurname(b))) return false;
  return isOneEdit(a, b) || soundsAlike(a, b);
}
