import { FAMILY, FIRST_ATTRIBUTE, GENERATION, GIVEN, type Comparison } from './comparer.ts';
import { EQUAL, MISSING_LEVEL } from './levels.ts';
import type { Model } from './model.ts';
import { mayBeRelatives, relationOf, type Relation } from './relatives.ts';

/** Weighs pairs from the levels and equal values that `Comparer` found, or that a sample holds one after another. */
export class Weigher {
  readonly #household: readonly number[];
  readonly #identifiers: readonly number[];
  readonly #date: number;

  constructor(comparisons: readonly Comparison[]) {
    const positions = (is: (comparison: Comparison) => boolean): number[] =>
      comparisons.flatMap((comparison, at) => (at >= FIRST_ATTRIBUTE && is(comparison) ? [at] : []));
    this.#household = [FAMILY, ...positions(({ household }) => household)];
    this.#identifiers = positions(({ kind, household }) => kind === 'identifier' && !household);
    this.#date = comparisons.findIndex(({ kind }) => kind === 'date');
  }

  /** Bits of a pair. @param from where the pair begins in both arrays */
  bits(model: Model, levels: Uint8Array, values: Int32Array, from = 0): number {
    let sum = model.prior;
    for (let at = 0; at < model.bits.length; at += 1) {
      const level = levels[from + at] ?? 0;
      if (level === MISSING_LEVEL) continue;
      sum += model.bits[at]?.[level] ?? 0;
      if (level === EQUAL) sum += model.rarity[at]?.[values[from + at] ?? 0] ?? 0;
    }
    const relation = this.relation(model, levels, values, from);
    return relation === 'none' ? sum : Math.min(sum, model.caps[relation]);
  }

  /** What the two rows of a pair look like to each other. */
  relation(model: Model, levels: Uint8Array, values: Int32Array, from = 0): Relation {
    const given = levels[from + GIVEN] ?? 0;
    const generation = levels[from + GENERATION] ?? 0;
    const date = this.#date === -1 ? 0 : (levels[from + this.#date] ?? 0);
    if (!mayBeRelatives(given, generation, date)) return 'none';
    return relationOf({
      given,
      family: levels[from + FAMILY] ?? 0,
      generation,
      date,
      householdFrom: model.householdFrom,
      householdBits: this.#householdBits(model, levels, values, from),
      identifierAgrees: this.#identifiers.some((at) => levels[from + at] === EQUAL),
    });
  }

  #householdBits(model: Model, levels: Uint8Array, values: Int32Array, from: number): number {
    let sum = 0;
    for (const at of this.#household) {
      const level = levels[from + at] ?? 0;
      if (level === MISSING_LEVEL) continue;
      const rarity = level === EQUAL ? (model.rarity[at]?.[values[from + at] ?? 0] ?? 0) : 0;
      sum += Math.max(0, (model.bits[at]?.[level] ?? 0) + rarity);
    }
    return sum;
  }
}
