import type { Person } from '../../../schemas/person.ts';

/** The kinds of value that a comparison of linkage reads. */
export const VALUE_KINDS = [
  'name',
  'middle-name',
  'birth-date',
  'sex',
  'identifier',
  'address',
  'phone',
  'email',
] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** How much of a kind of value somebody may see. What is not said is nothing (P2). */
export type Sight = Readonly<Partial<Record<ValueKind, 'full' | 'partial'>>>;

const joined = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined).join(' ');

const READ: Readonly<Record<ValueKind, (person: Person) => readonly (string | undefined)[]>> = {
  name: ({ names = [] }) => names.map(({ given, family, full }) => full ?? joined([given, family])),
  'middle-name': ({ names = [] }) => names.map(({ middle }) => middle),
  'birth-date': ({ dateOfBirth, otherDatesOfBirth = [] }) => [dateOfBirth, ...otherDatesOfBirth],
  sex: ({ sex }) => [sex],
  identifier: ({ identifiers = [] }) => identifiers.map(({ type, value }) => `${type} ${value}`),
  address: ({ addresses = [] }) => addresses.map(({ lines = [], postcode }) => joined([...lines, postcode])),
  phone: ({ phones = [] }) => phones,
  email: ({ emails = [] }) => emails,
};

const initials = (value: string): string => value.replace(/(\p{L})\p{L}*/gu, '$1…');
const lastThree = (value: string): string => `…${value.slice(-3)}`;

/** The outward half of the postcode that an address ends with. */
const district = (value: string): string =>
  /\b([A-Z]{1,2}\d[A-Z\d]?)\s*\d[A-Z]{2}$/i.exec(value)?.[1]?.toUpperCase() ?? '…';

/** What is left of a value that may be seen in part: enough to recognise it by, not enough to use it. */
const PARTLY: Readonly<Record<ValueKind, (value: string) => string>> = {
  name: initials,
  'middle-name': initials,
  'birth-date': (value) => value.slice(0, 4),
  sex: (value) => value,
  identifier: (value) => `${value.split(' ')[0] ?? ''} ${lastThree(value)}`,
  address: district,
  phone: lastThree,
  email: (value) => `…@${value.split('@').at(-1) ?? ''}`,
};

/** The values of one kind that a viewer may see of a person, masked where only in part; none where not allowed. */
export function visibleValues(person: Person, kind: ValueKind, sight: Sight): string[] {
  const level = sight[kind];
  if (level === undefined) return [];
  const values = READ[kind](person).filter((value): value is string => value !== undefined && value !== '');
  const shown = values.map((value) => (level === 'full' ? value : PARTLY[kind](value)));
  return [...new Set(shown)];
}
