import type { Comparison } from './comparer.ts';
import { MISSING } from './dictionary.ts';

/**
 * How many people hold each value, per comparison: rows of one cluster count once, so that a man with five records
 * does not make his own number common.
 *
 * @param clusterOf row to cluster; undefined while nothing is clustered, when each row counts
 */
export function countHolders(comparisons: readonly Comparison[], clusterOf: Int32Array | undefined): Int32Array[] {
  return comparisons.map(({ columns, values }) => {
    const holders = new Int32Array(values);
    const [first] = columns;
    if (first === undefined) return holders;
    const order = clusterOf === undefined ? undefined : rowsByCluster(clusterOf);
    const latest = new Int32Array(values).fill(-1);
    for (let at = 0; at < first.length; at += 1) {
      const row = order === undefined ? at : (order[at] ?? 0);
      const cluster = clusterOf === undefined ? row : (clusterOf[row] ?? 0);
      for (const column of columns) {
        const value = column[row] ?? MISSING;
        if (value === MISSING || latest[value] === cluster) continue;
        latest[value] = cluster;
        holders[value] = (holders[value] ?? 0) + 1;
      }
    }
    return holders;
  });
}

/** Rows with those of one cluster next to each other: a counting sort. */
function rowsByCluster(clusterOf: Int32Array): Uint32Array {
  const starts = new Uint32Array(clusterOf.length + 1);
  for (const cluster of clusterOf) starts[cluster + 1] = (starts[cluster + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at += 1) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  const order = new Uint32Array(clusterOf.length);
  clusterOf.forEach((cluster, row) => {
    const at = starts[cluster] ?? 0;
    order[at] = row;
    starts[cluster] = at + 1;
  });
  return order;
}
