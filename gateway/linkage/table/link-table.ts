import { Comparer } from './comparer.ts';
import { withCopies, withoutCopies } from './copies.ts';
import { BARRED, groupRows, type ScoredPairs } from './group.ts';
import { countHolders } from './holders.ts';
import { indexKeys, type KeyIndex } from './key-index.ts';
import { learnShares, linkablePairs, sampleAtRandom, sampleCandidates, type Learning } from './learn.ts';
import { assumedShares, modelOf, raritiesOf, type Model, type Shares } from './model.ts';
import { withNamesInOrder } from './name-order.ts';
import { withoutPlaceholders } from './placeholders.ts';
import { householdBits } from './relatives.ts';
import { withoutRepeatedColumns } from './repeated-columns.ts';
import type { MakeScorer, Scorer } from './score.ts';
import type { Table } from './table.ts';
import { Weigher } from './weigh.ts';

/** What is told while a table is linked: the step, and how much of it is done, 0 to 1. */
export type OnProgress = (step: 'keys' | 'learn' | 'compare' | 'group', done: number) => void;

export interface LinkOptions {
  /** Weights as assumed, nothing learnt from the table but how common its values are. */
  readonly frozen: boolean;
  /** Makes what compares all candidate pairs, in this thread or in several. */
  readonly scorer: MakeScorer;
  readonly onProgress: OnProgress;
}

export interface TableLinks {
  /** Row to cluster; a cluster has the number of its first row. */
  readonly clusterOf: Int32Array;
  /** All pairs that were scored and are not hopeless, each once. */
  readonly pairs: ScoredPairs;
  readonly shares: Shares;
  readonly model: Model;
}

/** Learning needs to know how common values are among people, and that needs clusters: so twice round, then once more. */
const ROUNDS = 3;

/**
 * Links a table without labels: candidate pairs by keys made of the table's own attributes, shares of agreement by
 * expectation-maximisation, weights in bits, clusters by average linkage. The same answer for the same rows, in any order
 * of rows and with any number of threads.
 */
export async function linkTable(written: Table, options: LinkOptions): Promise<TableLinks> {
  const whole = withoutPlaceholders(withoutRepeatedColumns(withNamesInOrder(written)));
  const fewer = withoutCopies(whole);
  const links = await linkRows(fewer?.table ?? whole, options);
  if (fewer === undefined) return links;
  const { count, bits, ...pairs } = links.pairs;
  const inWhole = (rows: Int32Array): Int32Array => rows.subarray(0, count).map((row) => fewer.wholeOf[row] ?? 0);
  return {
    ...links,
    clusterOf: withCopies(fewer, links.clusterOf),
    pairs: { count, a: inWhole(pairs.a), b: inWhole(pairs.b), bits },
  };
}

async function linkRows(table: Table, { frozen, scorer: makeScorer, onProgress }: LinkOptions): Promise<TableLinks> {
  const index = indexKeys(table, (done, all) => onProgress('keys', done / all));
  const scorer = makeScorer(table, index);
  try {
    return await linkInRounds(table, index, scorer, frozen, onProgress);
  } finally {
    await scorer.close();
  }
}

async function linkInRounds(
  table: Table,
  index: KeyIndex,
  scorer: Scorer,
  frozen: boolean,
  onProgress: OnProgress,
): Promise<TableLinks> {
  const comparer = new Comparer(table);
  const { comparisons } = comparer;
  const linkable = linkablePairs(table);
  let rarity = raritiesOf(comparisons, countHolders(comparisons, undefined));
  let shares = assumedShares(comparisons, firstPrior(table.rows, linkable), householdBits(table.rows, linkable));
  let model = modelOf(comparisons, shares, rarity);
  onProgress('learn', 0);
  const learning = frozen ? undefined : gather(table, comparer, index, model, linkable);
  let pairs: ScoredPairs = NO_PAIRS;
  let clusterOf: Int32Array = new Int32Array();
  for (let round = 0; round < ROUNDS; round += 1) {
    if (learning !== undefined) shares = learnShares(learning, shares, rarity);
    model = modelOf(comparisons, shares, rarity);
    onProgress('learn', (round + 1) / ROUNDS);
    pairs =
      round === 0
        ? await scorer.score(model, (done) => onProgress('compare', done))
        : await scorer.weighAgain(model, pairs);
    clusterOf = groupRows(table.rows, pairs, bitsOfPair(table, comparer, model), table.lot);
    onProgress('group', (round + 1) / ROUNDS);
    if (round + 1 < ROUNDS) rarity = raritiesOf(comparisons, countHolders(comparisons, clusterOf));
  }
  return { clusterOf, pairs, shares, model };
}

const NO_PAIRS: ScoredPairs = { count: 0, a: new Int32Array(), b: new Int32Array(), bits: new Float32Array() };

/** Half as many pairs of one person as rows: the start of learning, and what "frozen" takes. */
const firstPrior = (rows: number, linkable: number): number => Math.min(0.5, rows / 2 / Math.max(1, linkable));

function gather(table: Table, comparer: Comparer, index: KeyIndex, model: Model, linkable: number): Learning {
  return {
    comparisons: comparer.comparisons,
    candidates: sampleCandidates(table, comparer, index, model),
    random: sampleAtRandom(table, comparer, model),
    linkable,
    rows: table.rows,
  };
}

/** Bits of two rows that may not have met, compared in the order of their lots as all pairs are. */
function bitsOfPair(table: Table, comparer: Comparer, model: Model): (i: number, j: number) => number {
  const weigher = new Weigher(comparer.comparisons);
  const { linkOnly, source, lot } = table;
  return (i, j) => {
    if (linkOnly && source[i] === source[j]) return BARRED;
    const isFirst = (lot[i] ?? 0) < (lot[j] ?? 0) || (lot[i] === lot[j] && i < j);
    comparer.compare(isFirst ? i : j, isFirst ? j : i);
    return weigher.bits(model, comparer.levels, comparer.values);
  };
}
