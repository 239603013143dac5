import type { RequestHandler } from 'express';
import { reviewStateSchema } from '../../../schemas/review.ts';
import type { Review } from '../../ports/review-register.ts';
import { queueOf } from '../../review/states/list.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { queryOf } from '../session/query.ts';
import { officerPage } from './officer-page.ts';
import { sayDue, STATE_WORDS, SUBJECT_WORDS } from './review-words.ts';

const ROWS_MAX = 50;

/** `GET /reviews`: what lies with her agency and is not of herself or her team, overdue first. Itself an entry. */
export const getReviews = (deps: PageDeps, render: Render): RequestHandler =>
  officerPage(deps, render, async (on) => {
    const queue = await queueOf(deps.reviews, on.searcher, { ended: false, limit: ROWS_MAX });
    if (!queue.ok) {
      on.show('layout/message.njk', NOT_NOW, 503);
      return;
    }
    const { reviews, more } = queue.value;
    const recorded = reviewStateSchema.safeParse(queryOf(on.request, 'recorded'));
    on.show('reviews/queue.njk', {
      heading: 'Reviews',
      recorded: recorded.success ? STATE_WORDS[recorded.data].tag : undefined,
      agency: deps.nameOfAgency(on.agency.id),
      rows: await rowsOf(deps, reviews),
      more,
    });
  });

async function rowsOf(deps: PageDeps, reviews: readonly Review[]) {
  const staff = new Map(reviews.map(({ subjectStaff }) => [keyOf(subjectStaff), subjectStaff]));
  const named = await Promise.all(
    [...staff].map(async ([key, { agency, staffId }]) => [key, await deps.nameOfStaff(agency, staffId)] as const),
  );
  const names = new Map(named);
  return reviews.map((review) => rowOf(deps, review, names.get(keyOf(review.subjectStaff))));
}

const keyOf = ({ agency, staffId }: Review['subjectStaff']): string => `${agency} ${staffId}`;

function rowOf(deps: PageDeps, review: Review, name: string | undefined) {
  const { reviewId, about, caseRef, state, subjectStaff } = review;
  return {
    href: `/reviews/${reviewId}`,
    about: SUBJECT_WORDS[about],
    caseRef,
    name: name ?? subjectStaff.staffId,
    staffId: name === undefined ? undefined : subjectStaff.staffId,
    agency: deps.nameOfAgency(subjectStaff.agency),
    state: STATE_WORDS[state],
    due: sayDue(review, deps.now()),
  };
}
