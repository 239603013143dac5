import type { ContactPoint, OtherOwner, RecordedAs, SealedContact } from '../../schemas/contact-point.ts';
import type { FieldValue } from '../../schemas/disclosable-value.ts';
import { isoDateSchema, type FieldId, type IsoDate } from '../../schemas/names.ts';
import type { Person, PersonName } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import type { SourceQuestion } from '../../gateway/ports/agency-source.ts';
import { nhsNumberOf } from './nhs-number.ts';
import type { WireAddress, WireEmergencyContact, WireExtension, WireName, WirePatient, WireTelecom } from './wire.ts';

/** A patient as the service tells him, made into a record of ours: the fields that were asked for and no other (P3). */

/** The allow-list of this adapter. */
export const HEALTH_FIELDS = [
  'hea.nhs_number',
  'hea.name',
  'hea.dob',
  'hea.address',
  'hea.phone',
  'hea.gp',
] as const satisfies readonly FieldId[];

/** Those that say how he is reached, in the order in which they speak for where he is. */
export const CONTACT_FIELDS = ['hea.address', 'hea.phone'] as const satisfies readonly FieldId[];

const AGENCY = 'health';
const SYSTEM = 'pds';

export interface MapOptions {
  readonly fields: readonly FieldId[];
  readonly asOf: IsoDate;
  readonly seal: SourceQuestion['seal'];
  /** The NHS number under which he was asked for: superseded where the answer has another. */
  readonly askedNumber?: string;
}

export const recordIdOf = (nhsNumber: string): string => `${AGENCY}:${nhsNumber}`;

/** Makes the record. The patient must have passed `mayBeHim`. */
export function recordOf(patient: WirePatient, options: MapOptions): SourceRecord {
  const fields = new Set(HEALTH_FIELDS.filter((field) => options.fields.includes(field)));
  const supersedes = supersededBy(patient, options.askedNumber);
  const common = {
    recordId: recordIdOf(patient.id),
    agency: AGENCY,
    system: SYSTEM,
    role: 'patient' as const,
    ...(supersedes.length === 0 ? {} : { supersedes }),
  };
  if (isRestricted(patient)) {
    const withheldFields = [...fields];
    return {
      ...common,
      restricted: true,
      person: personOf(patient, false),
      contacts: [],
      ...(withheldFields.length === 0 ? {} : { withheldFields }),
    };
  }
  return { ...common, person: personOf(patient, true), ...takenOf(patient, fields, options) };
}

function supersededBy(patient: WirePatient, askedNumber: string | undefined): string[] {
  return askedNumber === undefined || askedNumber === patient.id ? [] : [recordIdOf(askedNumber)];
}

/**
 * Anything but the code for unrestricted: R, V (very restricted), a code to come, or none at all. Where he lives is
 * then removed by the service, and whatever it forgot to remove is dropped here: many victims are restricted.
 */
export function isRestricted(patient: WirePatient): boolean {
  const codes = (patient.meta?.security ?? []).map(({ code }) => code);
  return codes.length === 0 || codes.some((code) => code !== 'U');
}

function takenOf(
  patient: WirePatient,
  fields: ReadonlySet<FieldId>,
  options: MapOptions,
): Pick<SourceRecord, 'contacts' | 'othersContacts' | 'values' | 'withheldFields' | 'whereabouts'> {
  const values = valuesOf(patient, fields, options.asOf);
  const wantsContacts = CONTACT_FIELDS.some((field) => fields.has(field));
  const others = wantsContacts ? othersOf(patient.contact ?? [], options.seal) : NOBODY;
  // Nobody can be reached at a dead man's number but his family, who may be the people he harmed.
  const alive = !isDead(patient);
  const phones = alive && fields.has('hea.phone') ? telecomsOf(patient) : [];
  const his = phones.filter((contact) => !others.has(contact, options.seal));
  const addresses = alive && fields.has('hea.address') ? (patient.address ?? []).flatMap(addressOf) : [];
  return {
    contacts: [...his, ...addresses],
    ...(others.sealed.length === 0 ? {} : { othersContacts: others.sealed }),
    ...(values.length === 0 ? {} : { values }),
    // One number given both as his and as somebody else's: theirs until a human knows better (P4).
    ...(his.length === phones.length ? {} : { withheldFields: ['hea.phone'] }),
    ...whereaboutsOf(patient, fields, options.asOf),
  };
}

/**
 * That he has died is told whichever contact field was asked for: silence would let other agencies' old numbers rank as
 * if he lived. It stands under the address, or under the telephone where that alone was asked for.
 */
function whereaboutsOf(
  patient: WirePatient,
  fields: ReadonlySet<FieldId>,
  asOf: IsoDate,
): Pick<SourceRecord, 'whereabouts'> {
  const [field] = CONTACT_FIELDS.filter((one) => fields.has(one));
  if (field === undefined) return {};
  if (isDead(patient)) return { whereabouts: { field, died: deathOf(patient) } };
  const homeless = field === 'hea.address' && hasNoFixedAbode(patient, asOf);
  return homeless ? { whereabouts: { field, noFixedAbode: true } } : {};
}

// ---- what matching needs ----

function personOf(patient: WirePatient, withPostcodes: boolean): Person {
  const names = (patient.name ?? []).flatMap(nameOf);
  const addresses = withPostcodes ? (patient.address ?? []).flatMap(postcodeOf) : [];
  return {
    identifiers: [{ type: 'NHS', value: patient.id }],
    ...(names.length === 0 ? {} : { names }),
    ...(patient.birthDate === undefined ? {} : { dateOfBirth: patient.birthDate }),
    ...(patient.gender === undefined || patient.gender === 'unknown' ? {} : { sex: patient.gender }),
    ...(addresses.length === 0 ? {} : { addresses }),
  };
}

function nameOf(name: WireName): PersonName[] {
  const [given, ...middle] = (name.given ?? []).map((part) => part.trim()).filter((part) => part !== '');
  const family = (name.family ?? '').trim();
  if (given === undefined && family === '') return [];
  return [
    {
      ...(given === undefined ? {} : { given }),
      ...(middle.length === 0 ? {} : { middle: middle.join(' ').slice(0, 100) }),
      ...(family === '' ? {} : { family }),
      type: name.use === 'usual' || name.use === 'official' ? 'current' : 'alias',
    },
  ];
}

function postcodeOf(address: WireAddress): NonNullable<Person['addresses']> {
  const postcode = realPostcodeOf(address);
  return postcode === undefined || address.use === 'work' ? [] : [{ postcode, ...periodOf(address) }];
}

/** The NHS writes "no fixed abode" and "not known" as postcodes of an area ZZ99 that does not exist. */
const NO_FIXED_ABODE = 'ZZ993VZ';
const squeeze = (postcode: string | undefined): string => (postcode ?? '').toUpperCase().replace(/\s/g, '');

function realPostcodeOf(address: WireAddress): string | undefined {
  const squeezed = squeeze(address.postalCode);
  return squeezed === '' || squeezed.startsWith('ZZ99') ? undefined : (address.postalCode ?? '').trim();
}

function hasNoFixedAbode(patient: WirePatient, asOf: IsoDate): boolean {
  return (patient.address ?? []).some(
    (address) =>
      address.use === 'home' &&
      squeeze(address.postalCode) === NO_FIXED_ABODE &&
      (address.period?.end === undefined || address.period.end >= asOf),
  );
}

const periodOf = ({ period }: Pick<WireAddress, 'period'>): { from?: IsoDate; to?: IsoDate } => ({
  ...(period?.start === undefined ? {} : { from: period.start }),
  ...(period?.end === undefined ? {} : { to: period.end }),
});

// ---- values ----

function valuesOf(patient: WirePatient, fields: ReadonlySet<FieldId>, asOf: IsoDate): FieldValue[] {
  const name = currentNameOf(patient);
  const practice = practiceOf(patient, asOf);
  return [
    fields.has('hea.nhs_number') && nhsNumberOf(patient.id) !== undefined
      ? [{ field: 'hea.nhs_number', value: { kind: 'identifier' as const, value: patient.id } }]
      : [],
    fields.has('hea.name') && name !== undefined ? [{ field: 'hea.name', value: name }] : [],
    fields.has('hea.dob') && patient.birthDate !== undefined
      ? [{ field: 'hea.dob', value: { kind: 'date-of-birth' as const, date: patient.birthDate } }]
      : [],
    fields.has('hea.gp') && practice !== undefined ? [practice] : [],
  ].flat();
}

function currentNameOf(patient: WirePatient): FieldValue['value'] | undefined {
  const usual = (patient.name ?? []).find(({ use }) => use === 'usual');
  const [name] = usual === undefined ? [] : nameOf(usual);
  if (name === undefined) return undefined;
  const { type: _type, ...parts } = name;
  return { kind: 'name', ...parts };
}

/** The practice by its ODS code: the service gives no name. A registration that ended is no registration. */
function practiceOf(patient: WirePatient, asOf: IsoDate): FieldValue | undefined {
  const identifier = patient.generalPractitioner?.[0]?.identifier;
  const code = identifier?.value.trim();
  if (code === undefined || code === '') return undefined;
  if (identifier?.period?.end !== undefined && identifier.period.end < asOf) return undefined;
  return {
    field: 'hea.gp',
    value: { kind: 'professional', organisation: code },
    ...(identifier?.period?.start === undefined ? {} : { asAt: identifier.period.start }),
  };
}

// ---- contact points ----

const TELECOM_KINDS = { phone: 'phone', sms: 'phone', email: 'email' } as const;

function telecomsOf(patient: WirePatient): ContactPoint[] {
  const proxy = callsGoToProxy(patient);
  return (patient.telecom ?? []).flatMap((telecom) => telecomOf(telecom, proxy));
}

/** Fax and textphone are left out: nobody can speak to him there. */
function telecomOf(telecom: WireTelecom, callsGoToAnother: boolean): ContactPoint[] {
  const kind =
    telecom.system === 'phone' || telecom.system === 'sms' || telecom.system === 'email'
      ? TELECOM_KINDS[telecom.system]
      : undefined;
  const value = telecom.value.trim();
  if (kind === undefined || value === '' || telecom.use === 'old') return [];
  const recordedAs: RecordedAs =
    telecom.use === 'work' ? 'work' : kind === 'phone' && callsGoToAnother ? 'unknown' : 'self';
  return [{ kind, value, recordedAs, field: 'hea.phone', basis: 'registration', ...periodOf(telecom) }];
}

/** A correspondence address may be care of somebody else. */
const ADDRESS_RECORDED_AS = { home: 'self', temp: 'self', billing: 'unknown', work: 'work', old: 'self' } as const;

function addressOf(address: WireAddress): ContactPoint[] {
  const lines = (address.line ?? []).map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length === 0 || squeeze(address.postalCode).startsWith('ZZ99')) return [];
  const postcode = realPostcodeOf(address);
  const value = [...lines, ...(postcode === undefined ? [] : [postcode])].join(', ');
  const uprn = uprnOf(address);
  if (value.length > 400) return [];
  return [
    {
      kind: 'address',
      value,
      recordedAs: ADDRESS_RECORDED_AS[address.use],
      field: 'hea.address',
      basis: 'registration',
      ...periodOf(address),
      ...(uprn === undefined ? {} : { uprn }),
    },
  ];
}

const ADDRESS_KEY = /\/Extension-UKCore-AddressKey$/;

function uprnOf(address: WireAddress): string | undefined {
  const key = (address.extension ?? []).find(
    ({ url, extension }) =>
      ADDRESS_KEY.test(url) && (extension ?? []).some((part) => part.valueCoding?.code === 'UPRN'),
  );
  const value = (key?.extension ?? []).find((part) => part.url === 'value')?.valueString;
  return value !== undefined && /^\d{1,12}$/.test(value) ? value : undefined;
}

// ---- other people's ----

interface Others {
  readonly sealed: SealedContact[];
  has(contact: ContactPoint, seal: MapOptions['seal']): boolean;
}

const NOBODY: Others = { sealed: [], has: () => false };

/** HL7 table 0131 (contact role) where it says more than "emergency contact". */
const WHOSE: Readonly<Record<string, OtherOwner>> = { N: 'relative' };

/** Seals every emergency contact and forgets the value (P4). */
function othersOf(contacts: readonly WireEmergencyContact[], seal: MapOptions['seal']): Others {
  const sealed: SealedContact[] = [];
  const plain = new Set<string>();
  for (const contact of contacts) {
    const role = contact.relationship?.[0]?.coding?.[0]?.code ?? '';
    for (const { system, value } of contact.telecom ?? []) {
      if (value === undefined || value.trim() === '') continue;
      const kind = system === 'email' || (system === undefined && value.includes('@')) ? 'email' : 'phone';
      plain.add(bareOf(value));
      const hash = seal(kind, value);
      if (hash !== undefined) sealed.push({ kind, seal: hash, whose: WHOSE[role] ?? 'other' });
    }
  }
  const hashes = new Set(sealed.map(({ kind, seal: hash }) => `${kind} ${hash}`));
  return {
    sealed,
    has: (contact, sealAgain) =>
      plain.has(bareOf(contact.value)) ||
      hashes.has(`${contact.kind} ${sealAgain(contact.kind, contact.value) ?? 'unusable'}`),
  };
}

/** For values that the seal cannot normalise: the same characters or the same digits are the same. */
function bareOf(value: string): string {
  const digits = value.replace(/\D/g, '').replace(/^(?:0044|44|0)/, '');
  return digits.length >= 6 && !value.includes('@') ? digits : value.trim().toLowerCase();
}

// ---- extensions ----

const codesOf = (extensions: readonly WireExtension[] | undefined, url: RegExp, part: string): string[] =>
  (extensions ?? [])
    .filter((extension) => url.test(extension.url))
    .flatMap(({ extension }) => extension ?? [])
    .filter((inner) => inner.url === part)
    .flatMap((inner) => (inner.valueCodeableConcept?.coding ?? []).flatMap(({ code }) => code ?? []));

/** A date of death, a death notice (1 informal, 2 formal) or removal from the register because of death. */
export function isDead(patient: WirePatient): boolean {
  if (patient.deceasedDateTime !== undefined || patient.deceasedBoolean === true) return true;
  const removal = codesOf(patient.extension, /\/Extension-PDS-RemovalFromRegistration$/, 'removalFromRegistrationCode');
  return removal.includes('DEA') || deathNoticesOf(patient).some((code) => code === INFORMAL || code === FORMAL);
}

/** The day where the service gives one, which it may not, and whether a registrar has confirmed it. */
function deathOf(patient: WirePatient): NonNullable<NonNullable<SourceRecord['whereabouts']>['died']> {
  const on = isoDateSchema.safeParse(patient.deceasedDateTime?.slice(0, 10)).data;
  const notices = deathNoticesOf(patient);
  const formal = notices.includes(FORMAL) ? true : notices.includes(INFORMAL) ? false : undefined;
  return { ...(on === undefined ? {} : { on }), ...(formal === undefined ? {} : { formal }) };
}

const INFORMAL = '1';
const FORMAL = '2';
const deathNoticesOf = ({ extension }: WirePatient): string[] =>
  codesOf(extension, /\/Extension-UKCore-DeathNotificationStatus$/, 'deathNotificationStatus');

/** Preferred contact method 6, "telephone contact via proxy": whoever answers is not him. */
function callsGoToProxy(patient: WirePatient): boolean {
  return codesOf(patient.extension, /\/Extension-UKCore-ContactPreference$/, 'PreferredContactMethod').includes('6');
}
