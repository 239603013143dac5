import type { HeldAddress, HeldName, HeldPhone, Holding } from '../../population/types.ts';
import type { ServedPatient } from './contract.ts';

/** A holding as the service would tell it on a retrieval, with what only its own search index knows beside it. */

export interface HeldPatient {
  /** Everything, before restriction; `serve` decides what leaves. */
  readonly patient: ServedPatient;
  /** Earlier names and addresses: searched with `_history`, told on retrieval only as far as the contract has them. */
  readonly formerPostcodes: readonly string[];
  readonly superseded: readonly string[];
}

/** What a holding cannot say, by NHS number. */
export interface PatientExtras {
  /** Day of death. */
  readonly died?: string;
  readonly veryRestricted?: boolean;
}

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const SECURITY = { U: 'unrestricted', R: 'restricted', V: 'restricted' } as const;

/** The NHS number of a holding. */
export const numberOf = (holding: Holding): string => holding.nhsNumber ?? holding.reference;

/** See HeldPatient. */
export function heldPatientOf(holding: Holding, extras: PatientExtras = {}): HeldPatient {
  const id = numberOf(holding);
  const code = extras.veryRestricted === true ? 'V' : holding.restricted ? 'R' : 'U';
  const addresses = holding.addresses.filter(({ type }) => type !== 'previous');
  const practice = holding.worker?.team.toUpperCase().replace(/[^0-9A-Z]/g, '') ?? '';
  const patient: ServedPatient = {
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: id }],
    meta: { versionId: '2', security: [{ system: CONFIDENTIALITY, code, display: SECURITY[code] }] },
    ...namesOf(holding),
    gender: holding.sex,
    ...(holding.dateOfBirth === undefined ? {} : { birthDate: holding.dateOfBirth }),
    ...deathOf(extras.died),
    address: holding.noFixedAbode ? [NO_FIXED_ABODE] : addresses.map(addressOf),
    telecom: [...holding.phones.filter(isHisOwn).map(phoneOf), ...holding.emails.map(emailOf)],
    contact: emergencyNumbersOf(holding).map(emergencyContactOf),
    ...(practice === '' ? {} : { generalPractitioner: [practiceOf(practice)] }),
  };
  return {
    patient: withoutEmpty(patient),
    formerPostcodes: holding.addresses
      .filter(({ type }) => type === 'previous')
      .flatMap(({ postcode }) => postcode ?? []),
    superseded: holding.otherReferences.filter(({ type }) => type === 'superseded').map(({ value }) => value),
  };
}

function withoutEmpty(patient: ServedPatient): ServedPatient {
  const { address, telecom, contact, ...rest } = patient;
  return {
    ...rest,
    ...(address === undefined || address.length === 0 ? {} : { address }),
    ...(telecom === undefined || telecom.length === 0 ? {} : { telecom }),
    ...(contact === undefined || contact.length === 0 ? {} : { contact }),
  };
}

/** As a retrieval tells him: restricted patients without anything that says where they are. */
export function retrieved(held: HeldPatient): ServedPatient {
  const { patient } = held;
  if (patient.meta.security[0].code === 'U') return patient;
  const { address: _address, telecom: _telecom, contact: _contact, generalPractitioner: _practice, ...rest } = patient;
  return rest;
}

const SEARCH_NAMES: readonly string[] = ['usual', 'nickname', 'temp'];

/** As a search tells him: home address only, and no earlier names. */
export function searched(held: HeldPatient): ServedPatient {
  const { address, name, ...rest } = retrieved(held);
  const home = (address ?? []).filter(({ use }) => use === 'home');
  const names = (name ?? []).filter(({ use }) => SEARCH_NAMES.includes(use));
  return {
    ...rest,
    ...(names.length === 0 ? {} : { name: names }),
    ...(home.length === 0 ? {} : { address: home }),
  };
}

function namesOf(holding: Holding): Pick<ServedPatient, 'name'> {
  const name = [
    ...holding.names.map((held, at) => nameOf(held, at === 0 ? 'usual' : 'old', `N${at}`)),
    ...holding.aliases.map((held, at) => nameOf(held, 'nickname', `A${at}`)),
  ];
  return name.length === 0 ? {} : { name };
}

const nameOf = (name: HeldName, use: 'usual' | 'old' | 'nickname', id: string) => ({
  id,
  use,
  given: [name.given, ...(name.middle === undefined ? [] : name.middle.split(' '))].slice(0, 5),
  family: name.family,
});

const NO_FIXED_ABODE = { id: 'H0', use: 'home' as const, line: ['NO FIXED ABODE'], postalCode: 'ZZ99 3VZ' };

function addressOf(address: HeldAddress, at: number): NonNullable<ServedPatient['address']>[number] {
  const home = address.type === 'home';
  return {
    id: `H${at}`,
    use: home ? 'home' : 'temp',
    ...(home ? {} : { text: 'Temporary Residence Address' }),
    line: address.lines.slice(0, 5),
    ...(address.postcode === undefined ? {} : { postalCode: address.postcode }),
    ...periodOf(address),
    ...(address.uprn === undefined ? {} : { extension: [uprnOf(address.uprn)] }),
  };
}

const KEY_TYPES = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-AddressKeyType';

type AddressKey = NonNullable<NonNullable<ServedPatient['address']>[number]['extension']>[number];

const uprnOf = (uprn: string): AddressKey => ({
  url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AddressKey',
  extension: [
    { url: 'type', valueCoding: { system: KEY_TYPES, code: 'UPRN' } },
    { url: 'value', valueString: uprn },
  ],
});

/** A period has a start or is not there at all. */
function periodOf({ from, to }: { readonly from?: string; readonly to?: string }) {
  const start = from ?? to;
  return start === undefined ? {} : { period: { start, ...(to === undefined ? {} : { end: to }) } };
}

const OTHERS = new Set(['partner', 'mother', 'relative', 'friend']);
const isHisOwn = (phone: HeldPhone): boolean => !OTHERS.has(phone.recordedAs);

const phoneOf = (phone: HeldPhone, at: number): NonNullable<ServedPatient['telecom']>[number] => ({
  id: `T${at}`,
  system: 'phone',
  value: phone.number,
  use: phone.recordedAs === 'work' ? 'work' : phone.type === 'mobile' ? 'mobile' : 'home',
  ...periodOf(phone),
});

const emailOf = (value: string, at: number): NonNullable<ServedPatient['telecom']>[number] => ({
  id: `E${at}`,
  system: 'email',
  value,
  use: 'home',
});

/** The service has one place for numbers that are somebody else's, and one word for whose they are. */
const emergencyNumbersOf = (holding: Holding): string[] => [
  ...holding.phones.filter((phone) => !isHisOwn(phone)).map(({ number }) => number),
  ...holding.others.flatMap(({ phones }) => phones),
];

const emergencyContactOf = (value: string, at: number): NonNullable<ServedPatient['contact']>[number] => ({
  id: `C${at}`,
  relationship: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'C', display: 'Emergency Contact' }],
    },
  ],
  telecom: [{ system: 'phone', value }],
});

const practiceOf = (odsCode: string): NonNullable<ServedPatient['generalPractitioner']>[number] => ({
  id: 'G0',
  type: 'Organization',
  identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: odsCode },
});

function deathOf(died: string | undefined): Pick<ServedPatient, 'deceasedDateTime' | 'extension'> {
  if (died === undefined) return {};
  const at = `${died}T00:00:00+00:00`;
  const system = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-DeathNotificationStatus';
  const display = 'Formal - death notice received from Registrar of Deaths';
  return {
    deceasedDateTime: at,
    extension: [
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeathNotificationStatus',
        extension: [
          {
            url: 'deathNotificationStatus',
            valueCodeableConcept: { coding: [{ system, version: '1.0.0', code: '2', display }] },
          },
          { url: 'systemEffectiveDate', valueDateTime: at },
        ],
      },
    ],
  };
}
