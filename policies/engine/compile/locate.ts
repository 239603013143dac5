import type { PolicyBundle } from '../bundle.ts';
import type { DatedFacts } from '../../../schemas/case.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import { factState, inForceKey } from './space.ts';
import type { Axis, FactAxis, Space } from './space.ts';

/** Where a request lies in the space. What lies outside it is no cell's, and left to the interpreter. */

/** Where a fact stands at a moment: its number on the axis, or undefined for a value that the fact cannot have. */
export function factStateAt(axis: FactAxis, dated: DatedFacts, atMs: number): number | undefined {
  const value = dated.facts[axis.fact];
  if (value === undefined) {
    return axis.whenAbsent === undefined ? 0 : factState(axis, axis.values.indexOf(axis.whenAbsent), 0);
  }
  const index = axis.values.indexOf(value);
  if (index === -1) return undefined;
  const stated = dated.asAt[axis.fact];
  const ageMs = stated === undefined ? Number.NaN : atMs - Date.parse(stated);
  if (!(ageMs >= 0)) return 0;
  for (let age = 0; age < axis.maxAgesMs.length; age++) {
    if (ageMs <= (axis.maxAgesMs[age] ?? 0)) return factState(axis, index, age);
  }
  return 0;
}

/** The number of a request's confidence on an axis ordered from least sure; a plan counts as certain. */
export function confidenceState(confidence: PolicyRequest['confidence']): number {
  return confidence === undefined || confidence === 'certain' ? 2 : confidence === 'probable' ? 1 : 0;
}

const HOUR_MS = 3_600_000;
const HOURS_KEPT = 10_000;

/**
 * Tells which situation of a space a moment and an area are: undefined where there is no such moment. The powers in
 * force can only change on the hour, so each hour is worked out once; an area that no power names is like none.
 */
export function situationFinder(
  space: Space,
  bundle: PolicyBundle,
): (atMs: number, area: string | undefined) => number | undefined {
  const axis = space.axes.find((each) => each.kind === 'situation');
  const situations = axis?.situations ?? [];
  const byPowers = new Map<string, number>();
  situations.forEach((situation, number) => {
    const key = inForceKey(bundle, situation);
    if (!byPowers.has(key)) byPowers.set(key, number);
  });
  const areas = new Set([...bundle.powers.values()].flatMap((power) => (power.areas ?? []).map(({ area }) => area)));
  const found = new Map<string | undefined, Map<number, number>>();
  return (atMs, area) => {
    const where = area !== undefined && areas.has(area) ? area : undefined;
    const byHour = found.get(where) ?? new Map<number, number>();
    found.set(where, byHour);
    const hour = Math.floor(atMs / HOUR_MS);
    const known = byHour.get(hour);
    if (known !== undefined) return known;
    if (!(Math.abs(atMs) < 8e15)) return undefined;
    const number = byPowers.get(inForceKey(bundle, { atMs, area: where }));
    if (byHour.size >= HOURS_KEPT) byHour.clear();
    if (number !== undefined) byHour.set(hour, number);
    return number;
  };
}

/**
 * The cell of a request in the space of its purpose and group; undefined where it has none (an unknown role, a value
 * that a fact cannot have, no moment).
 */
export function cellOf(space: Space, bundle: PolicyBundle, request: PolicyRequest): readonly number[] | undefined {
  const atMs = Date.parse(request.at);
  const find = situationFinder(space, bundle);
  const cell = space.axes.map((axis) => stateOf(axis, request, atMs, find));
  return cell.every((state) => state !== undefined) ? cell : undefined;
}

function stateOf(
  axis: Axis,
  request: PolicyRequest,
  atMs: number,
  find: ReturnType<typeof situationFinder>,
): number | undefined {
  switch (axis.kind) {
    case 'role': {
      const role = axis.roles.indexOf(request.requester.role);
      return role === -1 ? undefined : role;
    }
    case 'fact':
      return factStateAt(axis, request.facts, atMs);
    case 'obligation':
      return request.canFulfil.includes(axis.obligation) ? 1 : 0;
    case 'situation':
      return find(atMs, request.area);
    case 'confidence':
      return confidenceState(request.confidence);
  }
}
