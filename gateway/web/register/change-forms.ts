import { CATEGORY_FORM } from './category-form.ts';
import type { ChangeForm } from './change-form.ts';
import { AGENCIES_FORM, TEAM_FORM, WORKER_FORM } from './people-forms.ts';
import { REFERRAL_FORM } from './referral-form.ts';
import { POLICE_FORM, REVIEW_FORM } from './review-forms.ts';

/** Everything that the panel does to a case, in the order in which a case shows it. */
export const CHANGE_FORMS: readonly ChangeForm[] = [
  CATEGORY_FORM,
  REVIEW_FORM,
  WORKER_FORM,
  TEAM_FORM,
  AGENCIES_FORM,
  POLICE_FORM,
  REFERRAL_FORM,
];

export const formNamed = (slug: string): ChangeForm | undefined => CHANGE_FORMS.find((form) => form.slug === slug);
