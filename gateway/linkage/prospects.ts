import type { Candidate, Version } from './candidates.ts';
import { compareBirthDates } from './compare/birth-dates.ts';
import { calledBy } from './standardise/called-by.ts';
import type { StandardDate } from './standardise/standard-person.ts';
import { OWN, PRIOR, PUBLISHED } from './weigh/weights.ts';

/**
 * Which pairs can weigh 0 or more at all. Most records of a full answer are strangers to each other, and to see that
 * costs a hundredth of weighing them. A pair that is passed over here weighs less than 0 for certain: the test beside
 * this file weighs them all.
 */

/** The most that anything but a shared value, the name and the birth date can add: middle name, postal district, sex. */
const MOST_BESIDES = PUBLISHED['middle-name-exact'] + PUBLISHED['postcode-outward'] + OWN['sex-equal'];
/** What name and birth date must weigh together for a pair without a shared value to reach 0. */
const LEAST_OF_BOTH = -PRIOR - MOST_BESIDES;
/** Every level of a name with two first names written out weighs at most that, but for two equal full names. */
const MOST_OF_OTHER_NAMES = PUBLISHED['name-swapped'];

/** Marks pairs in a square of bytes. */
class PairSet {
  readonly #size: number;
  readonly #marks: Uint8Array;
  constructor(size: number) {
    this.#size = size;
    this.#marks = new Uint8Array(size * size);
  }
  add(i: number, j: number): void {
    this.#marks[i * this.#size + j] = 1;
    this.#marks[j * this.#size + i] = 1;
  }
  has(i: number, j: number): boolean {
    return this.#marks[i * this.#size + j] === 1;
  }
}

/** Who holds which value: two that hold one are marked as it is entered. */
class Holdings {
  readonly #pairs: PairSet;
  readonly #holders = new Map<string, number[]>();
  constructor(pairs: PairSet) {
    this.#pairs = pairs;
  }
  add(value: string | undefined, index: number): void {
    if (value === undefined) return;
    const known = this.#holders.get(value);
    if (known === undefined) {
      this.#holders.set(value, [index]);
    } else if (known[known.length - 1] !== index) {
      for (const other of known) this.#pairs.add(index, other);
      known.push(index);
    }
  }
}

/** Marks all pairs with a value in common that may be evidence of more than a name and an age, or with a full name. */
function markSharers(pairs: PairSet, candidates: readonly Candidate[]): void {
  const some = (): Holdings => new Holdings(pairs);
  const [identifiers, arrests, postcodes, uprns] = [some(), some(), some(), some()];
  const [houses, contacts, tenancies, names] = [some(), some(), some(), some()];
  candidates.forEach(({ versions }, index) => {
    for (const { person } of versions) {
      for (const { type, value, core } of person.identifiers) {
        identifiers.add(`${type} ${value}`, index);
        arrests.add(core, index);
      }
      for (const { postcode, uprn, street } of person.homes) {
        postcodes.add(postcode, index);
        uprns.add(uprn, index);
        houses.add(street?.house, index);
      }
      for (const { number } of person.phones) contacts.add(number, index);
      for (const number of person.relativesPhones) contacts.add(number, index);
      for (const email of person.emails) contacts.add(email, index);
      for (const reference of person.tenancies) tenancies.add(reference, index);
      for (const name of person.names) {
        names.add(`${name.first} ${name.last}`, index);
        const called = calledBy(name);
        if (called !== undefined) names.add(`${called} ${name.last}`, index);
      }
    }
  });
}

const hasInitial = ({ person }: Version): boolean => person.names.some(({ first }) => first.length === 1);

/** What every two dates have in common that are no two plainly different ones: quick to see. */
const mayAgree = (a: StandardDate, b: StandardDate): boolean =>
  Math.abs(a.year - b.year) <= 1 || (a.month === b.month && a.day === b.day);

function anyMayAgree(dates: readonly StandardDate[], others: readonly StandardDate[]): boolean {
  for (const one of dates) for (const other of others) if (mayAgree(one, other)) return true;
  return false;
}

/** Undefined where a candidate came with different contents, or with an initial: then dates alone rule nothing out. */
function datesOf({ versions }: Candidate): readonly StandardDate[] | undefined {
  const [version] = versions;
  return version === undefined || versions.length > 1 || hasInitial(version) ? undefined : version.person.birthDates;
}

/** Whether two that share nothing but, perhaps, a name that is not quite the same may reach 0 by their birth dates. */
function mayByDates(dates: readonly StandardDate[] | undefined, others: readonly StandardDate[] | undefined): boolean {
  if (dates === undefined || others === undefined || dates.length === 0 || others.length === 0) return true;
  if (!anyMayAgree(dates, others)) return false;
  const bits = compareBirthDates(dates, others)?.bits ?? 0;
  return bits + MOST_OF_OTHER_NAMES >= LEAST_OF_BOTH;
}

/**
 * Whether a pair can weigh 0 or more, by positions. Always so for a pair of which somebody has spoken: a human, or the
 * system that holds both.
 */
export function findProspects(
  candidates: readonly Candidate[],
  isSpokenOf: (i: number, j: number) => boolean,
): (i: number, j: number) => boolean {
  const pairs = new PairSet(candidates.length);
  markSharers(pairs, candidates);
  const dates = candidates.map(datesOf);
  for (let i = 0; i < candidates.length; i += 1) {
    for (let j = i + 1; j < candidates.length; j += 1) {
      if (pairs.has(i, j)) continue;
      if (mayByDates(dates[i], dates[j]) || isSpokenOf(i, j)) pairs.add(i, j);
    }
  }
  return (i, j) => pairs.has(i, j);
}
