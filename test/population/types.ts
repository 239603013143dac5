import type { RecordedAs, ContactKind } from '../../schemas/contact-point.ts';
import type { IsoDate } from '../../schemas/names.ts';

/**
 * One synthetic population feeds all five simulators. A `Citizen` is the truth; a `Holding` is what one agency holds
 * of one citizen, already as imperfect as real registers are. Simulators turn holdings into their agency's own wire
 * format and know nothing of the truth. Nobody here is real; phone numbers come from the ranges reserved for drama.
 */

export type HeldAgency = 'police' | 'probation' | 'housing' | 'health' | 'childrens';

/** Every hard case by name; tests pick citizens by it. A citizen may be in several. */
export const SITUATIONS = [
  'plain',
  'twin',
  'father-and-son',
  'namesake',
  'alias',
  'transliterated-name',
  'day-month-swap',
  'placeholder-birth-date',
  'phone-shared-with-victim',
  'victims-number-recorded-as-his',
  'mothers-number-recorded-as-his',
  'number-reassigned-to-stranger',
  'no-fixed-abode',
  'hostel',
  'in-custody',
  'released-last-week',
  'known-to-one-agency',
  'known-to-none',
  'restricted-in-health',
  'superseded-nhs-number',
  'limited-access-offender',
  'merged-in-probation',
  'two-police-urns',
  'victims-address-at-police',
  'joint-tenancy-with-victim',
  'childrens-by-relationship-only',
  'restricted-in-childrens',
  'dapo-notified-address',
] as const;
export type Situation = (typeof SITUATIONS)[number];

export interface HeldName {
  readonly given: string;
  readonly middle?: string;
  readonly family: string;
}

export interface TrueContact {
  readonly kind: ContactKind;
  /** E.164, lower-case e-mail, or one-line address with postcode last. */
  readonly value: string;
  /** Citizen id of whoever really answers on a date; a re-assigned number has two entries. */
  readonly owner: string;
  readonly worksFrom: IsoDate;
  readonly worksTo?: IsoDate;
}

export interface Citizen {
  readonly id: string;
  readonly kind: 'perpetrator' | 'victim' | 'child' | 'relative' | 'household-member' | 'namesake' | 'stranger';
  readonly name: HeldName;
  readonly aliases: readonly HeldName[];
  readonly sex: 'male' | 'female' | 'other';
  readonly dateOfBirth: IsoDate;
  readonly situations: readonly Situation[];
  readonly contacts: readonly TrueContact[];
  /** Citizen ids, by what they are to this one. */
  readonly relations: readonly { readonly to: string; readonly as: Relation }[];
}

export type Relation =
  'victim' | 'partner' | 'wife' | 'child' | 'mother' | 'father' | 'brother' | 'twin' | 'neighbour' | 'friend';

export interface HeldAddress {
  readonly lines: readonly string[];
  readonly postcode?: string;
  readonly uprn?: string;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly lastConfirmed?: IsoDate;
  readonly type: 'home' | 'previous' | 'temporary' | 'hostel' | 'approved' | 'notified';
  /** Set where the address is really (also) another citizen's, for example the victim's. Truth; never on the wire. */
  readonly reallyOf?: string;
}

export interface HeldPhone {
  readonly number: string;
  readonly type: 'mobile' | 'landline';
  /** The agency's own word for whose it is, right or wrong. */
  readonly recordedAs: RecordedAs;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly lastConfirmed?: IsoDate;
  readonly reallyOf?: string;
}

/** A third party in the agency's own file, with the contact details that the agency holds for them there. */
export interface HeldOther {
  readonly citizen: string;
  readonly as: Relation;
  readonly name: HeldName;
  readonly dateOfBirth?: IsoDate;
  readonly phones: readonly string[];
  readonly address?: HeldAddress;
}

export interface Holding {
  readonly agency: HeldAgency;
  /** The agency's own reference: police URN, CRN, person id (UUID), NHS number, resident id (digits). */
  readonly reference: string;
  /** Further references of the same person here: a merged or superseded number, a NOMIS number, a second URN. */
  readonly otherReferences: readonly { readonly type: 'superseded' | 'NOMS' | 'URN'; readonly value: string }[];
  /** Truth; never on the wire. */
  readonly citizen: string;
  readonly names: readonly HeldName[];
  readonly aliases: readonly HeldName[];
  /** As held: may be swapped, a placeholder such as 1900-01-01, or absent. */
  readonly dateOfBirth?: string;
  readonly sex: 'male' | 'female' | 'other';
  readonly pnc?: string;
  readonly cro?: string;
  readonly nhsNumber?: string;
  readonly addresses: readonly HeldAddress[];
  readonly phones: readonly HeldPhone[];
  readonly emails: readonly string[];
  readonly others: readonly HeldOther[];
  readonly noFixedAbode: boolean;
  /** Restricted in this agency (PDS R, limited access offender, restricted resident). */
  readonly restricted: boolean;
  readonly custody?: {
    readonly prisonId: string;
    readonly since: IsoDate;
    readonly releaseOn?: IsoDate;
    readonly releaseConfirmed?: boolean;
  };
  readonly releasedOn?: IsoDate;
  /** Named workers: responsible officer, GP practice (ODS code as team), housing officer, social worker. */
  readonly worker?: { readonly name: string; readonly team: string; readonly phone?: string; readonly email?: string };
  readonly mappa?: { readonly category: 1 | 2 | 3 | 4; readonly level: 1 | 2 | 3; readonly from: IsoDate };
  readonly licenceConditions: readonly string[];
  readonly orders: readonly {
    readonly type: 'DAPO' | 'DVPO' | 'restraining' | 'bail';
    readonly from: IsoDate;
    readonly to?: IsoDate;
    readonly conditions: readonly string[];
  }[];
  readonly plan?: { readonly status: 'child-in-need' | 'child-protection' | 'looked-after'; readonly s47Open: boolean };
  readonly tenancy?: {
    readonly reference: string;
    readonly type: string;
    readonly from: IsoDate;
    readonly to?: IsoDate;
    readonly jointWith?: string;
  };
  /** For children's services: reached only through the relationships of a child's record. */
  readonly relationshipOnly: boolean;
  readonly lastUpdated: IsoDate;
}

export interface Population {
  readonly seed: number;
  /** The day the population is as of; every date in it is relative to this. */
  readonly asOf: IsoDate;
  readonly citizens: readonly Citizen[];
  readonly holdings: readonly Holding[];
}
