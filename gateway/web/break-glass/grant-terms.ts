import type { PolicyBundle } from '../../../policies/engine/index.ts';
import type { BreakGlass } from '../../../schemas/break-glass.ts';
import { openBy, openOn } from '../../cases/break-glass.ts';
import { mayChange } from '../../cases/may-change.ts';
import { EMERGENCY_PURPOSE } from '../../disclosure/question.ts';
import { dueAfter } from '../../review/states/transitions.ts';
import type { OnCase } from '../cases/case-page.ts';
import type { PageDeps } from '../page-deps.ts';

/** What break-glass is on one case, for one person, at this moment. */

/** How long a declaration may stand, in hours: what the agreement says, and no longer than policy takes the fact for fresh. */
export function longestHours({ agreements, factLimits }: Pick<PolicyBundle, 'agreements' | 'factLimits'>): number {
  const agreed = agreements.get(EMERGENCY_PURPOSE)?.obligations.expiresAfterHours ?? 0;
  return Math.min(agreed, factLimits.emergency.staleAfterHours);
}

/** Whether this person may break the glass on this case: hers to do, and a role that the agreement names. */
export function mayBreakGlass({ disclosure }: PageDeps, { kase, actor }: Pick<OnCase, 'kase' | 'actor'>): boolean {
  const { bundle } = disclosure;
  const claimants = bundle.purposes.get(EMERGENCY_PURPOSE)?.claimants ?? [];
  return mayChange(kase, actor, 'open-break-glass') && claimants.includes(actor.role) && longestHours(bundle) > 0;
}

/** Her own, where it is open now. */
export const ownGrant = (deps: PageDeps, { kase, actor }: Pick<OnCase, 'kase' | 'actor'>): BreakGlass | undefined =>
  openBy(kase, actor, deps.now().toISOString());

/** What the badge on every page of the case says, one line for each that is open. */
export const glassLines = (
  deps: Pick<PageDeps, 'now' | 'nameOfAgency'>,
  { kase }: Pick<OnCase, 'kase'>,
): readonly { readonly until: string; readonly by: string }[] =>
  openOn(kase, deps.now().toISOString()).map(({ expiresAt, by }) => ({
    until: expiresAt,
    by: `${by.staffId}, ${deps.nameOfAgency(by.agency)}`,
  }));

/** Until when the review of something opened at a moment is due. */
export const reviewDue = (openedAt: string): string =>
  dueAfter('break-glass', 'open', new Date(openedAt)).toISOString();
