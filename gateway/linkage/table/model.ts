import { sharedFloat32 } from './dictionary.ts';
import type { Comparison } from './comparer.ts';
import { EQUAL, MISSING_LEVEL, type ComparisonKind } from './levels.ts';
import { ASSUMED_CAPS, type RelationCaps } from './relatives.ts';

/** What the weights are made of; m and u per comparison and level (index 0 is "missing" and not used). */
export interface Shares {
  /** Share of pairs of rows that are one person. */
  readonly prior: number;
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  /** The most that pairs may weigh that look like relatives. */
  readonly caps: RelationCaps;
  /** Bits of home, phone and e-mail from which two rows make a household. */
  readonly householdFrom: number;
}

/** The shares that are assumed before the table is looked at. */
export function assumedShares(comparisons: readonly Comparison[], prior: number, householdFrom: number): Shares {
  return {
    prior,
    m: comparisons.map(({ levels }) => [0, ...levels.map(({ m }) => m)]),
    u: comparisons.map(({ levels }) => [0, ...levels.map(({ u }) => u)]),
    caps: ASSUMED_CAPS,
    householdFrom,
  };
}

/** Weights in bits, ready for use; threads share the large arrays. */
export interface Model {
  /** Log2 odds that two rows drawn at random are one person. */
  readonly prior: number;
  /** Per comparison: bits of each level; 0 for "missing". */
  readonly bits: readonly (readonly number[])[];
  /** Per comparison: bits that an equal value earns beyond `bits[EQUAL]`, by value; empty where all earn the same. */
  readonly rarity: readonly Float32Array[];
  /** The most that pairs may weigh that look like relatives. */
  readonly caps: RelationCaps;
  /** Bits of home, phone and e-mail from which two rows make a household. */
  readonly householdFrom: number;
}

/** Addresses that differ after the @: the part before it repeats the name, which has been counted. */
const EMAIL_NAME = 3;
const EMAIL_NAME_MOST = 2;

/** An estimate of 0 would be a certainty that no table can give. */
const LEAST_SHARE = 1e-9;

/**
 * Weights from shares: log2(m/u) per level, and for equal values log2(m/share of the value), of which the second part
 * is in `rarity`.
 */
export function modelOf(comparisons: readonly Comparison[], shares: Shares, rarity: readonly Float32Array[]): Model {
  const bits = comparisons.map(({ kind, values }, at) =>
    (shares.m[at] ?? []).map((m, level) => {
      if (level === MISSING_LEVEL) return 0;
      const u = level === EQUAL && values > 0 ? 1 : (shares.u[at]?.[level] ?? 1);
      const learnt = Math.log2(Math.max(m, LEAST_SHARE) / Math.max(u, LEAST_SHARE));
      return kind === 'email' && level === EMAIL_NAME ? Math.min(learnt, EMAIL_NAME_MOST) : learnt;
    }),
  );
  return {
    prior: Math.log2(shares.prior / (1 - shares.prior)),
    bits,
    rarity,
    caps: shares.caps,
    householdFrom: shares.householdFrom,
  };
}

/**
 * How rare each value is, in bits: log2(1 / share of people who hold it), per comparison.
 *
 * @param holders per comparison: how many people hold each value
 */
export const raritiesOf = (comparisons: readonly Comparison[], holders: readonly Int32Array[]): Float32Array[] =>
  comparisons.map(({ values, kind }, at) =>
    values === 0 ? sharedFloat32(0) : rarityOf(holders[at] ?? new Int32Array(0), LEAST_PEOPLE[kind] ?? 2),
  );

/**
 * How common a value that r people hold is among people not seen yet is judged by Good and Turing's estimate (Good
 * 1953): (r + 1) N(r + 1) / N(r) of all, which for the many values seen once makes a phone number rare and a town of
 * one resident not.
 */
function rarityOf(holders: Int32Array, leastPeople: number): Float32Array {
  let people = 0;
  const ofSize = new Float64Array(5);
  for (const count of holders) {
    people += count;
    if (count > 0 && count < ofSize.length) ofSize[count] = (ofSize[count] ?? 0) + 1;
  }
  const expected = expectedHolders(ofSize);
  const rarity = sharedFloat32(holders.length);
  const all = Math.max(people, leastPeople);
  holders.forEach((count, value) => {
    const held = count < expected.length ? (expected[count] ?? count) : count - 0.5;
    rarity[value] = -Math.log2(Math.max(held / all, LEAST_SHARE));
  });
  return rarity;
}

/**
 * An identifier is given to one person and a number to one household: in a table where six have one, it is not shared by a
 * sixth of mankind. So many people are taken to have one at least. Ours, on the low side; a large table has more.
 */
const LEAST_PEOPLE: Partial<Readonly<Record<ComparisonKind, number>>> = { identifier: 1_000, phone: 250, email: 250 };

/** Least that a value of one holder is judged to be held, of one: a table cannot show that a value is unique. */
const LEAST_HELD = 0.05;

/** Good and Turing's estimate for values of one to three holders, kept in order and never above the count. */
function expectedHolders(ofSize: Float64Array): number[] {
  const expected = [LEAST_HELD];
  let least = LEAST_HELD;
  for (const held of [1, 2, 3]) {
    const [now, next] = [ofSize[held] ?? 0, ofSize[held + 1] ?? 0];
    const estimate = now === 0 ? held : ((held + 1) * (next + 0.5)) / (now + 0.5);
    least = Math.min(held, Math.max(least, estimate));
    expected.push(least);
  }
  return expected;
}

/** Probability of one person at these bits. */
export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits);
