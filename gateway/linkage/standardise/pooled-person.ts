import { homeKey } from './homes.ts';
import type { StandardDate, StandardName, StandardPerson } from './standard-person.ts';

/**
 * All that several records of one person say of him, as one person. A value counts once however many records hold it,
 * and one that any of them holds as current is not an alias.
 */

function distinct<T>(values: readonly T[], keyOf: (value: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const value of values) if (!byKey.has(keyOf(value))) byKey.set(keyOf(value), value);
  return [...byKey.values()];
}

/** Current values first, so that `distinct` keeps those. */
const currentFirst = <T extends { readonly alias: boolean }>(values: readonly T[]): T[] => [
  ...values.filter(({ alias }) => !alias),
  ...values.filter(({ alias }) => alias),
];

const nameKey = ({ first, middle, last, generation }: StandardName): string =>
  [first, middle.join(' '), last, generation ?? ''].join('|');

const dateKey = ({ text }: StandardDate): string => text;

/** What all agree on, or nothing. */
function agreed<T>(values: readonly (T | undefined)[]): T | undefined {
  const said = new Set(values.filter((value) => value !== undefined));
  const [only] = said;
  return said.size === 1 ? only : undefined;
}

function pooledPhones(people: readonly StandardPerson[]): StandardPerson['phones'] {
  const phones = people.flatMap((person) => person.phones);
  // A number that one of them calls an institution's is nobody's own.
  const shared = new Set(phones.filter(({ personal }) => !personal).map(({ number }) => number));
  return distinct(phones, ({ number }) => number).map(({ number }) => ({ number, personal: !shared.has(number) }));
}

/** The people given, who are held to be one, as one person; `id` says who. Symmetrical in their order but for ties. */
export function poolPeople(id: string, people: readonly StandardPerson[]): StandardPerson {
  const sex = agreed(people.map((person) => person.sex));
  const generation = agreed(people.map((person) => person.generation));
  const all = <T>(valuesOf: (person: StandardPerson) => readonly T[]): T[] => people.flatMap(valuesOf);
  return {
    id,
    names: distinct(currentFirst(all(({ names }) => names)), nameKey),
    middleNames: distinct(
      all(({ middleNames }) => middleNames),
      (name) => name,
    ),
    ...(generation === undefined ? {} : { generation }),
    birthDates: distinct(currentFirst(all(({ birthDates }) => birthDates)), dateKey),
    ...(sex === undefined ? {} : { sex }),
    identifiers: distinct(
      all(({ identifiers }) => identifiers),
      ({ type, value }) => `${type} ${value}`,
    ),
    homes: distinct(
      all(({ homes }) => homes),
      homeKey,
    ),
    phones: pooledPhones(people),
    emails: distinct(
      all(({ emails }) => emails),
      (email) => email,
    ),
    relativesPhones: distinct(
      all(({ relativesPhones }) => relativesPhones),
      (number) => number,
    ),
    tenancies: distinct(
      all(({ tenancies }) => tenancies),
      (reference) => reference,
    ),
  };
}
