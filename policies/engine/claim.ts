import type { PolicyBundle } from './bundle.ts';
import { truthOf } from './facts.ts';
import { err, ok } from '../../schemas/result.ts';
import type { Result } from '../../schemas/result.ts';
import type { DecisionReason, PolicyRequest } from '../../schemas/decision.ts';

export type ClaimRefusal = 'purpose-unknown' | 'role-may-not-claim' | 'purpose-not-supported';

/**
 * Why a request is refused before any field is looked at: its purpose or role is unknown, the role is not one of the
 * requester's group, or may not claim the purpose. Undefined where none of these holds.
 */
export function refusal(
  bundle: PolicyBundle,
  { purpose, requester }: Pick<PolicyRequest, 'purpose' | 'requester'>,
): Extract<DecisionReason, 'unknown-purpose' | 'unknown-role' | 'role-may-not-claim'> | undefined {
  const terms = bundle.purposes.get(purpose);
  if (terms === undefined) return 'unknown-purpose';
  if (bundle.roles.get(requester.role)?.groups.includes(requester.group) !== true) return 'unknown-role';
  return terms.claimants.includes(requester.role) ? undefined : 'role-may-not-claim';
}

/**
 * Whether a purpose may be claimed now: known, open to this role, and bound to a case fact that holds (P9). A fact that
 * is missing or stale does not hold. Used at admission; `decide` refuses for itself whatever admission let through.
 */
export function mayClaim(bundle: PolicyBundle, request: PolicyRequest): Result<true, ClaimRefusal> {
  const reason = refusal(bundle, request);
  if (reason === 'unknown-purpose') return err('purpose-unknown');
  if (reason !== undefined) return err('role-may-not-claim');
  const conditions = bundle.claims.get(request.purpose);
  if (conditions === undefined) return err('purpose-unknown');
  const atMs = Date.parse(request.at);
  // Without a moment no fact has an age; a purpose without conditions must not slip through on that.
  if (Number.isNaN(atMs)) return err('purpose-not-supported');
  return truthOf(conditions, request.facts, atMs) === 'yes' ? ok(true) : err('purpose-not-supported');
}
