import type { PolicyBundle } from '../bundle.ts';
import { dimensionsOf } from '../dimensions.ts';
import type { Dimensions, FactValue } from '../dimensions.ts';
import type { CaseFact } from '../language.ts';
import { powersInForce } from '../powers.ts';
import type { MatchConfidence } from '../../../schemas/decision.ts';
import { MATCH_CONFIDENCES, OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import type { Role } from '../../../schemas/names.ts';

/**
 * The finite space in which a decision on one field, for one purpose and one requester group, is made: one axis for
 * everything else that it can depend on. Every cell of it is a request, and every request that the schemas admit is in
 * one of its cells.
 */

type ObligationKind = (typeof OBLIGATION_KINDS)[number];

/** When and where a question is asked, as far as it matters to the powers: a moment (milliseconds) and an area. */
export interface Situation {
  readonly atMs: number;
  readonly area: string | undefined;
}

/**
 * A fact as rules may read it. Value 0 is "not known"; then come the values of the fact, each once for every limit of
 * age that rules set, youngest first: a value that is too old for one rule may do for another.
 */
export interface FactAxis {
  readonly kind: 'fact';
  readonly fact: CaseFact;
  readonly values: readonly FactValue[];
  readonly whenAbsent: FactValue | undefined;
  /** Ascending, in milliseconds, at least one. */
  readonly maxAgesMs: readonly number[];
  readonly size: number;
}

export type Axis =
  | FactAxis
  | { readonly kind: 'role'; readonly roles: readonly Role[]; readonly size: number }
  /** Value 0: not declared; 1: declared. */
  | { readonly kind: 'obligation'; readonly obligation: ObligationKind; readonly size: 2 }
  | { readonly kind: 'situation'; readonly situations: readonly Situation[]; readonly size: number }
  | { readonly kind: 'confidence'; readonly confidences: readonly MatchConfidence[]; readonly size: number };

export interface Space {
  /** In the order in which diagrams ask them: role, facts, obligations, situation, confidence. */
  readonly axes: readonly Axis[];
  readonly sizes: readonly number[];
}

/** The one axis of a kind of which there is only one. */
export function axisOf<K extends 'role' | 'situation' | 'confidence'>(
  space: Space,
  kind: K,
): Extract<Axis, { readonly kind: K }> | undefined {
  return space.axes.find((axis): axis is Extract<Axis, { readonly kind: K }> => axis.kind === kind);
}

/** The number of a fact's value on its axis, for a fact as old as the `age`th limit allows (0: the youngest). */
export const factState = (axis: FactAxis, value: number, age: number): number =>
  1 + value * axis.maxAgesMs.length + age;

/** What a number on a fact's axis says: undefined for "not known". */
export function readFactState(
  axis: FactAxis,
  state: number,
): { readonly value: FactValue; readonly maxAgeMs: number } | undefined {
  if (state === 0) return undefined;
  const value = axis.values[Math.floor((state - 1) / axis.maxAgesMs.length)];
  const maxAgeMs = axis.maxAgesMs[(state - 1) % axis.maxAgesMs.length];
  return value === undefined || maxAgeMs === undefined ? undefined : { value, maxAgeMs };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * A moment of every stretch between days of change, and of the hour before each, when it may be either day. All days
 * of change taken together, and with every area, so that bundles can share a space.
 */
function situationsOf(bundles: readonly PolicyBundle[], all: readonly Dimensions[]): readonly Situation[] {
  const days = [...new Set(all.flatMap((dimensions) => dimensions.days))].sort().map((day) => Date.parse(day));
  const [first] = days;
  const moments = [(first ?? 0) - DAY_MS / 2, ...days.flatMap((day) => [day - HOUR_MS / 2, day + DAY_MS / 2])];
  const areas = [undefined, ...new Set(all.flatMap((dimensions) => dimensions.areas))];
  const distinct = new Map<string, Situation>();
  for (const atMs of moments) {
    for (const area of areas) {
      const key = bundles.map((bundle) => inForceKey(bundle, { atMs, area })).join(';');
      if (!distinct.has(key)) distinct.set(key, { atMs, area });
    }
  }
  return [...distinct.values()];
}

/** The powers in force in a situation, as one text. */
export function inForceKey(bundle: PolicyBundle, { atMs, area }: Situation): string {
  return [...(powersInForce(bundle.powers, atMs, area) ?? [])].sort().join(',');
}

function factAxes(all: readonly Dimensions[]): readonly FactAxis[] {
  const [first] = all;
  return (first?.facts ?? []).map(({ fact, values, whenAbsent }) => {
    const limits = all.flatMap(({ facts }) => facts.find((each) => each.fact === fact)?.maxAgesMs ?? []);
    // One that no rule reads has no limit of age; it is still a fact that a request may carry.
    const maxAgesMs = limits.length === 0 ? [Infinity] : [...new Set(limits)].sort((a, b) => a - b);
    return { kind: 'fact', fact, values, whenAbsent, maxAgesMs, size: 1 + values.length * maxAgesMs.length };
  });
}

/** The space of one bundle, or one that several bundles share, so that their diagrams can be compared. */
export function spaceOf(bundles: readonly PolicyBundle[]): Space {
  const all = bundles.map(dimensionsOf);
  const roles = [...new Set(all.flatMap((dimensions) => dimensions.roles.map(({ role }) => role)))].sort();
  const situations = situationsOf(bundles, all);
  const axes: readonly Axis[] = [
    { kind: 'role', roles, size: roles.length },
    ...factAxes(all),
    ...OBLIGATION_KINDS.map((obligation) => ({ kind: 'obligation', obligation, size: 2 }) as const),
    { kind: 'situation', situations, size: situations.length },
    { kind: 'confidence', confidences: MATCH_CONFIDENCES, size: MATCH_CONFIDENCES.length },
  ];
  return { axes, sizes: axes.map(({ size }) => size) };
}
