import { isoDateSchema, type IsoDate } from '../../../schemas/names.ts';
import type { HeldAddress, HeldName, Holding } from '../../population/types.ts';
import type { ServedAddress, ServedPerson } from './contract.ts';

/** Turns what probation and prison hold of one person into the elements of the API. */

const NOMS = /^[A-Z]\d{4}[A-Z]{2}$/;

/** The prison number, where the prison knows him. */
export function nomsOf(holding: Holding): string | undefined {
  if (NOMS.test(holding.reference)) return holding.reference;
  return holding.otherReferences.find(({ type }) => type === 'NOMS')?.value;
}

/** The case reference number, where probation knows him. */
export const crnOf = (holding: Holding): string | undefined =>
  NOMS.test(holding.reference) ? undefined : holding.reference;

/** Ids that were merged into this person's. */
export const supersededOf = (holding: Holding): string[] =>
  holding.otherReferences.filter(({ type }) => type === 'superseded').map(({ value }) => value);

const GENDER = { male: 'Male', female: 'Female', other: 'Not Known / Not Recorded' } as const;
/** The register has no place for a date that does not exist. */
const isRealDate = (date: string | undefined): date is string => isoDateSchema.safeParse(date).success;

const aliasOf = (name: HeldName, holding: Holding) => ({
  firstName: name.given,
  lastName: name.family,
  middleName: name.middle ?? null,
  dateOfBirth: isRealDate(holding.dateOfBirth) ? holding.dateOfBirth : null,
  gender: GENDER[holding.sex],
  ethnicity: null,
});

function person(holding: Holding): ServedPerson {
  const [main, ...others] = holding.names;
  return {
    firstName: main?.given ?? 'Unknown',
    lastName: main?.family ?? 'Unknown',
    middleName: main?.middle ?? null,
    dateOfBirth: isRealDate(holding.dateOfBirth) ? holding.dateOfBirth : null,
    gender: GENDER[holding.sex],
    ethnicity: null,
    aliases: [...others, ...holding.aliases].map((name) => aliasOf(name, holding)),
    identifiers: { nomisNumber: nomsOf(holding) ?? null, croNumber: holding.cro ?? null, deliusCrn: null },
    pncId: holding.pnc ?? null,
    hmppsId: null,
    contactDetails: null,
    currentRestriction: null,
    restrictionMessage: null,
    currentExclusion: null,
    exclusionMessage: null,
  };
}

/** The prison register's half: no contact details, and the PNC in its short notation. */
export function prisonHalf(holding: Holding): ServedPerson | undefined {
  const noms = nomsOf(holding);
  if (noms === undefined) return undefined;
  return { ...person(holding), hmppsId: noms, pncId: holding.pnc === undefined ? null : shortPnc(holding.pnc) };
}

const shortPnc = (pnc: string): string =>
  pnc.replace(/^(?:\d\d)?(\d\d)\/0*(\d+)([A-Z])$/, (_all, year: string, serial: string, letter: string) => {
    return `${year}/${serial}${letter}`;
  });

/** The probation register's half: phones, e-mails, and whether access is limited. */
export function probationHalf(holding: Holding): ServedPerson | undefined {
  const crn = crnOf(holding);
  if (crn === undefined) return undefined;
  const plain = person(holding);
  return {
    underActiveSupervision: holding.worker !== undefined,
    ...plain,
    identifiers: { ...plain.identifiers, deliusCrn: crn },
    hmppsId: crn,
    contactDetails: {
      phoneNumbers: holding.phones.map((phone) => ({ number: numberOf(phone), type: TYPES[phone.type] })),
      emails: [...holding.emails],
    },
    currentRestriction: holding.restricted,
    restrictionMessage: holding.restricted ? 'This is a restricted record.' : null,
    currentExclusion: false,
    exclusionMessage: null,
  };
}

const TYPES = { mobile: 'MOBILE', landline: 'TELEPHONE' } as const;

/** The element has no place for whose a number is: staff write it beside the number, or nowhere. */
function numberOf(phone: Holding['phones'][number]): string {
  return phone.recordedAs === 'self' || phone.recordedAs === 'unknown'
    ? phone.number
    : `${phone.number} (${phone.recordedAs})`;
}

const ADDRESS_TYPES: Record<HeldAddress['type'], { code: string; description: string }> = {
  home: { code: 'HOME', description: 'Home Address' },
  previous: { code: 'HOME', description: 'Home Address' },
  temporary: { code: 'A08C', description: 'Friends/Family (transient)' },
  hostel: { code: 'A02', description: 'Approved Premises' },
  approved: { code: 'RELEASE', description: 'Approved release address' },
  notified: { code: 'HOME', description: 'Home Address' },
};

/** Addresses with the notes that staff write beside them: other people's names and numbers are in there. */
export function addressesOf(holding: Holding, asOf: IsoDate): ServedAddress[] {
  const notes = holding.others.map((other) => `${other.as}: ${other.name.given} ${other.phones.join(', ')}`).join('; ');
  const served = holding.addresses.map((address) => addressOf(address, notes === '' ? null : notes));
  if (!holding.noFixedAbode) return served;
  return [
    ...served,
    { ...EMPTY, noFixedAddress: true, startDate: holding.lastUpdated < asOf ? holding.lastUpdated : asOf },
  ];
}

const EMPTY: ServedAddress = {
  country: null,
  county: null,
  endDate: null,
  locality: null,
  name: null,
  noFixedAddress: false,
  number: null,
  postcode: null,
  startDate: null,
  street: null,
  town: null,
  types: [],
  notes: null,
};

function addressOf(address: HeldAddress, notes: string | null): ServedAddress {
  const [first, ...rest] = address.lines;
  const [, number, street] = /^(\d+[A-Z]?) (.+)$/.exec(first ?? '') ?? [];
  return {
    ...EMPTY,
    name: number === undefined ? (first ?? null) : null,
    number: number ?? null,
    street: street ?? null,
    locality: rest.length > 1 ? rest.slice(0, -1).join(', ') : null,
    town: rest.at(-1) ?? null,
    postcode: address.postcode ?? null,
    startDate: address.from ?? null,
    endDate: address.to ?? null,
    types: [ADDRESS_TYPES[address.type]],
    notes,
  };
}

/** Whether he is in prison on a day: received, and not released before it. */
export function inPrison(holding: Holding, asOf: IsoDate): boolean {
  const { custody } = holding;
  if (custody === undefined || custody.since > asOf) return false;
  return custody.releaseOn === undefined || custody.releaseOn > asOf;
}

/** The base location element, or undefined where the prison service never held him. */
export function baseLocationOf(holding: Holding, asOf: IsoDate) {
  const { custody, releasedOn } = holding;
  if (custody === undefined && releasedOn === undefined) return undefined;
  const lastPrisonId = custody?.prisonId ?? 'MDI';
  if (custody === undefined || !inPrison(holding, asOf)) {
    return { inPrison: false, lastPrisonId, lastMovementType: 'Release' };
  }
  return {
    inPrison: true,
    prisonId: custody.prisonId,
    lastPrisonId,
    lastMovementType: 'Admission',
    receptionDate: custody.since,
  };
}

/** Key dates, or undefined where he has no sentence with any. */
export function keyDatesOf(holding: Holding) {
  const release = holding.custody?.releaseOn ?? holding.releasedOn;
  if (release === undefined && holding.custody === undefined) return undefined;
  const confirmed = holding.releasedOn !== undefined || holding.custody?.releaseConfirmed === true;
  return {
    ...(release === undefined ? {} : { release: { date: release, ...(confirmed ? { confirmedDate: release } : {}) } }),
    ...(holding.custody === undefined ? {} : { sentence: { startDate: holding.custody.since } }),
  };
}

/** MAPPA detail, or undefined. The note carries what must never travel. */
export function mappaOf(holding: Holding) {
  if (holding.mappa === undefined) return undefined;
  const { category, level, from } = holding.mappa;
  return {
    level,
    levelDescription: `MAPPA Level ${level}`,
    category,
    categoryDescription: `MAPPA Category ${category}`,
    startDate: from,
    reviewDate: from,
    notes: `Reviewed with ${holding.others.map((other) => other.name.given).join(', ')}.`,
  };
}

/** The responsible officer, or undefined. */
export function officerOf(holding: Holding) {
  if (holding.worker === undefined) return undefined;
  const [forename = '', ...surname] = holding.worker.name.split(' ');
  return {
    communityOffenderManager: {
      name: { forename, surname: surname.join(' ') },
      email: holding.worker.email ?? null,
      telephoneNumber: holding.worker.phone ?? null,
      team: { code: 'N01DAT', description: holding.worker.team, email: null, telephoneNumber: null },
    },
  };
}

/** Licences with their conditions; none is an empty list. */
export function licencesOf(holding: Holding, id: string) {
  const { licenceConditions } = holding;
  const day = holding.lastUpdated;
  const conditions = licenceConditions.map((condition) => ({
    type: 'Standard',
    code: null,
    category: null,
    condition,
  }));
  return {
    hmppsId: id,
    offenderNumber: nomsOf(holding) ?? null,
    licences:
      conditions.length === 0
        ? []
        : [{ status: 'ACTIVE', typeCode: 'AP', createdDate: day, approvedDate: day, updatedDate: day, conditions }],
  };
}
