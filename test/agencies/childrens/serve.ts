import { isoDateSchema } from '../../../schemas/names.ts';
import type { RecordedAs } from '../../../schemas/contact-point.ts';
import type { HeldAddress } from '../../population/types.ts';
import type { ServedRelationships, ServedResident, ServedSummary } from './contract.ts';
import type { Resident, Residents } from './residents.ts';

/** Turns residents into the elements of the service. */

export const momentOf = (date: string): string => `${date}T00:00:00`;

/** The database has no place for a date that does not exist. */
const realMoment = (date: string | undefined): string | null =>
  isoDateSchema.safeParse(date).success && date !== undefined ? momentOf(date) : null;

const GENDER = { male: 'M', female: 'F', other: 'I' } as const;
const genderOf = ({ sex }: Resident): string => (sex === undefined ? 'U' : GENDER[sex]);

/** Workers pick a type or write one. */
const PHONE_TYPES: Readonly<Record<RecordedAs, string>> = {
  self: 'Mobile',
  unknown: 'Primary',
  partner: 'Partner',
  mother: 'Mother',
  relative: 'Relative',
  friend: 'Friend',
  work: 'Work',
  hostel: 'Hostel reception',
};

/** The form takes digits only, so the national form is what people type. */
const digitsOf = (number: string): string => number.replace(/^\+44/, '0').replace(/\D/g, '');

const currentOf = ({ addresses }: Resident): HeldAddress | undefined =>
  addresses.find(({ type, to }) => type !== 'previous' && to === undefined) ??
  addresses.find(({ type }) => type !== 'previous');

/** A row of a search. */
export function summaryOf(resident: Resident): ServedSummary {
  const current = currentOf(resident);
  return {
    mosaicId: String(resident.id),
    firstName: resident.name.given,
    lastName: resident.name.family,
    uprn: current?.uprn ?? null,
    dateOfBirth: realMoment(resident.dateOfBirth),
    ageContext: resident.isChild ? 'C' : 'A',
    gender: genderOf(resident),
    nationality: null,
    phoneNumber: resident.phones.map(({ number, recordedAs }) => ({
      phoneNumber: digitsOf(number),
      phoneType: PHONE_TYPES[recordedAs],
    })),
    addressList: resident.addresses.map((address) => ({
      endDate: address.to === undefined ? null : momentOf(address.to),
      contactAddressFlag: address === current ? 'Y' : 'N',
      displayAddressFlag: address === current ? 'Y' : 'N',
      addressLine1: address.lines[0] ?? null,
      addressLine2: address.lines[1] ?? null,
      addressLine3: address.lines[2] ?? null,
      postCode: address.postcode ?? null,
    })),
    nhsNumber: resident.nhsNumber ?? null,
    restricted: resident.isRestricted ? 'Y' : 'N',
  };
}

/** One resident with everything that the form holds. A restricted one is served whole, with the flag. */
export function residentOf(resident: Resident, people: Residents): ServedResident {
  const current = currentOf(resident);
  const [email] = resident.emails;
  return {
    id: resident.id,
    title: null,
    firstName: resident.name.given,
    lastName: resident.name.family,
    otherNames: resident.otherNames.map(({ given, family }) => ({ firstName: given, lastName: family })),
    gender: genderOf(resident),
    dateOfBirth: realMoment(resident.dateOfBirth),
    dateOfDeath: null,
    ethnicity: null,
    firstLanguage: 'English',
    interpreterNeeded: false,
    nhsNumber: resident.nhsNumber === undefined ? null : Number(resident.nhsNumber),
    emailAddress: email ?? null,
    emails: resident.emails.map((each) => ({ type: 'Primary', email: each })),
    phoneNumbers: resident.phones.map(({ number, recordedAs }) => ({
      number: digitsOf(number),
      type: PHONE_TYPES[recordedAs],
    })),
    address:
      current === undefined
        ? null
        : {
            address: current.lines.join(', '),
            uprn: current.uprn === undefined ? null : Number(current.uprn),
            postcode: current.postcode ?? null,
          },
    preferredMethodOfContact: null,
    gpDetails: null,
    keyContacts: people.relationsOf(resident).map(({ to }) => ({
      name: `${to.name.given} ${to.name.family}`,
      email: to.emails[0] ?? '',
    })),
    allocatedTeam: resident.worker?.team ?? null,
    cautionaryAlert: false,
    openCase: resident.plan !== undefined,
    contextFlag: resident.isChild ? 'C' : 'A',
    restricted: resident.isRestricted ? 'Y' : 'N',
    createdBy: 'migration@council.example',
    lastUpdated: [{ type: 'contactDetails', updatedAt: momentOf(resident.lastUpdated) }],
  };
}

/** Who is what to a resident, by type. */
export function relationshipsOf(resident: Resident, people: Residents): ServedRelationships {
  const byType = new Map<string, ServedRelationships['personalRelationships'][number]['relationships']>();
  for (const { type, to } of people.relationsOf(resident)) {
    byType.set(type, [
      ...(byType.get(type) ?? []),
      {
        id: (resident.id * 31 + to.id) % 1_000_000,
        personId: to.id,
        firstName: to.name.given,
        lastName: to.name.family,
        gender: genderOf(to),
        isMainCarer: 'N',
        isInformalCarer: 'N',
        details: `Seen with ${to.name.given}.`,
      },
    ]);
  }
  return {
    personId: resident.id,
    personalRelationships: [...byType].map(([type, relationships]) => ({ type, relationships })),
  };
}

const STATUS_OF = { 'child-in-need': 'CIN', 'child-protection': 'CP', 'looked-after': 'LAC' } as const;

/** Statuses of a child's case; adults have none. */
export function statusesOf(resident: Resident) {
  const { plan } = resident;
  if (plan === undefined || !resident.isChild) return [];
  const common = { startDate: momentOf(resident.lastUpdated), endDate: null, answers: [] };
  const notes = `${resident.name.given} told the worker.`;
  return [
    { id: resident.id * 10 + 1, type: STATUS_OF[plan.status], ...common, notes },
    ...(plan.s47Open ? [{ id: resident.id * 10 + 2, type: 'S47' as const, ...common, notes }] : []),
  ];
}

/** Who works on a resident's case. */
export function allocationsOf(resident: Resident) {
  const { worker } = resident;
  const current = currentOf(resident);
  const allocations =
    worker === undefined
      ? []
      : [
          {
            id: resident.id * 10 + 3,
            personId: resident.id,
            personName: `${resident.name.given} ${resident.name.family}`,
            personAddress: current === undefined ? null : [...current.lines, current.postcode ?? ''].join(', '),
            personDateOfBirth: realMoment(resident.dateOfBirth),
            allocatedWorker: worker.name,
            workerType: 'Social Worker',
            allocatedWorkerTeam: worker.team,
            allocatedWorkerTeamId: 1,
            allocationStartDate: momentOf(resident.lastUpdated),
            allocationEndDate: null,
            caseStatus: 'Open',
          },
        ];
  return { allocations, nextCursor: null, totalCount: allocations.length };
}
