import { decide, uniteObligations, type PolicyBundle } from '../../policies/engine/index.ts';
import { OBLIGATION_KINDS, type FieldDecision, type Obligations, type PolicyRequest } from '../../schemas/decision.ts';
import type { Level } from '../../schemas/level.ts';
import type { FieldId, RequesterGroup } from '../../schemas/names.ts';
import { ok } from '../../schemas/result.ts';
import { readRequest } from '../api/read-request.ts';
import { datedFactsOf, decideRequestSchema, groupOf, momentOf, type DecideRequest } from './decide-request.ts';
import type { AnswerLine, LinePlace } from './json-lines.ts';

/** `holdfast decide`: the live gateway's policy engine, asked from a file. */

export interface DecidedField {
  readonly level: Level;
  /** The kinds of value that the field is made less as, joined by `+`; null where nothing of it may be seen. */
  readonly transform: string | null;
  /** Ids of the rules that decided. */
  readonly grants: readonly string[];
  readonly caps: readonly string[];
  /** The first power in force that the deciding grant names and can rest on alone; null where nothing may be seen. */
  readonly gateway: string | null;
}

export interface DecideAnswer {
  readonly requestId: string;
  readonly policyVersion: string;
  readonly fields: Readonly<Record<string, DecidedField>>;
  /** Of everything that may be seen, united. */
  readonly obligations: readonly { readonly kind: keyof Obligations; readonly value: unknown }[];
}

const DENIED: DecidedField = { level: 'deny', transform: null, grants: [], caps: [], gateway: null };

/**
 * Decides one request. A field that is not the owner's, an agency or an owner that there is not: denied (P2). The
 * format has no place to declare obligations, so the requester is taken to fulfil all of them; and as in planning, the
 * record is taken to be the subject's. Pure.
 */
export function decideRequest(bundle: PolicyBundle, request: DecideRequest): DecideAnswer {
  const owner = groupOf(request.owner);
  const group = groupOf(request.requester.agency);
  const asked = request.fields === 'all' ? fieldsOf(bundle, owner) : [...new Set(request.fields)];
  const theirs = asked.filter((field) => owner !== undefined && bundle.fields.get(field)?.owner === owner);
  const decisions = group === undefined ? [] : decide(bundle, policyRequestOf(request, group), theirs);
  const byField = new Map(decisions.map((decision) => [decision.field, decision]));
  const wordOne = (field: FieldId) => {
    const decision = byField.get(field);
    return decision === undefined || group === undefined ? DENIED : wordField(bundle, request, group, decision);
  };
  return {
    requestId: request.requestId,
    policyVersion: bundle.version,
    fields: Object.fromEntries(asked.map((field) => [field, wordOne(field)])),
    obligations: listObligations(uniteObligations(decisions.map(({ obligations }) => obligations))),
  };
}

/** Reads and answers one line. Says of an agency or owner that no agreement knows it, since a slip denies everything. */
export function decideLine(bundle: PolicyBundle): AnswerLine {
  return (text) => {
    const read = readRequest(text, decideRequestSchema);
    if (!read.ok) return read;
    const { requester, owner } = read.value;
    const notices: LinePlace[] = [];
    if (groupOf(requester.agency) === undefined)
      notices.push({ pointer: '/requester/agency', code: 'not-in-catalogue' });
    if (groupOf(owner) === undefined) notices.push({ pointer: '/owner', code: 'not-in-catalogue' });
    return ok({ answer: decideRequest(bundle, read.value), notices });
  };
}

function fieldsOf(bundle: PolicyBundle, owner: RequesterGroup | undefined): readonly FieldId[] {
  return [...bundle.fields.values()].filter((field) => field.owner === owner).map(({ id }) => id);
}

function policyRequestOf(request: DecideRequest, group: RequesterGroup): PolicyRequest {
  const at = momentOf(request.at);
  return {
    at,
    requester: { agency: group, group, role: request.requester.role },
    purpose: request.purpose,
    facts: datedFactsOf(request, at),
    canFulfil: [...OBLIGATION_KINDS],
  };
}

function wordField(
  bundle: PolicyBundle,
  { purpose }: DecideRequest,
  group: RequesterGroup,
  decision: FieldDecision,
): DecidedField {
  const { field, level, grants, caps } = decision;
  if (level === 'deny') return { ...DENIED, grants, caps };
  const rules = bundle.rulesFor.get(purpose)?.get(group)?.get(field);
  const deciding = (rules?.grants ?? []).filter(({ rule }) => grants.includes(rule.id));
  const power = deciding
    .flatMap(({ powers }) => powers)
    .find(({ code, standsAlone }) => standsAlone && decision.powers.includes(code));
  const transform = bundle.fields.get(field)?.transform.join('+') ?? null;
  return { level, transform, grants, caps, gateway: power?.code ?? null };
}

function listObligations(united: Obligations): DecideAnswer['obligations'] {
  return OBLIGATION_KINDS.flatMap((kind) => (united[kind] === undefined ? [] : [{ kind, value: united[kind] }]));
}
