import { basisFor, factsFor, mayClaim, type PolicyBundle } from '../../policies/engine/index.ts';
import type { Case } from '../../schemas/case.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { openBy, withEmergency } from '../cases/break-glass.ts';
import { factsOfCase } from '../cases/facts-of-case.ts';
import type { Say } from '../operations/messages.ts';
import type { AccessLog, AppendFault } from '../ports/access-log.ts';
import type { CaseRegister, FindCaseFault } from '../ports/case-register.ts';
import type { Reasons } from '../review/reasons/reasons.ts';
import { isForMeeting } from './meeting.ts';
import { describesSubject } from './subject.ts';
import type { Caller, SignedInCaller } from './authenticate.ts';
import {
  CONTACT_PURPOSE,
  EMERGENCY_PURPOSE,
  regimeOf,
  type Admitted,
  type Asked,
  type QuestionEntry,
} from './question.ts';

/**
 * Step 2: may this be asked at all. The purpose must be the one the token was issued for, claimable by this role, on a
 * case of the caller's agency whose facts carry it now; then the question is recorded as consulted, before any source
 * hears of it. A refusal is recorded too.
 */

export interface AdmitDeps {
  readonly bundle: PolicyBundle;
  readonly cases: CaseRegister;
  readonly log: AccessLog;
  readonly newId: () => string;
  readonly say: Say;
  /** Keyed pseudonym of a case's subject. */
  readonly pseudonymOf: (kase: Case) => string;
  /** Keeps the reason's words sealed beside the log. */
  readonly reasons: Pick<Reasons, 'seal'>;
}

/** FAPI 2.0: beyond a minute a clock is wrong, and an old request may be one that somebody kept. */
const CLOCK_APART_MS_MAX = 60_000;

/** Admits a question or says why not. Writes one entry either way; without an entry nothing goes on (P1). */
export async function admit(
  deps: AdmitDeps,
  caller: Caller | SignedInCaller,
  asked: Asked,
  now: Date,
): Promise<Result<Admitted, ProblemCode>> {
  const questionId = deps.newId();
  const bound = bindToToken(deps.bundle, caller, asked, now);
  if (!bound.ok) return refuse(deps, { caller, asked, now, questionId }, bound.error);
  const found = await findCase(deps, caller, asked);
  if (!found.ok) return refuse(deps, { caller, asked, now, questionId }, found.error);
  const kase = found.value;
  const policyRequest = policyRequestOf(deps.bundle, { caller, asked, now }, kase);
  const allowed = bindToCase(deps.bundle, asked, kase, policyRequest);
  if (!allowed.ok) return refuse(deps, { caller, asked, now, questionId }, allowed.error);
  const entry = entryOf(deps, { caller, asked, now, questionId }, kase, policyRequest);
  const consulted = await recordConsulted(deps, { caller, asked, now, questionId }, entry);
  if (!consulted.ok) return consulted;
  const consultedAt = consulted.value;
  return ok({ questionId, at: now, asked, caller, kase, policyRequest, entry, consultedAt });
}

/** The case, where it is one of the caller's agency; a damaged one is told to the operator. */
export async function findCase(
  deps: Pick<AdmitDeps, 'cases' | 'say'>,
  caller: Pick<Caller, 'agency'>,
  { caseRef }: Asked,
): Promise<Result<Case, ProblemCode>> {
  const found = await deps.cases.find(caseRef, caller.agency.id);
  if (found.ok) return found;
  if (found.error === 'case-unreadable') deps.say('error', { message: 'case-unreadable', caseRef });
  return err(PROBLEM_OF_CASE[found.error]);
}

/**
 * Writes the consulted entry, and its reason's words beside it. Both at once, because each waits for the disk; the
 * question goes on only when both are there. Gives the entry's position.
 */
async function recordConsulted(
  deps: AdmitDeps,
  { caller, asked, questionId }: Raised,
  entry: QuestionEntry,
): Promise<Result<number, ProblemCode>> {
  const { agency, clientId } = caller;
  const { caseRef: scope, reason: text, requestId, wanted } = asked;
  const words = await deps.reasons.seal({ id: questionId, what: 'reason', agency: agency.id, scope, text });
  if (!words.ok) return err('log-unavailable');
  const [receipt, kept] = await Promise.all([
    deps.log.append(
      {
        kind: 'question-consulted',
        ...entry,
        operations: ['consultation'],
        reasonDigest: words.value.digest,
        ...(wanted === 'all' ? {} : { wanted: [...wanted] }),
      },
      { clientId, requestId },
    ),
    words.value.keep(),
  ]);
  if (!receipt.ok) return err(PROBLEM_OF_LOG[receipt.error]);
  return kept.ok ? ok(receipt.value.position) : err('log-unavailable');
}

/** What needs no case: the clock, the token's claim, and whether this role of this agency may claim the purpose. */
function bindToToken(
  bundle: PolicyBundle,
  caller: Caller | SignedInCaller,
  asked: Asked,
  now: Date,
): Result<true, ProblemCode> {
  if (Math.abs(Date.parse(asked.sentAt) - now.getTime()) > CLOCK_APART_MS_MAX) return err('clock-wrong');
  // First, since no token can be had for a purpose that there is not: the agreements are no secret.
  const terms = bundle.purposes.get(asked.purpose);
  if (terms === undefined) return err('purpose-unknown');
  if (asked.purpose !== caller.claim.purpose || asked.caseRef !== caller.claim.caseRef)
    return err('token-other-purpose');
  const role = bundle.roles.get(asked.staff.role);
  if (role?.groups.includes(caller.agency.group) !== true) return err('role-may-not-claim');
  return terms.claimants.includes(asked.staff.role) ? ok(true) : err('role-may-not-claim');
}

/** What the case decides: the named worker, the fact the purpose rests on, and that it is this man who is asked about. */
export function bindToCase(
  bundle: PolicyBundle,
  asked: Asked,
  kase: Case,
  policyRequest: PolicyRequest,
): Result<true, ProblemCode> {
  // Staff ids are an agency's own: whoever has the worker's id at another agency is somebody else.
  const isWorker = kase.allocatedTo === asked.staff.id && kase.leadAgency === policyRequest.requester.agency;
  const onTeam = isWorker || kase.team.includes(asked.staff.id);
  if (asked.purpose === CONTACT_PURPOSE && !onTeam) return err('not-on-case-team');
  const { meeting, purpose } = asked;
  const today = policyRequest.at.slice(0, 10);
  if (meeting !== undefined && !isForMeeting(kase, meeting, { purpose, today })) return err('purpose-not-supported');
  const claim = mayClaim(bundle, policyRequest);
  if (!claim.ok) return claim;
  // Without this a token for one case would be a licence to ask about anybody.
  if (asked.subject !== undefined && !describesSubject(asked.subject, kase.subject)) return err('subject-not-of-case');
  return ok(true);
}

/** The question as policy reads it, with the facts of the case as they are at the moment. */
export function policyRequestOf(
  bundle: PolicyBundle,
  { caller, asked, now }: Pick<Raised, 'caller' | 'asked' | 'now'>,
  kase: Case,
): PolicyRequest {
  const at = now.toISOString();
  const asker = { agency: caller.agency.id, staffId: asked.staff.id, purpose: asked.purpose };
  return {
    at,
    requester: { agency: caller.agency.id, group: caller.agency.group, role: asked.staff.role },
    purpose: asked.purpose,
    facts: factsFor(
      withEmergency(factsOfCase(kase), kase, asker, at),
      kase.records ?? {},
      asker,
      at,
      bundle.ownersToApprove,
    ),
    ...(kase.area === undefined ? {} : { area: kase.area }),
    canFulfil: asked.canFulfil,
  };
}

export interface Raised {
  readonly caller: Caller | SignedInCaller;
  readonly asked: Asked;
  readonly now: Date;
  readonly questionId: string;
  /** Position of the consulted entry, once there is one. */
  readonly consultedAt?: number;
}

function requesterOf({ caller, asked }: Raised): QuestionEntry['requester'] {
  return {
    agency: caller.agency.id,
    clientId: caller.clientId,
    ...('thumbprint' in caller ? { certificate: caller.thumbprint } : { session: caller.session }),
    staffId: asked.staff.id,
    role: asked.staff.role,
  };
}

function entryOf(deps: AdmitDeps, raised: Raised, kase: Case, { facts }: PolicyRequest): QuestionEntry {
  const { asked, caller, now, questionId } = raised;
  // A recipient's own basis is the same towards every owner: its own group stands for them.
  const { group } = caller.agency;
  const sharing = { purpose: asked.purpose, owner: group, requester: group, facts: facts.facts };
  const stated = basisFor(deps.bundle, 'recipient', sharing);
  return {
    v: 1,
    at: now.toISOString(),
    regime: regimeOf(caller.agency.group, deps.bundle.purposes.get(asked.purpose)?.lawEnforcement === true),
    questionId,
    route: asked.route,
    requester: requesterOf(raised),
    purpose: asked.purpose,
    caseRef: asked.caseRef,
    subject: deps.pseudonymOf(kase),
    policyVersion: deps.bundle.version,
    ...(stated === undefined ? {} : { basis: stated.basis }),
    ...emergencyOf(raised, kase),
    ...(asked.meeting === undefined ? {} : { meeting: asked.meeting }),
  };
}

/** Ties a question asked in an emergency to the declaration that it rests on. */
function emergencyOf({ asked, caller, now }: Raised, kase: Case): Pick<QuestionEntry, 'breakGlassId'> {
  const asker = { agency: caller.agency.id, staffId: asked.staff.id };
  const open = asked.purpose === EMERGENCY_PURPOSE ? openBy(kase, asker, now.toISOString()) : undefined;
  return open === undefined ? {} : { breakGlassId: open.breakGlassId };
}

/** A refusal that could not be recorded is a 503: a prober must not be able to work unseen while the log is down. */
export async function refuse(
  deps: Pick<AdmitDeps, 'bundle' | 'log'>,
  raised: Raised,
  code: ProblemCode,
): Promise<Result<never, ProblemCode>> {
  const { asked, caller, now, questionId, consultedAt } = raised;
  const recorded = await deps.log.append({
    kind: 'question-refused',
    v: 1,
    at: now.toISOString(),
    operations: ['consultation'],
    regime: regimeOf(caller.agency.group, deps.bundle.purposes.get(asked.purpose)?.lawEnforcement === true),
    questionId,
    route: asked.route,
    requester: requesterOf(raised),
    purpose: asked.purpose,
    caseRef: asked.caseRef,
    policyVersion: deps.bundle.version,
    code,
    ...(consultedAt === undefined ? {} : { consultedAt }),
  });
  return err(recorded.ok ? code : PROBLEM_OF_LOG[recorded.error]);
}

const PROBLEM_OF_CASE: Record<FindCaseFault, ProblemCode> = {
  'not-found': 'case-not-known',
  'register-unavailable': 'register-unavailable',
  'case-unreadable': 'register-unavailable',
};

/** A log that is not known to have the entry is a 503 and nothing else (P1). */
export const PROBLEM_OF_LOG: Record<AppendFault, ProblemCode> = {
  'log-unavailable': 'log-unavailable',
  'log-full': 'overloaded',
  'request-replayed': 'request-replayed',
  'entry-invalid': 'internal',
};
