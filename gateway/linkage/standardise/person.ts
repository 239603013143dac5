import type { ContactPoint } from '../../../schemas/contact-point.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import type { Person } from '../../../schemas/person.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import { tellingMiddleNames } from './called-by.ts';
import { standardiseBirthDates } from './birth-dates.ts';
import { readEachOnce, type Reader } from './each-once.ts';
import { distinctHomes } from './homes.ts';
import { standardiseIdentifiers } from './identifiers.ts';
import { standardiseNames } from './names.ts';
import type { FieldRead } from './phones.ts';
import type { StandardHome, StandardName, StandardPerson, StandardPhone } from './standard-person.ts';

/** The source's words under which a contact point says something about who the record's person is. */
const HIS_OWN: ReadonlySet<string> = new Set(['self', 'unknown', 'hostel', 'work']);

const isHis = (contact: ContactPoint): boolean => contact.recordedAs === undefined || HIS_OWN.has(contact.recordedAs);

/** A hostel's or an employer's phone is many people's. */
const isInstitution = (contact: ContactPoint): boolean =>
  contact.recordedAs === 'hostel' || contact.recordedAs === 'work';

/** The values of one kind that a record holds, with the source's word whose each is. */
interface Held<T> extends FieldRead<T> {
  /** The contact point, where it is one; a person's own details say nothing of whose they are. */
  readonly contact?: ContactPoint;
}

const isOwn = ({ pointsElsewhere, contact }: Held<unknown>): boolean =>
  !pointsElsewhere && (contact === undefined || isHis(contact));

function heldOf<T>(
  kind: ContactPoint['kind'],
  own: readonly string[],
  contacts: readonly ContactPoint[],
  read: (raw: string) => FieldRead<T>,
): Held<T>[] {
  const held: Held<T>[] = own.map(read);
  for (const contact of contacts) {
    if (contact.kind !== kind) continue;
    const { values, pointsElsewhere } = read(contact.value);
    held.push({ values, pointsElsewhere, contact });
  }
  return held;
}

function phonesOf(held: readonly Held<StandardPhone>[]): StandardPhone[] {
  const phones: StandardPhone[] = [];
  for (const one of held) {
    if (!isOwn(one)) continue;
    const isShared = one.contact !== undefined && isInstitution(one.contact);
    for (const read of one.values) {
      const phone = isShared && read.personal ? { ...read, personal: false } : read;
      const at = phones.findIndex(({ number }) => number === phone.number);
      if (at === -1) phones.push(phone);
      // A number that is called an institution's once is nobody's own.
      else if (!phone.personal) phones[at] = phone;
    }
  }
  return phones;
}

function homesOf(person: Person, contacts: readonly ContactPoint[], read: Reader): readonly StandardHome[] {
  const homes: StandardHome[] = [];
  for (const address of person.addresses ?? []) {
    const home = read.home(address);
    if (home !== undefined) homes.push(home);
  }
  for (const contact of contacts) {
    if (contact.kind !== 'address' || !isHis(contact)) continue;
    const home = read.homeLine(contact.value, contact.uprn);
    if (home !== undefined) homes.push(isInstitution(contact) ? { ...home, crowded: true } : home);
  }
  return distinctHomes(homes);
}

/** The values that are his, or those that are others', each once. */
function distinctOf<T>(held: readonly Held<T>[], own: boolean, textOf: (value: T) => string): string[] {
  const texts: string[] = [];
  for (const one of held) {
    if (isOwn(one) !== own) continue;
    for (const value of one.values) if (!texts.includes(textOf(value))) texts.push(textOf(value));
  }
  return texts;
}

const numberOf = ({ number }: StandardPhone): string => number;
const asItIs = (email: string): string => email;

function generationOf(names: readonly StandardName[]): Pick<StandardPerson, 'generation'> {
  const marks = new Set(names.map((name) => name.generation).filter((mark) => mark !== undefined));
  const [generation] = marks;
  return generation === undefined || marks.size > 1 ? {} : { generation };
}

/**
 * A person with every value in one notation; `id` says where the values came from. Contact points that the source
 * records as another person's are left out: they say nothing about who he is.
 *
 * @param read one for all people of a question, so that no text is read twice
 */
export function standardisePerson(
  id: string,
  person: Person,
  contacts: readonly ContactPoint[],
  asOf: IsoDate,
  read: Reader = readEachOnce(),
): StandardPerson {
  const phones = heldOf('phone', person.phones ?? [], contacts, read.phones);
  const emails = heldOf('email', person.emails ?? [], contacts, read.emails);
  const names = standardiseNames(person.names ?? [], read.nameWords);
  const identifiers = standardiseIdentifiers(person.identifiers ?? []);
  return {
    id,
    names,
    middleNames: [...new Set(names.flatMap(tellingMiddleNames))],
    ...generationOf(names),
    birthDates: standardiseBirthDates(person.dateOfBirth, person.otherDatesOfBirth ?? [], asOf),
    ...(person.sex === 'male' || person.sex === 'female' ? { sex: person.sex } : {}),
    identifiers: identifiers.filter((identifier) => identifier.type !== 'TENANCY'),
    homes: homesOf(person, contacts, read),
    phones: phonesOf(phones),
    emails: distinctOf(emails, true, asItIs),
    relativesPhones: distinctOf(phones, false, numberOf),
    tenancies: identifiers.filter((identifier) => identifier.type === 'TENANCY').map((tenancy) => tenancy.value),
  };
}

/** A source's record, standardised. */
export const standardiseRecord = (record: SourceRecord, asOf: IsoDate, read?: Reader): StandardPerson =>
  standardisePerson(record.recordId, record.person, record.contacts, asOf, read);

/**
 * Phones and e-mails that the record says are somebody else's, in the notation of `standardisePerson`.
 *
 * @param standard the same record, standardised
 */
export function contactsOfOthers(
  { person, contacts }: SourceRecord,
  standard: StandardPerson,
  read: Reader,
): readonly string[] {
  const emails = distinctOf(heldOf('email', person.emails ?? [], contacts, read.emails), false, asItIs);
  return emails.length === 0 ? standard.relativesPhones : [...standard.relativesPhones, ...emails];
}

/** Whether nothing is known by which anybody could be recognised. Sex alone is nothing. */
export const isEmptyPerson = (person: StandardPerson): boolean =>
  person.names.length +
    person.birthDates.length +
    person.identifiers.length +
    person.homes.length +
    person.phones.length +
    person.emails.length ===
  0;
