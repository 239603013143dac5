import type { Category } from '../../schemas/case.ts';

/**
 * Which category may follow which. Source: policy reference 4 (Greenwich evaluation 2023, section 1.5): monitor, nobody
 * contacts him; contact, a worker works with him; hold, decided case by case and decided again, for example on release.
 * A closed case opens by a new referral and by nothing else.
 */
const MAY_FOLLOW: Readonly<Record<Category, readonly Category[]>> = {
  none: ['monitor', 'contact', 'hold'],
  monitor: ['contact', 'hold', 'closed'],
  contact: ['monitor', 'hold', 'closed'],
  hold: ['monitor', 'contact', 'closed'],
  closed: [],
};

export function mayFollow(from: Category, to: Category): boolean {
  return MAY_FOLLOW[from].includes(to);
}
