import type { LogEntryBody } from '../../schemas/entry.ts';
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
  /** Why it was opened, as the rules say it: references and numbers, no names. */
  readonly sentences: readonly string[];
  /** Log positions that it rests on. */
  readonly positions: readonly number[];
  readonly state: ReviewState;
  readonly openedAt: IsoInstant;
  readonly dueAt: IsoInstant;
  /** Ids of the sealed notes of its steps, oldest first. */
  readonly noteIds: readonly string[];
  /** Counts the steps; a step on top of another than the one that was read is refused. */
  readonly revision: number;
  /** Who took the last step: of two officers who decide, the second has to be another. Absent where nobody by name did. */
  readonly steppedBy?: { readonly agency: AgencyId; readonly staffId: string };
}

export type ReviewStepEntry = Extract<LogEntryBody, { kind: 'review-step' }>;

/** A step that is laid down and does not count yet: it counts once its entry is in the log. */
export interface StepUnderWay {
  readonly state: ReviewState;
  readonly dueAt: IsoInstant;
  /** The revision that it makes. */
  readonly revision: number;
  readonly entry: ReviewStepEntry;
  /** Of the step's note, which is kept already. */
  readonly noteId?: string;
}

export interface HeldReview {
  /** As the log says it is; a review that is being opened has revision 1 and is not in the log yet. */
  readonly review: Review;
  readonly underWay?: StepUnderWay;
}

/** `changed-meanwhile`: somebody else took a step since the review was read, or is taking one; read again. */
export type ReviewRegisterFault = 'register-unavailable' | 'changed-meanwhile';

export interface ReviewRegister {
  find(reviewId: string, agency: AgencyId): Promise<Result<HeldReview | undefined, 'register-unavailable'>>;
  /** An agency's reviews that are not ended (or all), overdue first, then what is due soonest. */
  list(
    agency: AgencyId,
    options: { readonly ended: boolean; readonly limit: number },
  ): Promise<Result<readonly HeldReview[], 'register-unavailable'>>;
  /** All reviews of one member of staff's access, the newest first, at most 1,000. */
  ofStaff(staff: {
    readonly agency: AgencyId;
    readonly staffId: string;
  }): Promise<Result<readonly HeldReview[], 'register-unavailable'>>;
  /** Reviews with a step under way since longer than so many milliseconds, at most `limit`. */
  underWay(forMs: number, limit: number): Promise<Result<readonly HeldReview[], 'register-unavailable'>>;
  /** Lays down a new review (revision 1) with its first step. Refused where there is one of this id. */
  lay(review: Review, step: StepUnderWay): Promise<Result<true, ReviewRegisterFault>>;
  /** Lays down the next step of a review. Refused where it is not the next one, or another is under way. */
  begin(reviewId: string, step: StepUnderWay): Promise<Result<true, ReviewRegisterFault>>;
  /** The step of this revision is in the log: it counts. Does nothing where it counts already. */
  settle(reviewId: string, revision: number): Promise<Result<true, 'register-unavailable'>>;
  /** The step of this revision is certainly not in the log: forget it, and with revision 1 the review. */
  forget(reviewId: string, revision: number): Promise<Result<true, 'register-unavailable'>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}
