import type { AgencyId } from '../../../schemas/names.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import type { ReviewState } from '../../../schemas/review.ts';
import type { AppendFault } from '../../ports/access-log.ts';
import type { Review } from '../../ports/review-register.ts';
import { finish, mayRead, stepsFor, type ReviewsDeps } from './reviews.ts';

/** A review as one officer may open it, and where she may take it. */
export interface ReadReview {
  readonly review: Review;
  readonly steps: readonly ReviewState[];
}

/**
 * Opens one review. Undefined where there is none of this id, where it lies with another agency, and where it is of
 * herself or her team: nobody can tell which (P6).
 */
export async function readReview(
  deps: ReviewsDeps,
  reader: { readonly agency: AgencyId; readonly staffId: string },
  reviewId: string,
): Promise<Result<ReadReview | undefined, AppendFault | 'register-unavailable'>> {
  const found = await deps.register.find(reviewId, reader.agency);
  if (!found.ok) return found;
  if (found.value === undefined) return ok(undefined);
  const finished = await finish(deps, found.value);
  if (!finished.ok) return finished;
  const { review } = finished.value;
  const who = { agency: reader.agency, staffId: reader.staffId, party: 'reviewer' as const };
  const readable = await mayRead(deps, review, who);
  if (!readable.ok) return readable;
  if (!readable.value) return ok(undefined);
  const steps = await stepsFor(deps, review, who);
  return steps.ok ? ok({ review, steps: steps.value }) : steps;
}
