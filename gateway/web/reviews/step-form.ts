import { err, ok, type Result } from '../../../schemas/result.ts';
import type { ReviewState } from '../../../schemas/review.ts';
import type { Review } from '../../ports/review-register.ts';
import type { FieldError } from '../register/fields.ts';
import { writtenIn, type FormFields } from '../session/form-fields.ts';

/** The form for a step of a review. */

export const NOTE_MAX = 1_000;
const NOTE_MIN = 10;

export interface StepTyped {
  readonly to: string;
  readonly note: string;
  /** Of the review as she was shown it. */
  readonly revision: number;
}

export const typedIn = (fields: FormFields): StepTyped => ({
  to: fields.to ?? '',
  note: writtenIn(fields, 'note'),
  revision: /^\d{1,9}$/u.test(fields.revision ?? '') ? Number(fields.revision) : 0,
});

export const CHANGED: FieldError = {
  field: 'to',
  text: 'A step was taken since you opened this page. Read what was noted, then choose again',
};

export const NOT_HERS: FieldError = { field: 'to', text: 'You may not take this step: another officer has to' };

/** The step that was asked for, or what has to be mended, in the order of the form. */
export function readStep(
  typed: StepTyped,
  { revision }: Pick<Review, 'revision'>,
  offered: readonly ReviewState[],
): Result<{ readonly to: ReviewState; readonly note: string }, readonly FieldError[]> {
  if (typed.revision !== revision) return err([CHANGED]);
  const to = offered.find((each) => each === typed.to);
  const errors = [
    ...(to === undefined ? [{ field: 'to', text: 'Select what you have decided' }] : []),
    ...noteErrors(typed.note),
  ];
  return to === undefined || errors.length > 0 ? err(errors) : ok({ to, note: typed.note });
}

function noteErrors(note: string): readonly FieldError[] {
  if (note === '') return [{ field: 'note', text: 'Enter why, for whoever reads this later' }];
  if (note.length < NOTE_MIN) return [{ field: 'note', text: `Your note must be ${NOTE_MIN} characters or more` }];
  return note.length > NOTE_MAX ? [{ field: 'note', text: `Your note must be ${NOTE_MAX} characters or less` }] : [];
}

/** The same form sent a second time: its step is the one that was taken last, by her. */
export const isSentAgain = (
  { state, revision, steppedBy }: Review,
  typed: StepTyped,
  { agency, staffId }: { readonly agency: string; readonly staffId: string },
): boolean =>
  steppedBy?.agency === agency &&
  steppedBy.staffId === staffId &&
  state === typed.to &&
  revision === typed.revision + 1;
