/**
 * How often two records of one person agree, from the m column of a national matching model in daily use (HMPPS Core
 * Person Record, hmpps-person-match, model_2026_02_23_1e09). Comparison levels are ordered: a pair counts once.
 */
export const PUBLISHED = {
  /** First and last name both exactly the same. */
  nameExact: 0.8806,
  /** Middle name the same, where both records hold one. */
  middleExact: 0.931,
  /** Birth date the same, where neither record holds a placeholder. */
  birthDateExact: 0.948,
  /** Any postcode ever held in common (.653 + .0405 + .0147), where both hold one. */
  anyPostcode: 0.7082,
  /** No postcode in common, but an outward code (.0923). */
  sameOutwardOnly: 0.0923,
  /**
   * The criminal identifiers agree (.411 on the PNC number, .488 on the CRO number) or their core numbers do (.0459).
   * The model does not print a rate for "PNC where both hold it" alone; this reading of it is ours.
   */
  identifierAgrees: 0.945,
  identifierCoreOnly: 0.0459,
} as const;

/** How one record's name differs when it does; shares are the model's levels below exact. */
export const NAME_SLIPS = [
  ['near', 0.0732],
  ['swapped', 0.00196],
  ['alias', 0.02057],
  ['nickname', 0.00495],
  ['other-family', 0.00421],
  ['other-given', 0.00533],
  ['other-name', 0.00414],
] as const;
export type NameSlip = (typeof NAME_SLIPS)[number][0];

/** The same for birth dates. The model's alias dates (.017) count as one edit: a holding has one birth date. */
export const BIRTH_DATE_SLIPS = [
  ['one-edit', 0.0343],
  ['day-month-swap', 0.0051],
  ['year-slip', 0.0051],
  ['other', 0.002],
] as const;
export type BirthDateSlip = (typeof BIRTH_DATE_SLIPS)[number][0];

/**
 * The share of single records that must be wrong so that a pair agrees at `agreement`: two records agree where both
 * are right, and wrong ones hardly ever agree by luck.
 */
export const slipRate = (agreement: number): number => 1 - Math.sqrt(agreement);

/**
 * The share of registers that know only a home nobody else knows. More than `slipRate(anyPostcode)`, because earlier
 * addresses that two registers both keep bring some pairs together again; set so that the measured rate is the published.
 */
export const STRAY_HOME = 0.178;

/** Who of the perpetrators is known to which agency. No publication counts them; the order is kept. */
export const KNOWN_TO = { police: 0.95, probation: 0.45, housing: 0.4, health: 0.75, childrens: 0.3 } as const;

/**
 * How often a perpetrator is in each situation. Estimates for one metropolitan borough, not published figures; what is
 * missing here follows from other choices (known to one agency, a slip in a record).
 */
export const SITUATION_RATES = [
  ['twin', 0.008],
  ['father-and-son', 0.01],
  ['namesake', 0.05],
  ['alias', 0.07],
  ['phone-shared-with-victim', 0.03],
  ['victims-number-recorded-as-his', 0.06],
  ['mothers-number-recorded-as-his', 0.05],
  ['number-reassigned-to-stranger', 0.04],
  ['no-fixed-abode', 0.05],
  ['hostel', 0.05],
  ['in-custody', 0.06],
  ['released-last-week', 0.008],
  ['known-to-none', 0.01],
  ['restricted-in-health', 0.015],
  ['superseded-nhs-number', 0.02],
  ['limited-access-offender', 0.008],
  ['merged-in-probation', 0.015],
  ['two-police-urns', 0.03],
  ['victims-address-at-police', 0.2],
  ['joint-tenancy-with-victim', 0.05],
  ['restricted-in-childrens', 0.008],
  ['dapo-notified-address', 0.03],
] as const;
