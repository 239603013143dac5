import type { Case } from '../../../schemas/case.ts';
import type { CaseActor, ClosureRule, ReferralCriterion } from '../../../schemas/case-history.ts';
import type { IsoInstant } from '../../../schemas/names.ts';
import { CATEGORY_WORDS } from '../cases/category-words.ts';
import { sayDay } from '../layout/say-date.ts';

/** What was decided on a case: each with who, when and why, the newest first. No attempt and no safety block is in it. */
export interface HistoryItem {
  readonly title: string;
  readonly at: IsoInstant;
  readonly by: CaseActor;
  readonly sentences: readonly string[];
}

export const CRITERION_WORDS: Readonly<Record<ReferralCriterion, string>> = {
  repeat: 'Repeat abuse: again and again against the same person',
  serial: 'Serial abuse: against more than one person',
  'high-harm': 'High harm: serious harm or homicide is likely',
};

export const CLOSURE_WORDS: Readonly<Record<ClosureRule, string>> = {
  'no-recent-abuse': 'No domestic abuse was reported for 6 months, and no MARAC referral is younger than 12 months',
  'cannot-mitigate-further': 'The panel can mitigate the risk no further',
};

/** Reads the history out of a case. A case that was loaded before the register kept one has none. */
export function historyOf(kase: Case): readonly HistoryItem[] {
  const { referrals = [], decisions = [], allocations = [], reviews = [], policeChecks = [] } = kase;
  const items: HistoryItem[] = [
    ...referrals.map(({ maracReference, criterion, referredOn, at, by }) => ({
      ...{ at, by },
      title: 'Referred to MARAC',
      sentences: [`${maracReference}, referred on ${sayDay(referredOn)}.`, `${CRITERION_WORDS[criterion]}.`],
    })),
    ...decisions.map(({ from, to, at, by, because, closure }) => ({
      ...{ at, by },
      title: `${CATEGORY_WORDS[from].tag} to ${CATEGORY_WORDS[to].tag}`,
      sentences: [`Why: ${because}`, ...(closure === undefined ? [] : [`Closed because: ${CLOSURE_WORDS[closure]}.`])],
    })),
    ...allocations.map(({ to, at, by }) => ({ at, by, title: 'Allocated', sentences: [`To ${to}.`] })),
    ...reviews.map(({ at, by }) => ({ at, by, title: 'Reviewed', sentences: ['The state was left as it was.'] })),
    ...policeChecks.map(({ lastReportedOn, at, by }) => ({
      ...{ at, by },
      title: 'Police asked',
      sentences: [
        lastReportedOn === undefined
          ? 'No domestic abuse was reported to them.'
          : `Domestic abuse was last reported to them on ${sayDay(lastReportedOn)}.`,
      ],
    })),
  ];
  // Of one moment what was put into the list last is newest, as the register appends.
  return items.reverse().sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1));
}
