import { FAMILY, FIRST_ATTRIBUTE, GENERATION, GIVEN, type Bound, type Comparison } from './comparer.ts';
import { EQUAL, MISSING_LEVEL } from './levels.ts';
import type { Model } from './model.ts';
import { agreeThroughout, relationOf, SAME_DATE, type Relation } from './relatives.ts';

const SURNAME: readonly number[] = [FAMILY];
/** The level of identifiers that are neither equal nor near. */
const DIFFERENT_IDENTIFIER = 3;
/**
 * The most that another home may speak against one person, in bits: street, town and postcode differ together, because he
 * moved. One in ten moves in a year (ONS, Census 2021), and records are years apart: ours, on the low side.
 */
const MOVED_MOST = -5;

const NO_EVIDENCE = {
  given: 0,
  family: 0,
  generation: 0,
  date: 0,
  householdBits: 0,
  homeBits: 0,
  personalBits: 0,
  householdFrom: 0,
  identifierAgrees: false,
  identifierDiffers: false,
};

/** 1 for comparisons of homes, which all differ when somebody moves. */
function homesAmong(comparisons: readonly Comparison[]): Uint8Array {
  return Uint8Array.from(comparisons, ({ household, kind }, at) =>
    at >= FIRST_ATTRIBUTE && household && kind !== 'phone' && kind !== 'email' ? 1 : 0,
  );
}

/**
 * What a pair may weigh at most under a model, for `Comparer.compareAbove`.
 *
 * @param least pairs below so many bits are not wanted
 */
export function boundOf(comparisons: readonly Comparison[], model: Model, least: number): Bound {
  const unequal = Float64Array.from(comparisons, ({ columns }, at) => {
    const levels = model.bits[at] ?? [];
    const most = levels.slice(EQUAL + 1).reduce((sum, bits) => Math.max(sum, bits), 0);
    if (columns.length < 2) return most;
    const rarest = model.rarity[at]?.reduce((sum, bits) => Math.max(sum, bits), 0) ?? 0;
    return Math.max(most, (levels[EQUAL] ?? 0) + rarest);
  });
  const { prior, bits, rarity } = model;
  return { least, prior, bits, rarity, unequal, homes: homesAmong(comparisons) };
}

/** Log2 odds of strangers or two of a household against strangers alone: what one person has to outweigh. */
const bitsOfEither = (household: number): number =>
  household < -16 ? 0 : household > 32 ? household : Math.log2(1 + 2 ** household);

/** Weighs pairs from the levels and equal values that `Comparer` found, or that a sample holds one after another. */
export class Weigher {
  /** What the two rows of the last pair that was weighed looked like to each other. */
  lastRelation: Relation = 'none';
  /** Log2 odds that they were two people of one household, against two strangers. */
  lastHousehold = Number.NEGATIVE_INFINITY;
  /** 1 for comparisons of homes. */
  readonly #home: Uint8Array;
  /** Filled anew for each pair: there are too many of them for an object each. */
  readonly #evidence = { ...NO_EVIDENCE };
  readonly #shared: readonly number[];
  readonly #personal: readonly number[];
  readonly #identifiers: readonly number[];
  readonly #date: number;
  readonly #tellsPeople: boolean;

  constructor(comparisons: readonly Comparison[]) {
    const positions = (is: (comparison: Comparison) => boolean): number[] =>
      comparisons.flatMap((comparison, at) => (at >= FIRST_ATTRIBUTE && is(comparison) ? [at] : []));
    this.#shared = positions(({ household }) => household);
    this.#home = homesAmong(comparisons);
    this.#personal = positions(({ household, kind }) => !household && kind !== 'date' && kind !== 'sex');
    this.#identifiers = positions(({ kind, household }) => kind === 'identifier' && !household);
    this.#date = comparisons.findIndex(({ kind }) => kind === 'date');
    this.#tellsPeople = this.#date !== -1 || (comparisons[GIVEN]?.columns.length ?? 0) > 0;
  }

  /** Bits of a pair. @param from where the pair begins in both arrays */
  bits(model: Model, levels: Uint8Array, values: Int32Array, from = 0): number {
    let sum = model.prior;
    let household = model.householdPrior;
    let moved = 0;
    for (let at = 0; at < model.bits.length; at += 1) {
      const level = levels[from + at] ?? 0;
      if (level === MISSING_LEVEL) continue;
      const rare = level === EQUAL ? (model.rarity[at]?.[values[from + at] ?? 0] ?? 0) : 0;
      const bits = (model.bits[at]?.[level] ?? 0) + rare;
      household += (model.householdBits[at]?.[level] ?? 0) + (model.householdRarity[at] === 1 ? rare : 0);
      if (bits < 0 && this.#home[at] === 1) moved += bits;
      else sum += bits;
    }
    if (levels[from + GIVEN] === EQUAL) household += model.namesakes[values[from + GIVEN] ?? 0] ?? 0;
    // Who moves keeps his birth date.
    const isDateOff = this.#date !== -1 && (levels[from + this.#date] ?? 0) > SAME_DATE;
    sum += isDateOff ? moved : Math.max(moved, MOVED_MOST);
    this.lastHousehold = household;
    sum -= bitsOfEither(household);
    this.lastRelation = this.relation(model, levels, values, from);
    return this.lastRelation === 'none' ? sum : Math.min(sum, model.caps[this.lastRelation]);
  }

  /** What the two rows of a pair look like to each other. */
  relation(model: Model, levels: Uint8Array, values: Int32Array, from = 0): Relation {
    const given = levels[from + GIVEN] ?? 0;
    const family = levels[from + FAMILY] ?? 0;
    const generation = levels[from + GENERATION] ?? 0;
    const date = this.#date === -1 ? 0 : (levels[from + this.#date] ?? 0);
    if (!this.#tellsPeople || agreeThroughout(given, family, generation, date)) return 'none';
    const homeBits = this.#gain(this.#shared, model, levels, values, from);
    const evidence = this.#evidence;
    evidence.given = given;
    evidence.family = family;
    evidence.generation = generation;
    evidence.date = date;
    evidence.householdFrom = model.householdFrom;
    evidence.homeBits = homeBits;
    evidence.householdBits = homeBits + this.#gain(SURNAME, model, levels, values, from);
    evidence.personalBits = this.#gain(this.#personal, model, levels, values, from);
    this.#readIdentifiers(levels, from);
    return relationOf(evidence);
  }

  #readIdentifiers(levels: Uint8Array, from: number): void {
    let [held, differ, equal] = [0, 0, 0];
    for (const at of this.#identifiers) {
      const level = levels[from + at] ?? 0;
      if (level === MISSING_LEVEL) continue;
      held += 1;
      if (level === EQUAL) equal += 1;
      else if (level === DIFFERENT_IDENTIFIER) differ += 1;
    }
    this.#evidence.identifierAgrees = equal > 0;
    this.#evidence.identifierDiffers = held > 0 && differ === held;
  }

  /** What agreements give together; a disagreement takes nothing away. */
  #gain(which: readonly number[], model: Model, levels: Uint8Array, values: Int32Array, from: number): number {
    let sum = 0;
    for (const at of which) {
      const level = levels[from + at] ?? 0;
      if (level === MISSING_LEVEL) continue;
      const rarity = level === EQUAL ? (model.rarity[at]?.[values[from + at] ?? 0] ?? 0) : 0;
      sum += Math.max(0, (model.bits[at]?.[level] ?? 0) + rarity);
    }
    return sum;
  }
}
