import type { CompiledPolicy } from '../compile/compile-policy.ts';
import type { Root } from '../compile/forest.ts';
import { evaluate } from '../compile/operations.ts';
import type { Cell } from '../compile/operations.ts';
import type { Axis } from '../compile/space.ts';
import type { CompiledOutcome } from '../compile/outcome.ts';
import type { LevelNumber } from '../../../schemas/level.ts';
import { axesAsked, axisInWords } from './state-in-words.ts';

/** One dimension that, had it another value and all else the same, would have raised the level. */
export interface Miss {
  readonly axis: number;
  readonly value: number;
  readonly level: LevelNumber;
}

/** First what a worker can put right soonest: the case, then the own system, then how sure the match is, then the day. */
const ORDER: readonly Axis['kind'][] = ['fact', 'obligation', 'confidence', 'situation', 'role'];

/**
 * Every single change that would raise the level of a cell, the nearest first. `levelOf` says which level counts (the
 * true one, or the one with everything hidden left out), `allowed` which axes may be changed.
 */
export function missesOf(
  policy: Pick<CompiledPolicy, 'forest' | 'outcomes' | 'space'>,
  root: Root,
  cell: Cell,
  levelOf: (outcome: CompiledOutcome) => LevelNumber,
  allowed: (axis: Axis) => boolean,
): readonly Miss[] {
  const { forest, outcomes, space } = policy;
  const levelAt = (of: Cell) => levelOf(outcomes.at(evaluate(forest, root, of)));
  const now = levelAt(cell);
  const changed = Array.from(cell);
  // An axis that is not asked on the way to the outcome cannot change it.
  const asked = new Set(axesAsked(forest, root, cell));
  const misses = space.axes.flatMap((axis, number): Miss[] => {
    if (!asked.has(number) || !allowed(axis)) return [];
    const held = cell[number] ?? 0;
    const found = Array.from({ length: axis.size }, (_each, value): Miss => {
      changed[number] = value;
      return { axis: number, value, level: levelAt(changed) };
    });
    changed[number] = held;
    return found.filter(({ level }) => level > now);
  });
  const place = ({ axis }: Miss) => ORDER.indexOf(space.axes[axis]?.kind ?? 'role');
  return misses.sort((a, b) => place(a) - place(b) || b.level - a.level || a.axis - b.axis || a.value - b.value);
}

/** What would have to be so, in words. */
export function missInWords({ space }: Pick<CompiledPolicy, 'space'>, { axis, value }: Miss): string {
  const changed = space.axes[axis];
  return changed === undefined ? '' : axisInWords(changed, value);
}
