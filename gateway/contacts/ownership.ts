import type { ContactKind, OtherOwner, RecordedAs, SealedContact } from '../../schemas/contact-point.ts';
import type { Person } from '../../schemas/person.ts';
import type { WithheldReason } from '../../schemas/reach.ts';
import type { RecordRole, SourceRecord } from '../../schemas/source-record.ts';
import type { Candidate, Holding } from './candidate.ts';
import { permittedOf, uprnKey } from './candidate.ts';
import type { NormalisedContact, ReadContact } from './normalise.ts';
import { readContact } from './normalise.ts';
import { reliability, type Tried, type TrialsOf } from './attempts.ts';
import { isInZone, type CaseSafety } from './safety.ts';
import type { Seal } from './seal.ts';
import { together } from './together.ts';
import type { ContactWeights } from './weights.ts';

/** Why a value is held back, or `shared` where another person's home is his too. */
type Mark = Exclude<WithheldReason, 'unusable'> | 'shared';

/** Every value in the answer that somebody marks as another person's: `kind key`, `uprn n` or `seal s`. */
export interface Marks {
  readonly on: ReadonlyMap<string, ReadonlySet<Mark>>;
  /** Kinds of which any value is sealed: others need no hashing. */
  readonly sealedKinds: ReadonlySet<ContactKind>;
  /** Postcodes, as far as an order names them, where he may not be. */
  readonly zones: readonly string[];
  /** Victim services have stopped everything. */
  readonly everythingBlocked: boolean;
}

export interface MarkSources {
  readonly candidates: readonly Candidate[];
  readonly subjectRecords: readonly SourceRecord[];
  readonly otherRecords: readonly SourceRecord[];
  readonly protectedContacts: readonly SealedContact[];
  readonly safety: CaseSafety;
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
  const byCase = putSafety(put, sources.safety);
  const sealedKinds = new Set([...all, ...sources.protectedContacts, ...byCase.sealed].map(({ kind }) => kind));
  return { on, sealedKinds, zones: byCase.zones, everythingBlocked: byCase.everythingBlocked };
}

/** What the case itself forbids; which kinds it keeps as hashes, the attempts that forbid nothing included. */
function putSafety(put: Put, safety: CaseSafety) {
  const { attempts = [], safetyBlocks = [], exclusionZones = [], requiredAddresses = [] } = safety;
  for (const { sealedContact, outcome } of attempts) {
    // Whatever its date: a value that she answered once stays hers until somebody takes the attempt back.
    if (outcome === 'victim-answered-or-may-have') putSeal(put, sealedContact, 'victim-may-answer');
  }
  for (const { sealedContact } of safetyBlocks)
    if (sealedContact !== undefined) putSeal(put, sealedContact, 'safety-block');
  for (const zone of exclusionZones) {
    if (zone.by === 'uprn') put(`uprn ${uprnKey(zone.uprn) ?? ''}`, 'excluded-by-order');
    if (zone.by === 'seal') putSeal(put, { kind: 'address', seal: zone.seal }, 'excluded-by-order');
  }
  const homes = [...exclusionZones.filter(({ by }) => by === 'seal'), ...requiredAddresses];
  return {
    sealed: [
      ...attempts.map(({ sealedContact }) => sealedContact),
      ...safetyBlocks.flatMap(({ sealedContact }) => sealedContact ?? []),
      ...homes.map(() => ({ kind: 'address' as const })),
    ],
    zones: exclusionZones.flatMap((zone) => (zone.by === 'postcode' ? [zone.postcode] : [])),
    everythingBlocked: safetyBlocks.some(({ sealedContact }) => sealedContact === undefined),
  };
}

function putSeal(put: Put, { kind, seal }: { readonly kind: ContactKind; readonly seal: string }, mark: Mark): void {
  put(`seal ${kind} ${seal}`, mark);
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
  | { readonly shared: boolean; readonly calledAs: CalledAs; readonly seals: ReadonlySet<string> };

/** The best that a permitted source calls it. */
export type CalledAs = 'self' | 'work' | 'hostel' | 'unknown';

/** Which reason is given where there are several: the one that matters most for somebody's safety. */
const REASONS = [
  'victim-may-answer',
  'safety-block',
  'protected-person',
  'location-of-protected-person',
  'excluded-by-order',
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
  const seals = new Set<string>();
  for (const name of namesOf(candidate, marks.sealedKinds, seal)) {
    if (name.startsWith('seal ')) seals.add(name);
    for (const mark of marks.on.get(name) ?? []) found.add(mark);
  }
  if (marks.everythingBlocked) found.add('safety-block');
  if (candidate.kind === 'address' && marks.zones.some((zone) => liesIn(candidate, zone)))
    found.add('excluded-by-order');
  const inHostel =
    candidate.kind === 'address' && candidate.holdings.some(({ contact }) => contact.recordedAs === 'hostel');
  if (inHostel && found.delete('held-by-another-record')) found.add('shared');
  const withheld = REASONS.find((reason) => found.has(reason));
  if (withheld !== undefined) return { withheld };
  return { shared: found.has('shared'), calledAs: calledAs(permittedOf(candidate)), seals };
}

/** Any spelling of it: one wrong postcode among three must not carry it out of the zone. */
function liesIn({ holdings }: Candidate, zone: string): boolean {
  return holdings.some(({ normalised }) => isInZone(normalised.key.split('|')[0] ?? '', zone));
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

/** Whether anybody marks a number or mailbox as another's: for values that are no contact point of his. */
export function isMarkedAsOthers(kind: 'phone' | 'email', value: string, marks: Marks, seal: Seal): boolean {
  return readContact(kind, value).contacts.some(({ key, value: read }) => {
    const sealed = marks.sealedKinds.has(kind) ? `seal ${kind} ${seal(kind, read) ?? ''}` : '';
    return marks.on.has(`${kind} ${key}`) || marks.on.has(sealed);
  });
}

function mailboxDigits(email: string): string {
  return email
    .slice(0, email.lastIndexOf('@'))
    .replace(/[^\d+]+/g, ' ')
    .trim();
}

const HIS_BY_DUTY = 0.985;
/** He answered it himself: only a man who passed it on the same day is missed. */
const HIS_IF_REACHED = 0.985;
/** An order obliges him to live there. */
const HIS_BY_ORDER = 0.97;
/** A letter or visit to a home that he shares may meet somebody else. */
const SHARED_HOME = 0.8;

export interface OwnershipFacts {
  readonly shared: boolean;
  readonly tried: Tried;
  readonly required: boolean;
  /** How often each agency was right about the other values that it holds of him. */
  readonly trialsOf: TrialsOf;
}

/**
 * How likely a candidate that nobody marks as another's is his own, 0 to 1. "It might be the number for the mum or the
 * victim" (Greenwich evaluation, 2023) is why even what every source calls his is well below certain.
 *
 * @param holdings those that the asker may see, at least one
 */
export function probabilityHis(holdings: readonly Holding[], facts: OwnershipFacts, weights: ContactWeights): number {
  const byAgency = new Map<string, number>();
  for (const { record, contact } of holdings) {
    const prior = probabilityFromOne(contact, weights);
    const p = contact.basis === 'statutory-notification' ? prior : reliability(prior, facts.trialsOf(record.agency));
    byAgency.set(record.agency, Math.max(byAgency.get(record.agency) ?? 0, p));
  }
  const said = together([...byAgency.values()], weights.hisAgreement);
  const reached = facts.tried.reachedOn === undefined ? said : Math.max(said, HIS_IF_REACHED);
  const his = facts.required ? Math.max(reached, HIS_BY_ORDER) : reached;
  return facts.shared ? his * SHARED_HOME : his;
}

/** The best that a source calls it. */
function calledAs(holdings: readonly Holding[]): CalledAs {
  const words = holdings.map(({ contact }) => calls(contact.recordedAs));
  return HIS_ORDER.find((word) => words.includes(word)) ?? 'unknown';
}

const HIS_ORDER: readonly CalledAs[] = ['self', 'hostel', 'work', 'unknown'];

function calls(recordedAs: RecordedAs | undefined): CalledAs {
  return recordedAs === 'self' || recordedAs === 'work' || recordedAs === 'hostel' ? recordedAs : 'unknown';
}

function probabilityFromOne({ recordedAs, basis, verified }: Holding['contact'], weights: ContactWeights): number {
  if (basis === 'statutory-notification') return HIS_BY_DUTY;
  const called = calls(recordedAs);
  return verified === true && called === 'self' ? weights.hisIfVerified : weights.hisIfCalled[called];
}
