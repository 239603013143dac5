/** Pairs with their bits, in columns. */
export interface ScoredPairs {
  readonly count: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly bits: Float32Array;
}

/** What grouping has to know about a pair that no key brought together. */
export type BitsOfPair = (a: number, b: number) => number;

/** How far one pair can speak for or against a cluster, in bits. */
const MOST_FOR = 12;
const MOST_AGAINST = -12;

/** Two clusters with this or more in the mean of all their pairs become one: more likely one person than two. */
export const TOGETHER = 0;

/** Bits of a pair that may not be linked whatever else agrees. */
export const BARRED = -1e6;

/** Steps in which bits are summed, so that sums are exact and the order of adding cannot be seen. */
const STEPS = 256;

const bounded = (bits: number): number =>
  bits === BARRED ? BARRED : Math.round(Math.max(MOST_AGAINST, Math.min(MOST_FOR, bits)) * STEPS) / STEPS;

/** Sets of rows that likely pairs connect (Tarjan 1975: union by size, paths halved). */
class Components {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  constructor(rows: number) {
    this.#parent = new Int32Array(rows);
    for (let row = 0; row < rows; row += 1) this.#parent[row] = row;
    this.#size = new Int32Array(rows).fill(1);
  }

  rootOf(row: number): number {
    let at = row;
    for (;;) {
      const parent = this.#parent[at] ?? at;
      if (parent === at) return at;
      const above = this.#parent[parent] ?? parent;
      this.#parent[at] = above;
      at = above;
    }
  }

  join(a: number, b: number): void {
    const [one, other] = [this.rootOf(a), this.rootOf(b)];
    if (one === other) return;
    const [large, small] = this.size(one) < this.size(other) ? [other, one] : [one, other];
    this.#parent[small] = large;
    this.#size[large] = this.size(large) + this.size(small);
  }

  size(root: number): number {
    return this.#size[root] ?? 1;
  }
}

interface Cluster {
  readonly rows: number[];
  /** Sum of the bounded bits of all pairs with each neighbouring cluster. */
  readonly sums: Map<number, number>;
}

interface Union {
  readonly mean: number;
  /** Row by whose name each cluster goes, and their lots, for ties: the order of the table must not decide. */
  readonly lotA: number;
  readonly lotB: number;
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

function before(one: Union, other: Union): boolean {
  if (one.mean !== other.mean) return one.mean > other.mean;
  return one.lotA !== other.lotA ? one.lotA < other.lotA : one.lotB < other.lotB;
}

/** A binary heap, best union first. */
class Unions {
  readonly #heap: Union[] = [];

  push(union: Union): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(union);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !before(union, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = union;
  }

  pop(): Union | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && before(right, left)) child += 1;
      const best = heap[child];
      if (best === undefined || !before(best, last)) break;
      heap[at] = best;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

/**
 * Groups rows by person: average linkage (Sokal and Michener 1958) over the bits of all pairs of two clusters, best
 * union first, ties by lot. A row that resembles two people cannot chain them, because every pair across counts, those
 * too that no key brought together (`bitsOf` is asked for them). Rows that no chain of likely pairs connects are never
 * one person, so each connected component is grouped alone, and most are two rows.
 *
 * @param lot row to a number that does not depend on the order of the table, for ties
 * @returns row to cluster, numbered by the first row of each
 */
export function groupRows(rows: number, pairs: ScoredPairs, bitsOf: BitsOfPair, lot: Uint32Array): Int32Array {
  const components = new Components(rows);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    if ((pairs.bits[pair] ?? 0) >= TOGETHER) components.join(pairs.a[pair] ?? 0, pairs.b[pair] ?? 0);
  }
  const clusterOf = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) clusterOf[row] = row;
  const { starts, order } = pairsByComponent(components, pairs, rows);
  for (let root = 0; root < rows; root += 1) {
    const [from, to] = [starts[root] ?? 0, starts[root + 1] ?? 0];
    if (from === to) continue;
    if (components.size(root) > 2) groupComponent(pairs, order.subarray(from, to), bitsOf, lot, clusterOf);
    else uniteTwo(pairs, order[from] ?? 0, clusterOf);
  }
  return clusterOf;
}

function uniteTwo({ a, b }: ScoredPairs, pair: number, clusterOf: Int32Array): void {
  const [one, other] = [a[pair] ?? 0, b[pair] ?? 0];
  clusterOf[one] = Math.min(one, other);
  clusterOf[other] = Math.min(one, other);
}

/** The pairs inside each component, one component after another: a counting sort. */
function pairsByComponent(
  components: Components,
  { count, a, b }: ScoredPairs,
  rows: number,
): { readonly starts: Uint32Array; readonly order: Uint32Array } {
  const starts = new Uint32Array(rows + 2);
  const rootOf = (pair: number): number => {
    const root = components.rootOf(a[pair] ?? 0);
    return root === components.rootOf(b[pair] ?? 0) ? root : NOWHERE;
  };
  for (let pair = 0; pair < count; pair += 1) {
    const root = rootOf(pair);
    if (root !== NOWHERE) starts[root + 2] = (starts[root + 2] ?? 0) + 1;
  }
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const order = new Uint32Array(starts[rows + 1] ?? 0);
  for (let pair = 0; pair < count; pair += 1) {
    const root = rootOf(pair);
    if (root === NOWHERE) continue;
    const at = starts[root + 1] ?? 0;
    order[at] = pair;
    starts[root + 1] = at + 1;
  }
  return { starts, order };
}

const NOWHERE = -1;

function groupComponent(
  pairs: ScoredPairs,
  members: Uint32Array,
  bitsOf: BitsOfPair,
  lot: Uint32Array,
  clusterOf: Int32Array,
): void {
  const clusters = new Map<number, Cluster>();
  const clusterAt = (row: number): Cluster => {
    const known = clusters.get(row);
    if (known !== undefined) return known;
    const made: Cluster = { rows: [row], sums: new Map() };
    clusters.set(row, made);
    return made;
  };
  const unions = new Unions();
  for (const pair of members) {
    const bits = bounded(pairs.bits[pair] ?? 0);
    const [a, b] = [pairs.a[pair] ?? 0, pairs.b[pair] ?? 0];
    clusterAt(a).sums.set(b, bits);
    clusterAt(b).sums.set(a, bits);
    if (bits >= TOGETHER) unions.push(unionOf(a, b, bits, 2, lot));
  }
  for (let union = unions.pop(); union !== undefined; union = unions.pop()) {
    const [a, b] = [clusters.get(union.a), clusters.get(union.b)];
    if (a === undefined || b === undefined || a.rows.length + b.rows.length !== union.size) continue;
    unite(clusters, union, bitsOf, unions, lot);
  }
  for (const { rows } of clusters.values()) {
    const first = rows.reduce((least, row) => Math.min(least, row), rows[0] ?? 0);
    for (const row of rows) clusterOf[row] = first;
  }
}

/** A cluster goes by the name of its row with the least lot. */
function unionOf(one: number, other: number, mean: number, size: number, lot: Uint32Array): Union {
  const [lotOne, lotOther] = [lot[one] ?? 0, lot[other] ?? 0];
  const isOneFirst = lotOne < lotOther || (lotOne === lotOther && one < other);
  return isOneFirst
    ? { mean, lotA: lotOne, lotB: lotOther, a: one, b: other, size }
    : { mean, lotA: lotOther, lotB: lotOne, a: other, b: one, size };
}

function unite(
  clusters: Map<number, Cluster>,
  { a, b }: Union,
  bitsOf: BitsOfPair,
  unions: Unions,
  lot: Uint32Array,
): void {
  const [kept, gone] = [clusters.get(a), clusters.get(b)];
  if (kept === undefined || gone === undefined) return;
  const neighbours = new Set([...kept.sums.keys(), ...gone.sums.keys()]);
  neighbours.delete(a);
  neighbours.delete(b);
  const sumWith = (cluster: Cluster, other: number, rows: readonly number[]): number =>
    cluster.sums.get(other) ?? sumAcross(cluster.rows, rows, bitsOf);
  const sums = [...neighbours].map((other) => {
    const rows = clusters.get(other)?.rows ?? [];
    return { other, sum: sumWith(kept, other, rows) + sumWith(gone, other, rows) };
  });
  kept.rows.push(...gone.rows);
  clusters.delete(b);
  kept.sums.delete(b);
  for (const { other, sum } of sums) {
    const neighbour = clusters.get(other);
    if (neighbour === undefined) continue;
    neighbour.sums.delete(b);
    neighbour.sums.set(a, sum);
    kept.sums.set(other, sum);
    const mean = sum / (kept.rows.length * neighbour.rows.length);
    if (mean >= TOGETHER) unions.push(unionOf(a, other, mean, kept.rows.length + neighbour.rows.length, lot));
  }
}

/** Of larger crowds across, so many pairs stand for all: a cluster of thousands is no person, and need not be weighed as one. */
const ACROSS_MOST = 400;

function sumAcross(rows: readonly number[], others: readonly number[], bitsOf: BitsOfPair): number {
  const all = rows.length * others.length;
  const step = Math.max(1, Math.floor(all / ACROSS_MOST));
  let [sum, asked] = [0, 0];
  for (let at = 0; at < all; at += step) {
    sum += bounded(bitsOf(rows[at % rows.length] ?? 0, others[Math.floor(at / rows.length)] ?? 0));
    asked += 1;
  }
  return asked === all ? sum : (sum / asked) * all;
}
