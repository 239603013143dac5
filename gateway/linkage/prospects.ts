import type { Candidate, Version } from './candidates.ts';
import { compareBirthDates } from './compare/birth-dates.ts';
import { calledBy } from './standardise/called-by.ts';
import type { StandardDate, StandardName, StandardPerson } from './standardise/standard-person.ts';
import { OWN, PRIOR, PUBLISHED } from './weigh/weights.ts';

/**
 * Which pairs can weigh 0 or more at all. Most records of a full answer are strangers to each other, and to see that
 * costs a hundredth of weighing them. A pair that is passed over here weighs less than 0 for certain: the test beside
 * this file weighs them all.
 */

/** Values of which one in common may be evidence of more than a name and an age. */
function keysOf(person: StandardPerson): string[] {
  return [
    ...person.identifiers.flatMap(({ type, value, core }) =>
      core === undefined ? [`${type} ${value}`] : [`${type} ${value}`, `arrest ${core}`],
    ),
    ...person.homes.flatMap(({ postcode, uprn, street }) => [
      `postcode ${postcode ?? ''}`,
      `uprn ${uprn ?? ''}`,
      `house ${street?.house ?? ''}`,
    ]),
    ...person.phones.map(({ number }) => number),
    ...person.relativesPhones,
    ...person.emails,
    ...person.tenancies.map((reference) => `tenancy ${reference}`),
  ].filter((key) => key !== 'postcode ' && key !== 'uprn ' && key !== 'house ');
}

const namesOf = (name: StandardName): string[] =>
  [name.first, calledBy(name) ?? name.first].map((first) => `name ${first} ${name.last}`);

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

function markHoldersOf(pairs: PairSet, holders: ReadonlyMap<string, readonly number[]>): void {
  for (const indexes of holders.values()) {
    indexes.forEach((i, at) => {
      for (const j of indexes.slice(at + 1)) pairs.add(i, j);
    });
  }
}

function holdersOf(candidates: readonly Candidate[], keys: (version: Version) => readonly string[]) {
  const holders = new Map<string, number[]>();
  candidates.forEach((candidate, index) => {
    for (const key of new Set(candidate.versions.flatMap(keys))) {
      const known = holders.get(key);
      if (known === undefined) holders.set(key, [index]);
      else known.push(index);
    }
  });
  return holders;
}

const hasInitial = ({ person }: Version): boolean => person.names.some(({ first }) => first.length === 1);

/** What every two dates have in common that are no two plainly different ones: quick to see. */
const mayAgree = (a: StandardDate, b: StandardDate): boolean =>
  Math.abs(a.year - b.year) <= 1 || (a.month === b.month && a.day === b.day);

/** Whether two that share nothing but, perhaps, a name that is not quite the same may reach 0 by their birth dates. */
function mayByDates(a: Candidate, b: Candidate): boolean {
  const [one, other] = [a.versions[0], b.versions[0]];
  if (one === undefined || other === undefined || a.versions.length + b.versions.length > 2) return true;
  if (hasInitial(one) || hasInitial(other)) return true;
  const [dates, others] = [one.person.birthDates, other.person.birthDates];
  if (dates.length > 0 && others.length > 0 && !dates.some((date) => others.some((two) => mayAgree(date, two)))) {
    return false;
  }
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
  markHoldersOf(
    pairs,
    holdersOf(candidates, ({ person }) => keysOf(person)),
  );
  markHoldersOf(
    pairs,
    holdersOf(candidates, ({ person }) => person.names.flatMap(namesOf)),
  );
  candidates.forEach((a, i) => {
    for (let j = i + 1; j < candidates.length; j += 1) {
      const b = candidates[j];
      if (b === undefined || pairs.has(i, j)) continue;
      if (isSpokenOf(i, j) || mayByDates(a, b)) pairs.add(i, j);
    }
  });
  return (i, j) => pairs.has(i, j);
}
