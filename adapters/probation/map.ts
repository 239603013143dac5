import type { SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { ContactPoint, SealedContact } from '../../schemas/contact-point.ts';
import type { FieldValue } from '../../schemas/disclosable-value.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord, Whereabouts } from '../../schemas/source-record.ts';
import { carryContacts } from '../records/carry-contacts.ts';
import { failed, type Failed } from './call.ts';
import { addressContacts, hasNoFixedAbode, phonesAndEmails, postcodesOf, type Contacts } from './contacts.ts';
import { unansweredIn, type Detail, type Details } from './details.ts';
import { crnOf, mainNameOf, nameIsMasked, nomsOf, personOf } from './identity.ts';
import { isMasked, shown } from './masked.ts';
import { licenceConditions, mappaDetail, releaseDates, releaseOf, responsibleOfficer, type Taken } from './values.ts';
import type { WirePerson } from './wire.ts';

/** Halves and details of one man made into one record, of the fields that were asked for. */

export const TAKES = [
  'pro.crn',
  'pro.name',
  'pro.dob',
  'pro.address',
  'pro.phone',
  'pro.licence',
  'pro.release',
  'pro.mappa',
  'pro.officer',
] as const satisfies readonly FieldId[];

const CONTACT_FIELDS = ['pro.address', 'pro.phone'] as const satisfies readonly FieldId[];

export interface Mapped {
  readonly record: SourceRecord;
  /** Parts that came back outside the contract. */
  readonly failures: readonly Failed[];
}

export interface Subject {
  /** The register that leads first. At least one. */
  readonly halves: readonly WirePerson[];
  readonly supersedes: readonly string[];
}

const AGENCY = 'probation';
const recordIdOf = (id: string): string => `${AGENCY}:${id}`;

/** The ids under which the halves know him, the case reference number first. */
export function idsOf(halves: readonly WirePerson[]): string[] {
  const ids = [...halves.map(crnOf), ...halves.map(nomsOf)].filter((id) => id !== undefined);
  return [...new Set(ids)];
}

/** A record of which the source restricts access: who it is about, for matching, and that it is withheld. */
export function restrictedRecord(
  id: string,
  halves: readonly WirePerson[],
  fields: ReadonlySet<FieldId>,
): SourceRecord {
  return {
    ...heading(id, halves, []),
    restricted: true,
    person:
      halves.length > 0 ? personOf(halves) : { identifiers: [{ type: isPrison(id) ? 'NOMS' : 'CRN', value: id }] },
    contacts: [],
    withheldFields: TAKES.filter((field) => fields.has(field)),
  };
}

const isPrison = (id: string): boolean => /^[A-Z]\d{4}[A-Z]{2}$/.test(id);

function heading(id: string, halves: readonly WirePerson[], supersedes: readonly string[]) {
  const lead = idsOf(halves)[0] ?? id;
  return {
    recordId: recordIdOf(lead),
    agency: AGENCY,
    // A case that probation holds is Delius's record, joined with the prison's where the API joins them. A prison
    // record alone is NOMIS's: it may still be the same man as a Delius record that nobody has joined yet.
    system: isPrison(lead) ? 'nomis' : 'delius',
    role: 'nominal' as const,
    ...(supersedes.length === 0 ? {} : { supersedes: supersedes.map(recordIdOf) }),
  };
}

/**
 * One record of one man.
 * @param details what was read about him; a field whose part failed is named as unanswered, and the answer's code says why
 */
export function toRecord(subject: Subject, details: Details, question: SourceQuestion): Mapped {
  const fields = new Set(question.fields);
  const withheld = new Set<FieldId>();
  const unanswered = new Set(unansweredIn(details));
  const failures: Failed[] = [];
  const values = [
    ...identityValues(subject.halves, fields, withheld),
    ...detailValues(details, { withheld, unanswered, failures }),
  ].filter(({ field }) => fields.has(field));
  const contacts = contactsOf(subject.halves, details, question, fields);
  if (contacts.phones.withheld) withheld.add('pro.phone');
  if (contacts.addresses.withheld) withheld.add('pro.address');
  const whereabouts = fields.has('pro.address') ? whereaboutsOf(details, question.asOf) : undefined;
  const phones = isSupervised(details) ? contacts.phones.his.map(inService) : contacts.phones.his;
  const his = [...phones, ...contacts.addresses.his];
  const others = [...contacts.phones.others, ...contacts.addresses.others];
  const { carried, cut } = carryContacts(his, others);
  if (cut) CONTACT_FIELDS.forEach((field) => unanswered.add(field));
  const record: SourceRecord = {
    ...heading('', subject.halves, subject.supersedes),
    person: personFor(subject.halves, details, contacts.phones.his),
    ...carried,
    ...(whereabouts === undefined ? {} : { whereabouts }),
    ...(values.length === 0 ? {} : { values }),
    ...amongAsked('withheldFields', withheld, fields),
    ...amongAsked('unansweredFields', unanswered, fields),
  };
  return { record, failures };
}

function amongAsked(
  name: 'withheldFields' | 'unansweredFields',
  these: ReadonlySet<FieldId>,
  fields: ReadonlySet<FieldId>,
): Pick<SourceRecord, 'withheldFields' | 'unansweredFields'> {
  const asked = TAKES.filter((field) => fields.has(field) && these.has(field));
  return asked.length === 0 ? {} : { [name]: asked };
}

function personFor(halves: readonly WirePerson[], details: Details, contacts: readonly ContactPoint[]): Person {
  const addresses = details.addresses.kind === 'held' ? postcodesOf(details.addresses.value).slice(0, 60) : [];
  // Only what he himself is said to use may speak for who he is.
  const own = contacts.filter((contact) => contact.recordedAs === 'self');
  const phones = own.filter(({ kind }) => kind === 'phone').map(({ value }) => value);
  const emails = own.filter(({ kind }) => kind === 'email').map(({ value }) => value);
  return {
    ...personOf(halves),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(phones.length === 0 ? {} : { phones: phones.slice(0, 40) }),
    ...(emails.length === 0 ? {} : { emails: emails.slice(0, 20) }),
  };
}

function identityValues(
  halves: readonly WirePerson[],
  fields: ReadonlySet<FieldId>,
  withheld: Set<FieldId>,
): FieldValue[] {
  const values: FieldValue[] = [];
  const [lead] = halves;
  if (lead === undefined) return values;
  const crn = halves.map(crnOf).find((id) => id !== undefined);
  const name = mainNameOf(lead);
  const dateOfBirth = shown(lead.dateOfBirth);
  if (fields.has('pro.crn') && crn !== undefined)
    values.push({ field: 'pro.crn', value: { kind: 'identifier', value: crn } });
  if (fields.has('pro.name') && name !== undefined)
    values.push({ field: 'pro.name', value: { kind: 'name', ...name } });
  if (fields.has('pro.dob') && dateOfBirth !== undefined) {
    values.push({ field: 'pro.dob', value: { kind: 'date-of-birth', date: dateOfBirth } });
  }
  if (nameIsMasked(lead)) withheld.add('pro.name');
  if (isMasked(lead.dateOfBirth)) withheld.add('pro.dob');
  if (crn === undefined && halves.some((half) => isMasked(half.identifiers?.deliusCrn))) withheld.add('pro.crn');
  return values;
}

/** Why a field has no value, or not the whole, collected while reading. */
interface Missing {
  readonly withheld: Set<FieldId>;
  readonly unanswered: Set<FieldId>;
  readonly failures: Failed[];
}

function detailValues(details: Details, missing: Missing): FieldValue[] {
  const values: FieldValue[] = [];
  const take = <T>(field: FieldId, detail: Detail<T>, read: (value: T) => Taken): void => {
    if (detail.kind !== 'held') return;
    const taken = read(detail.value);
    if (taken.withheld) missing.withheld.add(field);
    if (taken.unreadable === true) {
      missing.unanswered.add(field);
      missing.failures.push(failed('bad-answer'));
    }
    if (taken.value !== undefined) values.push(taken.value);
  };
  take('pro.licence', details.licences, licenceConditions);
  take('pro.release', details.keyDates, releaseDates);
  take('pro.mappa', details.mappa, mappaDetail);
  take('pro.officer', details.officer, responsibleOfficer);
  return values;
}

/** The interface dates no telephone; that an officer in the community is dealing with him now is what it can say. */
const isSupervised = ({ officer }: Details): boolean =>
  officer.kind === 'held' && shown(officer.value.communityOffenderManager?.name?.surname) !== undefined;
const inService = (contact: ContactPoint): ContactPoint => ({ ...contact, basis: 'active-service' });

const NO_CONTACTS: Contacts = { his: [], others: [], withheld: false };

function contactsOf(
  halves: readonly WirePerson[],
  details: Details,
  question: SourceQuestion,
  fields: ReadonlySet<FieldId>,
): { phones: Contacts; addresses: Contacts } {
  const addresses =
    fields.has('pro.address') && details.addresses.kind === 'held'
      ? addressContacts(details.addresses.value, question.seal)
      : NO_CONTACTS;
  if (!fields.has('pro.phone')) return { phones: NO_CONTACTS, addresses };
  const each = halves.map((half) => phonesAndEmails(half, question.seal));
  const his = distinct(each.flatMap((found) => found.his));
  const others: SealedContact[] = each.flatMap((found) => found.others);
  // The prison register's half has no contact details to remove; only probation's can be short of them.
  const removed = halves.some((half) => half.contactDetails === undefined && crnOf(half) !== undefined);
  const withheld = removed || each.some((found) => found.withheld);
  return { phones: { his, others, withheld }, addresses };
}

function distinct(contacts: readonly ContactPoint[]): ContactPoint[] {
  const seen = new Set<string>();
  return contacts.filter(({ kind, value, recordedAs }) => {
    const key = `${kind} ${recordedAs ?? ''} ${value.replace(/[\s()-]/g, '').toLowerCase()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Where he is when that is no address. A release date goes with it only where it was asked for itself. */
function whereaboutsOf(details: Details, asOf: string): Whereabouts | undefined {
  const noFixedAbode = details.addresses.kind === 'held' && hasNoFixedAbode(details.addresses.value, asOf);
  const custody = custodyOf(details, asOf);
  if (!noFixedAbode && custody === undefined) return undefined;
  return {
    field: 'pro.address',
    ...(noFixedAbode ? { noFixedAbode } : {}),
    ...(custody === undefined ? {} : { custody }),
  };
}

/** Movements that take a man out of a prison's door without ending his custody. */
const STILL_HELD = /^(?:court|transfers?|temporary absence)$/i;

/**
 * Custody now, or the release that ended it. A confirmed date that has passed means released only where the prison
 * says that he is out: a man recalled last year keeps the confirmed date of his first release.
 */
function custodyOf(details: Details, asOf: string): Whereabouts['custody'] {
  if (details.baseLocation.kind !== 'held') return undefined;
  const { inPrison, prisonId, lastPrisonId, lastMovementType, receptionDate } = details.baseLocation.value;
  const held = inPrison === true || STILL_HELD.test(shown(lastMovementType) ?? '');
  const since = shown(receptionDate);
  const release = details.keyDates.kind === 'held' ? releaseOf(details.keyDates.value) : undefined;
  const past = release !== undefined && release.date <= asOf;
  if (!held && (inPrison !== false || !past)) return undefined;
  const ofThisCustody = release !== undefined && (since === undefined || release.date >= since);
  return {
    establishment: (shown(prisonId) ?? shown(lastPrisonId) ?? 'not named').slice(0, 120),
    ...(since === undefined ? {} : { since }),
    ...(ofThisCustody ? { releaseDate: release.date, releaseConfirmed: past ? !held : release.confirmed } : {}),
  };
}
