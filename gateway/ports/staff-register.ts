import type { AgencyId, IsoDate } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/**
 * The port of the staff register: what an agency tells of its own staff so that its reviewers can tell usual access
 * from unusual. Names are sealed at rest; surname and home are keyed digests only, to be compared and never read.
 */

export interface StaffMember {
  readonly agency: AgencyId;
  readonly staffId: string;
  readonly team: string;
  /** Days on which the member of staff is away, both included. */
  readonly leave: readonly { readonly from: IsoDate; readonly to: IsoDate }[];
  /** Digest of the whole name, see gateway/review/unusual/likeness.ts. */
  readonly nameDigest?: string;
  /** Of the surname, and of former ones. */
  readonly surnameDigests: readonly string[];
  /** Of the home's postcode. */
  readonly homeDigest?: string;
}

export interface SealedStaffMember extends StaffMember {
  /** The name for people, sealed. */
  readonly sealedName: Uint8Array;
}

export interface StaffRegister {
  /** Everybody of an agency, or of all. */
  all(agency?: AgencyId): Promise<Result<readonly SealedStaffMember[], 'register-unavailable'>>;
  /** One member of staff; undefined where the agency's list has none of this id. */
  find(agency: AgencyId, staffId: string): Promise<Result<SealedStaffMember | undefined, 'register-unavailable'>>;
  /** Takes an agency's list in place of what was there. */
  replace(agency: AgencyId, staff: readonly SealedStaffMember[]): Promise<Result<number, 'register-unavailable'>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}
