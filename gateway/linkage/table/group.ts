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

const bounded = (bits: number): number => (bits === BARRED ? BARRED : Math.max(MOST_AGAINST, Math.min(MOST_FOR, bits)));

interface Cluster {
  readonly rows: number[];
  /** Sum of the bounded bits of all pairs with each neighbouring cluster. */
  readonly sums: Map<number, number>;
}

interface Union {
  readonly mean: number;
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

const before = (one: Union, other: Union): boolean =>
  one.mean !== other.mean ? one.mean > other.mean : one.a !== other.a ? one.a < other.a : one.b < other.b;

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
 * union first, ties by row. A row that resembles two people cannot chain them, because every pair across counts, those
 * too that no key brought together (`bitsOf` is asked for them).
 *
 * @param rank row to its place in an order that does not depend on the table's, for ties
 * @returns row to cluster, numbered by the first row of each
 */
export function groupRows(rows: number, pairs: ScoredPairs, bitsOf: BitsOfPair): Int32Array {
  const clusterOf = Int32Array.from({ length: rows }, (_, row) => row);
  const clusters = new Map<number, Cluster>();
  const clusterAt = (row: number): Cluster => {
    const known = clusters.get(row);
    if (known !== undefined) return known;
    const made: Cluster = { rows: [row], sums: new Map() };
    clusters.set(row, made);
    return made;
  };
  const unions = new Unions();
  for (let pair = 0; pair < pairs.count; pair += 1) {
    const bits = bounded(pairs.bits[pair] ?? 0);
    const [a, b] = [pairs.a[pair] ?? 0, pairs.b[pair] ?? 0];
    clusterAt(a).sums.set(b, bits);
    clusterAt(b).sums.set(a, bits);
    if (bits >= TOGETHER) unions.push({ mean: bits, a: Math.min(a, b), b: Math.max(a, b), size: 2 });
  }
  for (let union = unions.pop(); union !== undefined; union = unions.pop()) {
    const [a, b] = [clusters.get(union.a), clusters.get(union.b)];
    if (a === undefined || b === undefined || a.rows.length + b.rows.length !== union.size) continue;
    unite(clusters, union, bitsOf, unions);
  }
  for (const { rows: members } of clusters.values()) {
    const first = members.reduce((least, row) => Math.min(least, row), members[0] ?? 0);
    for (const row of members) clusterOf[row] = first;
  }
  return clusterOf;
}

function unite(clusters: Map<number, Cluster>, { a, b }: Union, bitsOf: BitsOfPair, unions: Unions): void {
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
    if (mean >= TOGETHER) {
      const size = kept.rows.length + neighbour.rows.length;
      unions.push({ mean, a: Math.min(a, other), b: Math.max(a, other), size });
    }
  }
}

function sumAcross(rows: readonly number[], others: readonly number[], bitsOf: BitsOfPair): number {
  let sum = 0;
  for (const row of rows) for (const other of others) sum += bounded(bitsOf(row, other));
  return sum;
}
