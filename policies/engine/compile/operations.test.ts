import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Forest, leafOf } from './forest.ts';
import type { Root } from './forest.ts';
import {
  apply,
  countCells,
  distinctionsOf,
  enumerate,
  evaluate,
  exampleOf,
  nodeCountOf,
  project,
  restrict,
} from './operations.ts';
import type { Region } from './operations.ts';

/** Diagrams of small functions that were written out cell by cell, so that each operation can be done by hand. */

const SIZES = [3, 2, 4, 2];
const TERMINALS = 3;
const COUNT = SIZES.reduce((product, size) => product * size, 1);

const cells: readonly (readonly number[])[] = SIZES.reduce<readonly (readonly number[])[]>(
  (all, size) => all.flatMap((cell) => Array.from({ length: size }, (_each, value) => [...cell, value])),
  [[]],
);

/** A function as the list of its terminals in the order of `cells`. Few different parts, so that there is sharing. */
const functions = fc
  .array(fc.integer({ min: 0, max: TERMINALS - 1 }), { minLength: 8, maxLength: 8 })
  .chain((block) =>
    fc.array(fc.constantFrom(block, [...block].reverse()), { minLength: COUNT / 8, maxLength: COUNT / 8 }),
  )
  .map((blocks) => blocks.flat());

const regions: fc.Arbitrary<Region> = fc.tuple(
  ...SIZES.map((size) =>
    fc.option(fc.subarray(Array.from({ length: size }, (_each, value) => value)), { nil: undefined }),
  ),
);

function diagramOf(forest: Forest, terminals: readonly number[], axis = 0): Root {
  const size = SIZES[axis];
  if (size === undefined) return leafOf(terminals[0] ?? 0);
  const part = terminals.length / size;
  const children = Array.from({ length: size }, (_each, value) =>
    diagramOf(forest, terminals.slice(value * part, (value + 1) * part), axis + 1),
  );
  return forest.ask(axis, children);
}

const within = (region: Region, cell: readonly number[]) =>
  cell.every((value, axis) => region[axis]?.includes(value) !== false);
const settings = { seed: 1986, numRuns: 150 };

describe('decision diagrams', () => {
  it('give in each cell what the function gives, and are one number exactly where functions are equal', () => {
    fc.assert(
      fc.property(functions, functions, (first, second) => {
        const forest = new Forest(SIZES);
        const roots = [diagramOf(forest, first), diagramOf(forest, second)] as const;
        expect(cells.map((cell) => evaluate(forest, roots[0], cell))).toEqual(first);
        expect(roots[0] === roots[1]).toBe(first.join() === second.join());
      }),
      settings,
    );
  });

  it('have no node whose answers are all the same, and grow as they must', () => {
    const forest = new Forest([2, 5000]);
    expect(forest.ask(1, new Array<number>(5000).fill(leafOf(7)))).toBe(leafOf(7));
    const nodes = Array.from({ length: 3000 }, (_each, nth) => forest.ask(0, [leafOf(nth), leafOf(nth + 1)]));
    expect(new Set(nodes).size).toBe(3000);
    expect(forest.nodeCount).toBe(3000);
    for (const [nth, node] of nodes.entries()) {
      expect(forest.ask(0, [leafOf(nth), leafOf(nth + 1)])).toBe(node);
    }
    expect(forest.nodeCount).toBe(3000);
  });

  it('count, enumerate and exemplify the cells of any region exactly', () => {
    fc.assert(
      fc.property(functions, regions, (terminals, region) => {
        const forest = new Forest(SIZES);
        const root = diagramOf(forest, terminals);
        const counts = countCells(forest, root, region);
        for (let terminal = 0; terminal < TERMINALS; terminal++) {
          const wanted = cells.filter((cell, nth) => within(region, cell) && terminals[nth] === terminal);
          expect(counts.get(terminal) ?? 0n).toBe(BigInt(wanted.length));
          const boxes = [...enumerate(forest, root, (each) => each === terminal, region)];
          const found = boxes.map(({ values }) => cells.filter((cell) => within(values, cell)));
          expect(found.flat().map(String).sort()).toEqual(wanted.map(String).sort());
          expect(boxes.reduce((sum, box) => sum + box.cells, 0n)).toBe(BigInt(wanted.length));
          const example = exampleOf(forest, root, (each) => each === terminal, region);
          expect(example === undefined).toBe(wanted.length === 0);
          if (example !== undefined) expect(wanted.map(String)).toContain(String(example));
        }
      }),
      settings,
    );
  });

  it('combine, restrict and project as the functions do, cell by cell', () => {
    const combine = (one: number, other: number) => one * TERMINALS + other;
    fc.assert(
      fc.property(functions, functions, fc.nat(SIZES.length - 1), (first, second, axis) => {
        const forest = new Forest(SIZES);
        const roots = [diagramOf(forest, first), diagramOf(forest, second)] as const;
        const both = apply(forest, roots[0], roots[1], combine);
        const half = project(forest, roots[0], (terminal) => Math.min(terminal, 1));
        const last = restrict(forest, roots[0], axis, (SIZES[axis] ?? 1) - 1);
        for (const [nth, cell] of cells.entries()) {
          expect(evaluate(forest, both, cell)).toBe(combine(first[nth] ?? 0, second[nth] ?? 0));
          expect(evaluate(forest, half, cell)).toBe(Math.min(first[nth] ?? 0, 1));
          const moved = cell.map((value, place) => (place === axis ? (SIZES[axis] ?? 1) - 1 : value));
          expect(evaluate(forest, last, cell)).toBe(evaluate(forest, roots[0], moved));
        }
      }),
      settings,
    );
  });

  it('tell apart exactly the values of an axis that can change an answer', () => {
    fc.assert(
      fc.property(functions, functions, (first, second) => {
        const forest = new Forest(SIZES);
        const both = [first, second];
        const classes = distinctionsOf(
          forest,
          both.map((each) => diagramOf(forest, each)),
        );
        for (const [axis, size] of SIZES.entries()) {
          const answers = Array.from({ length: size }, (_each, value) =>
            JSON.stringify(both.map((each) => each.filter((_terminal, nth) => cells[nth]?.[axis] === value))),
          );
          expect(new Set(classes[axis]).size).toBe(new Set(answers).size);
          for (let value = 0; value < size; value++) {
            for (let other = 0; other < value; other++) {
              expect(classes[axis]?.[value] === classes[axis]?.[other]).toBe(answers[value] === answers[other]);
            }
          }
        }
      }),
      settings,
    );
  });

  it('counts past what a floating-point number holds exactly', () => {
    const sizes = new Array<number>(40).fill(3);
    const forest = new Forest(sizes);
    const root = forest.ask(39, [leafOf(0), leafOf(1), leafOf(0)]);
    expect(countCells(forest, root)).toEqual(
      new Map([
        [0, 2n * 3n ** 39n],
        [1, 3n ** 39n],
      ]),
    );
    expect(nodeCountOf(forest, root)).toBe(1);
  });
});
