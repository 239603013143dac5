import type { Case, CaseFacts, Category } from '../../schemas/case.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { ContactKind, OtherOwner } from '../../schemas/contact-point.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import { daysBefore } from './calendar.ts';
import { DANIEL } from './cast-daniel.ts';
import { castMobile, castNhsNumber, castPnc, HOMES } from './cast-parts.ts';
import { oneLine } from './places.ts';

/** A contact point of a protected person as the panel wrote it down; to be sealed when the case is loaded (P4, P8). */
export interface ProtectedContact {
  readonly kind: ContactKind;
  readonly value: string;
  readonly whose: OtherOwner;
}

/** Case register data of one main character: a `Case` but for the contacts of protected persons, which are unsealed. */
export interface CastCase extends Omit<Case, 'protectedContacts'> {
  /** Citizen id of the subject in `demoCast`: truth, for tests only. */
  readonly subjectIs: string;
  readonly protectedContacts: readonly ProtectedContact[];
}

/** The lead agency of every case: the council, whose group the DAIWs and the coordinator belong to. */
export const LEAD_AGENCY = 'riverton-council';
/** Intervention workers of the demo, as staff ids. */
export const WORKERS = { amara: 'amara.lewis', joseph: 'joseph.tate' } as const;
export const COORDINATOR = 'helen.marsh';

/** Whose advisers stand by the victims of some of the cases, and set safety blocks. */
export const VICTIM_SERVICES = 'riverton-idva';
const WITH_VICTIM_SERVICES: ReadonlySet<string> = new Set([
  DANIEL,
  'CAST-krzysztof-wojcik',
  'CAST-ryan-fletcher',
  'CAST-mohammed-hussain',
  'CAST-scott-harding',
  'CAST-kelly-marsden',
]);

const ALL_AGENCIES = [LEAD_AGENCY, 'police', 'probation', 'housing', 'health', 'childrens'];

interface Brief {
  readonly subjectIs: string;
  readonly category: Category;
  readonly subject: Person;
  readonly allocatedTo: string;
  readonly facts?: CaseFacts;
  readonly protectedContacts?: readonly ProtectedContact[];
}

const hers = (mobile: number, home: (typeof HOMES)[keyof typeof HOMES]): readonly ProtectedContact[] => [
  { kind: 'phone', value: castMobile(mobile), whose: 'victim' },
  { kind: 'address', value: oneLine(home), whose: 'victim' },
];

const known = (given: string, family: string, dateOfBirth: string, sex: 'male' | 'female' = 'male'): Person => ({
  names: [{ given, family, type: 'current' }],
  dateOfBirth,
  sex,
});

const identified = (person: Person, type: 'PNC' | 'NHS' | 'CRN', value: string): Person => ({
  ...person,
  identifiers: [{ type, value }],
});

const at = (person: Person, home: (typeof HOMES)[keyof typeof HOMES]): Person => ({
  ...person,
  addresses: [{ lines: [...home.lines], postcode: home.postcode }],
});

const { amara, joseph } = WORKERS;

/** In the order of case references, DAPG-2026-0001 first: Daniel's. What the panel knows, not what is true. */
const BRIEFS: readonly Brief[] = [
  {
    subjectIs: DANIEL,
    category: 'contact',
    subject: at(identified(known('Daniel', 'Okoro', '1988-03-14'), 'PNC', castPnc(2006, 1)), HOMES.lanternRow),
    allocatedTo: amara,
    facts: { mappa: 1, s47Open: true },
    protectedContacts: hers(10, HOMES.lanternRow),
  },
  {
    subjectIs: 'CAST-krzysztof-wojcik',
    category: 'hold',
    subject: at(identified(known('Krzysztof', 'Wójcik', '1983-06-19'), 'PNC', castPnc(2009, 3)), HOMES.hopeTerrace),
    allocatedTo: amara,
  },
  {
    subjectIs: 'CAST-gareth-pritchard',
    category: 'monitor',
    subject: at(known('Gareth', 'Pritchard', '1979-11-08'), HOMES.lockKeepers),
    allocatedTo: joseph,
  },
  {
    subjectIs: 'CAST-emmanuel-asante',
    category: 'contact',
    subject: known('Emmanuel', 'Asante', '1996-02-27'),
    allocatedTo: joseph,
  },
  {
    subjectIs: 'CAST-ryan-fletcher',
    category: 'contact',
    subject: at(known('Ryan', 'Fletcher', '1991-09-30'), HOMES.beaconView),
    allocatedTo: amara,
  },
  {
    subjectIs: 'CAST-liam-brennan',
    category: 'contact',
    subject: identified(known('Liam', 'Brennan', '1986-01-22'), 'PNC', castPnc(2004, 6)),
    allocatedTo: joseph,
  },
  {
    subjectIs: 'CAST-mohammed-hussain',
    category: 'contact',
    subject: at(identified(known('Mohammed', 'Hussain', '1994-04-05'), 'CRN', 'X900017'), HOMES.cobblersNook),
    allocatedTo: amara,
  },
  {
    subjectIs: 'CAST-andrei-popescu',
    category: 'contact',
    subject: at(identified(known('Andrei', 'Popescu', '1990-08-03'), 'NHS', castNhsNumber(16)), HOMES.drumlinDrive),
    allocatedTo: joseph,
  },
  {
    subjectIs: 'CAST-jermaine-campbell',
    category: 'contact',
    subject: identified(known('Jermaine', 'Campbell', '1982-12-17'), 'PNC', castPnc(2001, 9)),
    allocatedTo: amara,
    facts: { mappa: 2 },
  },
  {
    subjectIs: 'CAST-scott-harding',
    category: 'contact',
    subject: identified(known('Scott', 'Harding', '1984-10-26'), 'PNC', castPnc(2003, 10)),
    allocatedTo: joseph,
    facts: { orderInForce: true },
    protectedContacts: [...hers(31, HOMES.victimHarding), { kind: 'phone', value: castMobile(30), whose: 'victim' }],
  },
  {
    subjectIs: 'CAST-kelly-marsden',
    category: 'contact',
    subject: at(known('Kelly', 'Marsden', '1989-05-12', 'female'), HOMES.bellfounders),
    allocatedTo: amara,
    protectedContacts: hers(35, HOMES.victimMarsden),
  },
  {
    subjectIs: 'CAST-yusuf-al-amin',
    category: 'closed',
    subject: at(known('Yusuf', 'Al-Amin', '1992-01-29'), HOMES.ludlow),
    allocatedTo: joseph,
  },
];

const ALLOCATOR: CaseActor = {
  agency: LEAD_AGENCY,
  group: 'council',
  role: 'dai.dapg_coordinator',
  staffId: COORDINATOR,
};

/**
 * The case of each main character. Facts were asserted at noon of the day before `asOf`, so that they are neither
 * stale nor in the future whenever on that day a question is asked.
 */
export function castCases(asOf: IsoDate): readonly CastCase[] {
  // Near enough that research for it may still be done.
  const meeting = daysBefore(asOf, 5);
  return BRIEFS.map(({ facts = {}, protectedContacts = [], ...brief }, n) => ({
    ...brief,
    caseRef: `DAPG-${asOf.slice(0, 4)}-${String(n + 1).padStart(4, '0')}`,
    maracReference: `MARAC-${meeting}-${n + 1}`,
    maracMeetingOn: meeting,
    leadAgency: LEAD_AGENCY,
    agencies: WITH_VICTIM_SERVICES.has(brief.subjectIs) ? [...ALL_AGENCIES, VICTIM_SERVICES] : ALL_AGENCIES,
    team: [COORDINATOR],
    facts: datedFacts(asOf, brief.category, facts),
    protectedContacts,
    openedOn: daysBefore(asOf, 30 + n),
    allocations: [{ to: brief.allocatedTo, by: ALLOCATOR, at: `${daysBefore(asOf, 27 + n)}T10:30:00.000Z` }],
  }));
}

function datedFacts(asOf: IsoDate, category: Category, more: CaseFacts): Case['facts'] {
  const at = `${daysBefore(asOf, 1)}T12:00:00.000Z`;
  const facts = {
    category,
    marac: 'listed',
    mappa: 0,
    s47Open: false,
    orderInForce: false,
    dvds: 'none',
    ...more,
  } as const;
  return { facts, asAt: { category: at, marac: at, mappa: at, s47Open: at, orderInForce: at, dvds: at } };
}
