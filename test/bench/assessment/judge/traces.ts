import type { ContactEntry, Question, RecordEntry } from '../registers/entries.ts';
import { plainEmail, plainPhone, plainPostcode, postcodeOf } from './plain.ts';
import type { Truth } from './truth.ts';

/** What a question itself shows of a value's owner. Only a value with a trace can be known to be another's. */
export interface Traces {
  /** Listed as a protected person's. */
  readonly guarded: ReadonlySet<string>;
  /** Held by a record whose role is victim, child or partner. */
  readonly hers: ReadonlySet<string>;
  /** Held by anybody else's record, or called another's by one of his. */
  readonly anothers: ReadonlySet<string>;
}

const OTHERS_WORDS: ReadonlySet<string> = new Set(['partner', 'mother', 'relative', 'friend']);
const PROTECTED_ROLES: ReadonlySet<string> = new Set(['victim', 'child', 'partner']);

export const isRecordedAsAnothers = ({ recordedAs }: ContactEntry): boolean => OTHERS_WORDS.has(recordedAs ?? '');

/** A value as it is compared: E.164, lower case, or the postcode of an address. Words behind a number are no part of it. */
export function keyOf(kind: ContactEntry['kind'], value: string): string | undefined {
  if (kind === 'phone') return plainPhone(value.replace(/[A-Za-z].*$/u, '')) ?? plainPhone(value);
  return kind === 'email' ? plainEmail(value) : postcodeOf(value);
}

/** Every value that a record gives its person as theirs. */
function ownValuesOf({ contacts, person }: RecordEntry): (string | undefined)[] {
  return [
    ...contacts.filter((contact) => !isRecordedAsAnothers(contact)).map(({ kind, value }) => keyOf(kind, value)),
    ...(person.phones ?? []).map(plainPhone),
    ...(person.emails ?? []).map(plainEmail),
    ...(person.addresses ?? []).map(({ postcode }) => (postcode === undefined ? undefined : plainPostcode(postcode))),
  ];
}

export function tracesOf({ protectedContacts = [], records }: Question, truth: Truth): Traces {
  const known = (values: (string | undefined)[]): Set<string> => new Set(values.filter((value) => value !== undefined));
  const isHis = ({ recordId }: RecordEntry): boolean => truth.records[recordId]?.person === truth.subject;
  const others = records.filter((record) => !isHis(record));
  const toldByHis = records
    .filter(isHis)
    .flatMap(({ contacts }) => contacts.filter(isRecordedAsAnothers).map(({ kind, value }) => keyOf(kind, value)));
  return {
    guarded: known(protectedContacts.map(({ kind, value }) => keyOf(kind, value))),
    hers: known(others.filter(({ role }) => PROTECTED_ROLES.has(role ?? '')).flatMap(ownValuesOf)),
    anothers: known([...others.flatMap(ownValuesOf), ...toldByHis]),
  };
}
