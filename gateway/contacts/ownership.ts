import type { ContactKind, OtherOwner, RecordedAs, SealedContact } from '../../schemas/contact-point.ts';
import type { Person } from '../../schemas/person.ts';
import type { WithheldReason } from '../../schemas/reach.ts';
import type { RecordRole, SourceRecord } from '../../schemas/source-record.ts';
import type { Candidate, Holding } from './candidate.ts';
import { uprnKey } from './candidate.ts';
import type { NormalisedContact, ReadContact } from './normalise.ts';
import { readContact } from './normalise.ts';
import type { Seal } from './seal.ts';
import { together } from './together.ts';

/** Why a value is held back, or `shared` where another person's home is his too. */
type Mark = Exclude<WithheldReason, 'unusable'> | 'shared';

/** Every value in the answer that somebody marks as another person's: `kind key`, `uprn n` or `seal s`. */
export interface Marks {
  readonly on: ReadonlyMap<string, ReadonlySet<Mark>>;
  /** Kinds of which any value is sealed: others need no hashing. */
  readonly sealedKinds: ReadonlySet<ContactKind>;
}

export interface MarkSources {
  readonly candidates: readonly Candidate[];
  readonly subjectRecords: readonly SourceRecord[];
  readonly otherRecords: readonly SourceRecord[];
  readonly protectedContacts: readonly SealedContact[];
}

/**
 * Collects what anybody in the answer says is another person's (P4). One voice is enough: three agencies that call a
 * number his do not outweigh the one that calls it hers.
 */
export function collectMarks(sources: MarkSources, read: ReadContact): Marks {
  const on = new Map<string, Set<Mark>>();
  const put: Put = (name, mark) => {
    const marks = on.get(name);
    if (marks === undefined) on.set(name, new Set([mark]));
    else marks.add(mark);
  };
  for (const { kind, seal } of sources.protectedContacts) {
    put(`seal ${kind} ${seal}`, kind === 'address' ? 'location-of-protected-person' : 'protected-person');
  }
  for (const record of sources.subjectRecords) {
    for (const sealed of record.othersContacts ?? []) put(`seal ${sealed.kind} ${sealed.seal}`, markOfSealed(sealed));
  }
  for (const { holdings } of sources.candidates) {
    for (const holding of holdings)
      if (isCalledAnothers(holding)) putContact(put, holding.normalised, 'recorded-as-others');
  }
  for (const record of sources.otherRecords) putOtherRecord(put, record, read);
  const all = [...sources.subjectRecords, ...sources.otherRecords].flatMap(
    ({ othersContacts }) => othersContacts ?? [],
  );
  const sealedKinds = new Set([...all, ...sources.protectedContacts].map(({ kind }) => kind));
  return { on, sealedKinds };
}

type Put = (name: string, mark: Mark) => void;

/** In a domestic-abuse case a partner is as good as the victim, and where a child lives its mother most likely does. */
const PROTECTED_OWNERS: ReadonlySet<OtherOwner> = new Set(['protected-person', 'victim', 'partner', 'child']);
const PROTECTED_ROLES: ReadonlySet<RecordRole> = new Set(['victim', 'partner', 'child']);
/** His mother may live where he lives, and his own home must not vanish for it; a number of hers is never his. */
const MAY_LIVE_WITH_HIM: ReadonlySet<OtherOwner> = new Set(['mother', 'relative', 'friend']);
const OTHERS: ReadonlySet<RecordedAs> = new Set(['partner', 'mother', 'relative', 'friend']);

/** A record whose source calls its person a victim, partner or child is never the subject's, whatever linkage says. */
export function isProtectedRole(record: SourceRecord): boolean {
  return record.role !== undefined && PROTECTED_ROLES.has(record.role);
}

function isCalledAnothers(holding: Holding): boolean {
  const { recordedAs } = holding.contact;
  return holding.pointsElsewhere || (recordedAs !== undefined && OTHERS.has(recordedAs));
}

function markOfSealed({ kind, whose }: SealedContact): Mark {
  if (kind !== 'address') return 'recorded-as-others';
  if (PROTECTED_OWNERS.has(whose)) return 'location-of-protected-person';
  return MAY_LIVE_WITH_HIM.has(whose) ? 'shared' : 'recorded-as-others';
}

function putContact(put: Put, contact: NormalisedContact, mark: Mark): void {
  put(`${contact.kind} ${contact.key}`, mark);
  if (contact.building !== undefined) put(`flat of ${contact.building.key}`, mark);
}

/** Everything that a record of somebody else holds: as contact points, as matching details, and for third parties. */
function putOtherRecord(put: Put, record: SourceRecord, read: ReadContact): void {
  const isProtected = isProtectedRole(record);
  const markOf = (kind: string): Mark =>
    kind === 'address' && isProtected ? 'location-of-protected-person' : 'held-by-another-record';
  for (const { kind, seal, whose } of record.othersContacts ?? []) {
    const where = kind === 'address' && PROTECTED_OWNERS.has(whose);
    put(`seal ${kind} ${seal}`, where ? 'location-of-protected-person' : 'held-by-another-record');
  }
  for (const { kind, value, uprn, recordedAs } of [...record.contacts, ...detailsOf(record.person)]) {
    // Two men in one hostel: the address stays, unless a protected person is there.
    const mark = kind === 'address' && recordedAs === 'hostel' && !isProtected ? 'shared' : markOf(kind);
    for (const contact of read(kind, value).contacts) putContact(put, contact, mark);
    const property = kind === 'address' ? uprnKey(uprn) : undefined;
    if (property !== undefined) put(`uprn ${property}`, mark);
  }
}

interface Detail {
  readonly kind: 'phone' | 'email' | 'address';
  readonly value: string;
  readonly uprn?: string | undefined;
  readonly recordedAs?: RecordedAs | undefined;
}

function detailsOf(person: Person): readonly Detail[] {
  return [
    ...(person.phones ?? []).map((value) => ({ kind: 'phone' as const, value })),
    ...(person.emails ?? []).map((value) => ({ kind: 'email' as const, value })),
    ...(person.addresses ?? []).map(({ lines, postcode, uprn }) => ({
      kind: 'address' as const,
      value: [...(lines ?? []), ...(postcode === undefined ? [] : [postcode])].join(', '),
      uprn,
    })),
  ];
}

/** Whose it is: held back for a reason, or his with a probability. */
export type Ownership =
  | { readonly withheld: Exclude<WithheldReason, 'unusable'> }
  | { readonly his: number; readonly shared: boolean; readonly calledAs: CalledAs };

/** The best that a permitted source calls it. */
export type CalledAs = 'self' | 'work' | 'hostel' | 'unknown';

/** Which reason is given where there are several: the one that matters most for somebody's safety. */
const REASONS = [
  'protected-person',
  'location-of-protected-person',
  'recorded-as-others',
  'held-by-another-record',
] as const;

/**
 * Judges whose a candidate is.
 *
 * @param candidate with at least one permitted holding
 * @param seal the same that sealed the marks
 */
export function judgeOwnership(candidate: Candidate, marks: Marks, seal: Seal): Ownership {
  const found = new Set<Mark>();
  for (const name of namesOf(candidate, marks.sealedKinds, seal)) {
    for (const mark of marks.on.get(name) ?? []) found.add(mark);
  }
  const inHostel =
    candidate.kind === 'address' && candidate.holdings.some(({ contact }) => contact.recordedAs === 'hostel');
  if (inHostel && found.delete('held-by-another-record')) found.add('shared');
  const withheld = REASONS.find((reason) => found.has(reason));
  if (withheld !== undefined) return { withheld };
  const shared = found.has('shared');
  const { his, calledAs } = probabilityHis(candidate.holdings.filter(({ permitted }) => permitted));
  return { his: shared ? his * SHARED_HOME : his, shared, calledAs };
}

/** Every name under which a candidate could be marked, a number hidden inside an e-mail address included. */
function* namesOf(candidate: Candidate, sealedKinds: ReadonlySet<ContactKind>, seal: Seal): Generator<string> {
  const seen = new Set<string>();
  for (const { contact, normalised } of candidate.holdings) {
    const uprn = candidate.kind === 'address' ? uprnKey(contact.uprn) : undefined;
    if (uprn !== undefined) yield `uprn ${uprn}`;
    if (seen.has(normalised.value)) continue;
    seen.add(normalised.value);
    const hidden = normalised.kind === 'email' ? readContact('phone', mailboxDigits(normalised.value)).contacts : [];
    for (const { kind, value, key, building } of [normalised, ...hidden]) {
      yield `${kind} ${key}`;
      if (kind === 'address') yield `flat of ${key}`;
      if (building !== undefined) yield `address ${building.key}`;
      if (!sealedKinds.has(kind)) continue;
      yield `seal ${kind} ${seal(kind, value) ?? ''}`;
      if (building !== undefined) yield `seal address ${seal('address', building.line) ?? ''}`;
    }
  }
}

function mailboxDigits(email: string): string {
  return email
    .slice(0, email.lastIndexOf('@'))
    .replace(/[^\d+]+/g, ' ')
    .trim();
}

/**
 * Assumptions, not measurements: how often a value is the subject's own, by what one source calls it, when nobody in
 * the answer says otherwise. "It might be the number for the mum or the victim" (Greenwich evaluation, 2023) is why
 * even `self` is well below certain.
 */
const HIS_IF_CALLED: Readonly<Record<CalledAs, number>> = { self: 0.92, hostel: 0.7, unknown: 0.7, work: 0.5 };
const HIS_BY_DUTY = 0.985;
const HIS_IF_VERIFIED = 0.95;
/** A second agency often copied the first, so it counts for this much of an independent one. */
const AGREEMENT = 0.5;
/** A letter or visit to a home that he shares may meet somebody else. */
const SHARED_HOME = 0.8;

function probabilityHis(holdings: readonly Holding[]): { his: number; calledAs: CalledAs } {
  const byAgency = new Map<string, number>();
  let calledAs: CalledAs = 'unknown';
  for (const { record, contact } of holdings) {
    const called = calls(contact.recordedAs);
    if (HIS_ORDER.indexOf(called) < HIS_ORDER.indexOf(calledAs)) calledAs = called;
    const p = probabilityFromOne(called, contact.basis === 'statutory-notification', contact.verified === true);
    byAgency.set(record.agency, Math.max(byAgency.get(record.agency) ?? 0, p));
  }
  return { his: together([...byAgency.values()], AGREEMENT), calledAs };
}

const HIS_ORDER: readonly CalledAs[] = ['self', 'hostel', 'work', 'unknown'];

function calls(recordedAs: RecordedAs | undefined): CalledAs {
  return recordedAs === 'self' || recordedAs === 'work' || recordedAs === 'hostel' ? recordedAs : 'unknown';
}

function probabilityFromOne(called: CalledAs, byDuty: boolean, verified: boolean): number {
  if (byDuty) return HIS_BY_DUTY;
  return verified && called === 'self' ? HIS_IF_VERIFIED : HIS_IF_CALLED[called];
}
