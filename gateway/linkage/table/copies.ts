import { sharedInt32, sharedUint32, sharedUint8 } from './dictionary.ts';
import { mix } from './parts.ts';
import type { Column, Table } from './table.ts';

/**
 * Rows that are equal in every value. A few copies are compared like any rows; the hundredth says nothing that the
 * first did not, and a table of a million copies would cost a million times a million comparisons (P11).
 */
export const COPIES_COMPARED = 8;

/** A table without further copies, and where each row of the whole table is in it. */
export interface WithoutCopies {
  readonly table: Table;
  /** Row of the whole table to row of this one; a further copy to the first copy. */
  readonly rowOf: Int32Array;
  /** The other way round. */
  readonly wholeOf: Int32Array;
  /** 1 where a row is a further copy. */
  readonly isFurther: Uint8Array;
  /** Row of this table to a second copy of it in this table; itself where there is none. */
  readonly twinOf: Int32Array;
}

const columnsOf = ({ names, middle, attributes, source }: Table): Column[] => [
  ...names.flatMap(({ given, family }) => [given, family]),
  middle,
  source,
  ...attributes.flatMap(({ columns }) => columns),
];

/** Leaves out further copies; undefined where there are none. Which copies stay is decided by lot, not by the order of rows. */
export function withoutCopies(table: Table): WithoutCopies | undefined {
  const columns = columnsOf(table);
  const byValues = groupEqual(table, columns);
  const further = new Uint8Array(table.rows);
  const firstOf = sharedInt32(table.rows);
  const secondOf = new Map<number, number>();
  let left = 0;
  for (const rows of byValues) {
    rows.sort((a, b) => (table.lot[a] ?? 0) - (table.lot[b] ?? 0) || a - b);
    rows.forEach((row, place) => {
      firstOf[row] = rows[0] ?? row;
      if (place >= COPIES_COMPARED) {
        further[row] = 1;
        left += 1;
      }
    });
    if (rows[0] !== undefined && rows[1] !== undefined) secondOf.set(rows[0], rows[1]);
  }
  if (left === 0) return undefined;
  return compact(table, further, firstOf, secondOf);
}

/** Groups of more than `COPIES_COMPARED` equal rows. */
function groupEqual(table: Table, columns: readonly Column[]): number[][] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, table.rows * 2)));
  const counts = new Uint32Array(size);
  const hashes = new Uint32Array(table.rows);
  for (let row = 0; row < table.rows; row += 1) {
    let hash = table.generation[row] ?? 0;
    for (const column of columns) hash = mix(hash, column[row] ?? 0);
    hashes[row] = hash;
    counts[hash & (size - 1)] = (counts[hash & (size - 1)] ?? 0) + 1;
  }
  const groups = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row += 1) {
    if ((counts[(hashes[row] ?? 0) & (size - 1)] ?? 0) <= COPIES_COMPARED) continue;
    const key = `${table.generation[row] ?? 0} ${columns.map((column) => column[row] ?? 0).join(' ')}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups.values()].filter((rows) => rows.length > COPIES_COMPARED);
}

function compact(
  table: Table,
  further: Uint8Array,
  firstOf: Int32Array,
  secondOf: ReadonlyMap<number, number>,
): WithoutCopies {
  const rowOf = new Int32Array(table.rows);
  const numbers: number[] = [];
  for (let row = 0; row < table.rows; row += 1) if (further[row] !== 1) rowOf[row] = numbers.push(row) - 1;
  const wholeOf = Int32Array.from(numbers);
  const rows = wholeOf.length;
  const twinOf = new Int32Array(rows);
  for (let row = 0; row < table.rows; row += 1) {
    if (further[row] === 1) rowOf[row] = rowOf[firstOf[row] ?? 0] ?? 0;
    else twinOf[rowOf[row] ?? 0] = rowOf[secondOf.get(row) ?? row] ?? 0;
  }
  const kept = (column: Column): Column => filled(sharedInt32(rows), column, further);
  return {
    rowOf,
    wholeOf,
    isFurther: further,
    twinOf,
    table: {
      ...table,
      rows,
      names: table.names.map(({ given, family }) => ({ given: kept(given), family: kept(family) })),
      middle: kept(table.middle),
      generation: filled(sharedUint8(rows), table.generation, further),
      attributes: table.attributes.map((attribute) => ({ ...attribute, columns: attribute.columns.map(kept) })),
      source: kept(table.source),
      lot: filled(sharedUint32(rows), table.lot, further),
    },
  };
}

function filled<T extends Int32Array | Uint32Array | Uint8Array>(into: T, from: T, further: Uint8Array): T {
  let at = 0;
  for (let row = 0; row < further.length; row += 1) {
    if (further[row] === 1) continue;
    into[at] = from[row] ?? 0;
    at += 1;
  }
  return into;
}

/** Clusters of the whole table from those of the table without copies, numbered by the first row of each. */
export function withCopies({ rowOf, isFurther, twinOf }: WithoutCopies, clusterOf: Int32Array): Int32Array {
  const whole = new Int32Array(rowOf.length);
  const firstOf = new Int32Array(clusterOf.length).fill(-1);
  for (let row = 0; row < whole.length; row += 1) {
    const own = rowOf[row] ?? 0;
    const cluster = clusterOf[own] ?? 0;
    // Copies that may not be one person, because they say too little or come from one source, stay apart.
    const isApart = isFurther[row] === 1 && clusterOf[twinOf[own] ?? own] !== cluster;
    if (!isApart && firstOf[cluster] === -1) firstOf[cluster] = row;
    whole[row] = isApart ? row : (firstOf[cluster] ?? row);
  }
  return whole;
}
