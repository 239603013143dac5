import type { AgencyId } from '../../../schemas/names.ts';
import type { Review } from '../../ports/review-register.ts';
import type { ReadReview } from '../../review/states/read-review.ts';
import { ENDED } from '../../review/states/transitions.ts';
import type { Page } from '../layout/render.ts';
import { sayDate } from '../layout/say-date.ts';
import type { PageDeps } from '../page-deps.ts';
import type { FieldError } from '../register/fields.ts';
import { checksOf } from './glass-checks.ts';
import type { OnOfficer } from './officer-page.ts';
import type { ReviewGround } from './review-ground.ts';
import { sayDue, STATE_WORDS, STEP_WORDS, SUBJECT_WORDS } from './review-words.ts';
import { NOTE_MAX, type StepTyped } from './step-form.ts';

/** The page of one review: what it is about, what was found about it, the steps so far, the step to take. */

export interface ReviewToShow extends ReadReview, ReviewGround {
  readonly typed: StepTyped;
  readonly errors?: readonly FieldError[];
  readonly again?: { readonly cut: boolean };
}

/** People by their names, where their agency has told them. */
export type NameOf = (staffId: string) => string;

export async function reviewPage(deps: PageDeps, on: OnOfficer, shown: ReviewToShow): Promise<Page> {
  const { review, steps, followed, typed, errors = [], again, words } = shown;
  const { subjectStaff, reviewId } = review;
  const nameOf = await namesOf(deps, subjectStaff.agency, [
    subjectStaff.staffId,
    ...(followed === undefined ? [] : [...followed.attempts, ...followed.disclosures].map(({ staffId }) => staffId)),
  ]);
  const declared = followed === undefined ? undefined : words.get(followed.glass.breakGlassId);
  return {
    heading: `Review: ${SUBJECT_WORDS[review.about].toLowerCase()}`,
    caption: review.caseRef ?? 'No case',
    rows: aboutRows(deps, review, nameOf),
    sentences: review.sentences,
    declared,
    checks: followed === undefined ? [] : checksOf(deps, shown, followed, nameOf),
    more: shown.more,
    timeline: await timelineOf(deps, on, shown),
    hasEnded: ENDED.includes(review.state),
    action: `/reviews/${reviewId}`,
    revision: review.revision,
    choices: steps.map((step) => ({ value: step, ...STEP_WORDS[step], hint: { text: STEP_WORDS[step].hint } })),
    typed,
    noteMax: NOTE_MAX,
    errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    filledIn: again !== undefined,
    lostTail: again?.cut === true,
    ...(errors.length === 0
      ? {}
      : { errors: { list: errors.map(({ field, text }) => ({ text, href: hrefOf(field, steps.length > 0) })) } }),
  };
}

/** Where no step is hers to take there is no field to lead to. */
const hrefOf = (field: string, hasForm: boolean): string => (hasForm ? `#${field}` : '#main-content');

async function namesOf(deps: PageDeps, agency: AgencyId, ids: readonly string[]): Promise<NameOf> {
  const named = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, await deps.nameOfStaff(agency, id)] as const),
  );
  const names = new Map(named);
  return (staffId) => names.get(staffId) ?? staffId;
}

function aboutRows(deps: PageDeps, review: Review, nameOf: NameOf) {
  const { subjectStaff, state, openedAt } = review;
  const { agency, staffId } = subjectStaff;
  const name = nameOf(staffId);
  const due = sayDue(review, deps.now());
  return [
    {
      key: 'Whose access',
      value: `${name}, ${deps.nameOfAgency(agency)}`,
      small: name === staffId ? undefined : staffId,
    },
    { key: 'How far it is', tag: STATE_WORDS[state] },
    { key: 'Opened', value: sayDate(openedAt) },
    ...(due === undefined ? [] : [{ key: 'Due', value: `${due.text}, by ${sayDate(review.dueAt)}` }]),
  ];
}

/** The steps, the latest first, with their notes. A note whose key is destroyed has no words any more. */
async function timelineOf(deps: PageDeps, { agency }: OnOfficer, { review, taken, words }: ReviewToShow) {
  const noted = taken.filter(({ noteDigest }) => noteDigest !== undefined);
  const textOf = (id: string): string => words.get(id) ?? 'The words of this note are no longer kept.';
  // Steps of a review about no case cannot be found in the log by it: then there are the notes alone.
  if (noted.length !== review.noteIds.length) return review.noteIds.map((id) => ({ title: 'Note', note: textOf(id) }));
  const idOf = new Map(noted.map((step, n) => [step, review.noteIds[n]]));
  const officers = taken.flatMap(({ actor }) => (typeof actor === 'object' ? [actor.staffId] : []));
  const nameOf = await namesOf(deps, agency.id, officers);
  return taken
    .map((step) => {
      const { at, actor, from, to } = step;
      const id = idOf.get(step);
      return {
        ...{ at, title: from === undefined ? 'Opened' : STATE_WORDS[to].tag },
        by: typeof actor === 'object' ? nameOf(actor.staffId) : 'Holdfast, from the access log',
        note: id === undefined ? undefined : textOf(id),
      };
    })
    .reverse();
}
