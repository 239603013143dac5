import type { Forest, Root } from './forest.ts';
import { leafOf, terminalOf } from './forest.ts';

/** What can be asked of diagrams. All of one forest; nothing here knows what axes and terminals mean. */

/** One value an axis, by its number: a cell of the space. */
export type Cell = ArrayLike<number>;

/** A part of the space: the values that each axis may have, in ascending order; undefined leaves an axis free. */
export type Region = readonly (readonly number[] | undefined)[];

/** The terminal of one cell. */
export function evaluate(forest: Forest, root: Root, cell: Cell): number {
  let at = root;
  while (at >= 0) at = forest.childOf(at, cell[forest.axisOf(at)] ?? 0);
  return ~at;
}

/** Every node below a root, each once, in the order of their axes. */
function nodesOf(forest: Forest, root: Root): readonly number[] {
  const seen = new Set<number>();
  const open = root < 0 ? [] : [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const size = forest.sizes[forest.axisOf(node)] ?? 0;
    for (let value = 0; value < size; value++) {
      const child = forest.childOf(node, value);
      if (child >= 0) open.push(child);
    }
  }
  return [...seen].sort((a, b) => forest.axisOf(a) - forest.axisOf(b));
}

/** How many nodes a diagram has. */
export const nodeCountOf = (forest: Forest, root: Root): number => nodesOf(forest, root).length;

/** The values of an axis within a region. */
function* valuesWithin(forest: Forest, axis: number, region: Region): Generator<number> {
  const allowed = region[axis];
  if (allowed !== undefined) yield* allowed;
  else for (let value = 0; value < (forest.sizes[axis] ?? 0); value++) yield value;
}

/** The cells of a region over the axes from one (taken in) to another (left out). */
function cellsBetween(forest: Forest, region: Region, from: number, to: number): bigint {
  let cells = 1n;
  for (let axis = from; axis < to; axis++) cells *= BigInt(region[axis]?.length ?? forest.sizes[axis] ?? 0);
  return cells;
}

/** How many cells of a region each terminal has, exactly; terminals without a cell are left out. */
export function countCells(forest: Forest, root: Root, region: Region = []): ReadonlyMap<number, bigint> {
  const counts = new Map<number, bigint>();
  const reaching = new Map<Root, bigint>();
  const add = (to: Root, above: number, cells: bigint): void => {
    const all = cells * cellsBetween(forest, region, above + 1, forest.axisOf(to));
    if (all === 0n) return;
    const terminal = terminalOf(to);
    if (terminal === undefined) reaching.set(to, (reaching.get(to) ?? 0n) + all);
    else counts.set(terminal, (counts.get(terminal) ?? 0n) + all);
  };
  add(root, -1, 1n);
  for (const node of nodesOf(forest, root)) {
    const cells = reaching.get(node);
    if (cells === undefined) continue;
    const axis = forest.axisOf(node);
    for (const value of valuesWithin(forest, axis, region)) add(forest.childOf(node, value), axis, cells);
  }
  return counts;
}

/** The diagram once an axis has a value: what is left of the function. The axis is free in the result. */
export function restrict(forest: Forest, root: Root, axis: number, value: number): Root {
  const done = new Map<Root, Root>();
  const walk = (at: Root): Root => {
    const asked = forest.axisOf(at);
    if (asked > axis) return at;
    if (asked === axis) return forest.childOf(at, value);
    const before = done.get(at);
    if (before !== undefined) return before;
    const made = askAll(forest, asked, (one) => walk(forest.childOf(at, one)));
    done.set(at, made);
    return made;
  };
  return walk(root);
}

function askAll(forest: Forest, axis: number, childOf: (value: number) => Root): Root {
  return forest.ask(
    axis,
    Array.from({ length: forest.sizes[axis] ?? 0 }, (_each, value) => childOf(value)),
  );
}

/** The diagram with other terminals: what `to` makes of each. Ask for levels alone and it becomes small. */
export function project(forest: Forest, root: Root, to: (terminal: number) => number): Root {
  const done = new Map<Root, Root>();
  const walk = (at: Root): Root => {
    const terminal = terminalOf(at);
    if (terminal !== undefined) return leafOf(to(terminal));
    const before = done.get(at);
    if (before !== undefined) return before;
    const made = askAll(forest, forest.axisOf(at), (value) => walk(forest.childOf(at, value)));
    done.set(at, made);
    return made;
  };
  return walk(root);
}

/** The diagram whose terminal in each cell is what `combine` makes of the terminals of two diagrams there. */
export function apply(
  forest: Forest,
  first: Root,
  second: Root,
  combine: (first: number, second: number) => number,
): Root {
  const done = new Map<Root, Map<Root, Root>>();
  const walk = (one: Root, other: Root): Root => {
    const axis = Math.min(forest.axisOf(one), forest.axisOf(other));
    if (axis === forest.sizes.length) return leafOf(combine(~one, ~other));
    const ofOne = done.get(one) ?? new Map<Root, Root>();
    done.set(one, ofOne);
    const before = ofOne.get(other);
    if (before !== undefined) return before;
    const made = askAll(forest, axis, (value) =>
      walk(
        forest.axisOf(one) === axis ? forest.childOf(one, value) : one,
        forest.axisOf(other) === axis ? forest.childOf(other, value) : other,
      ),
    );
    ofOne.set(other, made);
    return made;
  };
  return walk(first, second);
}

/** Cells that a diagram treats alike: one path through it. */
export interface Box {
  readonly terminal: number;
  /** The values that each axis has here; undefined where it was not asked and the region leaves it free. */
  readonly values: Region;
  readonly cells: bigint;
}

/**
 * Every cell of a region whose terminal is wanted, box by box; boxes do not overlap. Neighbouring values that lead the
 * same way are in one box.
 */
export function* enumerate(
  forest: Forest,
  root: Root,
  wanted: (terminal: number) => boolean,
  region: Region = [],
): Generator<Box> {
  const values: (readonly number[] | undefined)[] = forest.sizes.map((_size, axis) => region[axis]);
  function* walk(at: Root): Generator<Box> {
    const terminal = terminalOf(at);
    if (terminal !== undefined) {
      if (!wanted(terminal)) return;
      const cells = cellsBetween(forest, values, 0, forest.sizes.length);
      if (cells > 0n) yield { terminal, values: [...values], cells };
      return;
    }
    const axis = forest.axisOf(at);
    const ways = new Map<Root, number[]>();
    for (const value of valuesWithin(forest, axis, region)) {
      const child = forest.childOf(at, value);
      const leading = ways.get(child);
      if (leading === undefined) ways.set(child, [value]);
      else leading.push(value);
    }
    for (const [child, leading] of ways) {
      values[axis] = leading;
      yield* walk(child);
    }
    values[axis] = region[axis];
  }
  yield* walk(root);
}

/** One cell of a region whose terminal is wanted: the first value wherever any would do. Undefined where there is none. */
export function exampleOf(
  forest: Forest,
  root: Root,
  wanted: (terminal: number) => boolean,
  region: Region = [],
): readonly number[] | undefined {
  const barren = new Set<Root>();
  const cell = forest.sizes.map((_size, axis) => region[axis]?.[0] ?? 0);
  if (region.some((values) => values?.length === 0)) return undefined;
  const walk = (at: Root): boolean => {
    const terminal = terminalOf(at);
    if (terminal !== undefined) return wanted(terminal);
    if (barren.has(at)) return false;
    const axis = forest.axisOf(at);
    const before = cell[axis] ?? 0;
    for (const value of valuesWithin(forest, axis, region)) {
      cell[axis] = value;
      if (walk(forest.childOf(at, value))) return true;
    }
    cell[axis] = before;
    barren.add(at);
    return false;
  };
  return walk(root) ? cell : undefined;
}

/**
 * For one axis, which of its values the diagrams tell apart: values with the same number lead the same way everywhere.
 * Numbers count from 0 in the order of the values; all 0 where the axis is never asked.
 */
export function distinctionsOf(forest: Forest, roots: Iterable<Root>): readonly Uint16Array[] {
  const classes = forest.sizes.map((size) => new Uint16Array(size));
  const nodes = new Set<number>();
  for (const root of new Set(roots)) for (const node of nodesOf(forest, root)) nodes.add(node);
  for (const node of nodes) {
    const axis = forest.axisOf(node);
    const numbers = new Map<string, number>();
    const before = classes[axis] ?? new Uint16Array(0);
    classes[axis] = before.map((old, value) => {
      const key = `${old}:${forest.childOf(node, value)}`;
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    });
  }
  return classes;
}
