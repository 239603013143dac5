import { IDENTIFIER_TYPES } from '../../schemas/person.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { AttributeKind, AttributeShape, HeldName, Row, TableShape } from '../linkage/table/shape.ts';
import { readDate } from './link-date.ts';
import type { Cell, Mapping } from './link-mapping.ts';

/** A row of cells as a row of values, by a mapping. */

/** Longer cells are no value of a person; the longest of `holdfast resolve` is 400. */
export const CELL_LENGTH_MAX = 1_000;

/** What is wrong with a row, in words without any value. */
export interface RowFault {
  readonly sentence: string;
}

export interface ReadRow {
  readonly row: Row;
  /** Of values that were left out. */
  readonly notices: readonly string[];
}

interface AttributePlan extends AttributeShape {
  readonly cells: readonly Cell[];
  /** Of an identifier: where its type stands. */
  readonly types?: readonly (Cell | undefined)[];
}

type NamePlan = Readonly<Partial<Record<keyof HeldName, Cell>>>;

/** How rows are read, and what their table looks like. */
export interface RowPlan {
  readonly shape: TableShape;
  readonly read: (cells: readonly string[]) => Result<ReadRow, RowFault>;
}

/** All paths of one form, in their order: `^phones\.(\d+)$`. */
function cellsAt({ person }: Mapping, form: RegExp): Cell[] {
  return [...person]
    .flatMap(([path, cell]) => {
      const match = form.exec(path);
      return match === null ? [] : [{ at: Number(match[1] ?? 0), cell }];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ cell }) => cell);
}

function attribute(name: string, kind: AttributeKind, cells: readonly Cell[]): AttributePlan[] {
  return cells.length === 0 ? [] : [{ name, kind, slots: cells.length, cells }];
}

function linePlans(mapping: Mapping): AttributePlan[] {
  const lines = new Map<number, Cell[]>();
  for (const [path, cell] of mapping.person) {
    const match = /^addresses\.\d+\.lines(?:\.(\d+))?$/.exec(path);
    if (match === null) continue;
    const at = Number(match[1] ?? 0);
    lines.set(at, [...(lines.get(at) ?? []), cell]);
  }
  return [...lines].sort(([a], [b]) => a - b).flatMap(([at, cells]) => attribute(`address line ${at}`, 'line', cells));
}

/** Identifiers of one named type are compared with each other; `OTHER` only in the same place. */
function identifierPlans(mapping: Mapping): AttributePlan[] {
  const plans = new Map<string, { readonly cells: Cell[]; readonly types: (Cell | undefined)[] }>();
  for (const [path, cell] of mapping.person) {
    const [, at] = /^identifiers\.(\d+)\.value$/.exec(path) ?? [];
    if (at === undefined) continue;
    const type = mapping.person.get(`identifiers.${at}.type`);
    const named = type?.constant ?? (type === undefined ? 'OTHER' : 'typed by a column');
    const key = named === 'OTHER' ? `OTHER ${at}` : named;
    const plan = plans.get(key) ?? { cells: [], types: [] };
    plan.cells.push(cell);
    plan.types.push(type);
    plans.set(key, plan);
  }
  return [...plans].map(([key, { cells, types }]) => ({
    name: `identifier ${key}`,
    kind: key === 'TENANCY' ? 'tenancy' : 'identifier',
    slots: cells.length,
    cells,
    types,
  }));
}

function attributePlans(mapping: Mapping): AttributePlan[] {
  const dates = [...cellsAt(mapping, /^dateOfBirth$/), ...cellsAt(mapping, /^otherDatesOfBirth\.(\d+)$/)];
  return [
    ...attribute('birth date', 'date', dates),
    ...attribute('sex', 'sex', cellsAt(mapping, /^sex$/)),
    ...identifierPlans(mapping),
    ...linePlans(mapping),
    ...attribute('postcode', 'postcode', cellsAt(mapping, /^addresses\.(\d+)\.postcode$/)),
    ...attribute('UPRN', 'uprn', cellsAt(mapping, /^addresses\.(\d+)\.uprn$/)),
    ...attribute('phone', 'phone', cellsAt(mapping, /^phones\.(\d+)$/)),
    ...attribute('e-mail', 'email', cellsAt(mapping, /^emails\.(\d+)$/)),
    ...[...mapping.other].flatMap(([name, cell]) => attribute(name, 'other', [cell])),
  ];
}

function namePlans({ person }: Mapping): NamePlan[] {
  const plans = new Map<number, Partial<Record<keyof HeldName, Cell>>>();
  for (const [path, cell] of person) {
    const match = /^names\.(\d+)\.(given|middle|family|full)$/.exec(path);
    const part = match?.[2];
    if (match === null || (part !== 'given' && part !== 'middle' && part !== 'family' && part !== 'full')) continue;
    const plan = plans.get(Number(match[1])) ?? {};
    plan[part] = cell;
    plans.set(Number(match[1]), plan);
  }
  return [...plans].sort(([a], [b]) => a - b).map(([, plan]) => plan);
}

const textAt = ({ column, constant }: Cell, cells: readonly string[]): string =>
  column === undefined ? (constant ?? '') : (cells[column] ?? '').trim();

/** The plan of a mapping. */
export function planRows(mapping: Mapping): RowPlan {
  const names = namePlans(mapping);
  const attributes = attributePlans(mapping);
  const cellsUsed = [
    ...mapping.person.values(),
    ...mapping.other.values(),
    mapping.recordId,
    ...(mapping.source === undefined ? [] : [mapping.source]),
  ];
  const shape: TableShape = {
    names: names.length,
    attributes: attributes.map(({ name, kind, slots }) => ({ name, kind, slots })),
    linkOnly: mapping.linkOnly,
  };
  const read = (cells: readonly string[]): Result<ReadRow, RowFault> => {
    const fault = findFault(cellsUsed, cells);
    if (fault !== undefined) return err(fault);
    const recordId = textAt(mapping.recordId, cells);
    if (recordId === '') return err({ sentence: '/recordId is empty' });
    const notices: string[] = [];
    const row: Row = {
      recordId,
      source: mapping.source === undefined ? '' : textAt(mapping.source, cells),
      names: names.map((plan) => nameOf(plan, cells)).filter((name) => Object.keys(name).length > 0),
      values: attributes.map((plan) => valuesOf(plan, cells, notices)),
    };
    return ok({ row, notices });
  };
  return { shape, read };
}

function findFault(used: readonly Cell[], cells: readonly string[]): RowFault | undefined {
  for (const cell of used) {
    const text = textAt(cell, cells);
    if (text.length > CELL_LENGTH_MAX) return { sentence: `${cell.path} is longer than ${CELL_LENGTH_MAX} characters` };
    if (text.includes('\uFFFD')) return { sentence: `${cell.path} is not UTF-8` };
  }
  return undefined;
}

function nameOf(plan: NamePlan, cells: readonly string[]): HeldName {
  const name: { -readonly [K in keyof HeldName]: HeldName[K] } = {};
  for (const part of ['given', 'middle', 'family', 'full'] as const) {
    const cell = plan[part];
    const text = cell === undefined ? '' : textAt(cell, cells);
    if (text !== '') name[part] = text;
  }
  return name;
}

function valuesOf(
  { kind, cells: places, types }: AttributePlan,
  cells: readonly string[],
  notices: string[],
): string[] {
  return places.flatMap((cell, slot) => {
    const text = textAt(cell, cells);
    if (text === '') return [];
    if (kind === 'date') return dateOf(text, cell, notices);
    if (kind !== 'identifier' && kind !== 'tenancy') return [text];
    const cellOfType = types?.[slot];
    return [typedIdentifier(cellOfType === undefined ? 'OTHER' : textAt(cellOfType, cells).toUpperCase(), text)];
  });
}

/** A type that we do not know is part of the value: passport 123 is not licence 123. */
const typedIdentifier = (type: string, value: string): string =>
  IDENTIFIER_TYPES.some((known) => known === type) ? `${type} ${value}` : `OTHER ${type} ${value}`;

function dateOf(text: string, cell: Cell, notices: string[]): string[] {
  const date = readDate(text, cell.format);
  if (date.ok) return [date.value];
  notices.push(`${cell.path} is no date`);
  return date.error.kept === undefined ? [] : [date.error.kept];
}
