import type { FieldRules, PolicyBundle } from '../../policies/engine/bundle.ts';
import { requestOfCell } from '../../policies/engine/compile/request-of-cell.ts';
import type { Telling } from '../../policies/engine/compile/request-of-cell.ts';
import { differingFields } from '../../policies/engine/compile/same-decisions.ts';
import type { Axis, Space } from '../../policies/engine/compile/space.ts';
import type { FieldDecision, PolicyRequest } from '../../schemas/decision.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import type { FieldId, Purpose, RequesterGroup } from '../../schemas/names.ts';
import type { Random } from '../population/random.ts';

/**
 * The space of a bundle taken apart, so that every cell of it can be looked at. A field's decision depends on no fact
 * that none of its rules read, so fields are looked at over the axes that their rules name, every other axis at one
 * value. What rules name is read off the rules themselves, not off anything compiled. That the rest does not matter is
 * what random cells over all axes are for.
 */
export interface Part {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  /** One field for each different list of rules that reads these axes. */
  readonly fields: readonly FieldId[];
  /** The values looked at, an axis. */
  readonly values: readonly (readonly number[])[];
  /** Decisions in it: cells times fields. */
  readonly decisions: number;
}

export type Decide = (
  bundle: PolicyBundle,
  request: PolicyRequest,
  fields: readonly FieldId[] | 'all',
) => readonly FieldDecision[];

const upTo = (size: number): readonly number[] => Array.from({ length: size }, (_each, value) => value);

function axisMatters(axis: Axis, { grants, caps }: FieldRules): boolean {
  switch (axis.kind) {
    case 'fact':
      return [...grants, ...caps].some(({ rule }) => rule.conditions.some(({ fact }) => fact === axis.fact));
    case 'obligation':
      return grants.some(({ asks }) => asks.includes(axis.obligation));
    case 'role':
    case 'situation':
    case 'confidence':
      return true;
  }
}

/** The roles that a group's staff may hold, and the first that they may not. */
function rolesWorthAsking(bundle: PolicyBundle, axis: Axis, group: RequesterGroup): readonly number[] {
  if (axis.kind !== 'role') return upTo(axis.size);
  const own = upTo(axis.size).filter((role) =>
    bundle.roles.get(axis.roles[role] ?? '')?.groups.some((each) => each === group),
  );
  const alien = upTo(axis.size).find((role) => !own.includes(role));
  return alien === undefined ? own : [...own, alien];
}

/** What of a field's rules can bear on a decision. */
const bearingOn = ({ grants, caps }: FieldRules) => [
  grants.map(({ rule, powers, obligations }) => [rule.number, powers.map(({ code }) => code), obligations]),
  caps.map(({ rule }) => rule.number),
];

/** The parts of a bundle's space that together are all of it. */
export function partsOf(bundle: PolicyBundle, space: Space): readonly Part[] {
  const parts = new Map<string, Part>();
  const seen = new Set<string>();
  for (const [purpose, byGroup] of bundle.rulesFor) {
    for (const group of REQUESTER_GROUPS) {
      for (const [field, rules] of byGroup.get(group) ?? []) {
        const matters = space.axes.map((axis) => axisMatters(axis, rules));
        const rulesKey = JSON.stringify([purpose, group, bundle.fields.get(field)?.owner === group, bearingOn(rules)]);
        if (seen.has(rulesKey)) continue;
        seen.add(rulesKey);
        const key = `${purpose} ${group} ${matters.join()}`;
        const fields = [...(parts.get(key)?.fields ?? []), field];
        const values = space.axes.map((axis, number) =>
          matters[number] === true ? rolesWorthAsking(bundle, axis, group) : [axis.size - 1],
        );
        const decisions = values.reduce((product, each) => product * each.length, fields.length);
        parts.set(key, { purpose, group, fields, values, decisions });
      }
    }
  }
  return [...parts.values()];
}

/** Every cell of a part. The same array each time, written over. */
export function* cellsOf({ values }: Part): Generator<readonly number[]> {
  const places = values.map(() => 0);
  const cell = values.map((each) => each[0] ?? 0);
  for (;;) {
    yield cell;
    let axis = values.length - 1;
    for (; axis >= 0; axis--) {
      const place = ((places[axis] ?? 0) + 1) % (values[axis]?.length ?? 1);
      places[axis] = place;
      cell[axis] = values[axis]?.[place] ?? 0;
      if (place !== 0) break;
    }
    if (axis < 0) return;
  }
}

/** A cell of the whole space or of a part of it. */
export const randomCell = (random: Random, values: readonly (readonly number[])[]): readonly number[] =>
  values.map((each) => random.pick(each));

/**
 * Some purpose, some group and some cell of the whole space. Nine times in ten the role is one that may claim the
 * purpose, where there is one: any other is refused before a rule is read.
 */
export function anywhere(
  random: Random,
  bundle: PolicyBundle,
  space: Space,
  purpose: Purpose = random.pick([...bundle.purposes.keys()]),
): { readonly purpose: Purpose; readonly group: RequesterGroup; readonly cell: readonly number[] } {
  const group = random.pick(REQUESTER_GROUPS);
  const claimants = (bundle.purposes.get(purpose)?.claimants ?? []).filter((role) =>
    bundle.roles.get(role)?.groups.includes(group),
  );
  const values = space.axes.map((axis) => {
    if (axis.kind !== 'role' || claimants.length === 0 || random.chance(0.1)) return upTo(axis.size);
    return [axis.roles.indexOf(random.pick(claimants))];
  });
  return { purpose, group, cell: randomCell(random, values) };
}

const UNKNOWN = ['missing', 'undated', 'stale', 'of-the-future'] as const;

/** Some way in which a fact comes to be in its state, the edges of its limits of age more often than between. */
export const randomTelling = (random: Random) => (): Telling => ({
  age: random.chance(0.4) ? 1 : random.chance(0.5) ? 0 : random.fraction(),
  unknown: random.pick(UNKNOWN),
});

/** What two engines say differently of one cell: in words that find it again, or undefined. */
export function differenceIn(
  [first, second]: readonly [Decide, Decide],
  bundle: PolicyBundle,
  request: PolicyRequest,
  fields: readonly FieldId[] | 'all',
): string | undefined {
  const differing = differingFields(first(bundle, request, fields), second(bundle, request, fields));
  return differing.length === 0 ? undefined : `${differing.join(', ')} in ${JSON.stringify(request)}`;
}

/** The request of a part's cell. */
export const requestIn = (
  space: Space,
  part: Pick<Part, 'purpose' | 'group'>,
  cell: readonly number[],
  telling?: () => Telling,
): PolicyRequest => requestOfCell(space, part, cell, telling);
