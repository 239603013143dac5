/**
 * Weights in bits: log2(m / u), m the share of true pairs and u the share of other pairs at that level.
 *
 * `published`: the Ministry of Justice's Core Person Record, hmpps-person-match (MIT) at f5f9e73, model of 2026-02-23,
 * file hmpps_cpr_splink/cpr_splink/model/model_files/model_2026_02_23_1e09.json: trained on courts, prison,
 * probation and police records of England and Wales, so on people like our subjects.
 * `own`: levels which that model has not. Each says on what it rests and stays below the published level it resembles.
 */

interface Level {
  readonly m: number;
  readonly u: number;
}

/** Two decimals everywhere, so that the bars of an explanation add up to the weight that decided. */
export const roundBits = (bits: number): number => Math.round(bits * 100) / 100;

const bits = ({ m, u }: Level): number => roundBits(Math.log2(m / u));

/** Log2 odds that two random people of the population are one; not raised because a source searched by name. */
export const PRIOR = -21.85;

export const PUBLISHED = {
  'name-exact': bits({ m: 0.8806, u: 6.44e-6 }),
  'name-near': bits({ m: 0.0732, u: 4.65e-4 }),
  'name-swapped': bits({ m: 0.00196, u: 1.19e-7 }),
  'name-alias': bits({ m: 0.0164, u: 5.72e-6 }),
  'name-alias-of-many': bits({ m: 0.00417, u: 7.35e-6 }),
  'name-like': bits({ m: 0.00495, u: 4.89e-4 }),
  'first-name-only': bits({ m: 0.00421, u: 0.00426 }),
  'surname-only': bits({ m: 0.00533, u: 7.85e-4 }),
  'name-different': bits({ m: 0.00414, u: 0.994 }),
  'middle-name-exact': bits({ m: 0.931, u: 0.0123 }),
  'middle-name-near': bits({ m: 0.031, u: 0.0025 }),
  'middle-name-different': bits({ m: 0.041, u: 0.985 }),
  'birth-date-exact': bits({ m: 0.948, u: 6.33e-5 }),
  'birth-date-other': bits({ m: 0.0151, u: 1.84e-5 }),
  'birth-date-other-of-many': bits({ m: 0.00195, u: 4.26e-6 }),
  'birth-date-one-edit': bits({ m: 0.0173, u: 0.00177 }),
  'birth-date-within-5-years': bits({ m: 0.0102, u: 0.218 }),
  'birth-date-different': bits({ m: 0.002, u: 0.78 }),
  'postcode-rare': bits({ m: 0.653, u: 1.9e-5 }),
  'postcode-uncommon': bits({ m: 0.0405, u: 9.7e-6 }),
  'postcode-common': bits({ m: 0.0147, u: 1.0e-4 }),
  'postcode-outward': bits({ m: 0.0923, u: 0.0024 }),
  'postcode-different': bits({ m: 0.199, u: 0.997 }),
  'identifiers-two-equal': bits({ m: 1, u: 1e-9 }),
  'identifier-pnc-equal': bits({ m: 0.411, u: 1.3e-7 }),
  'identifier-cro-equal': bits({ m: 0.488, u: 1.3e-7 }),
  'identifier-core-equal': bits({ m: 0.0459, u: 1.9e-6 }),
  'identifiers-two-differ': -14,
  'identifier-differs': -10,
  /** The published level is the master defendant id's; ours is every other identifier of one person. */
  'identifier-other-equal': bits({ m: 1, u: 1e-6 }),
  'human-same': 166,
  'human-different': -166,
} as const;

export const OWN = {
  /** Another form of the same name (a family of standardise/name-families.ts): as an alias that meets. */
  'name-variant': bits({ m: 0.0164, u: 5.72e-6 }),
  /**
   * One of the two parts equal or a form of the other, one a slip (compare/spelling.ts). Published are 7 % of pairs near
   * in any way; most are one slip. u: first names agree in .00426 of pairs, and at most 4 in 1,000 surnames, or first
   * names, are one slip from a given one.
   */
  'name-slip': bits({ m: 0.05, u: 0.00426 * 0.0041 }),
  /** One half of a double-barrelled surname: u as first names and either of two surnames that agree. */
  'name-part': bits({ m: 0.01, u: 0.00426 * 2 * 7.85e-4 }),
  /** Called by the middle name: as a near name. */
  'name-middle-as-first': bits({ m: 0.0732, u: 4.65e-4 }),
  /** Only surnames can be compared: share of true pairs and of others whose surnames agree at any published level. */
  'surname-alone': bits({ m: 0.886, u: 7.91e-4 }),
  /** The same with an initial that fits; one in thirteen strangers has it. */
  'surname-and-initial': bits({ m: 0.886 * 0.95, u: 7.91e-4 * 0.077 }),
  /** The same for first names. */
  'first-name-alone': bits({ m: 0.885, u: 0.00427 }),
  /** Day and month exchanged: u as two dates that both allow it, m as a fifth of a per cent of clerks. */
  'birth-date-swapped': bits({ m: 0.002, u: 2.5e-5 }),
  /**
   * Two of day, month and year equal, in ages within ten years: u as 1 in 365 with the day of the year, 1 in 1,800 with
   * the day and the year, 1 in 720 with month and year; m as half of what is published for dates within five years.
   */
  'birth-date-two-parts': bits({ m: 0.0051, u: 1 / 365 / 3 + 1 / 1800 + 1 / 720 }),
  /** Only year, or year and month, are known on one side: uniform over 60 years, m as an exact date. */
  'birth-date-year': bits({ m: 0.948, u: 1 / 55 }),
  'birth-date-month': bits({ m: 0.948, u: 1 / 650 }),
  /** 1 January stands for "some day that year" on many documents from abroad. */
  'birth-date-first-of-january': -3,
  /** Same postcode, other house: neighbours, no more than the same outward code. */
  'postcode-other-house': bits({ m: 0.0923, u: 0.0024 }),
  /**
   * The same house too, counted only where first name and birth date leave no other of the household: nine in ten write
   * the number alike, and one in fifteen neighbours has it (some fifteen homes share a postcode, Royal Mail).
   */
  'same-house': bits({ m: 0.9, u: 1 / 15 }),
  /** An identifier whose check character fails, or that is nobody's key: weak evidence. */
  'identifier-weak-equal': bits({ m: 0.0147, u: 1.0e-4 }),
  /**
   * What the same full name adds to an equal PNC or CRO number whose check letter holds: the number is not another's by
   * a slip of the pen, so both count as two identifiers that agree do (published).
   */
  'fingerprints-and-name': roundBits(bits({ m: 1, u: 1e-9 }) - bits({ m: 0.411, u: 1.3e-7 })),
  /** The same for NHS, NOMS and National Insurance numbers, one in 60 million; relatives who are mixed up have other names. */
  'number-and-name': roundBits(bits({ m: 1, u: 1 / 60e6 }) - bits({ m: 1, u: 1e-6 })),
  'sex-equal': bits({ m: 0.99, u: 0.75 }),
  'sex-different': bits({ m: 0.01, u: 0.35 }),
  /** A mobile or e-mail that nobody else in the answer holds: u as a postcode's, because families share phones. */
  'mobile-equal': bits({ m: 0.4, u: 2e-5 }),
  'email-equal': bits({ m: 0.4, u: 2e-5 }),
  /** Household evidence, always under the household's cap; a phone of several people as a place of many people. */
  'phone-shared': bits({ m: 0.0147, u: 1.0e-4 }),
  /**
   * What a mobile of the family adds to that where first name and birth date leave nobody else of the family: a stranger
   * of that name and age has it no more often than any other mobile, so both together weigh as much as one of his own.
   */
  'phone-of-his-family': roundBits(bits({ m: 0.4, u: 2e-5 }) - bits({ m: 0.0147, u: 1.0e-4 })),
  /**
   * What one mobile or e-mail of both adds where first name and birth date leave nobody else of a family: a number is
   * held for three or four people of 60 million, ten times as many with those who had it before (u 6e-7, not 2e-5).
   */
  'contact-of-one-man': bits({ m: 2e-5, u: 6e-7 }),
  /**
   * The record holds a home or a number of somebody whom the case protects from him: u as `contact-of-one-man`, for a
   * stranger of his name and birth date has no more to do with her than anybody else; m an assumption, three in ten of
   * his records know of her. Counted only where name and birth date agree and nothing else of a household does.
   */
  'tied-by-the-case': bits({ m: 0.3, u: 6e-7 }),
  'tenancy-equal': bits({ m: 0.0405, u: 9.7e-6 }),
  /** A system's own word that one record replaced another: as an equal PNC number. */
  'merged-by-source': bits({ m: 0.411, u: 1.3e-7 }),
} as const;

/** One address's worth: the most that surname, address, landline, shared phone and tenancy may give together. */
export const HOUSEHOLD_CAP = PUBLISHED['postcode-rare'];

/** At or above: one person. */
export const TOGETHER = 20;
/** At or above, and below `TOGETHER`: shown to a human, never merged. */
export const PROBABLE = 14;
/** Just short of together: at most shown to a human. */
export const AT_MOST_PROBABLE = 19.99;
/** What a named rule leaves of a pair that it judges to be two people (hmpps-person-match forces twins to the same). */
export const RULED_APART = -5;

/**
 * How much a rare or common value moves its level: log2(u of the level / share of the value), within bounds. The
 * bounds are ours. A name off our tables would earn up to 9 bits; half of that is left, because rare names live together:
 * in the one town where a family or a village has settled they are ten and more times as common.
 */
export const FREQUENCY_BOUNDS = { least: -6, most: 4.5 } as const;

/** Shares of other pairs at the levels that a frequency moves. */
export const LEVEL_SHARE = {
  fullName: 6.44e-6,
  surname: 7.85e-4,
  firstName: 0.00426,
  middleName: 0.0123,
} as const;

/**
 * Above this share a full name is common: then the chance that another of its bearers in England and Wales was born on
 * the same day is 1 % (60 million people, 22,000 days of birth among the living to 60).
 */
export const COMMON_NAME_SHARE = (0.01 * 22_000) / 60e6;
