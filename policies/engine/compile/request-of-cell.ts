import type { FactValue } from '../dimensions.ts';
import type { CaseFact } from '../language.ts';
import { axisOf, readFactState } from './space.ts';
import type { Axis, FactAxis, Space } from './space.ts';
import type { CaseFacts, DatedFacts } from '../../../schemas/case.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import type { Purpose, RequesterGroup } from '../../../schemas/names.ts';

/** How a fact comes to be in its state: which of the requests that one cell stands for. */
export interface Telling {
  /** How old a fact is within its limits, from 0 (just past the tighter limit) to 1 (at the limit itself). */
  readonly age: number;
  /** In what way an unknown fact is unknown. One that may be absent by right is stale instead. */
  readonly unknown: 'missing' | 'undated' | 'stale' | 'of-the-future';
}

const AT_THE_LIMIT: Telling = { age: 1, unknown: 'missing' };
const DAY_MS = 86_400_000;

/**
 * A request that lies in a cell: the inverse of `cellOf`. With the values of the cell's axes, as it might have been
 * asked; `telling` chooses, for each fact, among the requests that the cell stands for.
 */
export function requestOfCell(
  space: Space,
  { purpose, group }: { readonly purpose: Purpose; readonly group: RequesterGroup },
  cell: ArrayLike<number>,
  telling: (fact: CaseFact) => Telling = () => AT_THE_LIMIT,
): PolicyRequest {
  const at = (kind: Axis['kind']) => cell[space.axes.findIndex((axis) => axis.kind === kind)] ?? 0;
  const situation = axisOf(space, 'situation')?.situations[at('situation')];
  const atMs = situation?.atMs ?? 0;
  const confidence = axisOf(space, 'confidence')?.confidences[at('confidence')];
  return {
    at: new Date(atMs).toISOString(),
    requester: { agency: 'agency', group, role: axisOf(space, 'role')?.roles[at('role')] ?? '' },
    purpose,
    facts: factsOfCell(space, cell, atMs, telling),
    canFulfil: space.axes.flatMap((axis, number) =>
      axis.kind === 'obligation' && cell[number] === 1 ? [axis.obligation] : [],
    ),
    ...(confidence !== undefined && { confidence }),
    ...(situation?.area !== undefined && { area: situation.area }),
  };
}

function factsOfCell(
  space: Space,
  cell: ArrayLike<number>,
  atMs: number,
  telling: (fact: CaseFact) => Telling,
): DatedFacts {
  const facts: CaseFacts = {};
  const asAt: DatedFacts['asAt'] = {};
  for (const [number, axis] of space.axes.entries()) {
    if (axis.kind !== 'fact') continue;
    const told = toldOf(axis, cell[number] ?? 0, telling(axis.fact));
    if (told === undefined) continue;
    Object.assign(facts, { [axis.fact]: told.value });
    if (told.ageMs !== undefined) asAt[axis.fact] = new Date(atMs - told.ageMs).toISOString();
  }
  return { facts, asAt };
}

/** The value and the age in milliseconds with which a fact is told; undefined where it is left out. */
function toldOf(
  axis: FactAxis,
  state: number,
  telling: Telling,
): { value: FactValue | undefined; ageMs?: number } | undefined {
  const read = readFactState(axis, state);
  const value = read?.value ?? axis.values.at(-1);
  if (read === undefined) {
    const oldestMs = axis.maxAgesMs.at(-1) ?? 0;
    switch (telling.unknown) {
      case 'missing':
        // What is recorded and absent is known to be absent, so it takes a record without a date to be unknown.
        return axis.whenAbsent === undefined ? undefined : { value };
      case 'undated':
        return { value };
      case 'stale':
        return Number.isFinite(oldestMs) ? { value, ageMs: oldestMs + 1 } : { value };
      case 'of-the-future':
        return { value, ageMs: -1 };
    }
  }
  const limitMs = Number.isFinite(read.maxAgeMs) ? read.maxAgeMs : DAY_MS;
  const tighterMs = Math.max(-1, ...axis.maxAgesMs.filter((each) => each < read.maxAgeMs));
  return { value, ageMs: Math.round(tighterMs + 1 + telling.age * (limitMs - tighterMs - 1)) };
}
