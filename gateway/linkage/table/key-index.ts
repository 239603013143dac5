import { MISSING, sharedUint32, textOf } from './dictionary.ts';
import { keysOf, type Key } from './keys.ts';
import { sortByKey } from './radix.ts';
import type { Table } from './table.ts';

/** Rows with one key in common stand next to each other, so that each meets those after it. Shared by threads. */
export interface KeyIndex {
  readonly name: string;
  /** Row numbers, group by group; the last of a group carries `LAST`. */
  readonly members: Uint32Array;
  /** Where each row stands in `members`; `NOWHERE` where it is alone with its key. */
  readonly place: Uint32Array;
  /** How many of those after it a row meets, at most. */
  readonly window: number;
}

export const LAST = 0x80000000;
const NOWHERE = 0xffffffff;

/** Below this many rows every row meets every other. */
const ALL_PAIRS_ROWS = 1_500;
/** Pairs that all keys together may give: a million rows get 40 for each, a small table more. */
const pairsMost = (rows: number): number => Math.max(4_000_000, 40 * rows);
const WINDOWS = [4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];
/** Neighbours by name that each row meets, whatever else they have in common. */
const NEIGHBOURS = 6;

/** Rows in the order of family and given name: within a large group, names that are alike are near. */
function orderByName(table: Table): Uint32Array<ArrayBuffer> {
  const { nameDictionary: dictionary, names, rows, lot } = table;
  const texts = Array.from({ length: dictionary.size }, (_, value) => textOf(dictionary, value));
  const byText = Array.from(texts, (_, value) => value).sort((a, b) => compareTexts(texts[a] ?? '', texts[b] ?? ''));
  const rank = new Uint32Array(dictionary.size);
  byText.forEach((value, at) => (rank[value] = at + 1));
  const [name] = names;
  const rankOf = (value: number): number => (value === MISSING ? 0 : (rank[value] ?? 0));
  const order = sortByKey(
    Uint32Array.from({ length: rows }, (_, row) => row),
    lot,
  );
  const byGiven = sortByKey(
    order,
    Uint32Array.from({ length: rows }, (_, row) => rankOf(name?.given[row] ?? MISSING)),
  );
  return sortByKey(
    byGiven,
    Uint32Array.from({ length: rows }, (_, row) => rankOf(name?.family[row] ?? MISSING)),
  );
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Grouped {
  readonly name: string;
  readonly members: Uint32Array;
  readonly place: Uint32Array;
  /** How many groups there are of each size; sizes past the largest window are counted in `pairsAt`. */
  readonly pairsAt: readonly number[];
}

const pairsWithin = (size: number, window: number): number =>
  size - 1 <= window ? (size * (size - 1)) / 2 : size * window - (window * (window + 1)) / 2;

/** Groups the rows by a key; undefined where no two share one. */
function groupBy(key: Key, order: Uint32Array): Grouped | undefined {
  const rows = order.length;
  const hashes = new Uint32Array(rows);
  for (let row = 0; row < rows; row += 1) hashes[row] = key.of(row);
  const sorted = sortByKey(order, hashes);
  const kept = new Uint32Array(rows);
  const place = sharedUint32(rows).fill(NOWHERE);
  const pairsAt = WINDOWS.map(() => 0);
  let length = 0;
  for (let start = 0; start < rows;) {
    const hash = hashes[sorted[start] ?? 0] ?? 0;
    let end = start + 1;
    while (end < rows && hashes[sorted[end] ?? 0] === hash) end += 1;
    if (hash !== 0 && end - start > 1) {
      for (let at = start; at < end; at += 1) {
        const row = sorted[at] ?? 0;
        place[row] = length;
        kept[length] = at === end - 1 ? (row | LAST) >>> 0 : row;
        length += 1;
      }
      WINDOWS.forEach((window, at) => (pairsAt[at] = (pairsAt[at] ?? 0) + pairsWithin(end - start, window)));
    }
    start = end;
  }
  if (length === 0) return undefined;
  const members = sharedUint32(length);
  members.set(kept.subarray(0, length));
  return { name: key.name, members, place, pairsAt };
}

function everybody(order: Uint32Array, name: string, window: number): KeyIndex {
  const members = sharedUint32(order.length);
  const place = sharedUint32(order.length);
  order.forEach((row, at) => {
    members[at] = at === order.length - 1 ? (row | LAST) >>> 0 : row;
    place[row] = at;
  });
  return { name, members, place, window };
}

/**
 * Indexes of the keys of a table. All keys have the same window, the largest with which all together give no more
 * pairs than the budget; a key whose pairs others find anyway costs little, since a row meets another only once.
 */
export function indexKeys(table: Table, onKey: (done: number, all: number) => void = () => undefined): KeyIndex[] {
  const order = orderByName(table);
  if (table.rows < ALL_PAIRS_ROWS) return [everybody(order, 'all', table.rows)];
  const keys = keysOf(table);
  const grouped: Grouped[] = [];
  keys.forEach((key, at) => {
    const found = groupBy(key, order);
    if (found !== undefined) grouped.push(found);
    onKey(at + 1, keys.length);
  });
  const fits = (at: number): boolean =>
    grouped.reduce((sum, { pairsAt }) => sum + (pairsAt[at] ?? 0), 0) <= pairsMost(table.rows);
  let widest = 0;
  while (widest + 1 < WINDOWS.length && fits(widest + 1)) widest += 1;
  const window = WINDOWS[widest] ?? NEIGHBOURS;
  return [
    ...grouped.map(({ name, members, place }) => ({ name, members, place, window })),
    everybody(order, 'neighbours by name', NEIGHBOURS),
  ];
}

/** Gives the rows that a row is to be compared with, each once; each pair of rows is given by one of the two. */
export class Candidates {
  readonly found: Uint32Array;
  readonly #indexes: readonly KeyIndex[];
  readonly #table: Table;
  readonly #seen: Uint32Array;

  constructor(table: Table, indexes: readonly KeyIndex[]) {
    this.#table = table;
    this.#indexes = indexes;
    this.#seen = new Uint32Array(table.rows);
    this.found = new Uint32Array(Math.max(1, table.rows));
  }

  /** Writes the rows that `row` meets into `found`. @returns how many */
  of(row: number): number {
    const stamp = row + 1;
    let count = 0;
    for (const { members, place, window } of this.#indexes) {
      const at = place[row] ?? NOWHERE;
      if (at === NOWHERE) continue;
      let member = members[at] ?? LAST;
      for (let next = at + 1; member < LAST && next <= at + window; next += 1) {
        member = members[next] ?? LAST;
        const other = (member & 0x7fffffff) >>> 0;
        if (this.#seen[other] === stamp) continue;
        this.#seen[other] = stamp;
        if (!this.#mayLink(row, other)) continue;
        this.found[count] = other;
        count += 1;
      }
    }
    return count;
  }

  #mayLink(row: number, other: number): boolean {
    const { linkOnly, source } = this.#table;
    return !linkOnly || source[row] !== source[other];
  }
}
