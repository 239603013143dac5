import type { ContactKind } from '../../schemas/contact-point.ts';

/** What of a contact point wears out at one speed. */
export type Wear = 'mobile' | 'landline' | 'email' | 'address' | 'hostel';

/** How evidence is dated, best first. */
export type Dating = 'verified' | 'confirmed' | 'begun' | 'beside' | 'recordUpdated' | 'inService' | 'undated';

/**
 * Every number that a probability is made of. Decision 17 says how they came about: chosen by likelihood on questions of
 * the synthetic population, then moved to where registers of other habits agree with it, and rounded. All are assumptions
 * in so far as no public figure exists for this group of men, and are to be replaced by outcomes of attempts.
 */
export interface ContactWeights {
  /** Days after which half of the contact points that nobody confirmed again no longer reach him. */
  readonly halfLifeDays: Readonly<Record<Wear, number>>;
  /** Each year over which a value has been seen again lengthens its half-life by this share: settled men stay settled. */
  readonly longerEachYearHeld: number;
  /** How likely a value works on the very day of each kind of evidence. */
  readonly worksOnTheDay: Readonly<Record<Dating, number>>;
  /** What a further agency adds to whether it works, as a share of an independent one: it often holds the same old value. */
  readonly worksAgreement: number;
  /** Periods are sometimes closed by mistake, so an ended contact point is poor, not nil. */
  readonly worksThoughEnded: Readonly<Record<ContactKind, number>>;
  /** A later mobile or home of his: the earlier is given up this often, where both were in use side by side less. */
  readonly givenUp: number;
  readonly givenUpSideBySide: number;
  /** How often a value is his own by what one source calls it, when nobody in the answer says otherwise. */
  readonly hisIfCalled: Readonly<Record<'self' | 'hostel' | 'unknown' | 'work', number>>;
  readonly hisIfVerified: number;
  /** What a further agency adds to whose it is: it often copied the first. */
  readonly hisAgreement: number;
}

/** The weights in use. Beside each group: where it comes from. */
export const WEIGHTS: ContactWeights = {
  halfLifeDays: { mobile: 500, landline: 3_650, email: 2_190, address: 300, hostel: 230 },
  longerEachYearHeld: 0.07,
  worksOnTheDay: {
    verified: 0.97,
    confirmed: 0.97,
    begun: 0.97,
    beside: 0.8,
    recordUpdated: 0.3,
    inService: 0.8,
    undated: 0.5,
  },
  worksAgreement: 0.35,
  worksThoughEnded: { phone: 0.07, email: 0.2, address: 0.02 },
  givenUp: 0.8,
  givenUpSideBySide: 0.5,
  hisIfCalled: { self: 0.87, hostel: 0.7, unknown: 0.86, work: 0.7 },
  hisIfVerified: 0.98,
  hisAgreement: 0.65,
};
