import type { AgencyId, CaseRef, IsoInstant } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';
import type { ReviewState, ReviewSubject, UnusualRule } from '../../schemas/review.ts';

/** The port of reviews: what an officer has to look into, how far it has come and until when it is due. */

export interface Review {
  readonly reviewId: string;
  readonly about: ReviewSubject;
  /** Whose reviewers it lies with. */
  readonly agency: AgencyId;
  /** Whose access is reviewed: she never reviews it herself, and nobody of her team does. */
  readonly subjectStaff: { readonly agency: AgencyId; readonly staffId: string; readonly team?: string };
  readonly caseRef?: CaseRef;
  readonly rules: readonly UnusualRule[];
  /** Log positions that it rests on. */
  readonly positions: readonly number[];
  readonly state: ReviewState;
  readonly openedAt: IsoInstant;
  readonly dueAt: IsoInstant;
  /** Counts the steps; a step on top of another than the one that was read is refused. */
  readonly revision: number;
}

/** `changed-meanwhile`: somebody else took a step since the review was read; read again. */
export type ReviewRegisterFault = 'register-unavailable' | 'changed-meanwhile';

export interface ReviewRegister {
  find(reviewId: string, agency: AgencyId): Promise<Result<Review | undefined, 'register-unavailable'>>;
  /** An agency's reviews that are not ended (or all), overdue first, then what is due soonest. */
  list(
    agency: AgencyId,
    options: { readonly ended: boolean; readonly limit: number },
  ): Promise<Result<readonly Review[], 'register-unavailable'>>;
  /** Stores a new review (revision 1) or the next revision of one. */
  put(review: Review): Promise<Result<true, ReviewRegisterFault>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}
