/** How well clusters agree with the truth, over all pairs of rows. */
export interface Accuracy {
  readonly rows: number;
  /** Of pairs put together, the share that is one person; and of pairs of one person, the share put together. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** B-cubed F1 (Bagga and Baldwin 1998): precision and recall row by row. */
  readonly bCubed: number;
  readonly wrongPairs: number;
  readonly missedPairs: number;
}

const pairsOf = (sizes: Iterable<number>): number => {
  let pairs = 0;
  for (const size of sizes) pairs += (size * (size - 1)) / 2;
  return pairs;
};

const harmonic = (a: number, b: number): number => (a + b === 0 ? 0 : (2 * a * b) / (a + b));
const shareOf = (part: number, all: number): number => (all === 0 ? 1 : part / all);

/** @param cluster row to cluster, and @param truth row to person, in the same order */
export function accuracyOf(cluster: readonly string[], truth: readonly string[]): Accuracy {
  const clusters = new Map<string, number>();
  const people = new Map<string, number>();
  const both = new Map<string, { count: number; readonly cluster: string; readonly person: string }>();
  truth.forEach((person, row) => {
    const found = cluster[row] ?? '';
    clusters.set(found, (clusters.get(found) ?? 0) + 1);
    people.set(person, (people.get(person) ?? 0) + 1);
    const key = JSON.stringify([found, person]);
    const known = both.get(key) ?? { count: 0, cluster: found, person };
    known.count += 1;
    both.set(key, known);
  });
  const right = pairsOf([...both.values()].map(({ count }) => count));
  const [put, wanted] = [pairsOf(clusters.values()), pairsOf(people.values())];
  const [precision, recall] = [shareOf(right, put), shareOf(right, wanted)];
  let [rowPrecision, rowRecall] = [0, 0];
  for (const { count, cluster: found, person } of both.values()) {
    rowPrecision += count ** 2 / (clusters.get(found) ?? 1);
    rowRecall += count ** 2 / (people.get(person) ?? 1);
  }
  const rows = truth.length;
  return {
    rows,
    precision,
    recall,
    f1: harmonic(precision, recall),
    bCubed: harmonic(rowPrecision / Math.max(1, rows), rowRecall / Math.max(1, rows)),
    wrongPairs: put - right,
    missedPairs: wanted - right,
  };
}
