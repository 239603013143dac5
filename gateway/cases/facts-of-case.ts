import type { Case, CaseFacts, DatedFacts } from '../../schemas/case.ts';
import type { IsoInstant } from '../../schemas/names.ts';
import { latestOf } from './days.ts';

/**
 * The facts of a case as policy may take them: what the register itself knows stands in place of what anybody asserted
 * of the same. The category is as fresh as the panel's last decision or review; the referral as the last one recorded.
 *
 * A case that was loaded without a history keeps its asserted facts. Where its category is asserted to be another than
 * the register's, nobody knows which is true, and a fact that is missing discloses least (P2).
 */
export function factsOfCase(kase: Case): DatedFacts {
  const { decisions = [], reviews = [], referrals = [], category, maracMeetingOn } = kase;
  const decidedAt = decisions.length === 0 ? undefined : latestOf([...decisions, ...reviews].map(({ at }) => at));
  const referredAt = latestOf(referrals.map(({ at }) => at));
  const facts: CaseFacts = { ...kase.facts.facts };
  const asAt: Partial<Record<keyof CaseFacts, IsoInstant>> = { ...kase.facts.asAt };
  if (decidedAt !== undefined) {
    facts.category = category;
    asAt.category = decidedAt;
  } else if (facts.category !== category) {
    delete facts.category;
    delete asAt.category;
  }
  if (referredAt !== undefined) {
    facts.marac = maracMeetingOn === undefined ? 'referred' : 'listed';
    asAt.marac = referredAt;
  }
  return { facts, asAt };
}
