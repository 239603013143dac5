import {
  anIdentifierAgrees,
  aNamePartAgrees,
  birthDatesAgree,
  foldEmail,
  foldIdentifier,
  foldName,
  foldPhone,
  foldPostcode,
  isPlaceholder,
  namesAgree,
  readingsOf,
  sexesDiffer,
} from './agreement.ts';
import { MATCHES_MAX, type HeldRecord, type SoughtPerson } from './held-record.ts';

/** The index by which an extract is searched. Held in memory only; made anew from each batch. */
export interface Lookup {
  find(sought: SoughtPerson): Found;
  readonly size: number;
}

export type Found =
  | { readonly outcome: 'found'; readonly references: readonly string[] }
  | { readonly outcome: 'none-held' | 'not-enough-known' | 'too-many-matches' };

/** What the index keeps of one record: what it is found by. */
interface Findable {
  readonly record: HeldRecord;
  readonly contacts: ReadonlySet<string>;
}

/** Builds the index over every record of a batch. */
export function makeLookup(records: Iterable<HeldRecord>): Lookup {
  const byKey = new Map<string, Findable[]>();
  let size = 0;
  for (const record of records) {
    size += 1;
    const findable = { record, contacts: contactKeysOf(record) };
    for (const key of keysOf(record)) {
      const others = byKey.get(key);
      if (others === undefined) byKey.set(key, [findable]);
      else others.push(findable);
    }
  }
  return { size, find: (sought) => find(byKey, sought) };
}

/**
 * The cascade of a force's own search: identifiers (PNC, CRO) and the "4+1" of the NPCC's minimum data standard: given
 * name, surname, birth date and sex, and one contact reference.
 *
 * Who agrees on the four is a candidate even without the fifth: the man we look for is the one whose address nobody
 * has right. The fifth narrows where too many agree on the four, stands in for a birth date that the agency does not
 * hold, and for one part of the name where nobody agrees on both. Aliases count as names throughout. Candidates by
 * identifier never end the search: a second, unmerged record of the same man may lack the identifier.
 */
function find(byKey: ReadonlyMap<string, readonly Findable[]>, sought: SoughtPerson): Found {
  const named = sought.names.some(({ given, family }) => foldName(given) !== '' && foldName(family) !== '');
  const dates = sought.datesOfBirth.filter((date) => date.length === 10 && !isPlaceholder(date));
  const identified = sought.identifiers.length > 0;
  if (!identified && !(named && dates.length > 0)) return { outcome: 'not-enough-known' };

  const gather = (keys: readonly string[]) => new Set(keys.flatMap((key) => byKey.get(key) ?? []));
  const byIdentifier = [...gather(sought.identifiers.map(foldIdentifier))].filter(({ record }) =>
    anIdentifierAgrees(sought, record),
  );
  const fifth = new Set(contactKeysSought(sought));
  const agreesOnFifth = ({ contacts }: Findable) => [...fifth].some((key) => contacts.has(key));
  const byBirth = [...gather(dates.flatMap(readingsOf).map(birthKey))].filter(
    ({ record }) => birthDatesAgree(dates, record.dateOfBirth) && !sexesDiffer(sought.sex, record.sex),
  );
  let four = byBirth.filter(({ record }) => namesAgree(sought.names, record.names));
  if (four.length > MATCHES_MAX) four = four.filter(agreesOnFifth);
  const undated = [...gather([...fifth])].filter(
    ({ record }) =>
      isPlaceholder(record.dateOfBirth) &&
      !sexesDiffer(sought.sex, record.sex) &&
      namesAgree(sought.names, record.names),
  );
  let found = new Set([...byIdentifier, ...four, ...(named ? undated : [])]);
  if (found.size === 0) {
    found = new Set(byBirth.filter((one) => agreesOnFifth(one) && aNamePartAgrees(sought.names, one.record.names)));
    if (found.size === 0 && tooManyAgree(byBirth, sought)) return { outcome: 'too-many-matches' };
  }
  return found.size > MATCHES_MAX ? { outcome: 'too-many-matches' } : foundOrNone([...found]);
}

function tooManyAgree(byBirth: readonly Findable[], sought: SoughtPerson): boolean {
  return byBirth.filter(({ record }) => namesAgree(sought.names, record.names)).length > MATCHES_MAX;
}

function foundOrNone(found: readonly Findable[]): Found {
  if (found.length === 0) return { outcome: 'none-held' };
  return { outcome: 'found', references: found.map(({ record }) => record.reference) };
}

const birthKey = (date: string): string => `born:${date}`;

function keysOf(record: HeldRecord): readonly string[] {
  const keys = new Set<string>([...record.identifiers.map(foldIdentifier), ...contactKeysOf(record)]);
  if (record.dateOfBirth !== undefined && !isPlaceholder(record.dateOfBirth)) keys.add(birthKey(record.dateOfBirth));
  return [...keys];
}

/** Contact references by which a record is found: his own only. Nobody is found by the victim's number (P5). */
function contactKeysOf(record: HeldRecord): ReadonlySet<string> {
  const keys = record.postcodes.map((postcode) => `postcode:${foldPostcode(postcode)}`);
  for (const { kind, value } of record.contacts) {
    if (kind === 'phone') keys.push(`phone:${foldPhone(value)}`);
    else if (kind === 'email') keys.push(`email:${foldEmail(value)}`);
  }
  return new Set(keys);
}

function contactKeysSought(sought: SoughtPerson): readonly string[] {
  return [
    ...sought.postcodes.map((postcode) => `postcode:${foldPostcode(postcode)}`),
    ...sought.phones.map((number) => `phone:${foldPhone(number)}`),
    ...sought.emails.map((address) => `email:${foldEmail(address)}`),
  ];
}
