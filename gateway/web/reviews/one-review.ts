import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ok, type Result } from '../../../schemas/result.ts';
import { readReview, type ReadReview } from '../../review/states/read-review.ts';
import { takeStep, type ReviewFault } from '../../review/states/reviews.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { fieldsOf } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import type { FieldError } from '../register/fields.ts';
import { isSteppedUp } from '../sign-in/step-up.ts';
import { officerPage, type OnOfficer } from './officer-page.ts';
import { recordLook, readGround } from './review-ground.ts';
import { reviewPage } from './review-page.ts';
import { CHANGED, isSentAgain, NOT_HERS, readStep, typedIn, type StepTyped } from './step-form.ts';

/** `/reviews/:id`: one review, what an officer checks before she decides, and the step that she takes. */

interface Shown {
  readonly typed: StepTyped;
  readonly errors?: readonly FieldError[];
  /** What she typed before she signed in again, filled in once more. */
  readonly again?: { readonly cut: boolean };
}

/** `GET /reviews/:id` */
export const getReview = (deps: PageDeps, render: Render): RequestHandler =>
  reviewRoute(deps, render, async (on, read) => {
    const again = takeTyped(deps, on);
    const typed = again === undefined ? { to: '', note: '', revision: 0 } : typedIn(again.fields);
    await showReview(deps, on, read, { typed, ...(again === undefined ? {} : { again }) });
  });

/** `POST /reviews/:id`: records a step, once the officer has proven herself again. */
export const postReview = (deps: PageDeps, render: Render): RequestHandler =>
  reviewRoute(deps, render, async (on, read) => {
    const typed = typedIn(fieldsOf(on.request));
    if (isSentAgain(read.review, typed, on.actor)) {
      leadToQueue(on, typed.to);
      return;
    }
    const step = readStep(typed, read.review, read.steps);
    if (!step.ok) await showReview(deps, on, read, { typed, errors: step.error });
    else if (await isSteppedUp(deps, render, on)) await record(deps, on, read, { typed, ...step.value });
  });

/** What lies with another agency, what is of herself or her team, and what there is not, are one page and one entry (P6). */
function reviewRoute(
  deps: PageDeps,
  render: Render,
  answer: (on: OnOfficer, read: ReadReview) => Promise<void>,
): RequestHandler {
  return officerPage(deps, render, async (on) => {
    const read = await openReview(deps, on);
    if (!read.ok) on.show('layout/message.njk', NOT_NOW, 503);
    else if (read.value !== undefined) await answer(on, read.value);
    else if (await recordLook(deps, on)) on.notFound();
    else on.show('layout/message.njk', NOT_NOW, 503);
  });
}

async function openReview(deps: PageDeps, on: OnOfficer): Promise<Result<ReadReview | undefined, unknown>> {
  const id = z.uuid().safeParse(on.request.params.id);
  return id.success ? readReview(deps.reviews, on.actor, id.data) : ok(undefined);
}

/** The page is made, then the look at it recorded, then shown (P1). */
async function showReview(deps: PageDeps, on: OnOfficer, read: ReadReview, shown: Shown): Promise<void> {
  const ground = await readGround(deps, on, read.review);
  const recorded = ground.ok && (await recordLook(deps, on, read.review, ground.value.words.size > 0));
  if (!ground.ok || !recorded) on.show('layout/message.njk', NOT_NOW, 503);
  else on.show('reviews/review.njk', await reviewPage(deps, on, { ...read, ...ground.value, ...shown }));
}

async function record(
  deps: PageDeps,
  on: OnOfficer,
  read: ReadReview,
  step: { readonly typed: StepTyped } & Pick<Parameters<typeof takeStep>[1], 'to' | 'note'>,
): Promise<void> {
  const { typed, to, note } = step;
  const { reviewId } = read.review;
  const taken = await takeStep(deps.reviews, {
    ...{ reviewId, to, note, revision: typed.revision, party: 'reviewer' },
    ...{ agency: on.agency.id, staffId: on.staffId, actor: on.actor },
  });
  if (taken.ok) leadToQueue(on, to);
  else if (taken.error === 'not-found') on.notFound();
  else await sayWhyNot(deps, on, typed, taken.error);
}

const leadToQueue = ({ response }: OnOfficer, to: string): void =>
  response.redirect(303, `/reviews?recorded=${encodeURIComponent(to)}`);

/** Somebody else was first, or teams have changed: the review as it now is, with what she typed. */
async function sayWhyNot(deps: PageDeps, on: OnOfficer, typed: StepTyped, why: ReviewFault): Promise<void> {
  const error = SHOWN_WITH.get(why);
  const now = error === undefined ? undefined : await openReview(deps, on);
  if (error === undefined || now?.ok !== true) on.show('layout/message.njk', NOT_NOW, 503);
  else if (now.value === undefined) on.notFound();
  else await showReview(deps, on, now.value, { typed, errors: [error] });
}

const SHOWN_WITH: ReadonlyMap<ReviewFault, FieldError> = new Map([
  ['changed-meanwhile', CHANGED],
  ['step-not-allowed', NOT_HERS],
  ['own-access', NOT_HERS],
  ['same-team', NOT_HERS],
  ['team-not-known', NOT_HERS],
  ['not-the-second', NOT_HERS],
]);
