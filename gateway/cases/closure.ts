import type { Case } from '../../schemas/case.ts';
import type { CaseActor, ClosureRule } from '../../schemas/case-history.ts';
import type { IsoDate } from '../../schemas/names.ts';
import { dayOf, latestOf, plusDays, plusMonths } from './days.ts';

/**
 * Whether a case may be closed. Source: policy reference 4 (Greenwich evaluation 2023, section 1.5): a case is held until
 * no domestic abuse has been reported to police for 6 months and there is no re-referral to MARAC within 12 months, or
 * the panel can mitigate no further.
 */

export const MONTHS_WITHOUT_REPORT = 6;
export const MONTHS_WITHOUT_REFERRAL = 12;
/** ASSUMPTION: what police said longer ago than this says nothing of today, and the panel meets about monthly. */
export const POLICE_CHECK_DAYS = 31;

/** Why it may not be closed now. */
export type ClosureRefusal =
  | 'police-not-asked' // nobody asked police, or too long ago
  | 'abuse-reported'
  | 'referred-to-marac'
  | 'chair-decides'; // that no more can be done is the chair's to say for the panel

/** @returns every reason against; empty where the rule holds. What is missing, stale or of the future speaks against (P2). */
export function closureRefusals(kase: Case, rule: ClosureRule, by: CaseActor, asOf: IsoDate): ClosureRefusal[] {
  if (rule === 'cannot-mitigate-further') return by.role === 'dai.dapg_chair' ? [] : ['chair-decides'];
  const { policeChecks = [] } = kase;
  const askedOn = latestOf(policeChecks.map(({ at }) => dayOf(at)));
  const isFresh = askedOn !== undefined && askedOn <= asOf && asOf <= plusDays(askedOn, POLICE_CHECK_DAYS);
  // Of all answers: a later one that knows of less does not take back what an earlier one knew.
  const reportedOn = latestOf(policeChecks.flatMap(({ lastReportedOn }) => lastReportedOn ?? []));
  const isQuiet = reportedOn === undefined || plusMonths(reportedOn, MONTHS_WITHOUT_REPORT) <= asOf;
  return [
    ...(isFresh ? [] : ['police-not-asked' as const]),
    ...(isQuiet ? [] : ['abuse-reported' as const]),
    ...(plusMonths(lastReferredOn(kase), MONTHS_WITHOUT_REFERRAL) <= asOf ? [] : ['referred-to-marac' as const]),
  ];
}

/** The last day that any part of the case gives for a MARAC referral or meeting; its opening where none does. */
function lastReferredOn({ referrals = [], maracMeetingOn, maracReference, openedOn }: Case): IsoDate {
  const days = [...referrals.map(({ referredOn }) => referredOn), maracMeetingOn ?? '', maracReference.slice(6, 16)];
  return latestOf(days.filter((day) => !Number.isNaN(Date.parse(day)))) ?? openedOn;
}
