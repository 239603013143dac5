import { Comparer, GIVEN, type Comparison } from './comparer.ts';
import { rowNumbers, type KeyIndex } from './key-index.ts';
import { EQUAL, type ComparisonKind } from './levels.ts';
import { jobsOf, Meetings } from './meetings.ts';
import { alikeFrom, assumedShares, modelOf, probabilityOf, type Model, type Shares } from './model.ts';
import { inOrder, PairColumns } from './pair-columns.ts';
import { mix } from './parts.ts';
import { capsFrom, DIFFERENT_NAME, SAME_DATE, type Relation } from './relatives.ts';
import { sortByKey } from './radix.ts';
import type { Table } from './table.ts';
import { boundOf, Weigher } from './weigh.ts';

/** Levels and equal values of many pairs, one after another. */
export interface Sample {
  readonly pairs: number;
  readonly levels: Uint8Array;
  readonly values: Int32Array;
}

/** Pairs that meet, of which so many are looked at: enough for shares of a ten-thousandth. */
const CANDIDATES = 400_000;
/** Pairs drawn at random. */
const RANDOM = 120_000;
/** A pair so far below the prior odds is nobody, whatever is learnt; it is counted, and not kept. */
const HOPELESS = 8;
const HOPELESS_MOST = -24;
const ROUNDS = 25;
const CONVERGED = 1e-4;
/** Assumed shares count as this many observed pairs. */
const ASSUMED_PAIRS = 12;
/**
 * Or as this many pairs of one person for each row, if that is more: where nobody is in the table twice, expectation-maximisation would
 * learn from namesakes what one person looks like. A table with more than a few pairs of one person outweighs it. Ours.
 */
const ASSUMED_PER_ROW = 0.01;

class SampleWriter {
  readonly #comparer: Comparer;
  #levels = new Uint8Array(1 << 14);
  #values = new Int32Array(1 << 14);
  #pairs = 0;

  constructor(comparer: Comparer) {
    this.#comparer = comparer;
  }

  /** Adds the pair that was compared last. */
  add(): void {
    const { levels, values } = this.#comparer;
    const from = this.#pairs * levels.length;
    if (from + levels.length > this.#levels.length) this.#grow();
    this.#levels.set(levels, from);
    this.#values.set(values, from);
    this.#pairs += 1;
  }

  #grow(): void {
    const [levels, values] = [new Uint8Array(this.#levels.length * 2), new Int32Array(this.#values.length * 2)];
    levels.set(this.#levels);
    values.set(this.#values);
    [this.#levels, this.#values] = [levels, values];
  }

  done(): Sample {
    return { pairs: this.#pairs, levels: this.#levels, values: this.#values };
  }
}

/** Rows by lot: a draw that does not depend on how the table is sorted. */
export const rowsByLot = ({ rows, lot }: Table): Uint32Array => sortByKey(rowNumbers(rows), lot);

const least = (model: Model): number => Math.min(HOPELESS_MOST, model.prior - HOPELESS);

export interface CandidateSample extends Sample {
  /** How many pairs of the table each stands for. */
  readonly weight: number;
}

/** Of the pairs that meet, some drawn by lot; without the hopeless ones. */
export function sampleCandidates(table: Table, comparer: Comparer, index: KeyIndex, model: Model): CandidateSample {
  const share = Math.min(1, CANDIDATES / Math.max(1, index.expected));
  const drawn = new PairColumns();
  const { lot } = table;
  const meetings = new Meetings(table, index);
  const bound = boundOf(comparer.comparisons, model, least(model));
  const below = share * 2 ** 32;
  const meet = (a: number, b: number): void => {
    if (mix(lot[a] ?? 0, lot[b] ?? 0) < below && comparer.compareAbove(a, b, bound)) drawn.add(a, b, 0);
  };
  for (let job = 0; job < jobsOf(index); job += 1) meetings.do(job, meet);
  const { count, a, b } = inOrder([drawn.done()]);
  // Sums are rounded as they are added up: pairs in the order of lots, whatever the order of rows.
  const byOther = sortByKey(
    rowNumbers(count),
    Uint32Array.from({ length: count }, (_, at) => lot[b[at] ?? 0] ?? 0),
  );
  const order = sortByKey(
    byOther,
    Uint32Array.from({ length: count }, (_, at) => lot[a[at] ?? 0] ?? 0),
  );
  const writer = new SampleWriter(comparer);
  for (const pair of order) {
    comparer.compare(a[pair] ?? 0, b[pair] ?? 0);
    writer.add();
  }
  return { ...writer.done(), weight: 1 / share };
}

/** Pairs drawn at random, of which nearly none is one person: their levels are counted, and only likely ones kept. */
export interface RandomSample extends Sample {
  /** How many were drawn. */
  readonly drawn: number;
  /** Per comparison and level, of all that were drawn. */
  readonly counts: readonly Float64Array[];
}

/** Pairs of rows drawn by lot. */
export function sampleAtRandom(table: Table, comparer: Comparer, model: Model): RandomSample {
  const order = rowsByLot(table);
  const most = Math.min(RANDOM, allPairs(table.rows));
  const writer = new SampleWriter(comparer);
  const weigher = new Weigher(comparer.comparisons);
  const counts = comparer.comparisons.map(({ levels }) => new Float64Array(levels.length + 1));
  const { linkOnly, source } = table;
  let drawn = 0;
  for (let step = 1; step < order.length && drawn < most; step += 1) {
    for (let at = 0; at + step < order.length && drawn < most; at += 1) {
      const [i, j] = [order[at] ?? 0, order[at + step] ?? 0];
      if (linkOnly && source[i] === source[j]) continue;
      comparer.compare(i, j);
      drawn += 1;
      counts.forEach((ofLevel, one) => {
        const level = comparer.levels[one] ?? 0;
        ofLevel[level] = (ofLevel[level] ?? 0) + 1;
      });
      if (weigher.bits(model, comparer.levels, comparer.values) >= least(model)) writer.add();
    }
  }
  return { ...writer.done(), drawn, counts };
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
  readonly candidates: CandidateSample;
  readonly random: RandomSample;
  readonly linkable: number;
  readonly rows: number;
}

/** How many pairs there are at each level, weighted by the probability that they are one person. */
interface Counts {
  readonly one: readonly Float64Array[];
  /** The same for two people of one household. */
  readonly ofHousehold: readonly Float64Array[];
  pairsOfOne: number;
  householdPairs: number;
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
  'two names': 0,
  'household only': 0,
  'name only': 0,
  'surname and date only': 0,
});

function count(sample: Sample, model: Model, weigher: Weigher): Counts {
  const width = model.bits.length;
  const one = model.bits.map((levels) => new Float64Array(levels.length));
  const ofHousehold = model.bits.map((levels) => new Float64Array(levels.length));
  let [pairsOfOne, householdPairs] = [0, 0];
  const relations = noRelations();
  for (let pair = 0; pair < sample.pairs; pair += 1) {
    const from = pair * width;
    const probability = probabilityOf(weigher.bits(model, sample.levels, sample.values, from));
    relations[weigher.lastRelation] += 1;
    pairsOfOne += probability;
    const household = (1 - probability) * probabilityOf(weigher.lastHousehold);
    householdPairs += household;
    for (let at = 0; at < width; at += 1) {
      const level = sample.levels[from + at] ?? 0;
      const [ofOne, ofTwoTogether] = [one[at], ofHousehold[at]];
      if (ofOne !== undefined) ofOne[level] = (ofOne[level] ?? 0) + probability;
      if (ofTwoTogether !== undefined) ofTwoTogether[level] = (ofTwoTogether[level] ?? 0) + household;
    }
  }
  return { one, ofHousehold, pairsOfOne, householdPairs, relations };
}

/** Of the pairs drawn at random, those of two people. */
const ofTwo = ({ counts }: RandomSample, { one }: Counts): Float64Array[] =>
  counts.map((all, at) => all.map((pairs, level) => Math.max(0, pairs - (one[at]?.[level] ?? 0))));

/** Pairs of two people that assumed shares count for at least: five rows make ten pairs. */
const ASSUMED_OF_TWO = 20;
/** The most that assumed shares may count for, of what is observed. */
const ASSUMED_SHARE = 0.02;

/** Observed counts with the assumed shares as further observations. */
function blend(observed: Float64Array | undefined, assumed: readonly number[], pairs: number): number[] {
  let sum = pairs;
  for (let level = 1; level < assumed.length; level += 1) sum += observed?.[level] ?? 0;
  return assumed.map((share, level) => (level === 0 ? 0 : ((observed?.[level] ?? 0) + share * pairs) / sum));
}

/**
 * The most that pairs of one person may differ: a class that differs more often in first name, surname or birth date is
 * another likeness than that of one person, to which expectation-maximisation is drawn where a table has few pairs of one
 * (a convex constraint after Winkler 1993). Registers at their worst: women marry, and the rest is errors.
 */
const DIFFERENT_MOST: Partial<Readonly<Record<ComparisonKind, number>>> = {
  given: 0.1,
  family: 0.15,
  date: 0.1,
  sex: 0.1,
};

/** Shares of one person of which the last, "different", is no more than any register gives. */
function boundedShares(kind: ComparisonKind, shares: readonly number[]): number[] {
  const last = shares.length - 1;
  const [different, most] = [shares[last] ?? 0, DIFFERENT_MOST[kind] ?? 1];
  if (different <= most) return [...shares];
  return shares.map((share, level) => (level === last ? most : (share * (1 - most)) / (1 - different)));
}

/** Relations of the whole table from those of a sample. */
function scaled({ relations, ...counts }: Counts, weight: number): Counts {
  const all = noRelations();
  for (const [relation, pairs] of Object.entries(relations)) if (isRelation(relation)) all[relation] = pairs * weight;
  return { ...counts, relations: all };
}

const isRelation = (name: string): name is Relation => name in noRelations();

/**
 * Expectation-maximisation (Dempster, Laird, Rubin 1977; for linkage Winkler 1988): m from the candidate pairs of all
 * keys together, so that no attribute is learnt from pairs chosen by it alone; u from pairs drawn at random. Both are
 * weighted by the probability that a pair is one person under the shares of the round before.
 */
export function learnShares(
  { comparisons, candidates, random, linkable, rows }: Learning,
  start: Shares,
  rarity: readonly Float32Array[],
): Shares {
  const weigher = new Weigher(comparisons);
  let shares = start;
  for (let round = 0; round < ROUNDS; round += 1) {
    const model = modelOf(comparisons, shares, rarity);
    const ofCandidates = count(candidates, model, weigher);
    const apart = ofTwo(random, count(random, model, weigher));
    const pairsOfOne = ofCandidates.pairsOfOne * candidates.weight + 1;
    const householdPairs = start.householdPrior === 0 ? 0 : ofCandidates.householdPairs * candidates.weight + 1;
    const sizes = { pairsOfOne, householdPairs, randomPairs: random.drawn, linkable, rows };
    const next = sharesFrom(comparisons, scaled(ofCandidates, candidates.weight), apart, sizes, start.householdFrom);
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
  readonly householdPairs: number;
  readonly randomPairs: number;
  readonly linkable: number;
  readonly rows: number;
}

function sharesFrom(
  comparisons: readonly Comparison[],
  ofCandidates: Counts,
  apart: readonly Float64Array[],
  { pairsOfOne, householdPairs, randomPairs, linkable, rows }: Sizes,
  householdFrom: number,
): Shares {
  const assumed = assumedShares(comparisons, 0, householdFrom);
  const allowed = 1 + (CHANCE_ALLOWED * rows) / (rows + CHANCE_ROWS);
  const chance = allowed * linkable * 2 ** -householdFrom;
  // As many more as there are more pairs of two people: a level that was never seen keeps its assumed weight.
  const assumedOfTwo = Math.max(
    ASSUMED_OF_TWO,
    Math.min(ASSUMED_SHARE * randomPairs, (ASSUMED_PAIRS * randomPairs) / pairsOfOne),
  );
  const learnt = (observed: readonly Float64Array[], shares: Shares['m'], pairs: number): number[][] =>
    comparisons.map(({ fixed }, at) =>
      fixed ? [...(shares[at] ?? [])] : blend(observed[at], shares[at] ?? [], pairs),
    );
  const m = learnt(ofCandidates.one, assumed.m, Math.max(ASSUMED_PAIRS, rows * ASSUMED_PER_ROW)).map((shares, at) =>
    boundedShares(comparisons[at]?.kind ?? 'text', shares),
  );
  const u = learnt(apart, assumed.u, assumedOfTwo);
  const h = learnt(ofCandidates.ofHousehold, assumed.h, ASSUMED_PAIRS);
  return {
    prior: Math.min(0.5, pairsOfOne / linkable),
    m,
    u,
    householdPrior: Math.min(0.25, householdPairs / linkable),
    namesakes: namesakesOf(h[GIVEN] ?? [], u[GIVEN] ?? []),
    h: h.map((shares, at) => asStrangersBelow(alikeFromOf(comparisons[at]), shares, u[at] ?? [])),
    caps: capsFrom(ofCandidates.relations, pairsOfOne * errorsLikeTwo(comparisons, assumed.m) + chance, rows),
    householdFrom,
  };
}

/** More would be pairs of one person whose birth date is wrong. */
const NAMESAKES_MOST = 0.05;
const NAMESAKES_LEAST = 0.002;

/** The share of two of a household who are called after each other: those of one name beyond what chance gives. */
const namesakesOf = (h: readonly number[], u: readonly number[]): number =>
  Math.min(NAMESAKES_MOST, Math.max(NAMESAKES_LEAST, (h[EQUAL] ?? 0) - (u[EQUAL] ?? 0)));

const alikeFromOf = (one: Comparison | undefined): number => (one === undefined ? 1 : alikeFrom(one));

/** Shares of two of a household: as of strangers up to a level, and the rest in the proportions that were found. */
function asStrangersBelow(from: number, found: readonly number[], u: readonly number[]): number[] {
  const sumFrom = (shares: readonly number[]): number => shares.slice(from).reduce((sum, share) => sum + share, 0);
  const [left, all] = [sumFrom(u), sumFrom(found)];
  return found.map((share, level) => (level < from || all === 0 ? (u[level] ?? 0) : (share / all) * left));
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
