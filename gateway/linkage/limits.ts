import type { Candidate, Candidates } from './candidates.ts';
import type { StandardHome, StandardName, StandardPerson } from './standardise/standard-person.ts';

/**
 * The attacker is a source that answers with records of forty names and sixty homes each: every pair of records compares
 * every name with every other. Real answers are far below these numbers and lose nothing.
 */

/** Names and homes of a whole answer that are compared; where there are more, those with the most lose first. */
const NAMES_OF_ALL = 240;
const HOMES_OF_ALL = 3000;
const MIDDLE_NAMES_OF_ALL = 160;
/** What each record may always have compared. */
const NAMES_LEAST = 3;
const HOMES_LEAST = 8;
const MIDDLE_NAMES_LEAST = 2;

interface Share {
  readonly names: number;
  readonly middleNames: number;
  readonly homes: number;
}

/** The first `most` in an order that does not depend on how they were given; untouched where there are no more. */
function limited<T>(values: readonly T[], most: number, keyOf: (value: T) => string): readonly T[] {
  if (values.length <= most) return values;
  return values
    .map((value) => ({ value, key: keyOf(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .slice(0, most)
    .map(({ value }) => value);
}

/** Current names before aliases. */
const nameOrder = ({ alias, first, middle, last, generation }: StandardName): string =>
  [alias ? 1 : 0, first, last, middle.join(' '), generation ?? ''].join('|');

const homeOrder = ({ crowded, postcode, uprn, numbers, street }: StandardHome): string =>
  [crowded ? 1 : 0, postcode ?? '', uprn ?? '', ...numbers, street?.house ?? ''].join('|');

const limitPerson = (person: StandardPerson, share: Share): StandardPerson => ({
  ...person,
  names: limited(person.names, share.names, nameOrder),
  middleNames: limited(person.middleNames, share.middleNames, (name) => name),
  homes: limited(person.homes, share.homes, homeOrder),
});

const limitCandidate = (candidate: Candidate, share: Share): Candidate => ({
  ...candidate,
  versions: candidate.versions.map((version) => ({ ...version, person: limitPerson(version.person, share) })),
});

/** The most that each may have so that all together have no more than `all`, though never less than `least`. */
function shareOut(held: readonly number[], all: number, least: number): number {
  let most = Math.max(least, ...held);
  while (most > least && held.reduce((sum, count) => sum + Math.min(count, most), 0) > all) most -= 1;
  return most;
}

/** The candidates with no more names and homes than can be compared in bounded time (P11). */
export function limitValues({ linkable, unlinkable }: Candidates): Candidates {
  const people = linkable.flatMap(({ versions }) => versions.map(({ person }) => person));
  const share = {
    names: shareOut(
      people.map(({ names }) => names.length),
      NAMES_OF_ALL,
      NAMES_LEAST,
    ),
    middleNames: shareOut(
      people.map(({ middleNames }) => middleNames.length),
      MIDDLE_NAMES_OF_ALL,
      MIDDLE_NAMES_LEAST,
    ),
    homes: shareOut(
      people.map(({ homes }) => homes.length),
      HOMES_OF_ALL,
      HOMES_LEAST,
    ),
  };
  return { linkable: linkable.map((candidate) => limitCandidate(candidate, share)), unlinkable };
}
