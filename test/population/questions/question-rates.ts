import { PUBLISHED } from '../rates.ts';
import type { Origin } from '../name-lists.ts';

/**
 * How the world of the questions is: what is published is named, what is not is an assumption and says so. Slips are
 * not spread evenly over records as in the borough of generate.ts: a man gives one name and one date nearly always, or
 * two of them nearly always, so that most men are easy and a few are hard.
 */

/** Shares of the questions by where the subject's name comes from: every group large enough to be measured alone. */
export const QUESTION_ORIGINS: readonly (readonly [Origin, number])[] = [
  ['british', 0.4],
  ['south-asian', 0.12],
  ['welsh', 0.08],
  ['irish', 0.06],
  ['scottish', 0.06],
  ['polish', 0.06],
  ['arabic', 0.06],
  ['west-african', 0.06],
  ['caribbean', 0.05],
  ['romanian', 0.05],
];

/** Of registers that know a man who goes by two names (or dates), half have the one and half the other. */
const HALF_OF_PAIRS = 0.5;
/** Share of the disagreement that comes from single slips of a clerk; the rest from men who give two versions. */
const FROM_CLERKS = 0.3;

function split(agreement: number): { readonly gaveTwo: number; readonly slip: number } {
  const disagreement = 1 - agreement;
  return {
    gaveTwo: (disagreement * (1 - FROM_CLERKS)) / HALF_OF_PAIRS,
    slip: 1 - Math.sqrt(1 - disagreement * FROM_CLERKS),
  };
}

/** Core Person Record's agreement of first and last name (.8806), as men with two names and slips of one record. */
export const NAMES = split(PUBLISHED.nameExact);
/** The same of birth dates (.948). */
export const BIRTH_DATES = split(PUBLISHED.birthDateExact);

/**
 * Assumption: mean years in one home. The English Housing Survey 2022-23 gives 4.4 years in the current home for
 * private renters and over 10 for social renters; the subjects have separated, been arrested and moved more.
 */
export const YEARS_IN_A_HOME = { subject: 1.4, others: 6 } as const;

/**
 * Assumption, no publication counts it for this group: months a mobile number is kept. Men differ: some keep one number
 * for years, most change with debts, arrests and ended relationships.
 */
export const MONTHS_OF_A_NUMBER = { settled: 75, unsettled: 15, shareSettled: 0.35, others: 60 } as const;
/** Assumption: how often the old phone is kept beside the new one for a while. */
export const TWO_PHONES = 0.15;
/** Assumption: mailboxes that nobody reads any more. */
export const MAILBOX_ABANDONED = { subject: 0.3, others: 0.1 } as const;
/** Assumption: a given-up mobile that somebody else has by today, once out of quarantine. */
export const REISSUED = 0.4;
export const QUARANTINE_DAYS = 90;

/**
 * What he says when an agency asks for his number. "It might be wrong, it might be the number for the mum or the
 * victim" (Greenwich evaluation, 2023); the shares are assumptions.
 */
export const ANSWERS_WITH = [
  ['own', 0.83],
  ['former', 0.03],
  ['partner', 0.06],
  ['mother', 0.045],
  ['friend', 0.015],
  ['mistyped', 0.02],
] as const;
/** Assumption: the share of another's numbers that the agency's file labels as such. */
export const LABELLED = 0.35;
/** Assumption: the share of numbers of which the file does not say whose they are. */
export const SAYS_NOTHING = 0.18;

export const AGENCIES = ['police', 'probation', 'prison', 'courts', 'housing', 'health', 'childrens'] as const;
export type Agency = (typeof AGENCIES)[number];

/** How an agency keeps its register. All estimates. */
export interface Habits {
  readonly system: string;
  /** Share of subjects it knows. */
  readonly knows: number;
  /** Since when, in years before the question. */
  readonly years: readonly [least: number, most: number];
  readonly visitsPerYear: number;
  /** Of visits, how many ask for the number and for the address. */
  readonly asksPhone: number;
  readonly asksAddress: number;
  /** Of values seen again, how many get a new date of confirmation; of values replaced, how many are closed. */
  readonly confirms: number;
  readonly closes: number;
  /** How many of the values held have a date on which they began. */
  readonly datesFrom: number;
  /** How many homes it keeps on file, the newest ones; set so that pairs of registers agree as published. */
  readonly keepsHomes: number;
  readonly email: number;
  readonly middle: number;
  readonly placeholderBirthDate: number;
  /** The record is touched for other reasons so often that its last update says little of its numbers. */
  readonly touchedWithin: number;
}

export const HABITS: Readonly<Record<Agency, Habits>> = {
  police: {
    system: 'records',
    knows: 0.95,
    years: [0.1, 9],
    visitsPerYear: 1.2,
    asksPhone: 0.7,
    asksAddress: 0.95,
    confirms: 0.6,
    closes: 0.3,
    datesFrom: 0.8,
    keepsHomes: 2,
    email: 0.15,
    middle: 0.8,
    placeholderBirthDate: 0.004,
    touchedWithin: 400,
  },
  probation: {
    system: 'delius',
    knows: 0.5,
    years: [0.1, 5],
    visitsPerYear: 5,
    asksPhone: 0.7,
    asksAddress: 0.8,
    confirms: 0.8,
    closes: 0.6,
    datesFrom: 0.6,
    keepsHomes: 3,
    email: 0.3,
    middle: 0.85,
    placeholderBirthDate: 0.004,
    touchedWithin: 60,
  },
  prison: {
    system: 'nomis',
    knows: 0.25,
    years: [0.3, 8],
    visitsPerYear: 0.5,
    asksPhone: 0.4,
    asksAddress: 0.9,
    confirms: 0.3,
    closes: 0.2,
    datesFrom: 0.9,
    keepsHomes: 2,
    email: 0,
    middle: 0.85,
    placeholderBirthDate: 0.002,
    touchedWithin: 300,
  },
  courts: {
    system: 'libra',
    knows: 0.4,
    years: [0.1, 5],
    visitsPerYear: 0.6,
    asksPhone: 0.2,
    asksAddress: 0.95,
    confirms: 0.2,
    closes: 0.1,
    datesFrom: 0.9,
    keepsHomes: 1,
    email: 0.05,
    middle: 0.6,
    placeholderBirthDate: 0.002,
    touchedWithin: 500,
  },
  housing: {
    system: 'tenancies',
    knows: 0.45,
    years: [0.3, 8],
    visitsPerYear: 0.9,
    asksPhone: 0.75,
    asksAddress: 0.9,
    confirms: 0.45,
    closes: 0.3,
    datesFrom: 0.6,
    keepsHomes: 1,
    email: 0.45,
    middle: 0.3,
    placeholderBirthDate: 0.006,
    touchedWithin: 40,
  },
  health: {
    system: 'pds',
    knows: 0.85,
    years: [3, 12],
    visitsPerYear: 0.8,
    asksPhone: 0.5,
    asksAddress: 0.6,
    confirms: 0.25,
    closes: 0.3,
    datesFrom: 0.9,
    keepsHomes: 1,
    email: 0.4,
    middle: 0.7,
    placeholderBirthDate: 0,
    touchedWithin: 120,
  },
  childrens: {
    system: 'lcs',
    knows: 0.35,
    years: [0.2, 5],
    visitsPerYear: 1.5,
    asksPhone: 0.6,
    asksAddress: 0.8,
    confirms: 0.5,
    closes: 0.3,
    datesFrom: 0.5,
    keepsHomes: 2,
    email: 0.2,
    middle: 0.2,
    placeholderBirthDate: 0.008,
    touchedWithin: 150,
  },
};

/**
 * What makes the harder questions harder. The published model describes the justice system, where fingerprints keep
 * registers together; housing, health and children's services write down what they are told.
 */
export const HARDER = {
  /**
   * Two times of asking one cohort differ in 12 % of forenames and 18 % of surnames (Avon Longitudinal Study of Parents
   * and Children: "Generating synthetic identifiers to support development and evaluation of data linkage methods",
   * International Journal of Population Data Science 2024). Of single registers, so that pairs differ as often.
   */
  forenameDiffers: 1 - Math.sqrt(1 - 0.12),
  surnameDiffers: 1 - Math.sqrt(1 - 0.18),
  /**
   * Postcodes of hospital records are missing or not those of the national register in 53 % (30,000 records of Hospital
   * Episode Statistics, BMC Medical Research Methodology 2017, 17:23). Most of that is moves, which every question has;
   * how much is clerks' is an assumption.
   */
  postcodeMissing: 0.06,
  postcodeMistyped: 0.06,
  /** Planted at any name, common or not, and the half of them where no agency knows both: assumptions, hostile ones. */
  plantedNamesakes: 0.03,
  plantedAlone: 0.5,
  /** People of England and Wales, and days of birth of those to 60: how many others of a name were born on his day. */
  people: 60e6,
  birthDays: 22_000,
} as const;

/** Registers that write down what they are told. */
export const HEARSAY: ReadonlySet<Agency> = new Set<Agency>(['housing', 'health', 'childrens']);

/** Hard cases drawn on purpose, as a share of questions; the rest of what is hard follows from slips. Estimates. */
export const HARD_CASES = {
  twin: 0.03,
  brother: 0.2,
  father: 0.25,
  'father-and-son': 0.03,
  mother: 0.6,
  sister: 0.15,
  'new-partner': 0.25,
  'namesake-in-area': 0.06,
  'namesake-in-household': 0.01,
  'namesake-same-birth-date': 0.01,
  'in-custody': 0.06,
  'released-lately': 0.03,
  hostel: 0.05,
  'no-fixed-abode': 0.05,
  'shares-phone-with-victim': 0.02,
  'two-records-of-one-system': 0.03,
  'dapo-notified-address': 0.03,
} as const;
export type DrawnCase = keyof typeof HARD_CASES;
