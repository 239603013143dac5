import { caseSchema, type Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import type { IsoInstant } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Seal } from '../contacts/seal.ts';
import { decideCategory, referAgain } from './decide-category.ts';
import { closeBreakGlass, openBreakGlass } from './break-glass.ts';
import { acknowledgeAnswer } from './acknowledge.ts';
import { answerContactGap, raiseContactGap } from './raise-contact-gap.ts';
import { judgeRecord } from './judge-record.ts';
import { recordAttempt } from './record-attempt.ts';
import { withoutBlock, withBlock, withoutProtected, withProtected } from './protect.ts';
import { dayOf } from './days.ts';
import type { ClosureRefusal } from './closure.ts';

/** From a case and what somebody wants changed to the case as it then is: no clock, no database, no log. */

/** Why a change cannot be made; the case stays as it was. */
export type ChangeRefusal =
  | ClosureRefusal
  | 'category-not-allowed' // this category may not follow that one
  | 'closure-rule-missing'
  | 'case-closed'
  | 'contact-unusable' // no number, e-mail address, or address with a postcode: it could not be recognised later
  | 'date-not-possible' // of the future
  | 'marac-reference-known' // the case has it already: it is no new referral
  | 'agency-not-on-case'
  | 'block-unknown'
  | 'attempt-unknown'
  | 'gap-unknown'
  | 'no-contact-gap' // the panel has not decided that he is to be contacted
  | 'case-full'; // the case holds as many of these as it may (P11)

type CaseChanged = Extract<LogEntryBody, { kind: 'case-changed' }>;

export interface Changed {
  readonly kase: Case;
  /** Which parts of the case, by name, for the log. Empty: it was made before and is not made twice. */
  readonly changes: readonly string[];
  readonly category?: CaseChanged['category'];
}

export interface Decided {
  readonly by: CaseActor;
  readonly at: IsoInstant;
  readonly seal: Seal;
}

/** Applies one change. Whether this person may make it was asked before, see may-change.ts. */
export function applyChange(kase: Case, change: CaseChange, decided: Decided): Result<Changed, ChangeRefusal> {
  const changed = apply(kase, change, decided);
  return changed.ok && !fits(changed.value.kase) ? err('case-full') : changed;
}

function apply(kase: Case, change: CaseChange, decided: Decided): Result<Changed, ChangeRefusal> {
  const { by, at, seal } = decided;
  switch (change.kind) {
    case 'change-category':
      return decideCategory(kase, change, { by, at });
    case 'refer-again':
      return referAgain(kase, change, { by, at });
    case 'review':
      return isClosed(kase) ?? reviewed(kase, { by, at });
    case 'allocate':
      return isClosed(kase) ?? allocated(kase, change.to, { by, at });
    case 'set-team':
      return isClosed(kase) ?? ok({ kase: { ...kase, team: [...new Set(change.team)] }, changes: ['team'] });
    case 'set-lead-agency':
      return isClosed(kase) ?? ledBy(kase, change.leadAgency);
    case 'set-agencies':
      return sharedWith(kase, change.agencies);
    case 'record-police-check':
      return policeChecked(kase, change.lastReportedOn, { by, at });
    case 'judge-record':
      return isClosed(kase) ?? judgeRecord(kase, change, { by, at });
    case 'record-attempt':
      return recordAttempt(kase, change, { by, at, seal });
    case 'open-break-glass':
      return openBreakGlass(kase, change, { by, at });
    case 'close-break-glass':
      return closeBreakGlass(kase, change, { by, at });
    case 'set-safety-block':
      return withBlock(kase, change, decided);
    case 'lift-safety-block':
      return withoutBlock(kase, change, decided);
    case 'protect-contact':
      return withProtected(kase, change, decided);
    case 'unprotect-contact':
      return withoutProtected(kase, change, decided);
    case 'acknowledge-answer':
      return acknowledgeAnswer(kase, change, { by, at });
    case 'raise-contact-gap':
      return isClosed(kase) ?? raiseContactGap(kase, change, { by, at });
    case 'answer-contact-gap':
      return answerContactGap(kase, change, { by, at });
  }
}

type By = Pick<Decided, 'by' | 'at'>;

const isClosed = ({ category }: Case): Result<never, 'case-closed'> | undefined =>
  category === 'closed' ? err('case-closed') : undefined;

/** That the panel looked confirms the category: policy takes it for as fresh as this. */
function reviewed(kase: Case, { by, at }: By): Result<Changed, never> {
  const { facts, asAt } = kase.facts;
  return ok({
    kase: {
      ...kase,
      reviews: [...(kase.reviews ?? []), { by, at }],
      facts: { facts: { ...facts, category: kase.category }, asAt: { ...asAt, category: at } },
    },
    changes: ['reviews'],
  });
}

function allocated(kase: Case, to: string, { by, at }: By): Result<Changed, never> {
  if (kase.allocatedTo === to) return ok({ kase, changes: [] });
  const allocations = [...(kase.allocations ?? []), { to, by, at }];
  return ok({ kase: { ...kase, allocatedTo: to, allocations }, changes: ['allocated-to'] });
}

/** Worker and team go: their ids are the former lead's own, and at the new one may be somebody else's. */
function ledBy(kase: Case, leadAgency: string): Result<Changed, 'agency-not-on-case'> {
  if (!kase.agencies.includes(leadAgency)) return err('agency-not-on-case');
  if (kase.leadAgency === leadAgency) return ok({ kase, changes: [] });
  const { allocatedTo: _worker, ...rest } = kase;
  return ok({ kase: { ...rest, leadAgency, team: [] }, changes: ['lead-agency', 'allocated-to', 'team'] });
}

function sharedWith(kase: Case, agencies: readonly string[]): Result<Changed, 'agency-not-on-case'> {
  if (!agencies.includes(kase.leadAgency)) return err('agency-not-on-case');
  return ok({ kase: { ...kase, agencies: [...new Set(agencies)] }, changes: ['agencies'] });
}

function policeChecked(
  kase: Case,
  lastReportedOn: string | undefined,
  { by, at }: By,
): Result<Changed, 'date-not-possible'> {
  if (lastReportedOn !== undefined && lastReportedOn > dayOf(at)) return err('date-not-possible');
  const check = { by, at, ...(lastReportedOn === undefined ? {} : { lastReportedOn }) };
  return ok({ kase: { ...kase, policeChecks: [...(kase.policeChecks ?? []), check] }, changes: ['police-checks'] });
}

/** False where a list has grown past what a case may hold; any other misfit is a bug and throws. */
function fits(kase: Case): boolean {
  const read = caseSchema.safeParse(kase);
  if (read.success) return true;
  if (read.error.issues.every(({ code }) => code === 'too_big')) return false;
  throw new TypeError('a change made a case that is none');
}
