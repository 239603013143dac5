import { MISSING, textOf, type Dictionary } from './dictionary.ts';
import type { Column, Table } from './table.ts';

/**
 * Finds columns that repeat others: a surname mapped again as an attribute of its own, an address in two places. What they
 * agree in is one agreement, and would be weighed twice.
 */

/** So many rows are looked at, and in so many both have to be filled. */
const LOOKED_AT = 2_000;
const FILLED_LEAST = 20;
/** Of the filled rows, the share in which the two say the same. */
const SAME_SHARE = 0.95;
/** A column of fewer values agrees with another by chance. */
const VALUES_LEAST = 5;

interface Texts {
  readonly column: Column;
  readonly dictionary: Dictionary;
}

const bare = ({ dictionary }: Texts, value: number): string => textOf(dictionary, value).replaceAll(' ', '');

/** Rows by lot: the order of the table must not decide. */
function rowsToLookAt({ rows, lot }: Table): number[] {
  const below = Math.min(1, LOOKED_AT / Math.max(1, rows)) * 2 ** 32;
  return Array.from({ length: rows }, (_, row) => row).filter((row) => (lot[row] ?? 0) < below);
}

function repeats(one: Texts, other: Texts, rows: readonly number[]): boolean {
  let [filled, same, differently] = [0, 0, 0];
  const seen = new Set<number>();
  for (const row of rows) {
    const [a, b] = [one.column[row] ?? MISSING, other.column[row] ?? MISSING];
    if (a === MISSING && b === MISSING) continue;
    if (a === MISSING || b === MISSING) {
      differently += 1;
      continue;
    }
    filled += 1;
    seen.add(b);
    if (bare(one, a) === bare(other, b)) same += 1;
  }
  const isFilledAlike = differently <= (1 - SAME_SHARE) * (filled + differently);
  return filled >= FILLED_LEAST && seen.size >= VALUES_LEAST && same >= SAME_SHARE * filled && isFilledAlike;
}

/** A table without attributes that repeat an earlier one or a name; the table itself where it has none. */
export function withoutRepeatedColumns(table: Table): Table {
  const rows = rowsToLookAt(table);
  const kept: Texts[] = table.names.flatMap(({ given, family }) => [
    { column: given, dictionary: table.nameDictionary },
    { column: family, dictionary: table.nameDictionary },
  ]);
  const attributes = table.attributes.filter(({ columns, dictionary }) => {
    const [column] = columns;
    if (column === undefined) return true;
    const own = { column, dictionary };
    if (columns.length === 1 && kept.some((one) => repeats(one, own, rows))) return false;
    kept.push(own);
    return true;
  });
  return attributes.length === table.attributes.length ? table : { ...table, attributes };
}
