import type { Person, PersonName } from '../../schemas/person.ts';
import { nhsNumberOf } from './nhs-number.ts';

/**
 * Which searches are made for a man, in which order, as data. Source: the service's own specification of
 * `GET /Patient` ("Application-restricted access mode", "Non-fuzzy search", "Fuzzy search"), and the Department for
 * Education's published order of queries (SUI Matcher): narrow and non-fuzzy first, fuzzy only when nobody was found,
 * because every patient who matches is written to the national audit trail.
 *
 * Phone and e-mail are never searched by: the number in hand may be the victim's, and would find her.
 */

export type Query = readonly (readonly [string, string])[];

/** What is known of him in the form that the service can search by. */
export interface Known {
  readonly nhsNumber?: string;
  /** The name he goes by first, then one alias at most. */
  readonly names: readonly SearchName[];
  /** First and last day on which he may have been born; the same where the day is known. */
  readonly born?: { readonly first: string; readonly last: string };
  /** First two characters of his postcode. */
  readonly area?: string;
}

export interface SearchName {
  readonly given: string;
  readonly family: string;
}

const NAME_LETTERS_MAX = 35;
const PREFIX_LETTERS = 3;
const NAMES_MAX = 2;

/** Reads what can be searched by out of a person; what is left is never sent. */
export function knownOf(person: Person): Known {
  const nhsNumber = (person.identifiers ?? [])
    .filter((identifier) => identifier.type === 'NHS')
    .map((identifier) => nhsNumberOf(identifier.value))
    .find((number) => number !== undefined);
  const born = person.dateOfBirth === undefined ? undefined : daysOf(person.dateOfBirth);
  const area = (person.addresses ?? []).map((address) => areaOf(address.postcode)).find((found) => found !== undefined);
  return {
    names: searchNames(person.names ?? []),
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    ...(born === undefined ? {} : { born }),
    ...(area === undefined ? {} : { area }),
  };
}

function searchNames(names: readonly PersonName[]): SearchName[] {
  const ordered = [...names.filter(({ type }) => type !== 'alias'), ...names.filter(({ type }) => type === 'alias')];
  const usable = ordered.map(searchNameOf).filter((name) => name !== undefined);
  return usable.filter((name, at) => usable.findIndex((other) => sameName(name, other)) === at).slice(0, NAMES_MAX);
}

const sameName = (a: SearchName, b: SearchName): boolean =>
  a.given.toLowerCase() === b.given.toLowerCase() && a.family.toLowerCase() === b.family.toLowerCase();

function searchNameOf(name: PersonName): SearchName | undefined {
  const words = lettersOf(name.full ?? '').split(' ');
  const given = lettersOf(name.given ?? (words.length > 1 ? (words[0] ?? '') : ''));
  const family = lettersOf(name.family ?? (words.length > 1 ? (words.at(-1) ?? '') : ''));
  // An initial would find everybody whose name begins with it, or, without a wildcard, nobody.
  return charactersOf(given).length < 2 || charactersOf(family).length < 2 ? undefined : { given, family };
}

/** Only what a name is written with: a `*` that somebody typed would widen the search, a control character break it. */
const lettersOf = (value: string): string =>
  value
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}'\u2019 .-]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

const charactersOf = (value: string): string[] => Array.from(value);

function daysOf(date: string): { first: string; last: string } {
  if (date.length === 10) return { first: date, last: date };
  if (date.length === 4) return { first: `${date}-01-01`, last: `${date}-12-31` };
  const [year, month] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10);
  return { first: `${date}-01`, last };
}

/** First two characters of a postcode; the pseudo postcodes of the NHS (ZZ99, no abode or unknown) are no area. */
function areaOf(postcode: string | undefined): string | undefined {
  const squeezed = (postcode ?? '').toUpperCase().replace(/\s/g, '');
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(squeezed) && !squeezed.startsWith('ZZ')
    ? squeezed.slice(0, 2)
    : undefined;
}

export interface Step {
  readonly name: string;
  /** Made only where the searches before it all found nobody, or where one of them found too many. */
  readonly when: 'nobody-yet' | 'too-many';
  /** The parameters, or undefined where too little is known for this step. */
  readonly query: (known: Known) => Query | undefined;
}

/** In the order in which they are made; the first that finds one man ends the search. */
export const CASCADE: readonly Step[] = [
  { name: 'given-prefix', when: 'nobody-yet', query: (known) => plain(known, 0, prefixOf) },
  { name: 'given-in-full', when: 'too-many', query: (known) => plain(known, 0, inFull) },
  { name: 'given-prefix-in-area', when: 'too-many', query: (known) => inArea(known) },
  { name: 'fuzzy', when: 'nobody-yet', query: (known) => fuzzy(known) },
  { name: 'alias-prefix', when: 'nobody-yet', query: (known) => plain(known, 1, prefixOf) },
];

/** A wildcard after two letters at least: the service refuses one among the first two characters. */
const prefixOf = (value: string): string => `${charactersOf(value).slice(0, PREFIX_LETTERS).join('')}*`;

const inFull = (value: string): string =>
  charactersOf(value).length <= NAME_LETTERS_MAX
    ? value
    : `${charactersOf(value)
        .slice(0, NAME_LETTERS_MAX - 1)
        .join('')}*`;

function plain(known: Known, which: number, givenAs: (given: string) => string): Query | undefined {
  const name = known.names[which];
  if (name === undefined || known.born === undefined) return undefined;
  return [
    ['family', inFull(name.family)],
    ['given', givenAs(name.given)],
    ...birthDates(known.born),
    ['_history', 'true'],
  ];
}

/** Restricted patients are never returned when a postcode is searched by, so this only ever narrows a search. */
function inArea(known: Known): Query | undefined {
  const query = plain(known, 0, prefixOf);
  return query === undefined || known.area === undefined
    ? undefined
    : [...query, ['address-postalcode', `${known.area}*`]];
}

/** No wildcards here, and history is always on: the service's rules for a fuzzy search. */
function fuzzy(known: Known): Query | undefined {
  const name = known.names[0];
  if (name === undefined || known.born === undefined) return undefined;
  const tooLong = [name.family, name.given].some((part) => charactersOf(part).length > NAME_LETTERS_MAX);
  if (tooLong) return undefined;
  return [['family', name.family], ['given', name.given], ...birthDates(known.born), ['_fuzzy-match', 'true']];
}

function birthDates(born: { first: string; last: string }): Query {
  if (born.first === born.last) return [['birthdate', `eq${born.first}`]];
  return [
    ['birthdate', `ge${born.first}`],
    ['birthdate', `le${born.last}`],
  ];
}
