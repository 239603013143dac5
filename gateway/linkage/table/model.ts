import { sharedFloat32 } from './dictionary.ts';
import { GIVEN, type Comparison } from './comparer.ts';
import { ALIKE_FROM, EQUAL, MISSING_LEVEL, type ComparisonKind } from './levels.ts';
import { ASSUMED_CAPS, type RelationCaps } from './relatives.ts';

/** What the weights are made of; m and u per comparison and level (index 0 is "missing" and not used). */
export interface Shares {
  /** Share of pairs of rows that are one person. */
  readonly prior: number;
  readonly m: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  /** Share of pairs of rows that are two people of one household; 0 where the table knows of no homes. */
  readonly householdPrior: number;
  /** Shares of agreement of those, per comparison and level; of what each is given alone, as `u`. */
  readonly h: readonly (readonly number[])[];
  /** Of those, the share who are called after each other. */
  readonly namesakes: number;
  /** The most that pairs may weigh that look like relatives. */
  readonly caps: RelationCaps;
  /** Bits of home, phone and e-mail from which two rows make a household. */
  readonly householdFrom: number;
}

/** From which level on two of a household are alike; past the last level where they are as strangers throughout. */
export const alikeFrom = ({ kind, household, levels }: Comparison): number =>
  (household ? EQUAL : ALIKE_FROM[kind]) ?? levels.length + 1;

/** Surnames of two of a household: as many couples and lodgers have two as have one. Ours; a table of households shows its own. */
const ASSUMED_SURNAMES = [0, 0.5, 0.01, 0.02, 0.01, 0.01, 0.02, 0.43];

/**
 * Share of two of a household who have a number or an address of mail in common, however it is written: half of phones were
 * landlines, mail is read alone. Ours, in orders of magnitude.
 */
const ASSUMED_IN_COMMON: Partial<Readonly<Record<ComparisonKind, number>>> = { phone: 0.4, email: 0.1 };

/** A home is written in one notation or another, whoever of the household it is. */
function assumedOfHousehold(one: Comparison): number[] {
  if (one.kind === 'family') return ASSUMED_SURNAMES;
  const share = one.household ? (ASSUMED_IN_COMMON[one.kind] ?? 1) : 0;
  return [0, ...one.levels.map(({ m, u }) => share * m + (1 - share) * u)];
}

/** Sons called after their fathers, cousins after one grandmother, of pairs of one household: ours. */
const ASSUMED_NAMESAKES = 0.01;

/** Whether a table knows of homes: who writes from one address of mail need not live together. */
const knowsHomes = (comparisons: readonly Comparison[]): boolean =>
  comparisons.some(({ household, kind }) => household && kind !== 'email');

/** The shares that are assumed before the table is looked at. */
export function assumedShares(comparisons: readonly Comparison[], prior: number, householdFrom: number): Shares {
  return {
    prior,
    m: comparisons.map(({ levels }) => [0, ...levels.map(({ m }) => m)]),
    u: comparisons.map(({ levels }) => [0, ...levels.map(({ u }) => u)]),
    householdPrior: knowsHomes(comparisons) ? prior : 0,
    h: comparisons.map(assumedOfHousehold),
    namesakes: ASSUMED_NAMESAKES,
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
  /** Log2 odds that two rows drawn at random are two people of one household, against two strangers. */
  readonly householdPrior: number;
  /** Per comparison: bits of each level for two of a household against two strangers. */
  readonly householdBits: readonly (readonly number[])[];
  /** 1 for comparisons of which a household may share a rare value. */
  readonly householdRarity: Uint8Array;
  /** By first name: bits that two of a household earn by it, because some are called after each other. */
  readonly namesakes: Float32Array;
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
  const householdBits = comparisons.map((one, at) => {
    const from = alikeFrom(one);
    return (shares.h[at] ?? []).map((h, level) => {
      if (level === MISSING_LEVEL || level < from) return 0;
      const u = level === EQUAL && one.values > 0 ? 1 : (shares.u[at]?.[level] ?? 1);
      return Math.log2(Math.max(h, LEAST_SHARE) / Math.max(u, LEAST_SHARE));
    });
  });
  const strangers = 1 - shares.prior - shares.householdPrior;
  return {
    prior: Math.log2(shares.prior / Math.max(strangers, LEAST_SHARE)),
    bits,
    rarity,
    householdPrior: Math.log2(shares.householdPrior / Math.max(strangers, LEAST_SHARE)),
    householdBits,
    householdRarity: Uint8Array.from(comparisons, (one) => (alikeFrom(one) === EQUAL ? 1 : 0)),
    namesakes: namesakeBits(shares.namesakes, rarity[GIVEN]),
    caps: shares.caps,
    householdFrom: shares.householdFrom,
  };
}

/** At a rare name as often as at a common one: log2(1 + share of namesakes / share of the name). */
function namesakeBits(share: number, rarity: Float32Array | undefined): Float32Array {
  const bits = sharedFloat32(rarity?.length ?? 0);
  rarity?.forEach((rare, value) => (bits[value] = Math.log2(1 + share * 2 ** rare)));
  return bits;
}

/**
 * How rare each value is, in bits: log2(1 / share of people who hold it), per comparison.
 *
 * @param holders per comparison: how many people hold each value
 */
export const raritiesOf = (comparisons: readonly Comparison[], holders: readonly Int32Array[]): Float32Array[] =>
  comparisons.map(({ values, kind, elsewhere }, at) =>
    values === 0 ? sharedFloat32(0) : rarityOf(holders[at] ?? new Int32Array(0), LEAST_PEOPLE[kind] ?? 2, elsewhere),
  );

/**
 * How common a value that r people hold is among people not seen yet is judged by Good and Turing's estimate (Good
 * 1953): (r + 1) N(r + 1) / N(r) of all, which for the many values seen once makes a phone number rare and a town of
 * one resident not.
 */
function rarityOf(holders: Int32Array, leastPeople: number, elsewhere: Float32Array | undefined): Float32Array {
  let people = 0;
  const ofSize = new Float64Array(5);
  for (const count of holders) {
    people += count;
    if (count > 0 && count < ofSize.length) ofSize[count] = (ofSize[count] ?? 0) + 1;
  }
  const expected = expectedHolders(ofSize);
  const rarity = sharedFloat32(holders.length);
  const further = elsewhere === undefined ? 0 : PEOPLE_ELSEWHERE;
  const all = Math.max(people, leastPeople) + further;
  holders.forEach((count, value) => {
    const held = count < expected.length ? (expected[count] ?? count) : count - 0.5;
    const ofFurther = further * (elsewhere?.[value] ?? 0);
    rarity[value] = -Math.log2(Math.max((held + ofFurther) / all, LEAST_SHARE));
  });
  return rarity;
}

/**
 * An identifier is given to one person and a number to one household: in a table where six have one, it is not shared by a
 * sixth of mankind. So many people are taken to have one at least. Ours, on the low side; a large table has more.
 */
const LEAST_PEOPLE: Partial<Readonly<Record<ComparisonKind, number>>> = { identifier: 1_000, phone: 250, email: 250 };

/**
 * What is known of names and dates beyond a small table counts as so many people more: in a table of five, three of them Ann,
 * Ann is not borne by more than half of mankind. Ours; a table of some hundred people outweighs it.
 */
const PEOPLE_ELSEWHERE = 50;

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
