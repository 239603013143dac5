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
import type { StandardHome, StandardName, StandardPerson, StandardPhone } from './standard-person.ts';

/** The source's words under which a contact point says something about who the record's person is. */
const HIS_OWN: ReadonlySet<string> = new Set(['self', 'unknown', 'hostel', 'work']);

const isHis = (contact: ContactPoint): boolean => contact.recordedAs === undefined || HIS_OWN.has(contact.recordedAs);

/** A hostel's or an employer's phone is many people's. */
const isInstitution = (contact: ContactPoint): boolean =>
  contact.recordedAs === 'hostel' || contact.recordedAs === 'work';

function phonesOf(person: Person, contacts: readonly ContactPoint[], read: Reader): StandardPhone[] {
  const phones: StandardPhone[] = [];
  const add = (phone: StandardPhone | undefined): void => {
    if (phone === undefined) return;
    const at = phones.findIndex(({ number }) => number === phone.number);
    if (at === -1) phones.push(phone);
    // A number that is called an institution's once is nobody's own.
    else if (!phone.personal) phones[at] = phone;
  };
  for (const raw of person.phones ?? []) add(read.phone(raw));
  for (const contact of contacts) {
    if (contact.kind !== 'phone' || !isHis(contact)) continue;
    const phone = read.phone(contact.value);
    add(phone?.personal === true && isInstitution(contact) ? { ...phone, personal: false } : phone);
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

const pushNew = (values: string[], value: string | undefined): void => {
  if (value !== undefined && !values.includes(value)) values.push(value);
};

function relativesPhonesOf(contacts: readonly ContactPoint[], read: Reader): string[] {
  const numbers: string[] = [];
  for (const contact of contacts) {
    if (contact.kind === 'phone' && !isHis(contact)) pushNew(numbers, read.phone(contact.value)?.number);
  }
  return numbers;
}

function emailsOf(person: Person, contacts: readonly ContactPoint[], read: Reader): string[] {
  const emails: string[] = [];
  for (const raw of person.emails ?? []) pushNew(emails, read.email(raw));
  for (const contact of contacts) {
    if (contact.kind === 'email' && isHis(contact)) pushNew(emails, read.email(contact.value));
  }
  return emails;
}

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
    phones: phonesOf(person, contacts, read),
    emails: emailsOf(person, contacts, read),
    relativesPhones: relativesPhonesOf(contacts, read),
    tenancies: identifiers.filter((identifier) => identifier.type === 'TENANCY').map((tenancy) => tenancy.value),
  };
}

/** A source's record, standardised. */
export const standardiseRecord = (record: SourceRecord, asOf: IsoDate, read?: Reader): StandardPerson =>
  standardisePerson(record.recordId, record.person, record.contacts, asOf, read);

/** Phones and e-mails that the record says are somebody else's, in the notation of `standardisePerson`. */
export function contactsOfOthers(record: SourceRecord, read: Reader): string[] {
  const values: string[] = [];
  for (const contact of record.contacts) {
    if (isHis(contact)) continue;
    const value = contact.kind === 'phone' ? read.phone(contact.value)?.number : read.email(contact.value);
    if (value !== undefined) values.push(value);
  }
  return values;
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
