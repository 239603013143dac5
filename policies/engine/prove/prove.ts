import type { CompiledPolicy } from '../compile/compile-policy.ts';
import { evaluate, exampleOf, countCells } from '../compile/operations.ts';
import type { Cell, Region } from '../compile/operations.ts';
import type { Root } from '../compile/forest.ts';
import { requestOfCell } from '../compile/request-of-cell.ts';
import { axisOf } from '../compile/space.ts';
import { cellInWords, groupInWords, levelInWords } from '../explain/state-in-words.ts';
import { levelOf } from '../assemble.ts';
import { BROKEN, brokenIn } from './bounds.ts';
import { purposesOf, regionsOf, speaksOf } from './regions.ts';
import type { Statement } from './statement.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import type { Level } from '../../../schemas/level.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import type { FieldId, Purpose, RequesterGroup } from '../../../schemas/names.ts';

/**
 * Whether statements hold in every cell. A cell is one combination of everything a decision can depend on: what was
 * not looked at does not exist. What is proved is about the rules. Whether facts are true it cannot say.
 */

/** A request that breaks a statement, and what comes out. */
export interface Counterexample {
  readonly request: PolicyRequest;
  readonly field: FieldId;
  readonly level: Level;
  /** One sentence. */
  readonly inWords: string;
}

export interface Proof {
  readonly statement: Statement;
  /** Never true of a statement that speaks of no cell at all. */
  readonly holds: boolean;
  /** Cells that the statement speaks of, and those in which it is broken. Exact. */
  readonly cells: bigint;
  readonly broken: bigint;
  readonly counterexample: Counterexample | undefined;
}

export interface Proofs {
  readonly version: string;
  readonly proofs: readonly Proof[];
  /** Cells of the whole space: every purpose, group and field times the cells of each. */
  readonly cellsOfSpace: bigint;
}

/** Proves statements about a compiled policy, each over every cell that it speaks of. */
export function prove(policy: CompiledPolicy, statements: readonly Statement[]): Proofs {
  const { bundle, space } = policy;
  const diagrams = bundle.purposes.size * REQUESTER_GROUPS.length * bundle.fields.size;
  return {
    version: bundle.version,
    proofs: statements.map((statement) => proveOne(policy, statement)),
    cellsOfSpace: space.sizes.reduce((product, size) => product * BigInt(size), BigInt(diagrams)),
  };
}

interface Place {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly field: FieldId;
  readonly root: Root;
}

/** Proves one statement. `purposes` limits what is looked at, for whoever knows that the rest is as it was. */
export function proveOne(policy: CompiledPolicy, statement: Statement, purposes?: readonly Purpose[]): Proof {
  let [cells, broken] = [0n, 0n];
  let counterexample: Counterexample | undefined;
  for (const group of REQUESTER_GROUPS) {
    const regions = regionsOf(statement, group, policy.space, policy.bundle);
    if (regions.length === 0) continue;
    const size = regions.reduce((sum, region) => sum + cellsOf(region), 0n);
    const known = new Map<Root, Found>();
    for (const place of placesOf(policy, statement, group, purposes)) {
      const found = known.get(place.root) ?? lookAt(policy, statement, place.root, regions);
      known.set(place.root, found);
      cells += size;
      broken += found.broken;
      if (found.cell !== undefined) counterexample ??= counterexampleAt(policy, place, found.cell, found.root);
    }
  }
  return { statement, holds: cells > 0n && broken === 0n, cells, broken, counterexample };
}

/**
 * Looks for a counterexample to a statement that holds for `proved`, a policy over the same space: only where the
 * diagrams of the two differ. Undefined where the statement still holds.
 */
export function proveAgain(
  policy: CompiledPolicy,
  statement: Statement,
  proved: CompiledPolicy,
): Counterexample | undefined {
  for (const group of REQUESTER_GROUPS) {
    const known = new Set<Root>();
    let regions: readonly Region[] | undefined;
    for (const place of placesOf(policy, statement, group, undefined)) {
      const before = proved.rootsOf(place.purpose, group)?.[proved.fields.indexOf(place.field)];
      if (place.root === before || known.has(place.root)) continue;
      known.add(place.root);
      regions ??= regionsOf(statement, group, policy.space, policy.bundle);
      const { cell, root } = lookAt(policy, statement, place.root, regions);
      if (cell !== undefined) return counterexampleAt(policy, place, cell, root);
    }
  }
  return undefined;
}

const cellsOf = (region: Region): bigint =>
  region.reduce((product, values) => product * BigInt(values?.length ?? 0), 1n);

function* placesOf(
  { bundle, fields, rootsOf }: CompiledPolicy,
  statement: Statement,
  group: RequesterGroup,
  purposes: readonly Purpose[] | undefined,
): Generator<Place> {
  for (const purpose of purposesOf(statement, bundle)) {
    if (purposes?.includes(purpose) === false) continue;
    const roots = rootsOf(purpose, group) ?? [];
    for (const [number, field] of fields.entries()) {
      const terms = bundle.fields.get(field);
      const root = roots[number];
      if (terms !== undefined && root !== undefined && speaksOf(statement, terms))
        yield { purpose, group, field, root };
    }
  }
}

interface Found {
  readonly broken: bigint;
  readonly cell: Cell | undefined;
  /** Terminal 1 where the bound is broken. */
  readonly root: Root;
}

function lookAt(policy: CompiledPolicy, statement: Statement, diagram: Root, regions: readonly Region[]): Found {
  const root = brokenIn(policy, statement, diagram);
  let broken = 0n;
  let cell: Cell | undefined;
  for (const region of regions) {
    const cells = countCells(policy.forest, root, region).get(BROKEN) ?? 0n;
    broken += cells;
    if (cells > 0n) cell ??= exampleOf(policy.forest, root, (terminal) => terminal === BROKEN, region);
  }
  return { broken, cell, root };
}

function counterexampleAt(policy: CompiledPolicy, place: Place, cell: Cell, broken: Root): Counterexample {
  const { bundle, space, forest, outcomes } = policy;
  const level = levelOf(outcomes.at(evaluate(forest, place.root, cell)).level);
  const roles = axisOf(space, 'role')?.roles ?? [];
  const role = roles[cell[0] ?? 0] ?? '';
  const field = bundle.fields.get(place.field);
  const who = `${bundle.roles.get(role)?.label ?? role} (${groupInWords(place.group)})`;
  const what = `${field?.label ?? place.field} of ${field === undefined ? 'nobody' : groupInWords(field.owner)}`;
  const state = cellInWords(space, forest, broken, cell);
  return {
    request: requestOfCell(space, place, cell),
    field: place.field,
    level,
    inWords: `${who} sees ${levelInWords(level)} of ${what} for ${place.purpose}, where: ${state}.`,
  };
}
