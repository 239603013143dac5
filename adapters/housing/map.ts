import type { SourceQuestion } from '../../gateway/ports/agency-source.ts';
import { carryContacts } from '../records/carry-contacts.ts';
import type { ContactPoint, SealedContact } from '../../schemas/contact-point.ts';
import type { DisclosableValue, FieldValue } from '../../schemas/disclosable-value.ts';
import type { FieldId, IsoDate } from '../../schemas/names.ts';
import type { Person, PersonName } from '../../schemas/person.ts';
import type { RecordRole, SourceRecord } from '../../schemas/source-record.ts';
import { birthDateOf } from '../council/dates.ts';
import { distinctSeals, nobodyElses, type Seal } from '../council/seals.ts';
import { squeezed } from '../council/text.ts';
import { contactsOf, type Contacts } from './contacts.ts';
import { hasUnreadHome, latestTenures, unansweredIn, type Details } from './details.ts';
import { markersOf } from './markers.ts';
import { homesOf, isRunning, placesOf, tenancyEntries } from './tenures.ts';
import type { WireHit, WirePerson } from './wire.ts';

/** A tenant as the services tell him, made into a record of ours: the fields that were asked for and no other (P3). */

export const HOUSING_FIELDS = [
  'hou.tenancy_ref',
  'hou.name',
  'hou.dob',
  'hou.address',
  'hou.phone',
  'hou.tenancy',
  'hou.markers',
] as const satisfies readonly FieldId[];

const AGENCY = 'housing';
const SYSTEM = 'tenancies';

const recordIdOf = (id: string): string => `${AGENCY}:${id}`;

/** A tenant whom this caller may not see: who it is, for matching, and that the rest is withheld. */
export function restrictedRecord(hit: WireHit, fields: ReadonlySet<FieldId>, asked: IsoDate): SourceRecord {
  const withheldFields = HOUSING_FIELDS.filter((field) => fields.has(field));
  const names = namesFrom([hit.firstname, hit.middleName, hit.surname], [hit.preferredFirstname, hit.preferredSurname]);
  const dateOfBirth = birthDateOf(hit.dateOfBirth, asked);
  return {
    recordId: recordIdOf(hit.id),
    agency: AGENCY,
    system: SYSTEM,
    restricted: true,
    person: {
      ...(names.length === 0 ? {} : { names }),
      ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    },
    contacts: [],
    ...(withheldFields.length === 0 ? {} : { withheldFields }),
  };
}

/**
 * One record of one man.
 * @param details what was read about him; a field whose read failed is named as unanswered, and the answer's code says why
 * @param asked the birth date that was asked for
 */
export function recordOf(person: WirePerson, details: Details, question: SourceQuestion, asked: IsoDate): SourceRecord {
  const fields = new Set(question.fields);
  const { his, others } = reachOf(person, details, question, fields);
  const values = valuesOf(person, details, question.asOf, asked).filter(({ field }) => fields.has(field));
  const withheld = details.alerts.kind === 'limited';
  const { carried, cut } = carryContacts(his, others);
  const missing = new Set([...unansweredIn(person, details), ...(cut ? CONTACT_FIELDS : [])]);
  const unanswered = [...missing].filter((field) => fields.has(field));
  return {
    recordId: recordIdOf(person.id),
    agency: AGENCY,
    system: SYSTEM,
    role: roleOf(person),
    person: personOf(person, his, others, question.seal, asked),
    ...carried,
    ...(values.length === 0 ? {} : { values }),
    ...(withheld ? { withheldFields: ['hou.markers'] } : {}),
    ...(unanswered.length === 0 ? {} : { unansweredFields: unanswered }),
  };
}

const CONTACT_FIELDS = ['hou.address', 'hou.phone'];

const TENANT = /tenant|leaseholder|freeholder|licensee|occupant/i;

function roleOf({ personTypes }: WirePerson): RecordRole {
  const types = personTypes ?? [];
  if (types.length === 0 || types.some((type) => TENANT.test(type))) return 'tenant';
  return types.some((type) => /household/i.test(type)) ? 'householdMember' : 'other';
}

function reachOf(
  person: WirePerson,
  details: Details,
  question: SourceQuestion,
  fields: ReadonlySet<FieldId>,
): { readonly his: ContactPoint[]; readonly others: SealedContact[] } {
  const held: Contacts =
    details.contacts.kind === 'held' ? contactsOf(details.contacts.value, question.seal) : { his: [], others: [] };
  const homes = homesOf(person, details.tenures, question.asOf, question.seal);
  // Nobody can be reached at a dead man's number but his family, who may be the people he harmed.
  const alive = squeezed(person.dateOfDeath) === '';
  // The address that he gave may be the home whose household could not be read, and hers alone by now.
  const given = hasUnreadHome(person, details) ? held.his.filter(({ kind }) => kind !== 'address') : held.his;
  const his = [...given, ...homes.his].filter(({ field }) => alive && field !== undefined && fields.has(field));
  return { his: distinct(his), others: distinctSeals([...held.others, ...homes.others]) };
}

function distinct(contacts: readonly ContactPoint[]): ContactPoint[] {
  return [...new Map(contacts.map((contact) => [JSON.stringify(contact), contact])).values()];
}

type Text = string | null | undefined;

function namesFrom(
  [given, middle, family]: readonly [Text, Text, Text],
  [preferredGiven, preferredFamily]: readonly [Text, Text],
): PersonName[] {
  const current = nameFrom(given, middle, family);
  const preferred = nameFrom(preferredGiven ?? given, undefined, preferredFamily ?? family);
  const same = current?.given === preferred?.given && current?.family === preferred?.family;
  return [
    ...(current === undefined ? [] : [{ ...current, type: 'current' as const }]),
    ...(preferred === undefined || same ? [] : [{ ...preferred, type: 'alias' as const }]),
  ];
}

function nameFrom(given: Text, middle: Text, family: Text): PersonName | undefined {
  const part = (text: Text): string | undefined => {
    const clean = squeezed(text).slice(0, 100);
    return clean === '' ? undefined : clean;
  };
  const [first, between, last] = [part(given), part(middle), part(family)];
  if (first === undefined && last === undefined) return undefined;
  return {
    ...(first === undefined ? {} : { given: first }),
    ...(between === undefined ? {} : { middle: between }),
    ...(last === undefined ? {} : { family: last }),
  };
}

function personOf(
  person: WirePerson,
  his: readonly ContactPoint[],
  others: readonly SealedContact[],
  seal: Seal,
  asked: IsoDate,
): Person {
  const names = namesFrom(
    [person.firstName, person.middleName, person.surname],
    [person.preferredFirstName, person.preferredSurname],
  );
  const dateOfBirth = birthDateOf(person.dateOfBirth, asked);
  const addresses = placesOf(person).slice(0, 60);
  const isHis = nobodyElses(others, seal);
  // Only what he is said to use himself, and nobody else is, may speak for who he is.
  const own = his.filter(({ kind, value, recordedAs }) => recordedAs === 'self' && isHis(kind, value));
  const phones = own.flatMap(({ kind, value }) => (kind === 'phone' && value.length <= 40 ? [value] : []));
  const emails = own.flatMap(({ kind, value }) => (kind === 'email' && value.length <= 254 ? [value] : []));
  return {
    ...(names.length === 0 ? {} : { names }),
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(phones.length === 0 ? {} : { phones: phones.slice(0, 40) }),
    ...(emails.length === 0 ? {} : { emails: emails.slice(0, 20) }),
  };
}

function valuesOf(person: WirePerson, details: Details, asOf: IsoDate, asked: IsoDate): FieldValue[] {
  const tenures = latestTenures(person);
  const current = tenures.find((tenure) => isRunning(tenure, asOf)) ?? tenures[0];
  const reference = squeezed(current?.paymentReference);
  const name = nameFrom(person.firstName, person.middleName, person.surname);
  const dateOfBirth = birthDateOf(person.dateOfBirth, asked);
  const tenancies = tenancyEntries(tenures, asOf);
  const markers = details.alerts.kind === 'held' ? markersOf(details.alerts.value, asOf) : [];
  const value = (field: FieldId, held: DisclosableValue | undefined): FieldValue[] =>
    held === undefined ? [] : [{ field, value: held }];
  return [
    ...value(
      'hou.tenancy_ref',
      reference === '' || reference.length > 60 ? undefined : { kind: 'identifier', value: reference },
    ),
    ...value('hou.name', name === undefined ? undefined : { kind: 'name', ...name }),
    ...value('hou.dob', dateOfBirth === undefined ? undefined : { kind: 'date-of-birth', date: dateOfBirth }),
    ...value('hou.tenancy', tenancies.length === 0 ? undefined : { kind: 'list', entries: tenancies }),
    ...value('hou.markers', markers.length === 0 ? undefined : { kind: 'list', entries: markers }),
  ];
}
