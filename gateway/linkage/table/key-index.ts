import { MISSING, sharedUint32, sharedUint8, textsOf } from './dictionary.ts';
import { KeyValues, keysOf, type Key } from './keys.ts';
import { partsOf, type PartTable } from './parts.ts';
import { sortByKey } from './radix.ts';
import type { Table } from './table.ts';

/** By which keys rows meet. Shared by threads; no pair is kept here. */
export interface KeyIndex {
  readonly parts: PartTable;
  readonly keys: readonly Key[];
  /** Per key, row by row: in how large a company the row is with its value, itself counted; up to `CROWD`. */
  readonly company: readonly Uint8Array[];
  /** In a company up to this size all meet all. */
  readonly most: number;
  /** Rows in the order of family and given name: within a large company, names that are alike are near. */
  readonly order: Uint32Array;
  /** How many of those after it by name each row meets, whatever else they have in common. */
  readonly neighbours: number;
  /** How many pairs meet, about; those that several keys bring together are counted for each. */
  readonly expected: number;
}

/** Companies of this size and more are not told apart. */
export const CROWD = 255;

/** Below this many rows every row meets every other. */
const ALL_PAIRS_ROWS = 1_500;
/** Pairs that all keys together may give. A small table can afford more for each row. */
const pairsMost = (rows: number): number => Math.max(2_000_000, 24 * rows);
const COMPANIES = [4, 6, 8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 80, 100, 128, 160, 200, 254];
/** Of a larger company of a whole part, so many of those next to it by name meet a row. */
export const WINDOW = 6;
const NEIGHBOURS = 6;

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function orderByName(table: Table): Uint32Array {
  const { nameDictionary: dictionary, names, rows, lot } = table;
  const texts = [...textsOf(dictionary)];
  const byText = Array.from(texts, (_, value) => value).sort((a, b) => compareTexts(texts[a] ?? '', texts[b] ?? ''));
  const rank = new Uint32Array(dictionary.size);
  byText.forEach((value, at) => (rank[value] = at + 1));
  const [name] = names;
  const keys = new Uint32Array(rows);
  const rankBy = (column: Int32Array | undefined): Uint32Array => {
    for (let row = 0; row < rows; row += 1) {
      const value = column?.[row] ?? MISSING;
      keys[row] = value === MISSING ? 0 : (rank[value] ?? 0);
    }
    return keys;
  };
  let order = sortByKey(rowNumbers(rows), lot);
  order = sortByKey(order, rankBy(name?.given));
  order = sortByKey(order, rankBy(name?.family));
  const shared = sharedUint32(rows);
  shared.set(order);
  return shared;
}

export const rowNumbers = (rows: number): Uint32Array<ArrayBuffer> => {
  const numbers = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) numbers[row] = row;
  return numbers;
};

/**
 * Counts of values by their hash. Two values that share a counter look more common than they are, never rarer.
 */
class ValueCounts {
  readonly #counts: Uint32Array;
  readonly #mask: number;

  constructor(rows: number) {
    const size = 2 ** Math.min(23, Math.max(10, Math.ceil(Math.log2(rows * 4))));
    this.#counts = new Uint32Array(size);
    this.#mask = size - 1;
  }

  clear(): void {
    this.#counts.fill(0);
  }

  add(value: number): void {
    const at = value & this.#mask;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  of(value: number): number {
    return this.#counts[value & this.#mask] ?? 0;
  }
}

/** The largest company that each row has with a value of the key. */
function companyBy(values: KeyValues, counts: ValueCounts, rows: number): Uint8Array {
  counts.clear();
  for (let row = 0; row < rows; row += 1) {
    const found = values.of(row);
    for (let at = 0; at < found; at += 1) counts.add(values.values[at] ?? 0);
  }
  const company = sharedUint8(rows);
  for (let row = 0; row < rows; row += 1) {
    let most = 0;
    const found = values.of(row);
    for (let at = 0; at < found; at += 1) most = Math.max(most, counts.of(values.values[at] ?? 0));
    company[row] = Math.min(most, CROWD);
  }
  return company;
}

/** How many rows are in a company of each size, over all keys. */
function sizesOf(company: readonly Uint8Array[]): Float64Array {
  const sizes = new Float64Array(CROWD + 1);
  for (const ofKey of company) for (const size of ofKey) sizes[size] = (sizes[size] ?? 0) + 1;
  return sizes;
}

function pairsUpTo(most: number, sizes: Float64Array): number {
  let pairs = 0;
  for (let size = 2; size <= most; size += 1) pairs += ((sizes[size] ?? 0) * (size - 1)) / 2;
  return pairs;
}

/**
 * Indexes a table. All keys have the same largest company, the largest with which all together give no more pairs than
 * the budget; what one key brings together costs no other anything, since a pair meets by one key only.
 */
export function indexKeys(table: Table, onKey: (done: number, all: number) => void = () => undefined): KeyIndex {
  const order = orderByName(table);
  if (table.rows < ALL_PAIRS_ROWS) {
    const parts = { parts: [], width: 0, hashes: sharedUint32(0) };
    const expected = (table.rows * (table.rows - 1)) / 2;
    return { parts, keys: [], company: [], most: 0, order, neighbours: table.rows, expected };
  }
  const parts = partsOf(table);
  const keys = keysOf(parts.parts);
  const counts = new ValueCounts(table.rows);
  const company = keys.map((key, at) => {
    const found = companyBy(new KeyValues(parts, key), counts, table.rows);
    onKey(at + 1, keys.length);
    return found;
  });
  const sizes = sizesOf(company);
  const [least = 4] = COMPANIES;
  const most = COMPANIES.reduce(
    (largest, size) => (pairsUpTo(size, sizes) <= pairsMost(table.rows) ? size : largest),
    least,
  );
  const expected = pairsUpTo(most, sizes) + NEIGHBOURS * table.rows;
  return { parts, keys, company, most, order, neighbours: NEIGHBOURS, expected };
}
