import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { Admitted } from './question.ts';
import type { Decide } from './shadow.ts';

/**
 * The decisions on records that are surely his; a record that only may be his is shown by its evidence alone.
 *
 * @param planned what could be released when the agencies were asked. A field denied then stays so, whatever the case
 *   allows by now: nobody was asked for it, and it must not look as if nothing were held (P7).
 */
export function decideOnRecords(
  decide: Decide,
  bundle: PolicyBundle,
  admitted: Admitted,
  planned: ReadonlyMap<FieldId, FieldDecision>,
): ReadonlyMap<FieldId, FieldDecision> {
  const request = { ...admitted.policyRequest, confidence: 'certain' as const };
  return new Map(
    decide(bundle, request, admitted.asked.wanted).map((decision) => {
      const before = planned.get(decision.field);
      return [decision.field, before?.level === 'deny' ? before : decision];
    }),
  );
}
