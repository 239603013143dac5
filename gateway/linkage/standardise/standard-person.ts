import type { Identifier } from '../../../schemas/person.ts';
import type { Street } from './streets.ts';

/** What every comparison reads: a person with each value in one notation, and nothing that is only a placeholder. */

export interface StandardName {
  /** Lower-case Latin; empty where unknown; a single letter is an initial. */
  readonly first: string;
  readonly middle: readonly string[];
  /** Joined, particles included, for example `vanderberg`; empty where unknown. */
  readonly last: string;
  /** The words of the surname without particles. */
  readonly lastWords: readonly string[];
  /** Those words joined. */
  readonly lastBare: string;
  /** Held as an alias, not as the current name. */
  readonly alias: boolean;
  readonly generation?: 'senior' | 'junior' | 'third' | 'fourth' | 'fifth';
  /** Written without vowels at the source (Arabic, Hebrew script): compared by consonants. */
  readonly consonantsOnly: boolean;
}

export interface StandardDate {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  /** The date as given, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: equal texts are equal dates. */
  readonly text: string;
  /** Held as a further date, not as the current one. */
  readonly alias: boolean;
}

export interface StandardIdentifier {
  readonly type: Identifier['type'];
  /** Canonical where `valid`, else upper-case letters and digits as found. */
  readonly value: string;
  /** The format, and the check character where the type has one, hold. Never a key otherwise. */
  readonly valid: boolean;
  /**
   * Serial and two-digit year, which a PNC number and a CRO number of one arrest event may share; of a National Insurance
   * number what comes before its last letter.
   */
  readonly core?: string;
}

export interface StandardHome {
  /** Upper-case without blank, for example `LS11AA`. */
  readonly postcode?: string;
  readonly outward?: string;
  readonly uprn?: string;
  /** House and flat numbers in the lines, in order; empty where none was given. */
  readonly numbers: readonly string[];
  /** House and street, where the lines name them. */
  readonly street?: Street;
  /** A prison, hostel or other place where many unrelated people live. */
  readonly crowded: boolean;
}

export interface StandardPhone {
  /** E.164. */
  readonly number: string;
  /** Only a number that is clearly one person's counts as personal: a British mobile that is not a workplace's. */
  readonly personal: boolean;
}

export interface StandardPerson {
  /** Record id, or `subject`: where each value came from. */
  readonly id: string;
  readonly names: readonly StandardName[];
  /** All middle names of all names. */
  readonly middleNames: readonly string[];
  /** Only ever called senior, or only ever junior. */
  readonly generation?: 'senior' | 'junior' | 'third' | 'fourth' | 'fifth';
  readonly birthDates: readonly StandardDate[];
  readonly sex?: 'male' | 'female';
  readonly identifiers: readonly StandardIdentifier[];
  readonly homes: readonly StandardHome[];
  readonly phones: readonly StandardPhone[];
  readonly emails: readonly string[];
  /** E.164 numbers that his record says are his mother's, partner's or friend's: they say whose relative he is. */
  readonly relativesPhones: readonly string[];
  /** Tenancy references: a household's, not a person's. */
  readonly tenancies: readonly string[];
}
