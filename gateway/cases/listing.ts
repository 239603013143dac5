import type { Case } from '../../schemas/case.ts';
import type { CaseListing } from '../ports/case-register.ts';
import { blockedDigests } from './blocked-digests.ts';
import { contactStanding } from './contact-gap.ts';
import { reviewDueOn } from './review-due.ts';
import { isUnacknowledged, victimAnswers } from './victim-answers.ts';

/**
 * By what lists find a case.
 *
 * @param worker the keyed digest of whom it is allocated to: a readable staff id would tell whoever dumps the table who
 *   works with how many men
 */
export function listingOf(kase: Case, worker: string | undefined): CaseListing {
  const { firstReachedOn, hasGap } = contactStanding(kase);
  return {
    leadAgency: kase.leadAgency,
    ...(worker === undefined ? {} : { worker }),
    isOpen: kase.category !== 'closed',
    openedOn: kase.openedOn,
    reviewDueOn: reviewDueOn(kase),
    hasGap,
    ...(firstReachedOn === undefined ? {} : { firstReachedOn }),
    blocked: blockedDigests(kase),
    isUnacknowledged: victimAnswers(kase).some(isUnacknowledged),
  };
}
