import type { PolicyBundle } from './bundle.ts';
import { caseFactSchema } from './language.ts';
import type { CaseFact } from './language.ts';
import type { CaseFacts, DatedFacts } from '../../schemas/case.ts';
import { MATCH_CONFIDENCES, OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { Purpose, RequesterGroup, Role } from '../../schemas/names.ts';

/**
 * All that a decision can depend on, as data: a finite list of dimensions, each with a closed list of values. Nothing
 * else enters a decision, so whoever checks every combination of these has checked every decision there is.
 */

export type FactValue = NonNullable<CaseFacts[CaseFact]>;

export interface FactDimension<V extends FactValue = FactValue> {
  /** Every value, from the one that as a rule discloses least. */
  readonly values: readonly V[];
  /**
   * What absence says. Left out for facts that a system asserts: absent then means unknown, and each rule takes what
   * discloses least. Facts that somebody has to record are absent where there is no record, and that is a value.
   */
  readonly whenAbsent?: V;
}

const approval = { values: ['not-given', 'unstated', 'given'], whenAbsent: 'unstated' } as const;
const consent = { values: ['withdrawn', 'none', 'given'], whenAbsent: 'none' } as const;

/**
 * The facts of a case. Values as in the reference matrix (`caseFacts`); the recorded ones after the two-person rule,
 * Housing Act 1996 s.213B, and Data Protection Act 2018 Sch 1 para 18 and Sch 3.
 */
export const FACT_DIMENSIONS: {
  readonly [F in CaseFact]: FactDimension<NonNullable<CaseFacts[F]>>;
} = {
  category: { values: ['none', 'closed', 'hold', 'monitor', 'contact'] },
  marac: { values: ['none', 'referred', 'listed'] },
  mappa: { values: [0, 1, 2, 3] },
  s47Open: { values: [false, true] },
  orderInForce: { values: [false, true] },
  dvds: { values: ['none', 'open', 'decided'] },
  approved: { values: [false, true] },
  emergency: { values: [false, true] },
  referralConsent: consent,
  healthConsent: consent,
  seriousHarmOpinion: { values: ['serious-harm', 'none', 'no-serious-harm'], whenAbsent: 'none' },
  ownerApproval: approval,
  caldicottApproval: approval,
  chairApproval: approval,
  secondPerson: approval,
  protectedPerson: { values: ['none', 'adult-at-risk', 'child'], whenAbsent: 'none' },
};

/** The names of all facts, in the order of the schema. */
export const CASE_FACTS: readonly CaseFact[] = caseFactSchema.options;

/**
 * One fact as a rule may read it: its value, or undefined where it is not known. Not known is a fact that is missing,
 * undated, older than `maxAgeMs`, or dated after `atMs` (a wrong clock or a forged fact).
 */
export function readFact(fact: CaseFact, dated: DatedFacts, atMs: number, maxAgeMs: number): FactValue | undefined {
  const value = dated.facts[fact];
  if (value === undefined) return FACT_DIMENSIONS[fact].whenAbsent;
  const stated = dated.asAt[fact];
  const ageMs = stated === undefined ? Number.NaN : atMs - Date.parse(stated);
  // NaN (no date, or no date at all) fails both comparisons.
  return ageMs >= 0 && ageMs <= maxAgeMs ? value : undefined;
}

/** The dimensions of a bundle. Facts are worked out per rule, since a rule may set a tighter limit of age. */
export interface Dimensions {
  readonly purposes: readonly Purpose[];
  /** Every group with every role that its staff may hold. */
  readonly roles: readonly { readonly group: RequesterGroup; readonly role: Role }[];
  readonly facts: readonly {
    readonly fact: CaseFact;
    readonly values: readonly FactValue[];
    readonly whenAbsent?: FactValue;
    /** The different limits of age that rules and claims set, ascending, in milliseconds; empty where none reads it. */
    readonly maxAgesMs: readonly number[];
  }[];
  /** From least sure. A request without one is a plan and counts as certain. */
  readonly confidences: typeof MATCH_CONFIDENCES;
  /** Kinds that a requester may have declared; each is declared or not. */
  readonly obligations: typeof OBLIGATION_KINDS;
  /**
   * Days (YYYY-MM-DD) on which the set of powers in force may be another than the day before, ascending. Between two of
   * them nothing changes; before the first and after the last neither.
   */
  readonly days: readonly string[];
  /** Areas that powers are limited to. Any other area, and none, count alike: outside all of them. */
  readonly areas: readonly string[];
}

/** The dimensions over which a bundle decides. */
export function dimensionsOf(bundle: PolicyBundle): Dimensions {
  const ages = new Map<CaseFact, Set<number>>();
  for (const { fact, maxAgeMs } of conditionsIn(bundle)) {
    ages.set(fact, (ages.get(fact) ?? new Set()).add(maxAgeMs));
  }
  return {
    purposes: [...bundle.purposes.keys()].sort(),
    roles: [...bundle.roles].flatMap(([role, { groups }]) => groups.map((group) => ({ group, role }))),
    facts: CASE_FACTS.map((fact) => ({
      fact,
      ...FACT_DIMENSIONS[fact],
      maxAgesMs: [...(ages.get(fact) ?? [])].sort((a, b) => a - b),
    })),
    confidences: MATCH_CONFIDENCES,
    obligations: OBLIGATION_KINDS,
    days: daysOfChange(bundle),
    areas: areasOf(bundle),
  };
}

function conditionsIn(bundle: PolicyBundle) {
  const rules = [...bundle.rulesFor.values()]
    .flatMap((byGroup) => [...byGroup.values()])
    .flatMap((byField) => [...byField.values()])
    .flatMap(({ grants, caps }) => [...grants, ...caps]);
  return [...new Set(rules.map(({ rule }) => rule))]
    .flatMap(({ conditions }) => conditions)
    .concat([...bundle.claims.values()].flat());
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function daysOfChange(bundle: PolicyBundle): readonly string[] {
  const days = new Set<string>();
  for (const power of bundle.powers.values()) {
    for (const { from, to } of [{ from: power.inForceFrom, to: power.inForceTo }, ...(power.areas ?? [])]) {
      if (from !== null && from !== 'not-recorded') days.add(from);
      if (to !== null) days.add(dayAfter(to));
    }
  }
  return [...days].sort();
}

function areasOf(bundle: PolicyBundle): readonly string[] {
  return [...new Set([...bundle.powers.values()].flatMap(({ areas }) => (areas ?? []).map(({ area }) => area)))].sort();
}
