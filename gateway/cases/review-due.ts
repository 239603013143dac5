import type { Case } from '../../schemas/case.ts';
import type { IsoDate } from '../../schemas/names.ts';
import { dayOf, latestOf, plusDays } from './days.ts';

/** The group reviews each case every quarter. Source: policy reference 4.2, DAPG: review every 90 days. */
export const REVIEW_EVERY_DAYS = 90;

/**
 * The last day by which the panel has to look at the case again: 90 days after it last did. Deciding on a category is
 * looking at it. Where neither is recorded it runs from the opening. Meaningless for a closed case.
 */
export function reviewDueOn({ reviews = [], decisions = [], openedOn }: Case): IsoDate {
  const looked = latestOf([...reviews, ...decisions].map(({ at }) => dayOf(at))) ?? openedOn;
  return plusDays(looked, REVIEW_EVERY_DAYS);
}
