import type { Case } from '../../../schemas/case.ts';
import type { AgencyId, CaseRef } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { CaseRegister } from '../../ports/case-register.ts';
import type { CaseKnown } from './context.ts';
import { likenessOf, type LikenessDigests } from './likeness.ts';
import type { Look } from './look.ts';

/** What the rules know of cases beside the log: whose they are, since when, until when, and digests of whom they are about. */

export interface KnownCases {
  readonly cases: ReadonlyMap<CaseRef, CaseKnown>;
  /** Cases that were looked at and could not be read: the rules about them are silent, and somebody should know. */
  readonly unread: number;
}

const AT_ONCE = 8;

/** Reads each case that was looked at once, as one of the agencies that was let in. */
export async function knownCases(
  register: Pick<CaseRegister, 'find'>,
  looks: readonly Look[],
  digests: LikenessDigests,
): Promise<Result<KnownCases, 'register-unavailable'>> {
  const wanted = new Map<CaseRef, AgencyId>();
  for (const { caseRef, agency, refused } of looks)
    if (refused === undefined && !wanted.has(caseRef)) wanted.set(caseRef, agency);
  const cases = new Map<CaseRef, CaseKnown>();
  let unread = 0;
  const all = [...wanted];
  for (let begin = 0; begin < all.length; begin += AT_ONCE) {
    const part = all.slice(begin, begin + AT_ONCE);
    const found = await Promise.all(part.map(([caseRef, agency]) => register.find(caseRef, agency)));
    for (const each of found) {
      if (each.ok) cases.set(each.value.caseRef, caseKnownOf(each.value, digests));
      else if (each.error === 'register-unavailable') return err('register-unavailable');
      else unread += 1;
    }
  }
  return ok({ cases, unread });
}

/** @param kase whole, as the register opens it; nothing of it but digests, ids and dates goes on */
export function caseKnownOf(kase: Case, digests: LikenessDigests): CaseKnown {
  const closed = kase.category === 'closed' ? kase.facts.asAt.category : undefined;
  return {
    ...likenessOf(kase.subject, digests),
    team: [...(kase.allocatedTo === undefined ? [] : [kase.allocatedTo]), ...kase.team],
    openedAt: Date.parse(`${kase.openedOn}T00:00:00Z`),
    ...(closed === undefined ? {} : { closedAt: Date.parse(closed) }),
  };
}
