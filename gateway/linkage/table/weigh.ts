import { FAMILY, FIRST_ATTRIBUTE, GENERATION, GIVEN, type Comparison } from './comparer.ts';
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

/** Weighs pairs from the levels and equal values that `Comparer` found, or that a sample holds one after another. */
export class Weigher {
  readonly #home: ReadonlySet<number>;
  readonly #shared: readonly number[];
  readonly #personal: readonly number[];
  readonly #identifiers: readonly number[];
  readonly #date: number;
  readonly #tellsPeople: boolean;

  constructor(comparisons: readonly Comparison[]) {
    const positions = (is: (comparison: Comparison) => boolean): number[] =>
      comparisons.flatMap((comparison, at) => (at >= FIRST_ATTRIBUTE && is(comparison) ? [at] : []));
    this.#shared = positions(({ household }) => household);
    this.#home = new Set(positions(({ household, kind }) => household && kind !== 'phone' && kind !== 'email'));
    this.#personal = positions(({ household, kind }) => !household && kind !== 'date' && kind !== 'sex');
    this.#identifiers = positions(({ kind, household }) => kind === 'identifier' && !household);
    this.#date = comparisons.findIndex(({ kind }) => kind === 'date');
    this.#tellsPeople = this.#date !== -1 || (comparisons[GIVEN]?.columns.length ?? 0) > 0;
  }

  /** Bits of a pair. @param from where the pair begins in both arrays */
  bits(model: Model, levels: Uint8Array, values: Int32Array, from = 0): number {
    let sum = model.prior;
    let moved = 0;
    for (let at = 0; at < model.bits.length; at += 1) {
      const level = levels[from + at] ?? 0;
      if (level === MISSING_LEVEL) continue;
      let bits = model.bits[at]?.[level] ?? 0;
      if (level === EQUAL) bits += model.rarity[at]?.[values[from + at] ?? 0] ?? 0;
      if (bits < 0 && this.#home.has(at)) moved += bits;
      else sum += bits;
    }
    // Who moves keeps his birth date.
    const isDateOff = this.#date !== -1 && (levels[from + this.#date] ?? 0) > SAME_DATE;
    sum += isDateOff ? moved : Math.max(moved, MOVED_MOST);
    const relation = this.relation(model, levels, values, from);
    return relation === 'none' ? sum : Math.min(sum, model.caps[relation]);
  }

  /** What the two rows of a pair look like to each other. */
  relation(model: Model, levels: Uint8Array, values: Int32Array, from = 0): Relation {
    const given = levels[from + GIVEN] ?? 0;
    const family = levels[from + FAMILY] ?? 0;
    const generation = levels[from + GENERATION] ?? 0;
    const date = this.#date === -1 ? 0 : (levels[from + this.#date] ?? 0);
    if (!this.#tellsPeople || agreeThroughout(given, family, generation, date)) return 'none';
    const homeBits = this.#gain(this.#shared, model, levels, values, from);
    return relationOf({
      given,
      family,
      generation,
      date,
      householdFrom: model.householdFrom,
      homeBits,
      householdBits: homeBits + this.#gain(SURNAME, model, levels, values, from),
      personalBits: this.#gain(this.#personal, model, levels, values, from),
      identifierAgrees: this.#identifiers.some((at) => levels[from + at] === EQUAL),
      identifierDiffers: this.#differ(levels, from),
    });
  }

  #differ(levels: Uint8Array, from: number): boolean {
    const held = this.#identifiers.filter((at) => levels[from + at] !== MISSING_LEVEL);
    return held.length > 0 && held.every((at) => levels[from + at] === DIFFERENT_IDENTIFIER);
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
