import type { FieldRules, PolicyBundle, Power } from '../bundle.ts';
import type { CompiledPolicy } from '../compile/compile-policy.ts';
import { cellOf } from '../compile/locate.ts';
import type { Root } from '../compile/forest.ts';
import type { CompiledOutcome } from '../compile/outcome.ts';
import { evaluate } from '../compile/operations.ts';
import type { Cell } from '../compile/operations.ts';
import type { Axis } from '../compile/space.ts';
import type { CaseFact } from '../language.ts';
import { levelOf } from '../assemble.ts';
import { interpret } from '../interpret.ts';
import { missesOf, missInWords } from './nearest-miss.ts';
import type { FieldDecision, Obligations, PolicyRequest } from '../../../schemas/decision.ts';
import type { Level } from '../../../schemas/level.ts';
import type { FieldId, Purpose, RequesterGroup } from '../../../schemas/names.ts';

/**
 * Why a field came out as it did, for two readers. The asker reads nothing that depends on a fact that he may not know:
 * two states that differ only in such facts and give the same outcome give him the same words, which is checked over the
 * whole space. The information-governance officer reads everything.
 */

/** A power as it is shown: with how far the law was verified. */
export interface ShownPower {
  readonly code: string;
  readonly law: string;
  readonly section: string;
  readonly mark: Power['mark'];
}

/** What would have raised the level. */
export interface NearestMiss {
  readonly level: Level;
  readonly inWords: string;
}

export interface AskerExplanation {
  readonly audience: 'asker';
  readonly field: FieldId;
  readonly level: Level;
  readonly because: string;
  readonly powers: readonly ShownPower[];
  readonly obligations: Obligations;
  /** The nearest change that the asker may know of; undefined where there is none, or where it is not for him to know. */
  readonly nearestMiss: NearestMiss | undefined;
}

export interface RuleExplained {
  readonly id: string;
  readonly level: Level;
  readonly sentence: string;
  /** The facts that it reads, with the values that satisfy it. */
  readonly when: readonly { readonly fact: CaseFact; readonly values: readonly string[] }[];
  readonly hiddenFromAsker: boolean;
}

export interface OfficerExplanation {
  readonly audience: 'ig';
  readonly field: FieldId;
  readonly level: Level;
  readonly reason: FieldDecision['reason'];
  readonly grants: readonly RuleExplained[];
  readonly caps: readonly RuleExplained[];
  readonly powers: readonly (ShownPower & {
    readonly permits: string;
    readonly check: string;
    readonly note: string;
  })[];
  readonly obligations: Obligations;
  /** Every single change that would have raised the level, the nearest first. */
  readonly misses: readonly NearestMiss[];
  /** What the asker was told, so that the officer sees both. */
  readonly asker: AskerExplanation;
}

/** One cell of one field's diagram. */
export interface Located {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly field: FieldId;
  readonly root: Root;
  readonly cell: Cell;
  readonly outcome: CompiledOutcome;
}

/** Where a request's field lies; undefined where it lies outside the space and was refused in general words. */
function locate(policy: CompiledPolicy, request: PolicyRequest, field: FieldId): Located | undefined {
  const { purpose, requester } = request;
  const cell = cellOf(policy.space, policy.bundle, request);
  const root = policy.rootsOf(purpose, requester.group)?.[policy.fields.indexOf(field)];
  if (cell === undefined || root === undefined) return undefined;
  const outcome = policy.outcomes.at(evaluate(policy.forest, root, cell));
  return { purpose, group: requester.group, field, root, cell, outcome };
}

/** Whether a group may be told of a fact under a purpose. What a group asserts of itself it always knows. */
export function mayKnow(bundle: PolicyBundle, purpose: Purpose, group: RequesterGroup): (axis: Axis) => boolean {
  const told = bundle.purposes.get(purpose)?.askerMayKnow ?? {};
  return (axis) => {
    if (axis.kind !== 'fact') return true;
    const to = told[axis.fact];
    return to === 'all' || to?.includes(group) === true;
  };
}

const rulesOf = (bundle: PolicyBundle, { purpose, group, field }: Located): FieldRules | undefined =>
  bundle.rulesFor.get(purpose)?.get(group)?.get(field);

const shown = ({ code, law, section, mark }: Power): ShownPower => ({ code, law, section, mark });

/**
 * Explains one field's decision to whoever asked. Takes a compiled policy, the request and the field; works nothing out
 * but from what that group may know under that purpose, the level and the obligations that it is given anyhow.
 */
export function explainToAsker(policy: CompiledPolicy, request: PolicyRequest, field: FieldId): AskerExplanation {
  const located = locate(policy, request, field);
  return located === undefined ? explainRefusal(policy.bundle, request, field) : explainCell(policy, located);
}

/** The same for a cell, which whoever checks the whole space asks. */
export function explainCell(policy: CompiledPolicy, located: Located): AskerExplanation {
  const { decision } = located.outcome;
  return {
    audience: 'asker',
    field: located.field,
    level: decision.level,
    because: decision.because,
    powers: openPowers(policy.bundle, located),
    obligations: decision.obligations,
    nearestMiss: openMiss(policy, located),
  };
}

function explainRefusal(bundle: PolicyBundle, request: PolicyRequest, field: FieldId): AskerExplanation {
  const [decision] = interpret(bundle, request, [field]);
  const because = decision?.because ?? '';
  return { audience: 'asker', field, level: 'deny', because, powers: [], obligations: {}, nearestMiss: undefined };
}

/**
 * The powers that the asker is told of: of grants that read nothing hidden. That his consent was given, say, must not be
 * read off a list of powers; where only hidden grants carry the level, the log has their powers.
 */
function openPowers(bundle: PolicyBundle, located: Located): readonly ShownPower[] {
  const { decision } = located.outcome;
  const grants = (rulesOf(bundle, located)?.grants ?? []).filter(
    ({ rule, hidden }) => !hidden && decision.grants.includes(rule.id),
  );
  const powers = grants.flatMap((grant) => grant.powers).filter(({ code }) => decision.powers.includes(code));
  return [...new Map(powers.map((power) => [power.code, shown(power)])).values()].sort((a, b) =>
    a.code < b.code ? -1 : 1,
  );
}

/** The nearest miss as far as the asker may know: nothing where something hidden holds the level down. */
function openMiss(policy: CompiledPolicy, { purpose, group, cell, root, outcome }: Located): NearestMiss | undefined {
  if (outcome.level !== outcome.open.level) return undefined;
  const known = mayKnow(policy.bundle, purpose, group);
  const allowed = (axis: Axis) => axis.kind !== 'role' && known(axis);
  const [miss] = missesOf(policy, root, cell, ({ open }) => open.level, allowed);
  if (miss === undefined) return undefined;
  return { level: levelOf(miss.level), inWords: `More might be shown if: ${missInWords(policy, miss)}.` };
}

/** Explains one field's decision to an information-governance officer: all of it. */
export function explainToOfficer(policy: CompiledPolicy, request: PolicyRequest, field: FieldId): OfficerExplanation {
  const asker = explainToAsker(policy, request, field);
  const located = locate(policy, request, field);
  const common = { audience: 'ig', field, level: asker.level, asker } as const;
  if (located === undefined) {
    const reason = interpret(policy.bundle, request, [field])[0]?.reason ?? 'rule-failed';
    return { ...common, reason, grants: [], caps: [], powers: [], obligations: {}, misses: [] };
  }
  const { decision, reason } = located.outcome;
  const rules = rulesOf(policy.bundle, located);
  const misses = missesOf(
    policy,
    located.root,
    located.cell,
    ({ level }) => level,
    () => true,
  );
  return {
    ...common,
    reason,
    grants: rulesExplained(rules?.grants ?? [], decision.grants),
    caps: rulesExplained(rules?.caps ?? [], decision.caps),
    powers: decision.powers.flatMap((code) => powerInFull(policy.bundle, code)),
    obligations: decision.obligations,
    misses: misses.map((miss) => ({ level: levelOf(miss.level), inWords: missInWords(policy, miss) })),
  };
}

function rulesExplained(
  rules: readonly (FieldRules['grants'][number] | FieldRules['caps'][number])[],
  ids: readonly string[],
): readonly RuleExplained[] {
  return rules
    .filter(({ rule }) => ids.includes(rule.id))
    .map(({ rule, level, hidden }) => ({
      id: rule.id,
      level: levelOf(level),
      sentence: rule.sentence,
      when: rule.conditions.map(({ fact, values }) => ({ fact, values: values.map(String) })),
      hiddenFromAsker: hidden,
    }));
}

function powerInFull(bundle: PolicyBundle, code: string): OfficerExplanation['powers'] {
  const power = bundle.powers.get(code);
  if (power === undefined) return [];
  const { permits, check, markNote } = power;
  return [{ ...shown({ code, ...power }), permits, check, note: markNote ?? '' }];
}
