import type { StandardName } from '../standardise/standard-person.ts';
import { frequencyBits } from '../weigh/frequency.ts';
import { COMMON_NAME_SHARE, LEVEL_SHARE, OWN, PUBLISHED, roundBits } from '../weigh/weights.ts';
import type { Rule } from '../weigh/finding.ts';
import { fullNameShare as shareOf, givenNameShare, surnameShare } from './frequencies.ts';
import { calledBy } from '../standardise/called-by.ts';
import { jaroWinkler } from './jaro-winkler.ts';
import { compareFirstNames, compareSurnames, type Likeness } from './name-parts.ts';

/** What the best pair of complete names says. */
export interface NameComparison {
  readonly rule: Rule;
  readonly bits: number;
  /** Whether the first name, which a household does not share, agrees. */
  readonly first: 'agrees' | 'differs' | 'unknown';
  readonly surnameAgrees: boolean;
  /** The part of `bits` that the surname alone gives: household evidence. */
  readonly surnameBits: number;
  /** The full name is so common that a stranger of the same age may bear it. */
  readonly common: boolean;
}

/** The published model's bounds: Jaro-Winkler of "first last", and what it calls few aliases. */
const NEAR_FULL_NAME = 0.9;
const FEW = 10;
const NEAR_FREQUENCY_WEIGHT = 0.7;

const same = (likeness: Likeness): boolean => likeness === 'equal' || likeness === 'variant';

interface Level {
  readonly rule: Rule;
  readonly bits: number;
}

/** Two complete names, how their parts stand to each other, and the share of people that an agreement counts with. */
interface Tuple {
  readonly a: StandardName;
  readonly b: StandardName;
  readonly first: Likeness;
  readonly last: Likeness;
  readonly share: number;
}

/** Share of people of this name; a name that brothers share is as common as it is without the one they are called by. */
const nameShare = ({ first, last }: StandardName): number => shareOf(first, last);

/** The share that an agreement of the two counts with: of the name they are called by, where both say it. */
function agreedShare(a: StandardName, b: StandardName): number {
  const [one, other] = [calledBy(a), calledBy(b)];
  if (one !== undefined && other !== undefined) return Math.max(shareOf(one, a.last), shareOf(other, b.last));
  if (a.first === b.first) return Math.max(nameShare(a), nameShare(b));
  return Math.max(shareOf(one ?? a.first, a.last), shareOf(other ?? b.first, b.last));
}

function exactLevel({ a, b, share }: Tuple, many: boolean): Level {
  const adjustment = frequencyBits(LEVEL_SHARE.fullName, share);
  if (!a.alias && !b.alias) return { rule: 'name-exact', bits: PUBLISHED['name-exact'] + adjustment };
  const rule = many ? 'name-alias-of-many' : 'name-alias';
  return { rule, bits: PUBLISHED[rule] + Math.min(0, adjustment) };
}

/** A common value makes a level weaker; a rare one does not make a weak level strong. */
const commonnessBits = (share: number, weight: number): number =>
  weight * Math.min(0, frequencyBits(LEVEL_SHARE.fullName, share));

/** A double surname in the first-name field was read as first and middle name. */
const isAsSurname = (a: StandardName, b: StandardName): boolean =>
  a.first === b.last ||
  a.first === b.lastBare ||
  (a.middle.length > 0 && b.last.startsWith(a.first) && a.first + a.middle.join('') === b.last);

const isSwapped = (a: StandardName, b: StandardName): boolean =>
  a.first.length > 1 && b.first.length > 1 && isAsSurname(a, b) && isAsSurname(b, a);

const calledByMiddleName = (a: StandardName, b: StandardName): boolean =>
  a.middle.includes(b.first) || b.middle.includes(a.first);

/** The first name must be near by itself: a shared surname makes `Jayden` and `Hayden`, twins, near as a whole. */
function isNearAsWhole(a: StandardName, b: StandardName, first: Likeness): boolean {
  if (a.last === '' || b.last === '' || !(same(first) || first === 'near' || first === 'slip')) return false;
  return jaroWinkler(`${a.first} ${a.last}`, `${b.first} ${b.last}`) >= NEAR_FULL_NAME;
}

/** Of two forms of a name the commoner counts. */
const surnameFrequency = (a: StandardName, b: StandardName): number =>
  frequencyBits(LEVEL_SHARE.surname, Math.max(surnameShare(a.last), surnameShare(b.last)));
const firstFrequency = (a: StandardName, b: StandardName): number =>
  frequencyBits(LEVEL_SHARE.firstName, Math.max(givenNameShare(a.first), givenNameShare(b.first)));

/** One of the two parts cannot be compared: the other speaks alone. */
function oneSidedLevel({ a, b, first, last }: Tuple): Level | undefined {
  if (first === 'initial' && same(last)) {
    return { rule: 'surname-and-initial', bits: OWN['surname-and-initial'] + surnameFrequency(a, b) };
  }
  if (first === 'unknown' && same(last)) {
    return { rule: 'surname-alone', bits: OWN['surname-alone'] + surnameFrequency(a, b) };
  }
  if (last === 'unknown' && same(first)) {
    return { rule: 'first-name-alone', bits: OWN['first-name-alone'] + firstFrequency(a, b) };
  }
  return undefined;
}

const resembles = (likeness: Likeness): boolean =>
  same(likeness) || likeness === 'slip' || likeness === 'near' || likeness === 'like' || likeness === 'part';

function weakLevel({ a, b, first, last, share }: Tuple): Level {
  if (resembles(first) && resembles(last) && !(same(last) && first === 'like')) {
    return { rule: 'name-like', bits: PUBLISHED['name-like'] + commonnessBits(share, NEAR_FREQUENCY_WEIGHT) };
  }
  if (same(last)) return { rule: 'surname-only', bits: PUBLISHED['surname-only'] + surnameFrequency(a, b) };
  if (same(first)) return { rule: 'first-name-only', bits: PUBLISHED['first-name-only'] + firstFrequency(a, b) };
  return NAMES_DIFFER;
}

const NAMES_DIFFER: Level = { rule: 'name-different', bits: PUBLISHED['name-different'] };

/** Nothing of the one can be held against anything of the other. */
const incomparable = (first: Likeness, last: Likeness): boolean =>
  (first === 'unknown' || first === 'initial') && last === 'unknown';

function levelOf(tuple: Tuple, many: boolean): Level | undefined {
  const { a, b, first, last, share } = tuple;
  if (incomparable(first, last)) return undefined;
  if (first === 'equal' && last === 'equal') return exactLevel(tuple, many);
  if (same(first) && same(last)) return { rule: 'name-variant', bits: OWN['name-variant'] + commonnessBits(share, 1) };
  if (isSwapped(a, b)) return { rule: 'name-swapped', bits: PUBLISHED['name-swapped'] + commonnessBits(share, 1) };
  if ((same(first) && last === 'slip') || (first === 'slip' && same(last))) {
    return { rule: 'name-slip', bits: OWN['name-slip'] + commonnessBits(share, 1) };
  }
  if (same(first) && last === 'part') {
    return { rule: 'name-part', bits: OWN['name-part'] + commonnessBits(share, NEAR_FREQUENCY_WEIGHT) };
  }
  if (same(last) && calledByMiddleName(a, b)) {
    const bits = OWN['name-middle-as-first'] + commonnessBits(share, NEAR_FREQUENCY_WEIGHT);
    return { rule: 'name-middle-as-first', bits };
  }
  if (isNearAsWhole(a, b, first)) {
    return { rule: 'name-near', bits: PUBLISHED['name-near'] + commonnessBits(share, NEAR_FREQUENCY_WEIGHT) };
  }
  return oneSidedLevel(tuple) ?? weakLevel(tuple);
}

const FIRST_AGREES: ReadonlySet<Rule> = new Set([
  'name-exact',
  'name-alias',
  'name-alias-of-many',
  'name-variant',
  'name-slip',
  'name-swapped',
  'name-part',
  'name-middle-as-first',
  'name-near',
  'first-name-alone',
  'first-name-only',
]);

/** How much of a level with an agreeing surname is the surname's: all of it, up to what a surname alone gives. */
function surnamePart(a: StandardName, b: StandardName, level: Level, surnameAgrees: boolean): number {
  if (!surnameAgrees || level.bits <= 0) return 0;
  return roundBits(Math.min(level.bits, OWN['surname-alone'] + surnameFrequency(a, b)));
}

function compareTuple(a: StandardName, b: StandardName, many: boolean): NameComparison | undefined {
  const first = compareFirstNames(a, b);
  const last = compareSurnames(a, b);
  const share = agreedShare(a, b);
  const level = levelOf({ a, b, first, last, share }, many);
  if (level === undefined) return undefined;
  const surnameAgrees =
    same(last) || last === 'slip' || last === 'near' || last === 'part' || level.rule === 'name-swapped';
  const unknown = first === 'unknown' || first === 'initial';
  return {
    rule: level.rule,
    bits: roundBits(level.bits),
    first: FIRST_AGREES.has(level.rule) ? 'agrees' : unknown ? 'unknown' : 'differs',
    surnameAgrees,
    surnameBits: surnamePart(a, b, level, surnameAgrees),
    common: share >= COMMON_NAME_SHARE,
  };
}

const CAUTION: Readonly<Record<NameComparison['first'], number>> = { agrees: 0, unknown: 1, differs: 2 };

/**
 * Better evidence first; of equal evidence the one that leaves more doubt, so that the order of names never shows and
 * an extra alias never talks a rule for relatives away.
 */
function isBetter(one: NameComparison, other: NameComparison): boolean {
  if (one.bits !== other.bits) return one.bits > other.bits;
  if (one.first !== other.first) return CAUTION[one.first] > CAUTION[other.first];
  if (one.surnameAgrees !== other.surnameAgrees) return one.surnameAgrees;
  if (one.surnameBits !== other.surnameBits) return one.surnameBits > other.surnameBits;
  if (one.common !== other.common) return one.common;
  return one.rule < other.rule;
}

/**
 * Compares every complete name of one person with every complete name of the other and answers with the best pair,
 * or undefined where names are missing. Levels and weights: `PUBLISHED` and `OWN` of weigh/weights.ts.
 */
export function compareNames(a: readonly StandardName[], b: readonly StandardName[]): NameComparison | undefined {
  const many = Math.max(a.length, b.length) > FEW;
  let best: NameComparison | undefined;
  for (const nameOfA of a) {
    for (const nameOfB of b) {
      const compared = compareTuple(nameOfA, nameOfB, many);
      if (compared !== undefined && (best === undefined || isBetter(compared, best))) best = compared;
    }
  }
  return best;
}
