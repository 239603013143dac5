import type { CaseFact } from './language.ts';
import type { CaseFacts, DatedFacts } from '../../schemas/case.ts';
import type { Approval, CaseRecords, Consent, Opinion, RecordedPerson } from '../../schemas/case-records.ts';
import type { AgencyId, IsoInstant, Purpose, RequesterGroup } from '../../schemas/names.ts';

/**
 * From what people recorded to the facts that rules read. The rules of who may approve are kept here and not in
 * agreements: whoever could edit them away could approve alone what he asks for himself.
 */

export interface Asker {
  readonly agency: AgencyId;
  readonly staffId: string;
  readonly purpose: Purpose;
}

/** A fact as the records have it: its value, and since when. */
interface Stated<V> {
  readonly value: V;
  readonly at: IsoInstant;
}

const before = (instant: IsoInstant, atMs: number): boolean => Date.parse(instant) <= atMs;

const latest = <T>(all: readonly T[], at: (each: T) => IsoInstant): T | undefined =>
  [...all].sort((a, b) => Date.parse(at(a)) - Date.parse(at(b))).at(-1);

const samePerson = (a: Pick<RecordedPerson, 'agency' | 'staffId'>, b: Pick<RecordedPerson, 'agency' | 'staffId'>) =>
  a.agency === b.agency && a.staffId === b.staffId;

/**
 * Whether these are two people for the purpose of the two-person rule: not one person twice, and not of one team, who
 * answer to one manager and see one side of a case. Source: policy reference 4.2, two-person rule.
 */
export function areTwo(a: RecordedPerson, b: RecordedPerson): boolean {
  return !samePerson(a, b) && a.team !== b.team;
}

/** Who may give an approval of a kind. Sources: Caldicott principles; MAPPA guidance ch. 10 (responsible authority). */
function mayGive({ kind, by, requestedBy }: Approval, owners: ReadonlySet<RequesterGroup>): boolean {
  if (!areTwo(by, requestedBy)) return false;
  switch (kind) {
    case 'caldicott':
      return by.group === 'health' && by.role === 'hea.caldicott_guardian';
    case 'chair':
      return by.group === 'police' || by.group === 'probation';
    case 'owner':
      return owners.has(by.group);
    case 'second-person':
      return true;
  }
}

/** The approvals that hold for this asker now, by kind. */
function standing(
  approvals: readonly Approval[],
  asker: Asker,
  atMs: number,
  owners: ReadonlySet<RequesterGroup>,
): readonly Approval[] {
  return approvals.filter(
    (each) =>
      each.purpose === asker.purpose &&
      samePerson(each.requestedBy, asker) &&
      each.withdrawnAt === undefined &&
      before(each.at, atMs) &&
      mayGive(each, owners),
  );
}

type ApprovalFact = Stated<'not-given' | 'given'>;

/** Whether approvals of one kind are there; of an owner's kind, from every owner whose approval rules wait for. */
function approvalFact(
  kind: Approval['kind'],
  given: readonly Approval[],
  owners: ReadonlySet<RequesterGroup>,
  now: IsoInstant,
): ApprovalFact {
  const ofKind = given.filter((each) => each.kind === kind);
  const last = latest(ofKind, ({ at }) => at);
  const whole = kind !== 'owner' || [...owners].every((owner) => ofKind.some(({ by }) => by.group === owner));
  return last !== undefined && whole ? { value: 'given', at: last.at } : { value: 'not-given', at: now };
}

/** The last consent of a scope decides: one given again after a withdrawal counts, one that ran out says nothing. */
function consentFact(
  consents: readonly Consent[],
  scope: Consent['scope'],
  atMs: number,
): Stated<'withdrawn' | 'given'> | undefined {
  const last = latest(
    consents.filter((each) => each.scope === scope && before(each.givenAt, atMs)),
    ({ givenAt }) => givenAt,
  );
  if (last === undefined) return undefined;
  // A withdrawal that is dated ahead is still a wish not to be shared about.
  if (last.withdrawnAt !== undefined) return { value: 'withdrawn', at: last.givenAt };
  if (last.expiresAt !== undefined && before(last.expiresAt, atMs)) return undefined;
  return { value: 'given', at: last.givenAt };
}

/**
 * The last opinion of each professional; one that fears serious harm outweighs those that do not, and that it will not
 * cause harm only a health professional can say (DPA 2018 Sch 3 Part 2).
 */
function opinionFact(
  opinions: readonly Opinion[],
  atMs: number,
): Stated<'serious-harm' | 'no-serious-harm'> | undefined {
  const professionals = new Map<string, Opinion[]>();
  for (const each of opinions) {
    if (!before(each.at, atMs)) continue;
    const name = `${each.by.agency} ${each.by.staffId}`;
    professionals.set(name, [...(professionals.get(name) ?? []), each]);
  }
  const current = [...professionals.values()].flatMap((own) => latest(own, ({ at }) => at) ?? []);
  const feared = latest(
    current.filter(({ seriousHarm }) => seriousHarm),
    ({ at }) => at,
  );
  if (feared !== undefined) return { value: 'serious-harm', at: feared.at };
  const none = latest(
    current.filter(({ by }) => by.group === 'health'),
    ({ at }) => at,
  );
  return none === undefined ? undefined : { value: 'no-serious-harm', at: none.at };
}

/** A decision of the disclosure scheme is one only if a second officer of another team agreed. */
function withoutLoneDecision(dated: DatedFacts, records: CaseRecords, atMs: number): DatedFacts {
  if (dated.facts.dvds !== 'decided') return dated;
  const decision = records.disclosureDecision;
  const agreed =
    decision !== undefined &&
    decision.by.group === 'police' &&
    decision.secondOfficer.group === 'police' &&
    areTwo(decision.by, decision.secondOfficer) &&
    before(decision.at, atMs);
  return agreed ? dated : { ...dated, facts: { ...dated.facts, dvds: 'open' } };
}

/**
 * Takes the facts of a case, what was recorded on it, who asks for what and the moment; gives the facts that the engine
 * is asked with. What records say stands in place of anything that `dated` says of the same facts, so no system can
 * assert an approval that nobody gave: without records nothing is approved.
 */
export function factsFor(
  dated: DatedFacts,
  records: CaseRecords,
  asker: Asker,
  at: IsoInstant,
  owners: ReadonlySet<RequesterGroup>,
): DatedFacts {
  const atMs = Date.parse(at);
  const { facts, asAt } = withoutLoneDecision(dated, records, atMs);
  const { referralConsent: _referral, healthConsent: _health, seriousHarmOpinion: _opinion, ...asserted } = facts;
  const made: { facts: CaseFacts; asAt: DatedFacts['asAt'] } = { facts: asserted, asAt: { ...asAt } };
  const state = <F extends CaseFact>(fact: F, stated: Stated<NonNullable<CaseFacts[F]>> | undefined): void => {
    if (stated === undefined) return;
    made.facts[fact] = stated.value;
    made.asAt[fact] = stated.at;
  };
  const given = standing(records.approvals ?? [], asker, atMs, owners);
  const any = latest(given, (each) => each.at);
  // What one approval opens, the particular facts still close: an owner's does not open clinical notes.
  state('approved', any === undefined ? { value: false, at } : { value: true, at: any.at });
  state('ownerApproval', approvalFact('owner', given, owners, at));
  state('caldicottApproval', approvalFact('caldicott', given, owners, at));
  state('chairApproval', approvalFact('chair', given, owners, at));
  state('secondPerson', approvalFact('second-person', given, owners, at));
  state('referralConsent', consentFact(records.consents ?? [], 'homelessness-referral', atMs));
  state('healthConsent', consentFact(records.consents ?? [], 'health-contact', atMs));
  state('seriousHarmOpinion', opinionFact(records.opinions ?? [], atMs));
  return made;
}
