import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { PolicyBundle } from '../../policies/engine/bundle.ts';
import { FACT_DIMENSIONS, CASE_FACTS } from '../../policies/engine/dimensions.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import type { FieldId, Purpose, RequesterGroup } from '../../schemas/names.ts';
import { CEDAR_LEVELS, cedarPolicies, dayNumber } from './cedar-policies.ts';

/** Asks Cedar (the WebAssembly build for Node) what the agreements allow. */

export interface CedarEngine {
  /** Whether a field may be seen at this level (1 exists to 4 full) or more. Throws where Cedar reports an error. */
  readonly allows: (request: PolicyRequest, field: FieldId, level: number) => boolean;
  readonly policyCount: number;
}

const HOUR_MS = 3_600_000;

/** The request as Cedar's context: each fact with its age, left out where it has no date. */
export function contextOf(request: PolicyRequest): cedar.Context {
  const atMs = Date.parse(request.at);
  const day = (ms: number) => dayNumber(new Date(ms).toISOString().slice(0, 10));
  const context: cedar.Context = {
    purpose: request.purpose,
    canFulfil: [...request.canFulfil],
    confidence: request.confidence ?? 'certain',
    firstDay: day(atMs),
    lastDay: day(atMs + HOUR_MS),
    ...(request.area !== undefined && { area: request.area }),
  };
  for (const fact of CASE_FACTS) {
    const value = request.facts.facts[fact];
    const stated = request.facts.asAt[fact];
    const { whenAbsent } = FACT_DIMENSIONS[fact];
    if (value === undefined && whenAbsent !== undefined) context[fact] = { value: whenAbsent, ageMs: 0 };
    if (value !== undefined && stated !== undefined) context[fact] = { value, ageMs: atMs - Date.parse(stated) };
  }
  return context;
}

function entitiesOf(bundle: PolicyBundle): ReadonlyMap<FieldId, cedar.EntityJson> {
  return new Map(
    [...bundle.fields.values()].map((field) => [
      field.id,
      {
        uid: { type: 'Field', id: field.id },
        attrs: { id: field.id, owner: field.owner, class: field.class },
        parents: [],
      },
    ]),
  );
}

let engines = 0;

/**
 * Cedar over a bundle, its policies parsed once: one set for each purpose and requester group, which is Cedar's quicker
 * way, or with `whole` one set for all.
 */
export function cedarOf(bundle: PolicyBundle, whole = false): CedarEngine {
  const fields = entitiesOf(bundle);
  const parsed = new Map<string, string>();
  // Cedar keeps parsed sets by name for as long as the process lives.
  const engine = ++engines;
  const setFor = (purpose: Purpose, group: RequesterGroup): string => {
    const id = whole ? `${engine}` : `${engine} ${purpose} ${group}`;
    const known = parsed.get(id);
    if (known !== undefined) return known;
    const staticPolicies = whole ? cedarPolicies(bundle) : cedarPolicies(bundle, { purpose, group });
    const answer = cedar.preparsePolicySet(id, { staticPolicies });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
    parsed.set(id, id);
    return id;
  };
  let last: { readonly request: PolicyRequest; readonly context: cedar.Context } | undefined;
  const allows = (request: PolicyRequest, field: FieldId, level: number): boolean => {
    const resource = fields.get(field);
    if (resource === undefined) return false;
    if (last?.request !== request) last = { request, context: contextOf(request) };
    const { group, role } = request.requester;
    const preparsedPolicySetId = setFor(request.purpose, group);
    const answer = cedar.statefulIsAuthorized({
      principal: { type: 'Requester', id: role },
      action: { type: 'Action', id: CEDAR_LEVELS[level - 1] ?? '' },
      resource: { type: 'Field', id: field },
      context: last.context,
      preparsedPolicySetId,
      entities: [{ uid: { type: 'Requester', id: role }, attrs: { group, role }, parents: [] }, resource],
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
    // Cedar leaves out a policy that errs, a prohibition too: here that may not pass for an answer.
    const [error] = answer.response.diagnostics.errors;
    if (error !== undefined) throw new Error(`${error.policyId}: ${error.error.message}`);
    return answer.response.decision === 'allow';
  };
  return { allows, policyCount: Object.keys(cedarPolicies(bundle)).length };
}
