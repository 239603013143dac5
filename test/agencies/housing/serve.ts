import { createHash } from 'node:crypto';
import type { RecordedAs } from '../../../schemas/contact-point.ts';
import type { HeldAddress, HeldOther, Holding, Relation } from '../../population/types.ts';
import type { ServedContact, ServedHit, ServedPerson, ServedTenure, ServedTenureDetail, SubType } from './contract.ts';

/** Turns what a landlord holds of one person into the elements of its services. */

/** A stable id that looks like any other: SHA-256 of what it stands for, as a version 4 UUID. */
export function idOf(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** A number that depends on the record only, to spread the quirks of the services over people. */
const spread = (reference: string, kinds: number): number =>
  Number.parseInt(idOf('quirk', reference).slice(0, 6), 16) % kinds;

/** Addresses stand on one line without commas, now and then with two spaces. */
export const lineOf = (address: HeldAddress): string =>
  [...address.lines, ...(address.postcode === undefined ? [] : [address.postcode])].join(' ').replace(' ', '  ');

const moment = (date: string): string => `${date}T00:00:00Z`;

/** One service writes dates, the other moments, the search index also what people typed. */
function writtenDate(date: string | undefined, how: number): string | null {
  if (date === undefined) return null;
  const [year = '', month = '', day = ''] = date.split('-');
  return [date, moment(date), `${day}/${month}/${year}`][how] ?? date;
}

/** A tenure of somebody: the current one, under the tenancy's reference, or an earlier home. */
export interface Tenure {
  readonly id: string;
  readonly address: HeldAddress;
  readonly type: string;
  readonly reference: string;
  readonly from: string;
  readonly to?: string;
  readonly isActive: boolean;
}

/** The tenancy at the current home, and one that ended for each earlier home. */
export function tenuresOf(holding: Holding, asOf: string): Tenure[] {
  const { tenancy, addresses } = holding;
  if (tenancy === undefined) return [];
  const home = addresses.find(({ type }) => type !== 'previous') ?? addresses[0];
  const current: Tenure[] =
    home === undefined
      ? []
      : [
          {
            id: idOf('tenure', tenancy.reference),
            address: home,
            type: tenancy.type,
            reference: tenancy.reference,
            from: tenancy.from,
            ...(tenancy.to === undefined ? {} : { to: tenancy.to }),
            isActive: tenancy.to === undefined || tenancy.to > asOf,
          },
        ];
  const earlier = addresses
    .filter((address) => address !== home)
    .map((address) => ({
      id: idOf('tenure', holding.reference, lineOf(address)),
      address,
      type: 'Secure',
      reference: `${tenancy.reference}/${spread(lineOf(address), 90) + 10}`,
      from: address.from ?? '2000-01-01',
      to: address.to ?? address.lastConfirmed ?? tenancy.from,
      isActive: false,
    }));
  return [...current, ...earlier];
}

const uprnOf = (address: HeldAddress): string => address.uprn ?? '';

function personTenure(tenure: Tenure): ServedTenure {
  return {
    id: tenure.id,
    type: tenure.type,
    startDate: moment(tenure.from),
    endDate: tenure.to === undefined ? null : moment(tenure.to),
    assetFullAddress: lineOf(tenure.address),
    assetId: idOf('asset', lineOf(tenure.address)),
    uprn: uprnOf(tenure.address),
    paymentReference: tenure.reference,
    propertyReference: null,
    isActive: tenure.isActive,
  };
}

const namesOf = (holding: Holding) => {
  const [name] = holding.names;
  const [preferred] = [...holding.names.slice(1), ...holding.aliases];
  return { given: name?.given ?? '', middle: name?.middle ?? null, family: name?.family ?? '', preferred };
};

const TITLES = { male: 'Mr', female: 'Ms', other: 'Mx' } as const;
const typesOf = (holding: Holding): string[] => (holding.tenancy === undefined ? ['HouseholdMember'] : ['Tenant']);

/** The document of the search index. */
export function hitOf(holding: Holding, asOf: string, isAlerted: boolean): ServedHit {
  const { given, middle, family, preferred } = namesOf(holding);
  return {
    id: holding.reference,
    title: TITLES[holding.sex],
    firstname: given,
    middleName: middle,
    surname: family,
    preferredFirstname: preferred?.given ?? null,
    preferredSurname: preferred?.family ?? null,
    dateOfBirth: writtenDate(holding.dateOfBirth, spread(holding.reference, 3)),
    personTypes: typesOf(holding),
    isPersonCautionaryAlerted: isAlerted,
    isTenureCautionaryAlerted: false,
    tenures: tenuresOf(holding, asOf).map((tenure) => ({
      id: tenure.id,
      type: tenure.type,
      startDate: tenure.from,
      endDate: tenure.to ?? null,
      assetFullAddress: lineOf(tenure.address),
      postCode: tenure.address.postcode ?? null,
      paymentReference: tenure.reference,
      isActive: tenure.isActive,
    })),
  };
}

/** The person service's answer. */
export function personOf(holding: Holding, asOf: string): ServedPerson {
  const { given, middle, family, preferred } = namesOf(holding);
  return {
    id: holding.reference,
    title: TITLES[holding.sex],
    preferredTitle: null,
    preferredFirstName: preferred?.given ?? null,
    preferredMiddleName: null,
    preferredSurname: preferred?.family ?? null,
    firstName: given,
    middleName: middle,
    surname: family,
    placeOfBirth: null,
    dateOfBirth: writtenDate(holding.dateOfBirth, spread(holding.reference, 2)),
    dateOfDeath: null,
    isAMinor: false,
    reason: null,
    personTypes: typesOf(holding),
    links: [],
    tenures: tenuresOf(holding, asOf).map(personTenure),
  };
}

/** The landlord has no subtype for a mother or a friend: staff take the nearest. */
const SUB_TYPE_OF: Readonly<Record<RecordedAs, SubType | null>> = {
  self: 'mobile',
  unknown: null,
  partner: 'spouse',
  mother: 'relative',
  relative: 'relative',
  friend: 'other',
  work: 'work',
  hostel: 'mainNumber',
};

const SUB_TYPE_OF_RELATION: Readonly<Record<Relation, SubType>> = {
  victim: 'emergencyContact',
  partner: 'spouse',
  wife: 'wife',
  child: 'child',
  mother: 'relative',
  father: 'relative',
  brother: 'sibling',
  twin: 'sibling',
  neighbour: 'neighbour',
  friend: 'other',
};

/** Rows of the contact-details service: his, and everybody's whom staff wrote into his file. */
export function contactsOf(holding: Holding, asOf: string, historic: boolean): ServedContact[] {
  const phones = holding.phones.map((phone) =>
    row(holding, {
      contactType: 'phone',
      subType: phone.recordedAs === 'self' && phone.type === 'landline' ? 'landline' : SUB_TYPE_OF[phone.recordedAs],
      value: phone.number,
      ...(phone.from === undefined ? {} : { from: phone.from }),
      ...(phone.to === undefined ? {} : { to: phone.to }),
      ...(phone.lastConfirmed === undefined ? {} : { lastConfirmed: phone.lastConfirmed }),
    }),
  );
  const emails = holding.emails.map((value) => row(holding, { contactType: 'email', subType: null, value }));
  const others = holding.others.flatMap((other) =>
    other.phones.map((value) => row(holding, { contactType: 'phone', subType: SUB_TYPE_OF_RELATION[other.as], value })),
  );
  const letters = holding.tenancy === undefined ? holding.addresses.map((address) => addressRow(holding, address)) : [];
  const rows = [...phones, ...emails, ...others, ...letters];
  const distinct = [...new Map(rows.map((each) => [each.id, each])).values()];
  const served = distinct.map((each) => ({
    ...each,
    isActive: each.recordValidUntil === null || each.recordValidUntil.slice(0, 10) >= asOf,
  }));
  return served.filter(({ isActive }) => historic || isActive);
}

interface Row {
  readonly contactType: ServedContact['contactInformation']['contactType'];
  readonly subType: SubType | null;
  readonly value: string;
  readonly from?: string;
  readonly to?: string;
  readonly lastConfirmed?: string;
}

function row(holding: Holding, { contactType, subType, value, from, to, lastConfirmed }: Row): ServedContact {
  return {
    id: idOf('contact', holding.reference, contactType, subType ?? '', value),
    targetId: holding.reference,
    targetType: 'person',
    contactInformation: { contactType, subType, value, description: '', addressExtended: null },
    sourceServiceArea: { area: 'Housing', isDefault: true },
    recordValidUntil: to === undefined ? null : moment(to),
    isActive: true,
    createdBy: {
      createdAt: `${from ?? holding.lastUpdated}T17:06:55.710677`,
      fullName: from === undefined ? 'Import' : 'A Housing Officer',
      emailAddress: '',
    },
    lastModified: lastConfirmed === undefined ? null : moment(lastConfirmed),
  };
}

function addressRow(holding: Holding, address: HeldAddress): ServedContact {
  const plain = row(holding, {
    contactType: 'address',
    subType: 'correspondenceAddress',
    value: lineOf(address),
    ...(address.to === undefined ? {} : { to: address.to }),
  });
  const [line1 = null, line2 = null, line3 = null, line4 = null] = address.lines;
  return {
    ...plain,
    contactInformation: {
      ...plain.contactInformation,
      addressExtended: {
        uprn: address.uprn ?? null,
        isOverseasAddress: false,
        overseasAddress: null,
        addressLine1: line1 === null ? null : ` ${line1}`,
        addressLine2: line2,
        addressLine3: line3,
        addressLine4: line4 ?? '',
        postCode: address.postcode ?? null,
      },
    },
  };
}

type Member = ServedTenureDetail['householdMembers'][number];

/** A tenure with its whole household: tenants who have their own record, and those who only stand in somebody's file. */
export function tenureOf(tenure: Tenure, tenants: readonly Holding[]): ServedTenureDetail {
  const own = new Set(tenants.map(({ citizen }) => citizen));
  const others = tenants.flatMap((tenant) =>
    tenant.others
      .filter((other) => !own.has(other.citizen) && livesThere(other, tenant, tenure))
      .map((other) => member(idOf('person', other.citizen), other, tenant.tenancy?.jointWith === other.citizen)),
  );
  const members = [...tenants.map(tenantMember), ...others];
  return {
    id: tenure.id,
    paymentReference: tenure.reference,
    tenureType: { code: tenure.type.slice(0, 3).toUpperCase(), description: tenure.type },
    householdMembers: [...new Map(members.map((each) => [each.id, each])).values()],
    tenuredAsset: {
      id: idOf('asset', lineOf(tenure.address)),
      type: 'Dwelling',
      fullAddress: lineOf(tenure.address).replace('  ', ' '),
      uprn: uprnOf(tenure.address),
    },
    startOfTenureDate: moment(tenure.from),
    endOfTenureDate: tenure.to === undefined ? null : moment(tenure.to),
  };
}

/** The joint tenant, and whoever is said to live at this very address. */
function livesThere(other: HeldOther, tenant: Holding, tenure: Tenure): boolean {
  if (tenant.tenancy?.reference !== tenure.reference) return false;
  return (
    tenant.tenancy.jointWith === other.citizen ||
    (other.address !== undefined && lineOf(other.address) === lineOf(tenure.address))
  );
}

const tenantMember = (tenant: Holding): Member => {
  const { given, family } = namesOf(tenant);
  return {
    id: tenant.reference,
    type: 'person',
    fullName: `${given} ${family}`,
    isResponsible: true,
    dateOfBirth: writtenDate(tenant.dateOfBirth, 1) ?? '',
    personTenureType: 'Tenant',
  };
};

const member = (id: string, other: HeldOther, isResponsible: boolean): Member => ({
  id,
  type: 'person',
  fullName: `${other.name.given} ${other.name.family}`,
  isResponsible,
  dateOfBirth: writtenDate(other.dateOfBirth, 1) ?? '',
  personTenureType: isResponsible ? 'Tenant' : 'HouseholdMember',
});
