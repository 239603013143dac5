import type { ContactKind, OtherOwner, RecordedAs, SealedContact } from '../../schemas/contact-point.ts';
import type { WithheldReason } from '../../schemas/reach.ts';
import type { RecordRole, SourceRecord } from '../../schemas/source-record.ts';
import type { Candidate, Holding } from './candidate.ts';
import { uprnKey } from './candidate.ts';
import { detailsOf } from './details.ts';
import { makeLikeness, type Likeness } from './likeness.ts';
import type { NormalisedContact, ReadContact } from './normalise.ts';
import type { CaseSafety } from './safety.ts';

/** Why a value is held back, or `shared` where another person's home is his too. */
export type Mark = Exclude<WithheldReason, 'unusable'> | 'shared';

/** Every value in the answer that somebody marks as another person's: `kind key`, `uprn n` or `seal kind s`. */
export interface Marks {
  readonly on: ReadonlyMap<string, ReadonlySet<Mark>>;
  /** Kinds of which any value is sealed: others need no hashing. */
  readonly sealedKinds: ReadonlySet<ContactKind>;
  /** Postcodes, as far as an order names them, where he may not be. */
  readonly zones: readonly string[];
  /** Victim services have stopped everything. */
  readonly everythingBlocked: boolean;
  /** What is not a protected person's value to the letter and may be it all the same. */
  readonly likeness: Likeness;
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
  const { candidates, subjectRecords, otherRecords, protectedContacts, safety } = sources;
  const on = new Map<string, Set<Mark>>();
  const guarded = new Set<string>();
  const put: Put = (name, mark, isGuarded) => {
    const marks = on.get(name);
    if (marks === undefined) on.set(name, new Set([mark]));
    else marks.add(mark);
    if (isGuarded) guarded.add(name);
  };
  for (const { kind, seal } of protectedContacts) {
    put(`seal ${kind} ${seal}`, kind === 'address' ? 'location-of-protected-person' : 'protected-person', true);
  }
  for (const record of subjectRecords) {
    for (const sealed of record.othersContacts ?? []) putSeal(put, sealed, markOfSealed(sealed), isOfProtected(sealed));
  }
  for (const holding of candidates.flatMap(({ holdings }) => holdings)) putHolding(put, holding);
  for (const record of otherRecords) putOtherRecord(put, record, read);
  const byCase = putSafety(put, safety);
  const sealed = [...subjectRecords, ...otherRecords].flatMap(({ othersContacts }) => othersContacts ?? []);
  return {
    on,
    sealedKinds: new Set([...sealed, ...protectedContacts, ...byCase.sealed].map(({ kind }) => kind)),
    zones: byCase.zones,
    everythingBlocked: byCase.everythingBlocked,
    likeness: makeLikeness(sources, otherRecords.filter(isProtectedRole), guarded, read),
  };
}

/** @param isGuarded it is a protected person's, so what is like it is held back too */
type Put = (name: string, mark: Mark, isGuarded: boolean) => void;

/** What the case itself forbids; which kinds it keeps as hashes, the attempts that forbid nothing included. */
function putSafety(put: Put, safety: CaseSafety) {
  const { attempts = [], safetyBlocks = [], exclusionZones = [], requiredAddresses = [] } = safety;
  for (const { sealedContact, outcome } of attempts) {
    // Whatever its date: a value that she answered once stays hers until somebody takes the attempt back.
    if (outcome === 'victim-answered-or-may-have') putSeal(put, sealedContact, 'victim-may-answer', true);
  }
  for (const { sealedContact } of safetyBlocks)
    if (sealedContact !== undefined) putSeal(put, sealedContact, 'safety-block', true);
  for (const zone of exclusionZones) {
    if (zone.by === 'uprn') put(`uprn ${uprnKey(zone.uprn) ?? ''}`, 'excluded-by-order', false);
    if (zone.by === 'seal') putSeal(put, { kind: 'address', seal: zone.seal }, 'excluded-by-order', false);
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

interface Sealed {
  readonly kind: ContactKind;
  readonly seal: string;
}

function putSeal(put: Put, { kind, seal }: Sealed, mark: Mark, isGuarded: boolean): void {
  put(`seal ${kind} ${seal}`, mark, isGuarded);
}

/** In a domestic-abuse case a partner is as good as the victim, and where a child lives its mother most likely does. */
const PROTECTED_OWNERS: ReadonlySet<OtherOwner> = new Set(['protected-person', 'victim', 'partner', 'child']);
const PROTECTED_ROLES: ReadonlySet<RecordRole> = new Set(['victim', 'partner', 'child']);
/** His mother may live where he lives, and his own home must not vanish for it; a number of hers is never his. */
const MAY_LIVE_WITH_HIM: ReadonlySet<OtherOwner> = new Set(['mother', 'relative', 'friend']);
const OTHERS: ReadonlySet<RecordedAs> = new Set(['partner', 'mother', 'relative', 'friend']);

const isOfProtected = ({ whose }: SealedContact): boolean => PROTECTED_OWNERS.has(whose);

/** A record whose source calls its person a victim, partner or child is never the subject's, whatever linkage says. */
export function isProtectedRole(record: SourceRecord): boolean {
  return record.role !== undefined && PROTECTED_ROLES.has(record.role);
}

/** What his own record calls another's, by its label or by the words beside it. */
function putHolding(put: Put, { contact: { recordedAs }, pointsElsewhere, normalised }: Holding): void {
  const isLabelled = recordedAs !== undefined && OTHERS.has(recordedAs);
  if (isLabelled || pointsElsewhere) putContact(put, normalised, 'recorded-as-others', recordedAs === 'partner');
}

function markOfSealed({ kind, whose }: SealedContact): Mark {
  if (kind !== 'address') return 'recorded-as-others';
  if (PROTECTED_OWNERS.has(whose)) return 'location-of-protected-person';
  return MAY_LIVE_WITH_HIM.has(whose) ? 'shared' : 'recorded-as-others';
}

function putContact(put: Put, contact: NormalisedContact, mark: Mark, isGuarded: boolean): void {
  put(`${contact.kind} ${contact.key}`, mark, isGuarded);
  if (contact.building !== undefined) put(`flat of ${contact.building.key}`, mark, isGuarded);
}

/** Everything that a record of somebody else holds: as contact points, as matching details, and for third parties. */
function putOtherRecord(put: Put, record: SourceRecord, read: ReadContact): void {
  const isProtected = isProtectedRole(record);
  const markOf = (kind: ContactKind): Mark =>
    kind === 'address' && isProtected ? 'location-of-protected-person' : 'held-by-another-record';
  for (const sealed of record.othersContacts ?? []) {
    const lives = sealed.kind === 'address' && isOfProtected(sealed);
    const mark = lives ? 'location-of-protected-person' : 'held-by-another-record';
    putSeal(put, sealed, mark, isOfProtected(sealed));
  }
  for (const { kind, value, uprn } of [...record.contacts, ...detailsOf(record.person)]) {
    for (const contact of read(kind, value).contacts) putContact(put, contact, markOf(kind), isProtected);
    const property = kind === 'address' ? uprnKey(uprn) : undefined;
    if (property !== undefined) put(`uprn ${property}`, markOf(kind), isProtected);
  }
}
