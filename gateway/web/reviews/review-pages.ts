import type { Router } from 'express';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { getReview, postReview } from './one-review.ts';
import { getReviews } from './review-queue.ts';

/** G4: the pages of an information-governance officer. */
export function reviewPages(pages: Router, deps: PageDeps, render: Render): void {
  pages.get('/reviews', getReviews(deps, render));
  pages.route('/reviews/:id').get(getReview(deps, render)).post(postReview(deps, render));
}
