import { MISSING, sharedInt32 } from './dictionary.ts';
import type { AttributeKind } from './shape.ts';
import type { Column, NameColumns, Table } from './table.ts';

/**
 * Finds what stands for "not known" in a table from the table itself: a value that far too many different people have, such
 * as the 9999999999 of a form that would not be left empty, or the switchboard of a hospital. It says nothing of anybody,
 * and where it differs from a real value nothing either, so it is read as if the cell were empty.
 */

/** What a value needs to be taken for no value. All ours, on the careful side: an honest value stays. */
interface Bounds {
  /** So many rows have it at least. */
  readonly rows: number;
  /** It is so many times as common as the other values of its column are to those who have them. */
  readonly times: number;
  /** And it stands in this share of the cells that are filled. */
  readonly share: number;
}

/** Numbers and mail are held by one household, identifiers by one person. */
const OF_FEW: Bounds = { rows: 20, times: 10, share: 0.002 };
/** Names, dates and places are shared by many: the commonest surname is no placeholder. */
const OF_MANY: Bounds = { rows: 20, times: 20, share: 0.02 };

/** A trade or a sex that most have is a fact. */
const BOUNDS: Readonly<Record<AttributeKind | 'name', Bounds | undefined>> = {
  phone: OF_FEW,
  email: OF_FEW,
  identifier: OF_FEW,
  tenancy: OF_FEW,
  uprn: OF_FEW,
  line: OF_MANY,
  postcode: OF_MANY,
  date: OF_MANY,
  name: OF_MANY,
  sex: undefined,
  other: undefined,
};

/** Of those who have a placeholder, this share at least have names of their own: the records of one man do not. */
const DIFFERENT_SHARE = 0.3;

/** Values of one column that stand for nothing. */
function placeholdersOf(
  columns: readonly Column[],
  values: number,
  bounds: Bounds,
  others: Column | undefined,
): Set<number> {
  const counts = new Uint32Array(values);
  for (const column of columns) {
    for (const value of column) if (value !== MISSING) counts[value] = (counts[value] ?? 0) + 1;
  }
  let [all, squares] = [0, 0];
  for (const count of counts) {
    all += count;
    squares += count * count;
  }
  // The commonest first: each is held against what is left of the column without it.
  const common = [...counts.entries()].filter(([, count]) => count >= bounds.rows).sort(([, a], [, b]) => b - a);
  const found = new Set<number>();
  for (const [value, count] of common) {
    const [rest, restSquares] = [all - count, squares - count * count];
    const usual = rest === 0 ? count : restSquares / rest;
    if (count < bounds.share * all || count < bounds.times * Math.max(1, usual)) break;
    if (!isOfMany(value, columns, others)) continue;
    found.add(value);
    [all, squares] = [rest, restSquares];
  }
  return found;
}

/** Whether the rows with a value are different people, as far as another column tells. */
function isOfMany(value: number, columns: readonly Column[], others: Column | undefined): boolean {
  if (others === undefined) return false;
  const different = new Set<number>();
  let told = 0;
  for (const column of columns) {
    column.forEach((held, row) => {
      const other = others[row] ?? MISSING;
      if (held !== value || other === MISSING) return;
      told += 1;
      different.add(other);
    });
  }
  return told > 0 && different.size >= DIFFERENT_SHARE * told;
}

function without(column: Column, placeholders: ReadonlySet<number>): Column {
  const left = sharedInt32(column.length);
  column.forEach((value, row) => (left[row] = placeholders.has(value) ? MISSING : value));
  return left;
}

/** Columns without the placeholders of their values; the same array where there are none. */
function cleaned(
  columns: readonly Column[],
  values: number,
  kind: AttributeKind | 'name',
  others: Column | undefined,
): readonly Column[] {
  const bounds = BOUNDS[kind];
  const found = bounds === undefined ? undefined : placeholdersOf(columns, values, bounds, others);
  return found === undefined || found.size === 0 ? columns : columns.map((column) => without(column, found));
}

/** A table without its placeholders; the table itself where it has none. */
export function withoutPlaceholders(table: Table): Table {
  const [name] = table.names;
  const date = table.attributes.find(({ kind }) => kind === 'date')?.columns[0];
  const ofNames = (columns: readonly Column[], others: Column | undefined): readonly Column[] =>
    cleaned(columns, table.nameDictionary.size, 'name', others ?? date);
  const [givens, families] = [table.names.map(({ given }) => given), table.names.map(({ family }) => family)];
  const [given, family] = [ofNames(givens, name?.family), ofNames(families, name?.given)];
  const names = table.names.map((one, at): NameColumns => ({
    given: given[at] ?? one.given,
    family: family[at] ?? one.family,
  }));
  const attributes = table.attributes.map((attribute) => {
    const { columns, dictionary, kind } = attribute;
    return { ...attribute, columns: cleaned(columns, dictionary.size, kind, name?.family ?? date) };
  });
  const isAsWritten =
    given === givens &&
    family === families &&
    attributes.every(({ columns }, at) => columns === table.attributes[at]?.columns);
  return isAsWritten ? table : { ...table, names, attributes };
}
