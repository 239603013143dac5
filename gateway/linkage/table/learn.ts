import type { Comparison } from './comparer.ts';
import { Comparer, GIVEN } from './comparer.ts';
import { assumedShares, modelOf, probabilityOf, type Model, type Shares } from './model.ts';
import { capsFrom, DIFFERENT_NAME, SAME_DATE, type Relation } from './relatives.ts';
import { Weigher } from './weigh.ts';
import type { Candidates } from './key-index.ts';
import type { Table } from './table.ts';

/** Levels and equal values of many pairs, one after another. */
export interface Sample {
  readonly pairs: number;
  readonly levels: Uint8Array;
  readonly values: Int32Array;
  /** How many pairs of the table each stands for. */
  readonly weight: number;
}

/** Pairs that a sample holds at most: enough for shares of a ten-thousandth. */
const SAMPLE_PAIRS = 600_000;
const ROUNDS = 25;
const CONVERGED = 1e-4;
/** Assumed shares count as this many observed pairs. */
const ASSUMED_PAIRS = 12;

class SampleWriter {
  readonly #comparer: Comparer;
  readonly #levels: Uint8Array;
  readonly #values: Int32Array;
  #pairs = 0;

  constructor(comparer: Comparer, most: number) {
    this.#comparer = comparer;
    const width = comparer.comparisons.length;
    this.#levels = new Uint8Array(most * width);
    this.#values = new Int32Array(most * width);
  }

  isFull(): boolean {
    return (this.#pairs + 1) * this.#comparer.levels.length > this.#levels.length;
  }

  add(i: number, j: number): void {
    this.#comparer.compare(i, j);
    const from = this.#pairs * this.#comparer.levels.length;
    this.#levels.set(this.#comparer.levels, from);
    this.#values.set(this.#comparer.values, from);
    this.#pairs += 1;
  }

  done(weight: number): Sample {
    return { pairs: this.#pairs, levels: this.#levels, values: this.#values, weight };
  }
}

/** Rows by lot: a draw that does not depend on how the table is sorted. */
export function rowsByLot({ rows, lot }: Table): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  return order.sort((a, b) => (lot[a] ?? 0) - (lot[b] ?? 0) || a - b);
}

/** All candidate pairs of rows drawn by lot, as many as fit. */
export function sampleCandidates(comparer: Comparer, candidates: Candidates, order: Uint32Array): Sample {
  const writer = new SampleWriter(comparer, SAMPLE_PAIRS * 2);
  let drawn = 0;
  let pairs = 0;
  for (const row of order) {
    if (pairs >= SAMPLE_PAIRS || writer.isFull()) break;
    const count = candidates.of(row);
    for (let at = 0; at < count && !writer.isFull(); at += 1) writer.add(row, candidates.found[at] ?? 0);
    pairs += count;
    drawn += 1;
  }
  return writer.done(order.length / Math.max(1, drawn));
}

/** Pairs of rows drawn by lot, of which nearly none is one person. */
export function sampleAtRandom(table: Table, comparer: Comparer, order: Uint32Array): Sample {
  const all = allPairs(table.rows);
  const most = Math.min(SAMPLE_PAIRS, all);
  const writer = new SampleWriter(comparer, most);
  const { linkOnly, source } = table;
  for (let step = 1; step < order.length && !writer.isFull(); step += 1) {
    for (let at = 0; at + step < order.length && !writer.isFull(); at += 1) {
      const [i, j] = [order[at] ?? 0, order[at + step] ?? 0];
      if (linkOnly && source[i] === source[j]) continue;
      writer.add(i, j);
    }
  }
  return writer.done(all / most);
}

export const allPairs = (rows: number): number => (rows * (rows - 1)) / 2;

/** Pairs of the table that may be linked at all. */
export function linkablePairs({ rows, linkOnly, source }: Table): number {
  if (!linkOnly) return allPairs(rows);
  const sizes = new Map<number, number>();
  for (const one of source) sizes.set(one, (sizes.get(one) ?? 0) + 1);
  return [...sizes.values()].reduce((pairs, size) => pairs - allPairs(size), allPairs(rows));
}

export interface Learning {
  readonly comparisons: readonly Comparison[];
  readonly candidates: Sample;
  readonly random: Sample;
  readonly linkable: number;
  readonly rows: number;
}

/** How many pairs there are at each level, weighted by the probability that they are one person, and that they are not. */
interface Counts {
  readonly one: Float64Array[];
  readonly two: Float64Array[];
  pairsOfOne: number;
  readonly relations: Record<Relation, number>;
}

const noRelations = (): Record<Relation, number> => ({
  none: 0,
  'two of a household': 0,
  twins: 0,
  'one undated': 0,
  'one unnamed': 0,
  namesakes: 0,
  generations: 0,
  'ten years apart': 0,
  'identified apart': 0,
  'household only': 0,
  'name only': 0,
  'surname and date only': 0,
});

function count(sample: Sample, model: Model, weigher: Weigher): Counts {
  const width = model.bits.length;
  const depth = Math.max(...model.bits.map((levels) => levels.length));
  const one = Array.from({ length: width }, () => new Float64Array(depth));
  const two = Array.from({ length: width }, () => new Float64Array(depth));
  let pairsOfOne = 0;
  const relations = noRelations();
  for (let pair = 0; pair < sample.pairs; pair += 1) {
    const from = pair * width;
    const probability = probabilityOf(weigher.bits(model, sample.levels, sample.values, from));
    relations[weigher.relation(model, sample.levels, sample.values, from)] += sample.weight;
    pairsOfOne += probability;
    for (let at = 0; at < width; at += 1) {
      const level = sample.levels[from + at] ?? 0;
      const ofOne = one[at];
      const ofTwo = two[at];
      if (ofOne !== undefined) ofOne[level] = (ofOne[level] ?? 0) + probability;
      if (ofTwo !== undefined) ofTwo[level] = (ofTwo[level] ?? 0) + 1 - probability;
    }
  }
  return { one, two, pairsOfOne, relations };
}

/** The most that assumed shares may count for, of what is observed. */
const ASSUMED_SHARE = 0.02;

/** Observed counts with the assumed shares as further observations. */
function blend(observed: Float64Array | undefined, assumed: readonly number[], pairs: number): number[] {
  let sum = pairs;
  for (let level = 1; level < assumed.length; level += 1) sum += observed?.[level] ?? 0;
  return assumed.map((share, level) => (level === 0 ? 0 : ((observed?.[level] ?? 0) + share * pairs) / sum));
}

/**
 * Expectation-maximisation (Dempster, Laird, Rubin 1977; for linkage Winkler 1988): m from the candidate pairs of all
 * keys together, so that no attribute is learnt from pairs chosen by it alone; u from pairs drawn at random. Both are
 * weighted by the probability that a pair is one person under the shares of the round before.
 */
export function learnShares(
  { comparisons, candidates, random, linkable, rows }: Learning,
  start: Shares,
  holders: readonly Int32Array[],
): Shares {
  const weigher = new Weigher(comparisons);
  let shares = start;
  for (let round = 0; round < ROUNDS; round += 1) {
    const model = modelOf(comparisons, shares, holders);
    const ofCandidates = count(candidates, model, weigher);
    const ofRandom = count(random, model, weigher);
    const pairsOfOne = ofCandidates.pairsOfOne * candidates.weight + 1;
    const sizes = { pairsOfOne, randomPairs: random.pairs, linkable, rows };
    const next = sharesFrom(comparisons, ofCandidates, ofRandom, sizes, start.householdFrom);
    const moved = Math.abs(Math.log2(next.prior / shares.prior));
    shares = next;
    if (moved < CONVERGED) break;
  }
  return shares;
}

/**
 * Attributes are not independent, so chance makes more households than their bits say: up to as many times more in a
 * table that is large against this many rows. Ours, on the high side; in a small table doubt goes to the relatives.
 */
const CHANCE_ALLOWED = 3;
const CHANCE_ROWS = 2_000;

interface Sizes {
  readonly pairsOfOne: number;
  readonly randomPairs: number;
  readonly linkable: number;
  readonly rows: number;
}

function sharesFrom(
  comparisons: readonly Comparison[],
  ofCandidates: Counts,
  ofRandom: Counts,
  { pairsOfOne, randomPairs, linkable, rows }: Sizes,
  householdFrom: number,
): Shares {
  const assumed = assumedShares(comparisons, 0, householdFrom);
  const allowed = 1 + (CHANCE_ALLOWED * rows) / (rows + CHANCE_ROWS);
  const chance = allowed * linkable * 2 ** -householdFrom;
  // As many more as there are more pairs of two people: a level that was never seen keeps its assumed weight.
  const assumedOfTwo = Math.min(ASSUMED_SHARE * randomPairs, (ASSUMED_PAIRS * randomPairs) / pairsOfOne);
  const learnt = (observed: readonly Float64Array[], shares: Shares['m'], pairs: number): number[][] =>
    comparisons.map(({ fixed }, at) =>
      fixed ? [...(shares[at] ?? [])] : blend(observed[at], shares[at] ?? [], pairs),
    );
  const m = learnt(ofCandidates.one, assumed.m, ASSUMED_PAIRS);
  return {
    prior: Math.min(0.5, pairsOfOne / linkable),
    m,
    u: learnt(ofRandom.two, assumed.u, assumedOfTwo),
    caps: capsFrom(ofCandidates.relations, pairsOfOne * errorsLikeTwo(comparisons, assumed.m) + chance, rows),
    householdFrom,
  };
}

/**
 * Share of pairs of one person in which errors alone make first name and birth date differ. From assumed shares: those
 * learnt would take in the relatives that are to be told from errors.
 */
function errorsLikeTwo(comparisons: readonly Comparison[], m: Shares['m']): number {
  const date = comparisons.findIndex(({ kind }) => kind === 'date');
  const differs = (m[date] ?? []).slice(SAME_DATE + 1).reduce((sum, share) => sum + share, 0);
  return (m[GIVEN]?.[DIFFERENT_NAME] ?? 0) * differs;
}
