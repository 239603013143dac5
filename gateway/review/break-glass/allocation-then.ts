import type { Case } from '../../../schemas/case.ts';
import type { AgencyId, IsoInstant } from '../../../schemas/names.ts';

/** What tied a member of staff to a case at a moment: what an officer looks up first when glass was broken. */

/**
 * - `allocated`, `not-allocated`: the register has who had the case then.
 * - `allocated-now`: it is hers, and the register does not have since when.
 * - `not-recorded`: who had it then is not in the register.
 */
export type AllocatedThen = 'allocated' | 'not-allocated' | 'allocated-now' | 'not-recorded';

export interface TieThen {
  readonly allocated: AllocatedThen;
  /** On its team, or its worker, as the register has it now; it does not keep who was on a team before. */
  readonly onTeamNow: boolean;
}

/** The tie of somebody of the lead agency. Staff ids are an agency's own, so of another agency's staff nothing is said. */
export function tieThen(
  kase: Pick<Case, 'allocatedTo' | 'allocations' | 'team'>,
  { agency, staffId }: { readonly agency: AgencyId; readonly staffId: string },
  at: IsoInstant,
): TieThen {
  const { allocatedTo, allocations = [], team } = kase;
  const own = allocations.filter(({ by }) => by.agency === agency);
  const then = own.findLast((each) => each.at <= at);
  const onTeamNow = allocatedTo === staffId || team.includes(staffId);
  if (then !== undefined) return { allocated: then.to === staffId ? 'allocated' : 'not-allocated', onTeamNow };
  if (own.length > 0) return { allocated: 'not-recorded', onTeamNow };
  if (allocatedTo === undefined) return { allocated: 'not-allocated', onTeamNow };
  return { allocated: allocatedTo === staffId ? 'allocated-now' : 'not-recorded', onTeamNow };
}
