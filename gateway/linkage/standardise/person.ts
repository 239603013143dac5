import type { ContactPoint } from '../../../schemas/contact-point.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import type { Person } from '../../../schemas/person.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import { tellingMiddleNames } from './called-by.ts';
import { standardiseBirthDates } from './birth-dates.ts';
import { distinctHomes, standardiseHome, standardiseHomeLine } from './homes.ts';
import { standardiseIdentifiers } from './identifiers.ts';
import { standardiseNames } from './names.ts';
import { standardiseEmail, standardisePhone } from './phones.ts';
import type { StandardHome, StandardName, StandardPerson, StandardPhone } from './standard-person.ts';

/** The source's words under which a contact point says something about who the record's person is. */
const HIS_OWN: ReadonlySet<string> = new Set(['self', 'unknown', 'hostel', 'work']);

const isHis = (contact: ContactPoint): boolean => contact.recordedAs === undefined || HIS_OWN.has(contact.recordedAs);

/** A hostel's or an employer's phone is many people's. */
const isInstitution = (contact: ContactPoint): boolean =>
  contact.recordedAs === 'hostel' || contact.recordedAs === 'work';

function distinctPhones(phones: readonly StandardPhone[]): StandardPhone[] {
  const byNumber = new Map<string, StandardPhone>();
  for (const phone of phones) {
    const known = byNumber.get(phone.number);
    byNumber.set(phone.number, known === undefined ? phone : { ...phone, personal: known.personal && phone.personal });
  }
  return [...byNumber.values()];
}

function phonesOf(person: Person, contacts: readonly ContactPoint[]): StandardPhone[] {
  const held = (person.phones ?? []).map(standardisePhone);
  const given = contacts
    .filter((contact) => contact.kind === 'phone')
    .map((contact) => {
      const phone = standardisePhone(contact.value);
      return phone !== undefined && isInstitution(contact) ? { ...phone, personal: false } : phone;
    });
  return distinctPhones([...held, ...given].filter((phone) => phone !== undefined));
}

function homesOf(person: Person, contacts: readonly ContactPoint[]): StandardHome[] {
  const held = (person.addresses ?? []).map(standardiseHome);
  const given = contacts
    .filter((contact) => contact.kind === 'address')
    .map((contact) => {
      const home = standardiseHomeLine(contact.value, contact.uprn);
      return home !== undefined && isInstitution(contact) ? { ...home, crowded: true } : home;
    });
  return distinctHomes([...held, ...given].filter((home) => home !== undefined));
}

function relativesPhonesOf(contacts: readonly ContactPoint[]): string[] {
  const numbers = contacts
    .filter((contact) => contact.kind === 'phone' && !isHis(contact))
    .map((contact) => standardisePhone(contact.value)?.number);
  return [...new Set(numbers.filter((number) => number !== undefined))];
}

function emailsOf(person: Person, contacts: readonly ContactPoint[]): string[] {
  const given = contacts.filter((contact) => contact.kind === 'email').map((contact) => contact.value);
  const emails = [...(person.emails ?? []), ...given].map(standardiseEmail);
  return [...new Set(emails.filter((email) => email !== undefined))];
}

function generationOf(names: readonly StandardName[]): Pick<StandardPerson, 'generation'> {
  const marks = new Set(names.map((name) => name.generation).filter((mark) => mark !== undefined));
  const [generation] = marks;
  return generation === undefined || marks.size > 1 ? {} : { generation };
}

/**
 * A person with every value in one notation; `id` says where the values came from. Contact points that the source
 * records as another person's are left out: they say nothing about who he is.
 */
export function standardisePerson(
  id: string,
  person: Person,
  contacts: readonly ContactPoint[],
  asOf: IsoDate,
): StandardPerson {
  const his = contacts.filter(isHis);
  const names = standardiseNames(person.names ?? []);
  const identifiers = standardiseIdentifiers(person.identifiers ?? []);
  return {
    id,
    names,
    middleNames: [...new Set(names.flatMap(tellingMiddleNames))],
    ...generationOf(names),
    birthDates: standardiseBirthDates(person.dateOfBirth, person.otherDatesOfBirth ?? [], asOf),
    ...(person.sex === 'male' || person.sex === 'female' ? { sex: person.sex } : {}),
    identifiers: identifiers.filter((identifier) => identifier.type !== 'TENANCY'),
    homes: homesOf(person, his),
    phones: phonesOf(person, his),
    emails: emailsOf(person, his),
    relativesPhones: relativesPhonesOf(contacts),
    tenancies: identifiers.filter((identifier) => identifier.type === 'TENANCY').map((tenancy) => tenancy.value),
  };
}

/** A source's record, standardised. */
export const standardiseRecord = (record: SourceRecord, asOf: IsoDate): StandardPerson =>
  standardisePerson(record.recordId, record.person, record.contacts, asOf);

/** Phones and e-mails that the record says are somebody else's, in the notation of `standardisePerson`. */
export function contactsOfOthers(record: SourceRecord): string[] {
  const values = record.contacts
    .filter((contact) => !isHis(contact))
    .map((contact) =>
      contact.kind === 'phone' ? standardisePhone(contact.value)?.number : standardiseEmail(contact.value),
    );
  return values.filter((value) => value !== undefined);
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
