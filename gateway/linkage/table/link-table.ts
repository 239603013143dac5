import { Comparer, type Comparison } from './comparer.ts';
import { BARRED, groupRows, type ScoredPairs } from './group.ts';
import { countHolders } from './holders.ts';
import { Candidates, indexKeys, type KeyIndex } from './key-index.ts';
import { learnShares, linkablePairs, rowsByLot, sampleAtRandom, sampleCandidates, type Learning } from './learn.ts';
import { householdBits } from './relatives.ts';
import { assumedShares, modelOf, type Model, type Shares } from './model.ts';
import { scoreAgain, type Scorer } from './score.ts';
import type { Table } from './table.ts';
import { Weigher } from './weigh.ts';

/** What is told while a table is linked: the step, and how much of it is done, 0 to 1. */
export type OnProgress = (step: 'keys' | 'learn' | 'compare' | 'group', done: number) => void;

export interface LinkOptions {
  /** Weights as assumed, nothing learnt from the table but how common its values are. */
  readonly frozen: boolean;
  /** Makes what compares all candidate pairs, in this thread or in several. */
  readonly scorer: Scorer;
  readonly onProgress: OnProgress;
}

export interface TableLinks {
  /** Row to cluster; a cluster has the number of its first row. */
  readonly clusterOf: Int32Array;
  /** All pairs that were scored and are not hopeless, each once. */
  readonly pairs: ScoredPairs;
  readonly comparisons: readonly Comparison[];
  readonly shares: Shares;
  readonly model: Model;
  readonly indexes: readonly KeyIndex[];
}

/** Learning needs to know how common values are among people, and that needs clusters: so twice round, then once more. */
const ROUNDS = 3;

/**
 * Links a table without labels: candidate pairs by keys made of the table's own attributes, shares of agreement by
 * expectation-maximisation, weights in bits, clusters by average linkage. The same answer for the same rows.
 */
export async function linkTable(table: Table, { frozen, scorer, onProgress }: LinkOptions): Promise<TableLinks> {
  const comparer = new Comparer(table);
  const { comparisons } = comparer;
  const indexes = indexKeys(table, (done, all) => onProgress('keys', done / all));
  const learning = frozen ? undefined : gather(table, comparer, indexes, onProgress);
  let holders = countHolders(comparisons, undefined);
  const linkable = linkablePairs(table);
  let shares = assumedShares(comparisons, firstPrior(table.rows, linkable), householdBits(table.rows, linkable));
  let model = modelOf(comparisons, shares, holders);
  let pairs: ScoredPairs | undefined;
  let clusterOf: Int32Array = new Int32Array();
  for (let round = 0; round < ROUNDS; round += 1) {
    if (learning !== undefined) shares = learnShares(learning, shares, holders);
    model = modelOf(comparisons, shares, holders);
    onProgress('learn', (round + 1) / ROUNDS);
    pairs =
      pairs === undefined
        ? await scorer(table, indexes, model, (done) => onProgress('compare', done))
        : scoreAgain(pairs, comparer, model);
    clusterOf = groupRows(table.rows, pairs, bitsOfPair(table, comparer, model));
    holders = countHolders(comparisons, clusterOf);
    onProgress('group', (round + 1) / ROUNDS);
  }
  return { clusterOf, pairs: pairs ?? NO_PAIRS, comparisons, shares, model, indexes };
}

const NO_PAIRS: ScoredPairs = { count: 0, a: new Int32Array(), b: new Int32Array(), bits: new Float32Array() };

/** Half as many pairs of one person as rows: the start of learning, and what "frozen" takes. */
const firstPrior = (rows: number, linkable: number): number => Math.min(0.5, rows / 2 / Math.max(1, linkable));

function gather(table: Table, comparer: Comparer, indexes: readonly KeyIndex[], onProgress: OnProgress): Learning {
  const order = rowsByLot(table);
  const candidates = sampleCandidates(comparer, new Candidates(table, indexes), order);
  onProgress('learn', 0);
  const random = sampleAtRandom(table, comparer, order);
  return { comparisons: comparer.comparisons, candidates, random, linkable: linkablePairs(table), rows: table.rows };
}

function bitsOfPair({ linkOnly, source }: Table, comparer: Comparer, model: Model): (i: number, j: number) => number {
  const weigher = new Weigher(comparer.comparisons);
  return (i, j) => {
    if (linkOnly && source[i] === source[j]) return BARRED;
    comparer.compare(i, j);
    return weigher.bits(model, comparer.levels, comparer.values);
  };
}
