import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { Admitted } from './question.ts';
import type { Decide } from './shadow.ts';

/** The decisions on records that are surely his; a record that only may be his is shown by its evidence alone. */
export function decideOnRecords(
  decide: Decide,
  bundle: PolicyBundle,
  admitted: Admitted,
): ReadonlyMap<FieldId, FieldDecision> {
  const request = { ...admitted.policyRequest, confidence: 'certain' as const };
  return new Map(decide(bundle, request, admitted.asked.wanted).map((decision) => [decision.field, decision]));
}
