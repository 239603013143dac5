import { covers, rolesOf } from '../assemble.ts';
import type { CatalogueField, PolicyBundle } from '../bundle.ts';
import { confidenceState, situationFinder } from '../compile/locate.ts';
import type { Region } from '../compile/operations.ts';
import { readFactState } from '../compile/space.ts';
import type { Axis, FactAxis, Space } from '../compile/space.ts';
import type { CaseFact } from '../language.ts';
import { caseFactSchema } from '../language.ts';
import { UNKNOWN } from './read-statements.ts';
import type { FactValues, Statement } from './statement.ts';
import type { Purpose, RequesterGroup } from '../../../schemas/names.ts';

/** From what a statement speaks of to parts of the space. */

const upTo = (size: number): readonly number[] => Array.from({ length: size }, (_each, value) => value);
const within = (one: readonly number[], other: readonly number[]) => one.filter((value) => other.includes(value));

/** The purposes that a statement speaks of. */
export const purposesOf = ({ purposes, exceptPurposes }: Statement, bundle: PolicyBundle): readonly Purpose[] =>
  [...bundle.purposes.keys()].filter(
    (purpose) => (purposes?.includes(purpose) ?? true) && exceptPurposes?.includes(purpose) !== true,
  );

/** Whether a statement speaks of a field. */
export const speaksOf = (statement: Statement, field: CatalogueField): boolean => covers(statement, field);

/** The values of one fact's axis that say one of some values. */
export function statesSaying(axis: FactAxis, values: readonly unknown[]): readonly number[] {
  return upTo(axis.size).filter((state) => {
    const read = readFactState(axis, state);
    return read === undefined ? values.includes(UNKNOWN) : values.includes(read.value);
  });
}

/** The values of a fact's axis that may be older than so many hours. */
function statesOlder(axis: FactAxis, hours: number): readonly number[] {
  return upTo(axis.size).filter((state) => {
    const read = readFactState(axis, state);
    return read === undefined || read.maxAgeMs > hours * 3_600_000;
  });
}

/** The roles of the axis that a statement speaks of where this group asks; those of other groups are refused there. */
function rolesWithin(axis: Axis, { to, exceptTo }: Statement, group: RequesterGroup, bundle: PolicyBundle) {
  const roles = axis.kind === 'role' ? axis.roles : [];
  const named = rolesOf(to, group, bundle);
  const left = exceptTo === undefined ? undefined : rolesOf(exceptTo, group, bundle);
  return [...roles.keys()].filter((number) => {
    const role = roles[number] ?? '';
    const spoken = named === 'all' || named?.has(role) === true;
    return spoken && left !== 'all' && left?.has(role) !== true;
  });
}

function valuesOn(axis: Axis, statement: Statement, group: RequesterGroup, bundle: PolicyBundle, space: Space) {
  switch (axis.kind) {
    case 'role':
      return rolesWithin(axis, statement, group, bundle);
    case 'fact': {
      const said = statement.when?.[axis.fact];
      const hours = statement.factsOlderThanHours?.[axis.fact];
      const states = said === undefined ? upTo(axis.size) : statesSaying(axis, said);
      return hours === undefined ? states : within(states, statesOlder(axis, hours));
    }
    case 'obligation': {
      const { declared, undeclared } = statement;
      const may = declared === 'all' || declared?.includes(axis.obligation) === true ? [1] : [0, 1];
      return undeclared?.includes(axis.obligation) === true ? within(may, [0]) : may;
    }
    case 'situation': {
      if (statement.on === undefined) return upTo(axis.size);
      const { day, area } = statement.on;
      const found = situationFinder(space, bundle)(Date.parse(`${day}T12:00:00Z`), area);
      return found === undefined ? [] : [found];
    }
    case 'confidence':
      return statement.match === undefined ? upTo(axis.size) : statement.match.map((each) => confidenceState(each));
  }
}

/** The parts of the space of one group that a statement speaks of; they do not overlap. Empty where it speaks of none. */
export function regionsOf(
  statement: Statement,
  group: RequesterGroup,
  space: Space,
  bundle: PolicyBundle,
): readonly Region[] {
  const base = space.axes.map((axis) => valuesOn(axis, statement, group, bundle, space));
  if (base.some((values) => values.length === 0)) return [];
  const parts = statement.unless === undefined ? [base] : outside(base, statement.unless, space);
  return parts.filter((region) => region.every((values) => values.length > 0));
}

/** What is left of a region without the states in which all the facts have these values: one part for each fact. */
function outside(base: readonly (readonly number[])[], values: FactValues, space: Space) {
  const facts = caseFactSchema.options.filter((fact) => values[fact] !== undefined);
  let inside = base;
  return facts.map((fact) => {
    const number = axisNumberOf(space, fact);
    const axis = space.axes[number];
    const saying = axis?.kind === 'fact' ? statesSaying(axis, values[fact] ?? []) : [];
    const part = inside.map((each, at) => (at === number ? each.filter((value) => !saying.includes(value)) : each));
    inside = inside.map((each, at) => (at === number ? within(each, saying) : each));
    return part;
  });
}

/** The place of a fact's axis. */
export const axisNumberOf = (space: Space, fact: CaseFact): number =>
  space.axes.findIndex((axis) => axis.kind === 'fact' && axis.fact === fact);
