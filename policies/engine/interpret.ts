import { levelOf } from './assemble.ts';
import type { FieldRules, PairedCap, PairedGrant, PolicyBundle } from './bundle.ts';
import { truthOf } from './facts.ts';
import type { Truth } from './facts.ts';
import { uniteObligations } from './obligations.ts';
import { powersInForce } from './powers.ts';
import { refusal } from './claim.ts';
import { sentenceFor, sentenceForRefusal } from './sentence.ts';
import type { DecisionReason, FieldDecision, PolicyRequest } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';

/**
 * The reference interpreter: what a policy means. outcome = min(max(grants), min(caps)), and deny where nothing
 * grants. Kept naive on purpose: the compiled engine has to agree with it on every cell, and is checked against it
 * while it runs.
 */

/** One request with what all its fields share. */
interface Weighing {
  readonly request: PolicyRequest;
  /** Codes of the powers in force at the moment of the request. */
  readonly inForce: ReadonlySet<string>;
  readonly canFulfil: ReadonlySet<string>;
  /** How far linkage is sure enough: 4 no limit, 1 at most exists, 0 not his record at all. */
  readonly certainty: number;
  readonly truth: (rule: PairedGrant['rule']) => Truth;
}

/** How one field came out, before it is put into words. */
export interface Outcome {
  readonly level: number;
  readonly reason: DecisionReason;
  /** The grants that allow this level, the caps that hold it down; empty where they had no part. */
  readonly grants: readonly PairedGrant[];
  readonly caps: readonly PairedCap[];
}

function startWeighing(bundle: PolicyBundle, request: PolicyRequest): Weighing | undefined {
  const atMs = Date.parse(request.at);
  const inForce = powersInForce(bundle.powers, atMs, request.area);
  if (inForce === undefined) return undefined;
  const known: (Truth | undefined)[] = new Array<Truth | undefined>(bundle.ruleCount);
  const { confidence } = request;
  return {
    request,
    inForce,
    canFulfil: new Set(request.canFulfil),
    certainty: confidence === undefined || confidence === 'certain' ? 4 : confidence === 'probable' ? 1 : 0,
    truth: (rule) => (known[rule.number] ??= truthOf(rule.conditions, request.facts, atMs)),
  };
}

/** What a field's grants add up to. */
interface Granted {
  readonly matching: readonly PairedGrant[];
  readonly level: number;
  /** The most that a grant would give if a fact were known, or if the asker could fulfil what it carries. */
  readonly ifKnown: number;
  readonly ifFulfilled: number;
}

/** Whether a grant has a power to rest on that day: one in force that is not merely cited beside others. */
function hasPower(grant: PairedGrant, weighing: Weighing): boolean {
  return grant.powers.some((power) => power.standsAlone && weighing.inForce.has(power.code));
}

function weighGrants(rules: FieldRules, weighing: Weighing, openly: boolean): Granted | 'failed' {
  const matching: PairedGrant[] = [];
  let level = 0;
  let ifKnown = 0;
  let ifFulfilled = 0;
  for (const grant of rules.grants) {
    if (grant.roles?.has(weighing.request.requester.role) === false) continue;
    const truth = openly && grant.hidden ? 'yes' : weighing.truth(grant.rule);
    if (truth === 'failed') return 'failed';
    if (truth === 'no' || !hasPower(grant, weighing)) continue;
    if (truth === 'unknown') ifKnown = Math.max(ifKnown, grant.level);
    else if (!grant.asks.every((kind) => weighing.canFulfil.has(kind))) {
      ifFulfilled = Math.max(ifFulfilled, grant.level);
    } else {
      matching.push(grant);
      level = Math.max(level, grant.level);
    }
  }
  return { matching, level, ifKnown, ifFulfilled };
}

interface Capped {
  readonly level: number;
  readonly binding: readonly PairedCap[];
  /** Every binding cap binds only because a fact is missing or stale. */
  readonly onlyByDoubt: boolean;
}

function weighCaps(rules: FieldRules, weighing: Weighing, openly: boolean): Capped | 'failed' {
  let level = 4;
  let binding: PairedCap[] = [];
  let onlyByDoubt = true;
  for (const cap of rules.caps) {
    if (cap.roles?.has(weighing.request.requester.role) === false) continue;
    if (openly && cap.hidden) continue;
    const truth = weighing.truth(cap.rule);
    if (truth === 'failed') return 'failed';
    if (truth === 'no' || cap.level > level) continue;
    if (cap.level < level) {
      level = cap.level;
      binding = [];
      onlyByDoubt = true;
    }
    binding.push(cap);
    onlyByDoubt &&= truth === 'unknown';
  }
  return { level, binding, onlyByDoubt };
}

/**
 * Weighs one field. `openly` leaves out what the asker may not know: hidden caps do not bind and hidden grants apply.
 * The result then depends on nothing hidden, and so may be spoken of.
 */
function weigh(rules: FieldRules, weighing: Weighing, openly: boolean): Outcome {
  const granted = weighGrants(rules, weighing, openly);
  const capped = weighCaps(rules, weighing, openly);
  if (granted === 'failed' || capped === 'failed') return { level: 0, reason: 'rule-failed', grants: [], caps: [] };
  const ceiling = Math.min(capped.level, weighing.certainty);
  const level = Math.min(granted.level, ceiling);
  const wanted = Math.max(granted.level, granted.ifKnown, granted.ifFulfilled);
  const grants = level > 0 ? granted.matching.filter((grant) => grant.level >= level) : [];
  if (level === ceiling && wanted > ceiling) {
    const caps = capped.level === ceiling ? capped.binding : [];
    const reason = caps.length === 0 ? 'match-not-certain' : capped.onlyByDoubt ? 'fact-missing-or-stale' : 'capped';
    return { level, reason, grants, caps };
  }
  const reason =
    granted.ifFulfilled > level
      ? 'obligation-not-declared'
      : granted.ifKnown > level
        ? 'fact-missing-or-stale'
        : level > 0
          ? 'granted'
          : 'no-grant';
  return { level, reason, grants, caps: [] };
}

/** Denies fields, or `all`, for one reason: each field once, in the order asked. */
export function refuseAll(
  bundle: PolicyBundle,
  fields: readonly FieldId[] | 'all',
  reason: DecisionReason,
): readonly FieldDecision[] {
  return eachOnce(bundle, fields).map((field) => refused(field, reason));
}

const eachOnce = (bundle: PolicyBundle, fields: readonly FieldId[] | 'all'): readonly FieldId[] =>
  fields === 'all' ? [...bundle.fields.keys()] : [...new Set(fields)];

function refused(field: FieldId, reason: DecisionReason): FieldDecision {
  const because = sentenceForRefusal(reason);
  return { field, level: 'deny', reason, because, grants: [], caps: [], powers: [], obligations: {} };
}

/**
 * The reason as the asker may have it. Answers carry the code as well as the sentence, so a code that told a missing
 * fact from one that does not hold would give a hidden fact away. The log has the ids of the rules beside it.
 */
function spokenReason(outcome: Outcome, open: Outcome): DecisionReason {
  if (outcome.reason === 'rule-failed') return outcome.reason;
  return outcome.level === open.level ? open.reason : 'capped';
}

function decideField(bundle: PolicyBundle, weighing: Weighing, field: FieldId): FieldDecision {
  const { requester, purpose } = weighing.request;
  const terms = bundle.fields.get(field);
  if (terms === undefined) return refused(field, 'unknown-field');
  if (terms.owner === requester.group) return refused(field, 'own-records');
  const rules = bundle.rulesFor.get(purpose)?.get(requester.group)?.get(field);
  if (rules === undefined) return refused(field, 'no-grant');
  const outcome = weigh(rules, weighing, false);
  const open = rules.hidden ? weigh(rules, weighing, true) : outcome;
  const powers = new Set<string>();
  for (const grant of outcome.grants) {
    for (const { code } of grant.powers) if (weighing.inForce.has(code)) powers.add(code);
  }
  return {
    field,
    level: levelOf(outcome.level),
    reason: spokenReason(outcome, open),
    because: sentenceFor(outcome, open),
    grants: outcome.grants.map((grant) => grant.rule.id),
    caps: outcome.caps.map((cap) => cap.rule.id),
    powers: [...powers].sort(),
    obligations: uniteObligations(outcome.grants.map((grant) => grant.obligations)),
  };
}

/**
 * Decides fields for one request, by the letter of the rules. Takes a checked bundle, the request (the moment is in it: the engine reads no
 * clock) and the fields, or `all` for the whole catalogue; gives one decision a field, each field once, in the order
 * asked. Never throws for anything a request says: what is unknown, missing, stale or fails is denied with its reason
 * (P2). A decision's `reason` and `because` say nothing that
 * depends on a fact hidden from the asker; its rule ids do, and are for the log.
 */
export function interpret(
  bundle: PolicyBundle,
  request: PolicyRequest,
  fields: readonly FieldId[] | 'all',
): readonly FieldDecision[] {
  const reason = refusal(bundle, request);
  if (reason !== undefined) return refuseAll(bundle, fields, reason);
  const weighing = startWeighing(bundle, request);
  if (weighing === undefined) return refuseAll(bundle, fields, 'rule-failed');
  return eachOnce(bundle, fields).map((field) => decideField(bundle, weighing, field));
}
