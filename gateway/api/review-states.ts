import type { RequestHandler } from 'express';
import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import {
  reviewListRequestSchema,
  reviewOpenRequestSchema,
  reviewStepRequestSchema,
  type ReviewOpenRequest,
} from '../../schemas/review-request.ts';
import { PROBLEM_OF_LOG } from '../disclosure/admit.ts';
import type { Searcher } from '../review/search.ts';
import { listReviews, seenReview, type ListDeps, type ListFault } from '../review/states/list.ts';
import { openReview, reviewIdOf, takeStep, type ReviewFault, type SteppedReview } from '../review/states/reviews.ts';
import { reviewHandler, type ReviewRouteDeps } from './review.ts';

/** Reviews over the API: what lies with the officer's agency, opening one, taking a step. */

export type ReviewStatesDeps = ReviewRouteDeps & { readonly reviews: ListDeps };

const LIST_DEFAULT = 50;

/** `POST /v1/review/list` */
export const postReviewList = (deps: ReviewStatesDeps): RequestHandler =>
  reviewHandler(deps, reviewListRequestSchema, async (searcher, { ended, words, limit }) => {
    const asked = { ended: ended === true, words: words === true, limit: limit ?? LIST_DEFAULT };
    const listed = await listReviews(deps.reviews, searcher, asked);
    return listed.ok ? listed : err(PROBLEM_OF_REVIEW[listed.error]);
  });

/** `POST /v1/review/open` */
export const postReviewOpen = (deps: ReviewStatesDeps): RequestHandler =>
  reviewHandler(deps, reviewOpenRequestSchema, (searcher, request) => opened(deps, searcher, request));

/** `POST /v1/review/step` */
export const postReviewStep = (deps: ReviewStatesDeps): RequestHandler =>
  reviewHandler(deps, reviewStepRequestSchema, async (searcher, { staff, reviewId, to, revision, note }) => {
    const { actor, viewer: agency } = searcher;
    const step = { ...{ reviewId, agency, staffId: staff.id, actor }, party: 'reviewer' as const, to, revision, note };
    const taken = await takeStep(deps.reviews, step);
    return taken.ok ? answered(deps, searcher, taken.value) : err(PROBLEM_OF_REVIEW[taken.error]);
  });

async function opened(
  deps: ReviewStatesDeps,
  searcher: Searcher,
  { requestId, about, staffId, aboutCase, positions, note }: ReviewOpenRequest,
): Promise<Result<unknown, ProblemCode>> {
  const agency = searcher.viewer;
  const team = await deps.reviews.teamOf(agency, staffId);
  if (!team.ok) return err('register-unavailable');
  const review = await openReview(deps.reviews, {
    // The same request opens the same review: sent twice, it opens one.
    reviewId: reviewIdOf('asked for', agency, requestId),
    ...{ about, agency, rules: [], sentences: [], positions, note, actor: searcher.actor },
    subjectStaff: { agency, staffId, ...(team.value === undefined ? {} : { team: team.value }) },
    ...(aboutCase === undefined ? {} : { caseRef: aboutCase }),
  });
  if (review.ok) return answered(deps, searcher, review.value);
  return err(review.error === 'changed-meanwhile' ? 'request-replayed' : PROBLEM_OF_REVIEW[review.error]);
}

async function answered(
  deps: ReviewStatesDeps,
  searcher: Searcher,
  { review, receipt }: SteppedReview,
): Promise<Result<unknown, ProblemCode>> {
  const seen = await seenReview(deps.reviews, searcher, review, false);
  if (!seen.ok) return err('register-unavailable');
  return ok({ review: seen.value, ...(receipt === undefined ? {} : { receipt }) });
}

const PROBLEM_OF_REVIEW: Readonly<Record<ReviewFault | ListFault, ProblemCode>> = {
  ...PROBLEM_OF_LOG,
  'register-unavailable': 'register-unavailable',
  'reasons-unavailable': 'register-unavailable',
  'not-found': 'review-not-known',
  'changed-meanwhile': 'review-changed',
  'step-not-allowed': 'step-not-allowed',
  'not-the-staff-asked': 'step-not-allowed',
  'own-access': 'not-independent',
  'same-team': 'not-independent',
  'team-not-known': 'not-independent',
  'not-the-second': 'not-independent',
};
