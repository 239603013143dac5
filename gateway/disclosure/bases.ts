import { basisFor, type PolicyBundle } from '../../policies/engine/index.ts';
import type { LawfulBasis } from '../../schemas/entry-parts.ts';
import type { AgencyId } from '../../schemas/names.ts';
import type { GuardedSource } from './ask.ts';
import type { Admitted } from './question.ts';

/** On what each source rests its part of the disclosure, as the agreement states it: for the log, never for the answer. */
export function discloserBases(
  bundle: PolicyBundle,
  sources: readonly GuardedSource[],
  { asked, caller, policyRequest }: Pick<Admitted, 'asked' | 'caller' | 'policyRequest'>,
): ReadonlyMap<AgencyId, LawfulBasis> {
  const bases = new Map<AgencyId, LawfulBasis>();
  for (const { source } of sources) {
    const owner = source.takes.flatMap((field) => bundle.fields.get(field)?.owner ?? [])[0];
    if (owner === undefined) continue;
    const { facts } = policyRequest.facts;
    const sharing = { purpose: asked.purpose, owner, requester: caller.agency.group, facts };
    const stated = basisFor(bundle, 'discloser', sharing);
    if (stated !== undefined) bases.set(source.agency, stated.basis);
  }
  return bases;
}
